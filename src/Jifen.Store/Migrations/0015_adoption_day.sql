-- The day on which an organization first took a scheme for a year: what was over by then was kept otherwise. Asked for on every reading of a
-- year's board, by a member as well as by an officer; the entries themselves lie in the superior's stream, which a member does not read.

alter table scheme_adoption add column first_adopted_on date;
update scheme_adoption s
set first_adopted_on = (
    select min(e.happened_on) from ledger_entry e
    where e.stream_id = s.organization_id and e.kind = 'scheme-adopted' and (e.body::jsonb ->> 'year')::int = s.year);
alter table scheme_adoption alter column first_adopted_on set not null;
comment on column scheme_adoption.first_adopted_on is 'Of the adoptions for this year the earliest day';

create or replace function apply_scheme_adopted(e ledger_entry) returns void language plpgsql set search_path = public, pg_temp as $$
begin
    insert into scheme_adoption (organization_id, year, fingerprint, first_adopted_on, entry_id)
    values (e.stream_id, (e.body::jsonb ->> 'year')::int, e.body::jsonb ->> 'fingerprint', e.happened_on, e.entry_id)
    on conflict (organization_id, year) do update
    set fingerprint = excluded.fingerprint, first_adopted_on = least(scheme_adoption.first_adopted_on, excluded.first_adopted_on), entry_id = excluded.entry_id;
    update refinement set in_force_on = e.happened_on
    where organization_id = e.stream_id and year = (e.body::jsonb ->> 'year')::int and fingerprint = e.body::jsonb ->> 'fingerprint';
end $$;
