-- What a branch records day by day: gatherings and attendance, study issues, dues, thought reports, outside study, other facts, evidence.
-- A row that was changed or reversed stays, with the instant at which it ceased to hold: any day of the past can be read again.

create table evidence (
    evidence_id uuid primary key,
    organization_id uuid not null,
    kept_by uuid not null,
    sha256 bytea not null check (octet_length(sha256) = 32),
    size bigint not null check (size > 0),
    media_type text not null,
    file_name text not null,
    kept_at timestamptz not null
);
comment on table evidence is '佐证材料: what is known of a stored file; the bytes lie in the data folder under their hash, names never enter the ledger';

create table study_issue (
    study_issue_id uuid primary key,
    organization_id uuid not null,
    year int not null,
    number int not null check (number > 0),
    title text not null,
    organizer text not null,
    requirements text,
    published_at timestamptz not null,
    entry_id uuid not null,
    unique (organization_id, year, number)
);
comment on table study_issue is '党员学习教育安排, one numbered issue (STUD)';

create table study_item (
    study_item_id uuid primary key,
    study_issue_id uuid not null references study_issue on delete cascade,
    ordinal int not null,
    week int,
    held_on date not null,
    theme text not null,
    purpose text,
    readings text,
    topic text,
    hours numeric(6, 2) check (hours > 0),
    unique (study_issue_id, ordinal)
);

create table gathering (
    gathering_id uuid primary key,
    organization_id uuid not null,
    kind text not null,
    title text not null check (title <> ''),
    starts_at timestamptz not null,
    ends_at timestamptz check (ends_at > starts_at),
    place text not null,
    hours numeric(6, 2) check (hours > 0),
    party_group text,
    host text,
    study_item_id uuid,
    late_after_minutes int not null check (late_after_minutes >= 0),
    state text not null check (state in ('planned', 'called', 'held', 'cancelled')),
    state_note text,
    entry_id uuid not null
);
comment on table gathering is '活动: any meeting, group study, volunteer event';
comment on column gathering.hours is 'Study hours it counts for; null: none';
comment on column gathering.late_after_minutes is 'Who signs in later than this after the start is proposed as late';
create index gathering_by_branch on gathering (organization_id, starts_at);
create index gathering_by_study_item on gathering (study_item_id) where study_item_id is not null;

create table gathering_expected (
    gathering_id uuid not null,
    person_id uuid not null,
    organization_id uuid not null,
    primary key (gathering_id, person_id)
);
comment on table gathering_expected is '应到';
create index gathering_expected_by_person on gathering_expected (person_id);

create table leave_request (
    gathering_id uuid not null,
    person_id uuid not null,
    organization_id uuid not null,
    reason text not null,
    requested_at timestamptz not null,
    granted boolean,
    decided_by uuid,
    decided_at timestamptz,
    answer text,
    entry_id uuid not null,
    primary key (gathering_id, person_id)
);
comment on table leave_request is '请假: asked before the gathering, granted or not';

create table check_in (
    gathering_id uuid not null,
    person_id uuid not null,
    organization_id uuid not null,
    scanned_at timestamptz not null,
    manner text not null check (manner in ('code', 'hand', 'paper')),
    odd text,
    device text,
    entry_id uuid not null,
    primary key (gathering_id, person_id)
);
comment on table check_in is '签到: the first scan counts; odd says what is strange about it';

create table attendance (
    entry_id uuid not null,
    gathering_id uuid not null,
    person_id uuid not null,
    organization_id uuid not null,
    attendance text not null check (attendance in ('present', 'late', 'left-early', 'late-and-left-early', 'absent', 'excused', 'made-up')),
    note text,
    made_up_on date,
    recorded_at timestamptz not null,
    recorded_by uuid not null,
    ended_at timestamptz,
    ended_by uuid,
    primary key (gathering_id, person_id, entry_id)
);
comment on table attendance is '出席: the row without ended_at holds; the others are what was written before';
create unique index attendance_holds_once on attendance (gathering_id, person_id) where ended_at is null;
create index attendance_by_person on attendance (person_id);

