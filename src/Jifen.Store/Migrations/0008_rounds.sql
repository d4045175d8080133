-- The steps of a branch's year (流程 of its scheme): which has begun, which is done. Where a step stands is an entry like everything else.

create table round_step (
    organization_id uuid not null,
    round text not null check (round ~ '^[0-9]{4}(-[hqtm][0-9]{1,2})?$'),
    step text not null,
    begun_on date,
    begun_by uuid,
    ended_on date,
    ended_by uuid,
    digest text,
    outcome text,
    entry_id uuid not null,
    primary key (organization_id, round, step)
);
comment on table round_step is '考评期的环节: a row from its beginning or, where it has none, its end; reopening takes the row away, the entries stay';
comment on column round_step.digest is 'SHA-256 of the table of points it was taken on';

insert into view_table (name) values ('round_step');

create function apply_round_step_begun(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into round_step (organization_id, round, step, begun_on, begun_by, entry_id)
    values (e.stream_id, e.body::jsonb ->> 'round', e.body::jsonb ->> 'step', e.happened_on, e.recorded_by, e.entry_id)
$$;

create function apply_round_step_ended(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into round_step (organization_id, round, step, ended_on, ended_by, digest, outcome, entry_id)
    values (e.stream_id, e.body::jsonb ->> 'round', e.body::jsonb ->> 'step', e.happened_on, e.recorded_by,
        e.body::jsonb ->> 'digest', e.body::jsonb ->> 'outcome', e.entry_id)
    on conflict (organization_id, round, step) do update
    set ended_on = excluded.ended_on, ended_by = excluded.ended_by, digest = excluded.digest, outcome = excluded.outcome, entry_id = excluded.entry_id
$$;

create function apply_round_step_reopened(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    delete from round_step where organization_id = e.stream_id and round = e.body::jsonb ->> 'round' and step = e.body::jsonb ->> 'step'
$$;

alter table round_step enable row level security;
alter table round_step force row level security;
create policy owner_sees_all on round_step to jifen_owner using (true) with check (true);
create policy reader_sees_all on round_step for select to jifen_reader using (true);
create policy own_scope on round_step for select to jifen_app using (organization_id = any ((select visible_organizations())::uuid[]));
grant select on round_step to jifen_app, jifen_reader;
