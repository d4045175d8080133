-- What the points of a branch are read from, and who read about whom.

-- ---- who read about whom ----

create table read_log (
    read_id bigint generated always as identity primary key,
    read_at timestamptz not null,
    reader uuid not null,
    office text not null,
    organization_id uuid not null,
    action text not null,
    page text not null,
    persons uuid[] not null check (cardinality(persons) > 0),
    reason text check (reason <> '')
);
comment on table read_log is 'Every reading of other people''s points: written in the transaction that reads, seen by those it is about';
comment on column read_log.office is 'The role in which the page was opened, kebab-case';
comment on column read_log.reason is 'Stated by the reader, where the table of actions asks for one';
create index read_log_by_person on read_log using gin (persons);
create index read_log_by_reader on read_log (reader, read_at);

create table read_reason (
    reason_id bigint generated always as identity primary key,
    stated_at timestamptz not null,
    reader uuid not null,
    organization_id uuid not null,
    reason text not null check (reason <> '')
);
comment on table read_reason is 'Reasons stated before reading what the table of actions marks with j; each holds for a while, readings repeat its words';
create index read_reason_by_reader on read_reason (reader, organization_id, stated_at);

create trigger read_log_is_append_only before update or delete or truncate on read_log for each statement execute function refuse_change();
create trigger read_reason_is_append_only before update or delete or truncate on read_reason for each statement execute function refuse_change();

alter table read_log enable row level security;
alter table read_log force row level security;
create policy owner_sees_all on read_log to jifen_owner using (true) with check (true);
create policy reader_sees_all on read_log for select to jifen_reader using (true);
create policy about_me on read_log for select to jifen_app
    using ((select current_person()) = any (persons) or reader = (select current_person()));
create policy own_reading on read_log for insert to jifen_app with check (reader = (select current_person()));

alter table read_reason enable row level security;
alter table read_reason force row level security;
create policy owner_sees_all on read_reason to jifen_owner using (true) with check (true);
create policy reader_sees_all on read_reason for select to jifen_reader using (true);
create policy own_reason on read_reason to jifen_app
    using (reader = (select current_person())) with check (reader = (select current_person()));

grant select, insert on read_log, read_reason to jifen_app;
grant select on read_log, read_reason to jifen_reader;

-- ---- what points are computed from ----

-- The points of a branch rest on what other branches recorded of its people before they came, and must be the same whoever looks. So these
-- functions read past row-level security, and give everything to whoever has the branch in sight and nothing to anybody else.

create index ledger_entry_of_changed_gatherings on ledger_entry (recorded_at) where kind = 'gathering-changed';

-- Changes with every entry that may touch the branch, its people or its scheme. Null: the branch is out of sight.
create function branch_version(branch uuid) returns text language sql stable security definer set search_path = public, pg_temp as $$
    select string_agg(stream.id || ':' || coalesce(head.seq, 0), ',' order by stream.id)
    from (
        select unnest(o.ancestors) as id from organization o where o.organization_id = branch
        union
        select o.organization_id from organization o where o.superior_id = branch
        union
        select other.organization_id
        from affiliation own join affiliation other using (person_id)
        where own.organization_id = branch
    ) as stream
    left join lateral (select e.seq from ledger_entry e where e.stream_id = stream.id order by e.seq desc limit 1) as head on true
    where branch = any (visible_organizations())
$$;

-- Those whose affiliation to the branch touches the days, with their places in the order of Chinese names.
create function booked_people(branch uuid, since date, until date)
returns table (person_id uuid, name text, number text, place int)
language sql stable security definer set search_path = public, pg_temp as $$
    select p.person_id, p.name, p.number, (row_number() over (order by p.name collate "zh-x-icu", p.number))::int
    from person p
    where branch = any ((select visible_organizations())::uuid[])
        and p.person_id in (
            select a.person_id from affiliation a
            where a.organization_id = branch and a.from_on <= until and (a.to_on is null or a.to_on >= since))
$$;

create function booked_affiliations(branch uuid, since date, until date)
returns table (person_id uuid, organization_id uuid, from_on date, to_on date, arrived text, left_by text, to_where text)
language sql stable security definer set search_path = public, pg_temp as $$
    select a.person_id, a.organization_id, a.from_on, a.to_on, a.arrived, a.left_by, a.to_where
    from booked_people(branch, since, until) p join affiliation a using (person_id)
    where a.from_on <= until
    order by a.person_id, a.from_on
$$;