create table gathering_minutes (
    evidence_id uuid primary key,
    gathering_id uuid not null,
    organization_id uuid not null,
    filed_at timestamptz not null,
    filed_by uuid not null
);
comment on table gathering_minutes is '会议记录、材料: which kept files belong to a gathering';
create index gathering_minutes_by_gathering on gathering_minutes (gathering_id);

create table dues (
    entry_id uuid primary key,
    person_id uuid not null,
    organization_id uuid not null,
    month date not null check (extract(day from month) = 1),
    due numeric(10, 2) not null check (due >= 0),
    paid numeric(10, 2) not null check (paid >= 0),
    paid_on date,
    recorded_at timestamptz not null,
    recorded_by uuid not null,
    ended_at timestamptz,
    ended_by uuid
);
comment on table dues is '党费 of a month: what was due, what was paid and when';
create unique index dues_hold_once on dues (person_id, month) where ended_at is null;
create index dues_by_branch on dues (organization_id, month);

create table thought_report (
    entry_id uuid primary key,
    person_id uuid not null,
    organization_id uuid not null,
    received_on date not null,
    title text not null,
    evidence_id uuid,
    recorded_at timestamptz not null,
    recorded_by uuid not null,
    ended_at timestamptz,
    ended_by uuid
);
create index thought_report_by_person on thought_report (person_id, received_on);

create index thought_report_by_evidence on thought_report (evidence_id) where evidence_id is not null;

create table thought_report_handed_in (
    entry_id uuid primary key,
    person_id uuid not null,
    organization_id uuid not null,
    handed_in_on date not null,
    title text not null,
    evidence_id uuid not null,
    recorded_at timestamptz not null,
    state text not null check (state in ('waiting', 'received', 'returned')),
    state_note text,
    state_at timestamptz,
    state_by uuid,
    received_entry_id uuid
);
comment on table thought_report_handed_in is '本人交的思想汇报: counts when received, as of the day it was handed in';
create index thought_report_handed_in_by_person on thought_report_handed_in (person_id, handed_in_on);
create index thought_report_handed_in_waiting on thought_report_handed_in (organization_id) where state = 'waiting';
create index thought_report_handed_in_by_evidence on thought_report_handed_in (evidence_id);

create table outside_study (
    entry_id uuid primary key,
    person_id uuid not null,
    organization_id uuid not null,
    studied_on date not null,
    title text not null,
    hours numeric(6, 2) not null check (hours > 0),
    ground text not null,
    evidence_id uuid,
    recorded_at timestamptz not null,
    recorded_by uuid not null,
    ended_at timestamptz,
    ended_by uuid
);
comment on table outside_study is '在外学习: hours studied elsewhere, with proof';
create index outside_study_by_person on outside_study (person_id, studied_on);
create index outside_study_by_evidence on outside_study (evidence_id) where evidence_id is not null;

create table fact (
    entry_id uuid primary key,
    person_id uuid not null,
    organization_id uuid not null,
    kind text not null,
    happened_on date not null,
    quantity numeric(12, 2) not null check (quantity >= 0),
    level text,
    content text,
    points numeric(8, 2),
    ground text not null,
    clause text,
    evidence uuid[] not null default '{}',
    state text not null check (state in ('counts', 'pending', 'rejected')),
    state_note text,
    state_at timestamptz not null,
    state_by uuid,
    recorded_at timestamptz not null,
    recorded_by uuid not null,
    ended_at timestamptz,
    ended_by uuid
);
comment on table fact is '积分事实 that no gathering, dues list or report gives: kind is the English id in the scheme';
create index fact_by_person on fact (person_id, happened_on);
create index fact_by_branch on fact (organization_id, happened_on);
create index fact_by_evidence on fact using gin (evidence);
create index fact_pending on fact (organization_id) where state = 'pending' and ended_at is null;

insert into view_table (name)
values ('study_issue'), ('study_item'), ('gathering'), ('gathering_expected'), ('leave_request'), ('check_in'), ('attendance'), ('gathering_minutes'), ('dues'),
    ('thought_report'), ('thought_report_handed_in'), ('outside_study'), ('fact');

