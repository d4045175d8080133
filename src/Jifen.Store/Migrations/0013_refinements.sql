-- 支部细化 (定项目): drafts are kept beside the ledger and may change; what was put forward, discussed, approved or returned are entries.

create table refinement_draft (
    organization_id uuid not null,
    year int not null,
    scheme_id text not null,
    refinement_text text not null check (octet_length(refinement_text) <= 1048576),
    version int not null check (version > 0),
    changed_by uuid not null,
    changed_at timestamptz not null,
    primary key (organization_id, year)
);
comment on table refinement_draft is 'The draft of a branch for a year; version: whoever saves must have seen the last one';

create table refinement (
    organization_id uuid not null,
    year int not null,
    fingerprint text not null,
    scheme_id text not null,
    proposed_on date not null,
    proposed_by uuid not null,
    meeting text,
    met_on date,
    present int,
    votes_for int,
    votes_against int,
    votes_abstained int,
    approved_on date,
    approved_by uuid,
    returned_because text,
    in_force_on date,
    entry_id uuid not null,
    primary key (organization_id, year, fingerprint)
);
comment on table refinement is '提请讨论的细则: what has happened to it; adopted when in_force_on is set';

insert into view_table (name) values ('refinement');

-- The same text again, after it was returned, begins anew.
create function apply_refinement_proposed(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into refinement (organization_id, year, fingerprint, scheme_id, proposed_on, proposed_by, entry_id)
    values (e.stream_id, (e.body::jsonb ->> 'year')::int, e.body::jsonb ->> 'fingerprint', e.body::jsonb ->> 'schemeId', e.happened_on, e.recorded_by, e.entry_id)
    on conflict (organization_id, year, fingerprint) do update
    set proposed_on = excluded.proposed_on, proposed_by = excluded.proposed_by, entry_id = excluded.entry_id,
        meeting = null, met_on = null, present = null, votes_for = null, votes_against = null, votes_abstained = null,
        approved_on = null, approved_by = null, returned_because = null, in_force_on = null
$$;

create function apply_refinement_discussed(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update refinement
    set meeting = e.body::jsonb ->> 'meeting', met_on = (e.body::jsonb ->> 'metOn')::date, present = (e.body::jsonb ->> 'present')::int,
        votes_for = (e.body::jsonb ->> 'votesFor')::int, votes_against = (e.body::jsonb ->> 'votesAgainst')::int,
        votes_abstained = (e.body::jsonb ->> 'votesAbstained')::int
    where organization_id = e.stream_id and year = (e.body::jsonb ->> 'year')::int and fingerprint = e.body::jsonb ->> 'fingerprint'
$$;

create function apply_refinement_approved(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update refinement set approved_on = e.happened_on, approved_by = e.recorded_by
    where organization_id = e.stream_id and year = (e.body::jsonb ->> 'year')::int and fingerprint = e.body::jsonb ->> 'fingerprint'
$$;

create function apply_refinement_returned(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update refinement set returned_because = e.body::jsonb ->> 'reason'
    where organization_id = e.stream_id and year = (e.body::jsonb ->> 'year')::int and fingerprint = e.body::jsonb ->> 'fingerprint'
$$;

create or replace function apply_scheme_adopted(e ledger_entry) returns void language plpgsql set search_path = public, pg_temp as $$
begin
    insert into scheme_adoption (organization_id, year, fingerprint, entry_id)
    values (e.stream_id, (e.body::jsonb ->> 'year')::int, e.body::jsonb ->> 'fingerprint', e.entry_id)
    on conflict (organization_id, year) do update set fingerprint = excluded.fingerprint, entry_id = excluded.entry_id;
    update refinement set in_force_on = e.happened_on
    where organization_id = e.stream_id and year = (e.body::jsonb ->> 'year')::int and fingerprint = e.body::jsonb ->> 'fingerprint';
end $$;

do $$
declare
    name text;
begin
    foreach name in array array['refinement_draft', 'refinement'] loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format('create policy owner_sees_all on %I to jifen_owner using (true) with check (true)', name);
        execute format('create policy reader_sees_all on %I for select to jifen_reader using (true)', name);
        execute format('create policy own_scope on %I for select to jifen_app using (organization_id = any ((select visible_organizations())::uuid[]))', name);
        execute format('grant select on %I to jifen_app, jifen_reader', name);
    end loop;
end $$;
create policy own_scope_writes on refinement_draft for insert to jifen_app
    with check (changed_by = (select current_person()) and organization_id = any ((select visible_organizations())::uuid[]));
create policy own_scope_changes on refinement_draft for update to jifen_app
    using (organization_id = any ((select visible_organizations())::uuid[])) with check (changed_by = (select current_person()));
grant insert, update on refinement_draft to jifen_app;
