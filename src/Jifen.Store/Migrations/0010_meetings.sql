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

-- ---- secret votes ----
--
-- What binds a ballot to nobody: the program hands out one-time codes and writes down nowhere who got which; here lie their digests alone. A
-- ballot is cast without session, in a transaction that touches nothing but slip and ballot. It has no person, no time and no number in a
-- row; its slot is random. When the box is emptied all ballots are written anew in the order of what they say, in one transaction: neither their
-- place nor their transaction tells when one was cast. The program's own role reads none of these tables; it may cast, count and destroy.

create table ballot_box (
    box_id uuid primary key,
    organization_id uuid not null,
    kind text not null check (kind in ('motion', 'mass-evaluation', 'democratic-evaluation')),
    round text not null,
    step text,
    motion_id uuid,
    subjects text[] not null,
    choices text[] not null,
    slips jsonb not null,
    table_rows jsonb not null,
    asks_opinions boolean not null,
    state text not null check (state in ('handing-out', 'open', 'closed', 'annulled')),
    opened_on date not null,
    opened_by uuid not null,
    closed_on date,
    received int,
    papers int,
    tellers uuid[],
    tallies jsonb,
    digest text,
    note text,
    entry_id uuid not null
);
comment on table ballot_box is '票箱: what is voted on and what came of it; never who voted';
comment on column ballot_box.table_rows is 'the points that are judged, as they stand on the ballots; empty where none are';
comment on column ballot_box.tallies is 'nothing of fewer than five ballots';
create unique index ballot_box_of_motion_runs_once on ballot_box (motion_id) where state in ('handing-out', 'open');
create unique index ballot_box_of_step_runs_once on ballot_box (organization_id, round, step) where step is not null and state in ('handing-out', 'open');
insert into view_table (name) values ('ballot_box');

create table ballot_slip (
    slip_hash bytea primary key check (octet_length(slip_hash) = 32),
    box_id uuid not null,
    voter text not null check (voter in ('member', 'mass-representative'))
);
comment on table ballot_slip is '一次性选票: SHA-256 of codes that can still be used; a used one is gone. Nothing of who holds it';
create index ballot_slip_by_box on ballot_slip (box_id);

create table ballot (
    slot uuid primary key,
    box_id uuid not null,
    voter text not null,
    choices text not null
);
comment on table ballot is '选票: no person, no time, no order; slot is random';
create index ballot_by_box on ballot (box_id);

create table paper_count (
    box_id uuid not null,
    teller uuid not null,
    counts text not null,
    primary key (box_id, teller)
);
comment on table paper_count is '监票人点的纸质票: it counts when two are the same; gone when the box is counted';

create table ballot_opinion (
    opinion_id uuid primary key,
    box_id uuid not null,
    organization_id uuid not null,
    text text not null check (text <> '')
);
comment on table ballot_opinion is '意见: without author, only where there were five ballots or more; apart from the ledger, can be erased';