-- ---- what the entries do ----

create function apply_evidence_kept(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    select
$$;

create function apply_study_issue_published(e ledger_entry) returns void language plpgsql set search_path = public, pg_temp as $$
declare
    b jsonb := e.body::jsonb;
begin
    insert into study_issue (study_issue_id, organization_id, year, number, title, organizer, requirements, published_at, entry_id)
    values ((b ->> 'issue')::uuid, e.stream_id, (b ->> 'year')::int, (b ->> 'number')::int, b ->> 'title', b ->> 'organizer', b ->> 'requirements',
        e.recorded_at, e.entry_id);
    insert into study_item (study_item_id, study_issue_id, ordinal, week, held_on, theme, purpose, readings, topic, hours)
    select (i ->> 'item')::uuid, (b ->> 'issue')::uuid, ordinal, (i ->> 'week')::int, (i ->> 'heldOn')::date, i ->> 'theme', i ->> 'purpose',
        i ->> 'readings', i ->> 'topic', (i ->> 'hours')::numeric
    from jsonb_array_elements(b -> 'items') with ordinality as x (i, ordinal);
end $$;

create function apply_gathering_planned(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into gathering (gathering_id, organization_id, kind, title, starts_at, ends_at, place, hours, party_group, host, study_item_id, late_after_minutes, state, entry_id)
    select (b ->> 'gathering')::uuid, e.stream_id, b ->> 'kind', b ->> 'title', (b ->> 'startsAt')::timestamptz, (b ->> 'endsAt')::timestamptz,
        b ->> 'place', (b ->> 'hours')::numeric, b ->> 'partyGroup', b ->> 'host', (b ->> 'studyItem')::uuid,
        (b ->> 'lateAfterMinutes')::int, 'planned', e.entry_id
    from (select e.body::jsonb as b) as x
$$;

create function apply_gathering_changed(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update gathering g
    set kind = b ->> 'kind', title = b ->> 'title', starts_at = (b ->> 'startsAt')::timestamptz, ends_at = (b ->> 'endsAt')::timestamptz,
        place = b ->> 'place', hours = (b ->> 'hours')::numeric, party_group = b ->> 'partyGroup', host = b ->> 'host',
        study_item_id = (b ->> 'studyItem')::uuid, late_after_minutes = (b ->> 'lateAfterMinutes')::int
    from (select e.body::jsonb as b) as x
    where g.gathering_id = (b ->> 'gathering')::uuid
$$;

create function apply_gathering_called(e ledger_entry) returns void language plpgsql set search_path = public, pg_temp as $$
declare
    b jsonb := e.body::jsonb;
begin
    update gathering set state = 'called' where gathering_id = (b ->> 'gathering')::uuid and state = 'planned';
    delete from gathering_expected where gathering_id = (b ->> 'gathering')::uuid;
    insert into gathering_expected (gathering_id, person_id, organization_id)
    select (b ->> 'gathering')::uuid, person::uuid, e.stream_id
    from jsonb_array_elements_text(b -> 'expected') as x (person);
end $$;

-- Whatever attendance was written down for it ceases to hold.
create function apply_gathering_cancelled(e ledger_entry) returns void language plpgsql set search_path = public, pg_temp as $$
begin
    update gathering set state = 'cancelled', state_note = e.body::jsonb ->> 'reason' where gathering_id = (e.body::jsonb ->> 'gathering')::uuid;
    update attendance set ended_at = e.recorded_at, ended_by = e.entry_id
    where gathering_id = (e.body::jsonb ->> 'gathering')::uuid and ended_at is null;
end $$;

create function apply_leave_requested(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into leave_request (gathering_id, person_id, organization_id, reason, requested_at, entry_id)
    values ((e.body::jsonb ->> 'gathering')::uuid, e.person_id, e.stream_id, e.body::jsonb ->> 'reason', e.recorded_at, e.entry_id)
    on conflict (gathering_id, person_id) do update
    set reason = excluded.reason, requested_at = excluded.requested_at, granted = null, decided_by = null, decided_at = null, answer = null,
        entry_id = excluded.entry_id
$$;

create function apply_leave_withdrawn(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    delete from leave_request where gathering_id = (e.body::jsonb ->> 'gathering')::uuid and person_id = e.person_id
$$;

create function apply_leave_decided(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update leave_request
    set granted = (e.body::jsonb ->> 'granted')::boolean, answer = e.body::jsonb ->> 'answer', decided_by = e.recorded_by, decided_at = e.recorded_at
    where gathering_id = (e.body::jsonb ->> 'gathering')::uuid and person_id = e.person_id
$$;

create function apply_member_checked_in(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into check_in (gathering_id, person_id, organization_id, scanned_at, manner, odd, device, entry_id)
    values ((e.body::jsonb ->> 'gathering')::uuid, e.person_id, e.stream_id, (e.body::jsonb ->> 'scannedAt')::timestamptz,
        e.body::jsonb ->> 'manner', e.body::jsonb ->> 'odd', e.body::jsonb ->> 'device', e.entry_id)
    on conflict (gathering_id, person_id) do nothing
$$;

create function put_attendance(e ledger_entry, gathering uuid, who uuid, what text, remark text, made_up date) returns void
language plpgsql set search_path = public, pg_temp as $$
begin
    update attendance set ended_at = e.recorded_at, ended_by = e.entry_id
    where gathering_id = gathering and person_id = who and ended_at is null;
    insert into attendance (entry_id, gathering_id, person_id, organization_id, attendance, note, made_up_on, recorded_at, recorded_by)
    values (e.entry_id, gathering, who, e.stream_id, what, remark, made_up, e.recorded_at, e.recorded_by);
end $$;

-- The whole roll in one entry. Whoever stands in it as before keeps the row he has.
create function apply_attendance_taken(e ledger_entry) returns void language plpgsql set search_path = public, pg_temp as $$
declare
    b jsonb := e.body::jsonb;
    held uuid := (b ->> 'gathering')::uuid;
begin
    update gathering set state = 'held' where gathering_id = held;
    update attendance a set ended_at = e.recorded_at, ended_by = e.entry_id
    from jsonb_array_elements(b -> 'marks') as m
    where a.gathering_id = held and a.person_id = (m ->> 'person')::uuid and a.ended_at is null
        and (a.attendance, a.note) is distinct from (m ->> 'attendance', m ->> 'note');
    insert into attendance (entry_id, gathering_id, person_id, organization_id, attendance, note, recorded_at, recorded_by)
    select e.entry_id, held, (m ->> 'person')::uuid, e.stream_id, m ->> 'attendance', m ->> 'note', e.recorded_at, e.recorded_by
    from jsonb_array_elements(b -> 'marks') as m
    where not exists (
        select from attendance a where a.gathering_id = held and a.person_id = (m ->> 'person')::uuid and a.ended_at is null);
end $$;

create function apply_attendance_corrected(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    select put_attendance(e, (e.body::jsonb ->> 'gathering')::uuid, e.person_id, e.body::jsonb ->> 'attendance', e.body::jsonb ->> 'reason', null)
$$;

create function apply_attendance_made_up(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    select put_attendance(e, (e.body::jsonb ->> 'gathering')::uuid, e.person_id, 'made-up', e.ground, e.happened_on)
$$;

create function apply_minutes_filed(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into gathering_minutes (evidence_id, gathering_id, organization_id, filed_at, filed_by)
    values ((e.body::jsonb ->> 'evidence')::uuid, (e.body::jsonb ->> 'gathering')::uuid, e.stream_id, e.recorded_at, e.recorded_by)
$$;

create function apply_dues_recorded(e ledger_entry) returns void language plpgsql set search_path = public, pg_temp as $$
declare
    b jsonb := e.body::jsonb;
begin
    update dues set ended_at = e.recorded_at, ended_by = e.entry_id
    where person_id = e.person_id and month = (b ->> 'month')::date and ended_at is null;
    insert into dues (entry_id, person_id, organization_id, month, due, paid, paid_on, recorded_at, recorded_by)
    values (e.entry_id, e.person_id, e.stream_id, (b ->> 'month')::date, (b ->> 'due')::numeric, (b ->> 'paid')::numeric, (b ->> 'paidOn')::date,
        e.recorded_at, e.recorded_by);
end $$;

create function apply_thought_report_handed_in(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into thought_report_handed_in (entry_id, person_id, organization_id, handed_in_on, title, evidence_id, recorded_at, state)
    values (e.entry_id, e.person_id, e.stream_id, e.happened_on, e.body::jsonb ->> 'title', (e.body::jsonb ->> 'evidence')::uuid,
        e.recorded_at, 'waiting')
$$;

create function apply_thought_report_received(e ledger_entry) returns void language plpgsql set search_path = public, pg_temp as $$
begin
    insert into thought_report (entry_id, person_id, organization_id, received_on, title, evidence_id, recorded_at, recorded_by)
    values (e.entry_id, e.person_id, e.stream_id, e.happened_on, e.body::jsonb ->> 'title', (e.body::jsonb ->> 'evidence')::uuid,
        e.recorded_at, e.recorded_by);
    update thought_report_handed_in
    set state = 'received', state_note = null, state_at = e.recorded_at, state_by = e.recorded_by, received_entry_id = e.entry_id
    where entry_id = (e.body::jsonb ->> 'handedIn')::uuid;
end $$;

create function apply_thought_report_returned(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update thought_report_handed_in
    set state = 'returned', state_note = e.body::jsonb ->> 'reason', state_at = e.recorded_at, state_by = e.recorded_by
    where entry_id = (e.body::jsonb ->> 'handedIn')::uuid
$$;

create function apply_outside_study_recorded(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into outside_study (entry_id, person_id, organization_id, studied_on, title, hours, ground, evidence_id, recorded_at, recorded_by)
    values (e.entry_id, e.person_id, e.stream_id, e.happened_on, e.body::jsonb ->> 'title', (e.body::jsonb ->> 'hours')::numeric, e.ground,
        (e.body::jsonb ->> 'evidence')::uuid, e.recorded_at, e.recorded_by)
$$;

create function apply_fact_recorded(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into fact (entry_id, person_id, organization_id, kind, happened_on, quantity, level, content, points, ground, clause, evidence,
        state, state_at, recorded_at, recorded_by)
    select e.entry_id, e.person_id, e.stream_id, b ->> 'kind', e.happened_on, coalesce((b ->> 'quantity')::numeric, 1), b ->> 'level',
        b ->> 'content', (b ->> 'points')::numeric, e.ground, e.clause,
        array(select id::uuid from jsonb_array_elements_text(coalesce(b -> 'evidence', '[]')) as x (id)),
        b ->> 'state', e.recorded_at, e.recorded_at, e.recorded_by
    from (select e.body::jsonb as b) as x
$$;

create function apply_fact_confirmed(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update fact set state = 'counts', state_note = e.body::jsonb ->> 'body', state_at = e.recorded_at, state_by = e.recorded_by
    where entry_id = (e.body::jsonb ->> 'fact')::uuid
$$;

create function apply_fact_rejected(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update fact set state = 'rejected', state_note = e.body::jsonb ->> 'reason', state_at = e.recorded_at, state_by = e.recorded_by
    where entry_id = (e.body::jsonb ->> 'fact')::uuid
$$;

-- A fact holds many files, a report and a study one: the first that comes.
create function apply_evidence_attached(e ledger_entry) returns void language plpgsql set search_path = public, pg_temp as $$
declare
    target uuid := (e.body::jsonb ->> 'entry')::uuid;
    files uuid[] := array(select id::uuid from jsonb_array_elements_text(e.body::jsonb -> 'evidence') as x (id));
begin
    update fact set evidence = evidence || files where entry_id = target;
    update thought_report set evidence_id = files[1] where entry_id = target and evidence_id is null;
    update outside_study set evidence_id = files[1] where entry_id = target and evidence_id is null;
end $$;

-- Reverses the entry it names: what that entry recorded ceases to hold, and stays visible.
create function apply_entry_reversed(e ledger_entry) returns void language plpgsql set search_path = public, pg_temp as $$
begin
    update dues set ended_at = e.recorded_at, ended_by = e.entry_id where entry_id = e.corrects and ended_at is null;
    update thought_report set ended_at = e.recorded_at, ended_by = e.entry_id where entry_id = e.corrects and ended_at is null;
    update thought_report_handed_in set state = 'waiting', state_at = null, state_by = null, received_entry_id = null
    where received_entry_id = e.corrects;
    update outside_study set ended_at = e.recorded_at, ended_by = e.entry_id where entry_id = e.corrects and ended_at is null;
    update fact set ended_at = e.recorded_at, ended_by = e.entry_id where entry_id = e.corrects and ended_at is null;
    delete from check_in where entry_id = e.corrects;
end $$;

-- ---- who sees what ----

-- Those whose affiliation is now in sight: what other branches recorded of them comes with them.
create function persons_on_roll_in_sight() returns table (person_id uuid) language sql stable security definer set search_path = public, pg_temp as $$
    select a.person_id from affiliation a
    where a.organization_id = any (visible_organizations()) and (a.to_on is null or a.to_on >= current_day())
$$;

do $$
declare
    name text;
begin
    foreach name in array array['gathering_expected', 'leave_request', 'check_in', 'attendance', 'dues', 'thought_report', 'thought_report_handed_in',
        'outside_study', 'fact'] loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format('create policy owner_sees_all on %I to jifen_owner using (true) with check (true)', name);
        execute format('create policy reader_sees_all on %I for select to jifen_reader using (true)', name);
        execute format(
            'create policy own_scope on %I for select to jifen_app using (organization_id = any ((select visible_organizations())::uuid[])'
            ' or person_id = (select current_person()) or person_id in (select p.person_id from persons_on_roll_in_sight() p))', name);
        execute format('grant select on %I to jifen_app, jifen_reader', name);
    end loop;
    foreach name in array array['gathering', 'gathering_minutes', 'evidence'] loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format('create policy owner_sees_all on %I to jifen_owner using (true) with check (true)', name);
        execute format('create policy reader_sees_all on %I for select to jifen_reader using (true)', name);
    end loop;
end $$;
create policy own_scope on gathering for select to jifen_app
    using (organization_id = any ((select visible_organizations())::uuid[])
        or gathering_id in (select a.gathering_id from attendance a where a.person_id = (select current_person()))
        or gathering_id in (select a.gathering_id from attendance a where a.person_id in (select p.person_id from persons_on_roll_in_sight() p)));
-- A file goes with the people it is about: their own, and those of the branch they are in now, wherever it was kept.
create function evidence_about_people_in_sight(evidence uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
    select exists (
        select from (
            select f.person_id from fact f where f.evidence @> array[evidence_about_people_in_sight.evidence]
            union all
            select r.person_id from thought_report r where r.evidence_id = evidence_about_people_in_sight.evidence
            union all
            select h.person_id from thought_report_handed_in h where h.evidence_id = evidence_about_people_in_sight.evidence
            union all
            select s.person_id from outside_study s where s.evidence_id = evidence_about_people_in_sight.evidence
        ) as about
        where about.person_id = current_person() or about.person_id in (select p.person_id from persons_on_roll_in_sight() p))
$$;
create policy own_scope on gathering_minutes for select to jifen_app
    using (organization_id = any ((select visible_organizations())::uuid[]));
create policy own_scope on evidence for select to jifen_app
    using (organization_id = any ((select visible_organizations())::uuid[]) or kept_by = (select current_person())
        or evidence_about_people_in_sight(evidence_id));
create policy own_upload on evidence for insert to jifen_app with check (kept_by = (select current_person()));
grant select on gathering, gathering_minutes, study_issue, study_item to jifen_app, jifen_reader;
grant select on evidence to jifen_reader;
grant select, insert on evidence to jifen_app;
