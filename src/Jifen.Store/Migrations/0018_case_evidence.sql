-- 佐证 of an objection, an appeal or a finding: read by whoever reads the paper it came with, and by nobody else (JSIT-7⑤). So is the proof that came
-- with an application for exemption.

alter table case_paper add column evidence uuid[] not null default '{}';
create index case_paper_by_evidence on case_paper using gin (evidence);

-- Whether a file came with a paper that not everybody in the organization reads; for whoever asks, whether he reads it or not.
create function evidence_is_confined(file uuid) returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    return exists (select from case_paper p where p.evidence @> array[file]) or exists (select from exemption_reason r where r.evidence @> array[file]);
end $$;

alter policy own_scope on evidence
    using (kept_by = (select current_person()) or speaks_under(kept_by) or evidence_about_people_in_sight(evidence_id)
        or exists (select from case_paper p where p.evidence @> array[evidence.evidence_id])
        or exists (select from exemption_reason r where r.evidence @> array[evidence.evidence_id])
        or (organization_id = any ((select visible_organizations())::uuid[])
            and not evidence_is_confined(evidence_id)
            and not exists (select from declarations_with(evidence_id) d where not d.is_fact and d.person_id is not distinct from (select current_person()) and d.is_report)));

-- What an appeal rests on goes with it into the ledger above one's own branch.
alter policy appeals_go_up on ledger_entry
    with check (kind in ('appeal-lodged', 'evidence-kept') and recorded_by = (select current_person())
        and stream_id in (select unnest(o.ancestors) from organization o
            where o.organization_id = (select w.branch from whereabouts((select current_person())) w)));

-- "The next members' meeting" is one that began after the answer: on the day of the answer itself the hour tells.
alter table objection_case add column answered_at timestamptz;
comment on column objection_case.answered_at is 'when the answer took effect';
update objection_case c set answered_at = e.recorded_at
from ledger_entry e where e.kind in ('objection-answered', 'appeal-answered') and (e.body::jsonb ->> 'case')::uuid = c.case_id;

create or replace function apply_objection_answered(e ledger_entry) returns void language plpgsql set search_path = public, pg_temp as $$
begin
    update objection_case
    set answered_on = e.happened_on, answered_at = e.recorded_at, answered_by = e.recorded_by, second_by = e.second_by, upheld = (e.body::jsonb ->> 'upheld')::boolean,
        answer_operation = e.operation_id
    where case_id = (e.body::jsonb ->> 'case')::uuid and answered_on is null;
    if not found then
        raise exception 'case % is answered already', e.body::jsonb ->> 'case' using errcode = 'integrity_constraint_violation';
    end if;
end $$;