create function booked_periods(branch uuid, since date, until date)
returns table (person_id uuid, aspect text, from_on date, to_on date, value text)
language sql stable security definer set search_path = public, pg_temp as $$
    select m.person_id, m.aspect, m.from_on, m.to_on, m.value
    from booked_people(branch, since, until) p join member_period m using (person_id)
    where m.from_on <= until
    order by m.person_id, m.aspect, m.from_on
$$;

-- Of everybody in books: what is recorded before an instant and held at that instant. A gathering changed since is read as it was.
create function booked_attendance(branch uuid, since date, until date, facts_since date, facts_until date, before timestamptz)
returns table (entry_id uuid, person_id uuid, gathering_id uuid, kind text, title text, held_on date, hours numeric, attendance text)
language sql stable security definer set search_path = public, pg_temp as $$
    with changed as materialized (
        select distinct (e.body::jsonb ->> 'gathering')::uuid as gathering_id
        from ledger_entry e
        where e.kind = 'gathering-changed' and e.recorded_at >= before
    ), was as materialized (
        select distinct on (e.body::jsonb ->> 'gathering') (e.body::jsonb ->> 'gathering')::uuid as gathering_id, e.body::jsonb as b
        from ledger_entry e
        where exists (select from changed) and e.kind in ('gathering-planned', 'gathering-changed') and e.recorded_at < before
            and (e.body::jsonb ->> 'gathering')::uuid in (select c.gathering_id from changed c)
        order by e.body::jsonb ->> 'gathering', e.position desc
    ), held as (
        select g.gathering_id, g.kind, g.title, g.starts_at, g.hours
        from gathering g
        where not exists (select from was w where w.gathering_id = g.gathering_id)
        union all
        select w.gathering_id, w.b ->> 'kind', w.b ->> 'title', (w.b ->> 'startsAt')::timestamptz, (w.b ->> 'hours')::numeric
        from was w
    )
    select a.entry_id, a.person_id, a.gathering_id, h.kind, h.title, (h.starts_at at time zone 'Asia/Shanghai')::date, h.hours, a.attendance
    from booked_people(branch, since, until) p
    join attendance a using (person_id)
    join held h using (gathering_id)
    where a.recorded_at < before and (a.ended_at is null or a.ended_at >= before)
        and h.starts_at >= (facts_since::timestamp at time zone 'Asia/Shanghai')
        and h.starts_at < ((facts_until + 1)::timestamp at time zone 'Asia/Shanghai')
$$;

create function booked_dues(branch uuid, since date, until date, facts_since date, facts_until date, before timestamptz)
returns table (entry_id uuid, person_id uuid, month date, due numeric, paid numeric, paid_on date)
language sql stable security definer set search_path = public, pg_temp as $$
    select d.entry_id, d.person_id, d.month, d.due, d.paid, d.paid_on
    from booked_people(branch, since, until) p join dues d using (person_id)
    where d.recorded_at < before and (d.ended_at is null or d.ended_at >= before) and d.month between facts_since and facts_until
$$;

create function booked_reports(branch uuid, since date, until date, facts_since date, facts_until date, before timestamptz)
returns table (entry_id uuid, person_id uuid, received_on date, title text)
language sql stable security definer set search_path = public, pg_temp as $$
    select r.entry_id, r.person_id, r.received_on, r.title
    from booked_people(branch, since, until) p join thought_report r using (person_id)
    where r.recorded_at < before and (r.ended_at is null or r.ended_at >= before) and r.received_on between facts_since and facts_until
$$;

create function booked_studies(branch uuid, since date, until date, facts_since date, facts_until date, before timestamptz)
returns table (entry_id uuid, person_id uuid, studied_on date, title text, hours numeric)
language sql stable security definer set search_path = public, pg_temp as $$
    select s.entry_id, s.person_id, s.studied_on, s.title, s.hours
    from booked_people(branch, since, until) p join outside_study s using (person_id)
    where s.recorded_at < before and (s.ended_at is null or s.ended_at >= before) and s.studied_on between facts_since and facts_until
$$;

-- What waited for its confirmation at that instant waited, whatever came after.
create function booked_facts(branch uuid, since date, until date, facts_since date, facts_until date, before timestamptz)
returns table (entry_id uuid, person_id uuid, kind text, happened_on date, quantity numeric, level text, content text, points numeric, state text,
    operation_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
    select f.entry_id, f.person_id, f.kind, f.happened_on, f.quantity, f.level, f.content, f.points,
        case when f.state_at >= before then 'pending' else f.state end, e.operation_id
    from booked_people(branch, since, until) p join fact f using (person_id) join ledger_entry e using (entry_id)
    where f.recorded_at < before and (f.ended_at is null or f.ended_at >= before) and f.happened_on between facts_since and facts_until
$$;
