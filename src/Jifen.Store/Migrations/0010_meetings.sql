-- Meetings that decide: who had to come and came, what was put before them, how they voted. And votes without names (see below).

create table meeting (
    meeting_id uuid primary key,
    organization_id uuid not null,
    round text not null check (round ~ '^[0-9]{4}(-[hqtm][0-9]{1,2})?$'),
    step text,
    body text not null check (body in ('members', 'committee')),
    gathering_id uuid,
    held_on date not null,
    opened_at timestamptz not null,
    host uuid not null,
    minutes_by uuid not null,
    uncounted_ground text,
    closed_at timestamptz,
    entry_id uuid not null
);
comment on table meeting is '党员大会（或由支委会决定的会）: a row from its opening';
comment on column meeting.step is 'the step of the scheme it takes; null: a meeting for motions alone';
comment on column meeting.uncounted_ground is 'which meeting and level agreed that some are not counted; never why';
create unique index meeting_is_held_one_at_a_time on meeting (organization_id) where closed_at is null;
create index meeting_by_round on meeting (organization_id, round);

create table meeting_person (
    meeting_id uuid not null,
    person_id uuid not null,
    organization_id uuid not null,
    has_vote boolean not null,
    is_counted boolean not null,
    is_present boolean not null default false,
    primary key (meeting_id, person_id)
);
comment on table meeting_person is '应到、列席和签到; says nothing about any vote';

create table motion (
    motion_id uuid primary key,
    organization_id uuid not null,
    meeting_id uuid,
    kind text not null,
    title text not null,
    concerned uuid[] not null,
    concerned_abstain boolean not null,
    corrects uuid,
    text_digest text,
    put_at timestamptz not null,
    put_by uuid not null,
    state text not null check (state in ('open', 'voting', 'passed', 'failed', 'reported', 'withdrawn')),
    state_at timestamptz not null,
    state_note text,
    manner text,
    present int,
    due int,
    in_favour int,
    against int,
    abstaining int,
    needed int,
    table_digest text,
    table_rows jsonb,
    entry_id uuid not null
);
comment on table motion is '议题: before which meeting, and what became of it';
comment on column motion.meeting_id is 'null: comes before the next meeting';
comment on column motion.table_rows is '积分表 as it was read out';
create index motion_by_meeting on motion (meeting_id);
create index motion_that_waits on motion (organization_id) where state = 'open';

-- What a motion says may name people and reasons: beside the ledger, which holds its digest. It can be erased.
create table motion_text (
    motion_id uuid primary key,
    organization_id uuid not null,
    text text not null check (text <> ''),
    kept_by uuid not null,
    kept_at timestamptz not null
);
comment on table motion_text is '议题内容: apart from the ledger, can be erased';

insert into view_table (name) values ('meeting'), ('meeting_person'), ('motion');

create function apply_meeting_opened(e ledger_entry) returns void language plpgsql set search_path = public, pg_temp as $$
declare
    b jsonb := e.body::jsonb;
    id uuid := (b ->> 'meeting')::uuid;
begin
    insert into meeting (meeting_id, organization_id, round, step, body, gathering_id, held_on, opened_at, host, minutes_by, uncounted_ground, entry_id)
    values (id, e.stream_id, b ->> 'round', b ->> 'step', b ->> 'body', (b ->> 'gathering')::uuid, e.happened_on, e.recorded_at,
        (b ->> 'host')::uuid, (b ->> 'minutesBy')::uuid, e.ground, e.entry_id);
    insert into meeting_person (meeting_id, person_id, organization_id, has_vote, is_counted)
    select id, v.value::uuid, e.stream_id, true, not (b -> 'uncounted' ? v.value) from jsonb_array_elements_text(b -> 'voters') v
    union all
    select id, a.value::uuid, e.stream_id, false, false from jsonb_array_elements_text(b -> 'attending') a;
    update motion set meeting_id = id where organization_id = e.stream_id and state = 'open' and meeting_id is null;
end $$;

create function apply_meeting_roll_taken(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update meeting_person set is_present = e.body::jsonb -> 'present' ? person_id::text where meeting_id = (e.body::jsonb ->> 'meeting')::uuid
$$;

create function apply_meeting_signed_in(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update meeting_person set is_present = true where meeting_id = (e.body::jsonb ->> 'meeting')::uuid and person_id = e.person_id
$$;

create function apply_meeting_closed(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update meeting set closed_at = e.recorded_at where meeting_id = (e.body::jsonb ->> 'meeting')::uuid;
    -- The table belongs to its reading; everything else that is open comes before the next meeting.
    update motion set state = 'withdrawn', state_at = e.recorded_at
    where meeting_id = (e.body::jsonb ->> 'meeting')::uuid and state = 'open' and kind = 'points-table';
    update motion set meeting_id = null where meeting_id = (e.body::jsonb ->> 'meeting')::uuid and state = 'open'
$$;

create function apply_motion_put(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into motion (motion_id, organization_id, meeting_id, kind, title, concerned, concerned_abstain, corrects, text_digest, put_at, put_by, state, state_at, entry_id)
    select (b ->> 'motion')::uuid, e.stream_id, (select m.meeting_id from meeting m where m.organization_id = e.stream_id and m.closed_at is null),
        b ->> 'kind', b ->> 'title', array(select p.value::uuid from jsonb_array_elements_text(b -> 'concerned') p), (b ->> 'concernedAbstain')::boolean,
        (b ->> 'corrects')::uuid, b ->> 'textDigest', e.recorded_at, e.recorded_by, 'open', e.recorded_at, e.entry_id
    from (select e.body::jsonb as b) as x
$$;

create function apply_motion_withdrawn(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update motion set state = 'withdrawn', state_at = e.recorded_at, state_note = e.body::jsonb ->> 'reason' where motion_id = (e.body::jsonb ->> 'motion')::uuid
$$;

create function apply_points_table_presented(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update motion set table_digest = e.body::jsonb ->> 'digest', table_rows = e.body::jsonb -> 'rows' where motion_id = (e.body::jsonb ->> 'motion')::uuid
$$;

create function apply_motion_decided(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update motion
    set state = case when (b ->> 'isPassed')::boolean then 'passed' else 'failed' end, state_at = e.recorded_at, manner = b ->> 'manner',
        present = (b ->> 'present')::int, due = (b ->> 'due')::int, in_favour = (b ->> 'inFavour')::int, against = (b ->> 'against')::int,
        abstaining = (b ->> 'abstaining')::int, needed = (b ->> 'needed')::int
    from (select e.body::jsonb as b) as x
    where motion_id = (b ->> 'motion')::uuid
$$;

create function apply_motion_reported(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update motion set state = 'reported', state_at = e.recorded_at where motion_id = (e.body::jsonb ->> 'motion')::uuid
$$;

do $$
declare
    name text;
begin
    foreach name in array array['meeting', 'meeting_person', 'motion', 'motion_text'] loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format('create policy owner_sees_all on %I to jifen_owner using (true) with check (true)', name);
        execute format(
            'create policy own_scope on %I for select to jifen_app using (organization_id = any ((select visible_organizations())::uuid[]))', name);
        execute format('grant select on %I to jifen_app', name);
    end loop;
    foreach name in array array['meeting', 'meeting_person', 'motion'] loop
        execute format('create policy reader_sees_all on %I for select to jifen_reader using (true)', name);
        execute format('grant select on %I to jifen_reader', name);
    end loop;
end $$;
create policy whoever_puts_it on motion_text for insert to jifen_app
    with check (kept_by = (select current_person()) and organization_id = any ((select visible_organizations())::uuid[]));
grant insert on motion_text to jifen_app;
