-- 帮教措施: whoever is named to see to one reads what he is to do and what was done so far, though he holds no office (RS9).

drop policy own_or_by_office on help_measure;
create policy own_or_by_office on help_measure for select to jifen_app
    using (person_id = (select current_person()) or responsible = (select current_person())
        or sees_by_office(organization_id, array['secretary', 'deputy-secretary', 'committee-member']));
-- What he may not see of help_measure is not found here either.
create policy whoever_sees_to_it on measure_record for select to jifen_app
    using (exists (select from help_measure m where m.measure_id = measure_record.measure_id and m.responsible = (select current_person())));
create policy whoever_sees_to_it on measure_note for select to jifen_app
    using (exists (
        select from measure_record r join help_measure m using (measure_id)
        where r.note_id = measure_note.note_id and m.responsible = (select current_person())));

-- A second signature may come when the meeting has already voted: what was decided stays decided.
create or replace function apply_motion_withdrawn(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update motion set state = 'withdrawn', state_at = e.recorded_at, state_note = e.body::jsonb ->> 'reason'
    where motion_id = (e.body::jsonb ->> 'motion')::uuid and state = 'open'
$$;