create function apply_ballot_box_opened(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into ballot_box (box_id, organization_id, kind, round, step, motion_id, subjects, choices, slips, table_rows, asks_opinions, state, opened_on, opened_by, entry_id)
    select (b ->> 'box')::uuid, e.stream_id, b ->> 'kind', b ->> 'round', b ->> 'step', (b ->> 'motion')::uuid,
        array(select jsonb_array_elements_text(b -> 'subjects')), array(select jsonb_array_elements_text(b -> 'choices')), b -> 'slips', b -> 'table',
        (b ->> 'asksOpinions')::boolean, case when (b ->> 'isHandingOut')::boolean then 'handing-out' else 'open' end, e.happened_on, e.recorded_by, e.entry_id
    from (select e.body::jsonb as b) as x;
    update motion set state = 'voting', state_at = e.recorded_at where motion_id = (e.body::jsonb ->> 'motion')::uuid
$$;

create function apply_balloting_started(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update ballot_box set state = 'open' where box_id = (e.body::jsonb ->> 'box')::uuid
$$;

create function apply_ballot_box_closed(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update ballot_box
    set state = 'closed', closed_on = e.happened_on, received = (b ->> 'received')::int, papers = (b ->> 'papers')::int,
        tellers = array(select t.value::uuid from jsonb_array_elements_text(b -> 'tellers') t), tallies = b -> 'tallies', digest = b ->> 'digest'
    from (select e.body::jsonb as b) as x
    where box_id = (b ->> 'box')::uuid;
    delete from ballot_slip where box_id = (e.body::jsonb ->> 'box')::uuid;
    delete from paper_count where box_id = (e.body::jsonb ->> 'box')::uuid
$$;

create function apply_ballot_box_annulled(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update ballot_box set state = 'annulled', closed_on = e.happened_on, note = e.body::jsonb ->> 'reason' where box_id = (e.body::jsonb ->> 'box')::uuid;
    update motion set state = 'open', state_at = e.recorded_at
    where motion_id = (select b.motion_id from ballot_box b where b.box_id = (e.body::jsonb ->> 'box')::uuid) and state = 'voting';
    delete from ballot_slip where box_id = (e.body::jsonb ->> 'box')::uuid;
    delete from ballot where box_id = (e.body::jsonb ->> 'box')::uuid;
    delete from paper_count where box_id = (e.body::jsonb ->> 'box')::uuid
$$;

-- Slips of a box that is being opened; into one that is there already nobody puts more.
create function hand_out_slips(box uuid, hashes bytea[], voter text) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if current_person() is null or exists (select from ballot_box b where b.box_id = box) then
        raise exception 'no slips for box %', box using errcode = 'insufficient_privilege';
    end if;
    -- In the order of the digests: that in which the codes were made, and may lie in somebody's hand, is not kept.
    insert into ballot_slip (slip_hash, box_id, voter) select h, box, hand_out_slips.voter from unnest(hashes) h order by h;
end $$;

-- What stands on the ballot of a slip that can be used. Names are for whoever holds it, and nobody else.
create function ballot_paper(hash bytea)
returns table (kind text, round text, title text, organization_name text, subjects text[], names text[], totals text[], choices text[], asks_opinions boolean, is_open boolean)
language sql stable security definer set search_path = public, pg_temp as $$
    select b.kind, b.round, coalesce(m.title, b.step), o.name, b.subjects,
        array(select coalesce(p.name, '') from unnest(b.subjects) with ordinality s (subject, at) left join person p on p.person_id::text = s.subject order by s.at),
        array(select coalesce((select r ->> 'total' from jsonb_array_elements(b.table_rows) r where r ->> 'person' = s.subject), '')
            from unnest(b.subjects) with ordinality s (subject, at) order by s.at),
        b.choices, b.asks_opinions, b.state = 'open'
    from ballot_slip s
    join ballot_box b using (box_id)
    join organization o on o.organization_id = b.organization_id
    left join motion m on m.motion_id = b.motion_id
    where s.slip_hash = hash and b.state in ('handing-out', 'open')
$$;

-- Puts a ballot into the box, once for each slip. False: used, unknown, not begun or over.
create function cast_ballot(hash bytea, choices text) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
declare
    slip ballot_slip;
begin
    select * into slip from ballot_slip s where s.slip_hash = hash;
    if not found then
        return false;
    end if;
    -- Whoever counts waits for those who are casting, and whoever casts after that finds the box shut.
    perform from ballot_box b where b.box_id = slip.box_id and b.state = 'open' for share;
    if not found then
        return false;
    end if;
    delete from ballot_slip s where s.slip_hash = hash;
    if not found then
        return false;
    end if;
    insert into ballot (slot, box_id, voter, choices) values (gen_random_uuid(), slip.box_id, slip.voter, cast_ballot.choices);
    return true;
end $$;

-- Empties the box for counting; the step that counts shuts it in the same transaction.
create function take_ballots(box uuid) returns table (slot uuid, voter text, choices text) language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform from ballot_box b
    where b.box_id = box and b.state = 'open' and holds_office(b.organization_id, array['secretary', 'deputy-secretary', 'committee-member'])
    for update;
    if not found then
        raise exception 'box % is not open to %', box, current_person() using errcode = 'insufficient_privilege';
    end if;
    with taken as (delete from ballot t where t.box_id = box returning t.voter, t.choices)
    insert into ballot (slot, box_id, voter, choices) select gen_random_uuid(), box, t.voter, t.choices from taken t order by t.voter, t.choices;
    return query select t.slot, t.voter, t.choices from ballot t where t.box_id = box order by t.slot;
end $$;

-- What one teller found; typed again, the later holds.
create function keep_paper_count(box uuid, counts text) returns void language sql security definer set search_path = public, pg_temp as $$
    insert into paper_count (box_id, teller, counts)
    select box, current_person(), keep_paper_count.counts
    from ballot_box b
    where b.box_id = box and b.state in ('handing-out', 'open') and current_person() is not null and b.organization_id = any (visible_organizations())
    on conflict (box_id, teller) do update set counts = excluded.counts
$$;

-- What two tellers found alike; nothing while there are no two. Whoever asks learns no count that was not agreed, and the step that asks shuts the box.
create function agreed_paper_count(box uuid) returns table (counts text, tellers uuid[]) language sql stable security definer set search_path = public, pg_temp as $$
    select p.counts, (array_agg(p.teller order by p.teller))[1:2]
    from paper_count p join ballot_box b using (box_id)
    where p.box_id = box and holds_office(b.organization_id, array['secretary', 'deputy-secretary', 'committee-member'])
    group by p.counts
    having count(*) >= 2
    order by count(*) desc
    limit 1
$$;

do $$
declare
    name text;
begin
    foreach name in array array['ballot_box', 'ballot_slip', 'ballot', 'paper_count', 'ballot_opinion'] loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format('create policy owner_sees_all on %I to jifen_owner using (true) with check (true)', name);
    end loop;
end $$;
create policy own_scope on ballot_box for select to jifen_app using (organization_id = any ((select visible_organizations())::uuid[]));
create policy reader_sees_all on ballot_box for select to jifen_reader using (true);
grant select on ballot_box to jifen_app, jifen_reader;
-- Opinions are read by those who have to look into them.
create policy own_scope on ballot_opinion for select to jifen_app
    using (holds_office(organization_id, array['secretary', 'deputy-secretary', 'committee-member']));
create policy whoever_counts on ballot_opinion for insert to jifen_app
    with check (holds_office(organization_id, array['secretary', 'deputy-secretary', 'committee-member']));
grant select, insert on ballot_opinion to jifen_app;
do $$
declare
    name text;
begin
    foreach name in array array['hand_out_slips(uuid, bytea[], text)', 'ballot_paper(bytea)', 'cast_ballot(bytea, text)', 'take_ballots(uuid)', 'keep_paper_count(uuid, text)',
        'agreed_paper_count(uuid)'] loop
        execute format('revoke all on function %s from public', name);
        execute format('grant execute on function %s to jifen_app', name);
    end loop;
end $$;
