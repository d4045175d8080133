-- Organizations, persons, affiliation with dated history, offices: computed from the ledger, except person, whose names are kept apart
-- from it (TRUST: personal data outside the ledger).

create table organization (
    organization_id uuid primary key,
    superior_id uuid,
    kind text not null check (kind in ('party-committee', 'working-committee', 'general-branch', 'branch', 'party-group')),
    name text not null check (name <> ''),
    short_name text not null check (short_name <> ''),
    is_direct boolean not null,
    founded_on date not null,
    dissolved_on date,
    ancestors uuid[] not null,
    entry_id uuid not null
);
comment on column organization.ancestors is 'From the top down to itself, itself included';
create index organization_by_ancestor on organization using gin (ancestors);
create index organization_by_superior on organization (superior_id);

create table person (
    person_id uuid primary key,
    number text unique check (number <> ''),
    name text not null check (name <> ''),
    name_salt text,
    registered_at timestamptz not null
);
comment on table person is 'Names, kept apart from the ledger so that they can be erased';
comment on column person.number is '编号: staff or student number, never an identity number';
comment on column person.name_salt is 'Goes into the digest of the name in the ledger; erased with the name, so that the digest says nothing any more';

create table affiliation (
    affiliation_id uuid primary key,
    person_id uuid not null,
    organization_id uuid not null,
    from_on date not null,
    to_on date,
    arrived text not null check (arrived in ('on-roll', 'admitted', 'transferred-in')),
    left_by text check (left_by in ('transferred-out', 'left', 'moved')),
    from_where text,
    to_where text,
    check ((to_on is null) = (left_by is null)),
    check (to_on is null or to_on >= from_on)
);
comment on table affiliation is '组织关系: to which branch a person belongs, from – to (both included)';
create unique index affiliation_is_one_at_a_time on affiliation (person_id) where to_on is null;
create index affiliation_by_organization on affiliation (organization_id, from_on);
create index affiliation_by_person on affiliation (person_id, from_on);

create table member_period (
    person_id uuid not null,
    aspect text not null check (aspect in ('standing', 'category', 'party-group', 'floating', 'exemption')),
    from_on date not null,
    to_on date,
    value text not null,
    entry_id uuid not null,
    primary key (person_id, aspect, from_on),
    check (to_on is null or to_on >= from_on)
);
comment on table member_period is 'What a member was when: standing (full, probationary, activist), category, Party group, floating, exempt';

create table office_term (
    office_term_id uuid primary key,
    person_id uuid not null,
    organization_id uuid not null,
    office text not null,
    from_on date not null,
    to_on date,
    is_acting boolean not null,
    entry_id uuid not null,
    check (to_on is null or to_on >= from_on)
);
comment on table office_term is '任职: what one may do is read from here';
create index office_term_by_person on office_term (person_id);
create index office_term_by_organization on office_term (organization_id);

create table scheme_version (
    fingerprint text primary key,
    scheme_id text not null,
    scheme_name text not null,
    scheme_text text not null,
    refinement_text text,
    kept_at timestamptz not null
);
comment on table scheme_version is 'The bytes of every scheme and refinement that ever judged anybody; never changed';
create trigger scheme_version_is_append_only before update or delete or truncate on scheme_version
    for each statement execute function refuse_change();

create table scheme_adoption (
    organization_id uuid not null,
    year int not null,
    fingerprint text not null,
    entry_id uuid not null,
    primary key (organization_id, year)
);
comment on table scheme_adoption is 'Which scheme an organization runs in a year; a branch without its own follows the nearest above it';

insert into view_table (name)
values ('organization'), ('affiliation'), ('member_period'), ('office_term'), ('scheme_adoption');

-- ---- what the entries do ----

create function apply_organization_founded(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into organization (organization_id, superior_id, kind, name, short_name, is_direct, founded_on, ancestors, entry_id)
    select id, superior, b ->> 'kind', b ->> 'name', b ->> 'shortName', (b ->> 'isDirect')::boolean, e.happened_on,
        coalesce((select o.ancestors from organization o where o.organization_id = superior), '{}') || id, e.entry_id
    from (select e.body::jsonb as b, (e.body::jsonb ->> 'organization')::uuid as id, (e.body::jsonb ->> 'superior')::uuid as superior) as x
$$;

create function apply_organization_renamed(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update organization set name = e.body::jsonb ->> 'name', short_name = e.body::jsonb ->> 'shortName'
    where organization_id = e.stream_id
$$;

create function apply_organization_dissolved(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update organization set dissolved_on = e.happened_on where organization_id = e.stream_id
$$;

-- The name itself is in person; the entry holds its digest.
create function apply_person_registered(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    select
$$;

create function apply_person_renamed(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    select
$$;

-- From a day on, an aspect has another value; no value: none. What was recorded for a later day stays: a back-dated change holds until the
-- next one begins. Said again for the same day, the later entry is right.
create function turn_period(who uuid, what text, starting date, new_value text, entry uuid, ending date default null) returns void
language plpgsql set search_path = public, pg_temp as $$
declare
    was member_period;
    next_from date;
begin
    select * into was from member_period
    where person_id = who and aspect = what and from_on <= starting and (to_on is null or to_on >= starting);
    if was.value is not distinct from new_value and was.from_on < starting and ending is null then
        return;
    end if;
    select min(from_on) into next_from from member_period where person_id = who and aspect = what and from_on > starting;
    delete from member_period where person_id = who and aspect = what and from_on = starting;
    update member_period set to_on = starting - 1
    where person_id = who and aspect = what and from_on < starting and (to_on is null or to_on >= starting);
    if new_value is not null then
        insert into member_period (person_id, aspect, from_on, to_on, value, entry_id)
        values (who, what, starting, least(coalesce(ending, was.to_on), next_from - 1), new_value, entry);
    end if;
end $$;

create function apply_member_admitted(e ledger_entry) returns void language plpgsql set search_path = public, pg_temp as $$
declare
    b jsonb := e.body::jsonb;
begin
    insert into affiliation (affiliation_id, person_id, organization_id, from_on, arrived, from_where)
    values (e.entry_id, e.person_id, e.stream_id, e.happened_on, b ->> 'arrived', b ->> 'fromWhere');
    perform turn_period(e.person_id, 'standing', e.happened_on, b ->> 'standing', e.entry_id);
    if b ->> 'category' is not null then
        perform turn_period(e.person_id, 'category', e.happened_on, b ->> 'category', e.entry_id);
    end if;
    if b ->> 'partyGroup' is not null then
        perform turn_period(e.person_id, 'party-group', e.happened_on, b ->> 'partyGroup', e.entry_id);
    end if;
end $$;

create function apply_member_left(e ledger_entry) returns void language plpgsql set search_path = public, pg_temp as $$
begin
    update affiliation set to_on = greatest(e.happened_on, from_on), left_by = e.body::jsonb ->> 'leftBy', to_where = e.body::jsonb ->> 'toWhere'
    where person_id = e.person_id and organization_id = e.stream_id and to_on is null;
    if not found then
        raise exception 'person % is on no open roll of %', e.person_id, e.stream_id using errcode = 'integrity_constraint_violation';
    end if;
    perform turn_period(e.person_id, 'party-group', e.happened_on + 1, null, e.entry_id);
end $$;

create function apply_standing_changed(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    select turn_period(e.person_id, 'standing', e.happened_on, e.body::jsonb ->> 'standing', e.entry_id)
$$;

create function apply_category_changed(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    select turn_period(e.person_id, 'category', e.happened_on, e.body::jsonb ->> 'category', e.entry_id)
$$;

create function apply_party_group_changed(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    select turn_period(e.person_id, 'party-group', e.happened_on, e.body::jsonb ->> 'partyGroup', e.entry_id)
$$;

create function apply_floating_started(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    select turn_period(e.person_id, 'floating', e.happened_on, e.body::jsonb ->> 'toWhere', e.entry_id)
$$;

create function apply_floating_ended(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    select turn_period(e.person_id, 'floating', e.happened_on, null, e.entry_id)
$$;

-- Why may be about health: neither the case nor the reason is in the entry.
create function apply_exemption_granted(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    select turn_period(e.person_id, 'exemption', e.happened_on, 'exempt', e.entry_id, (e.body::jsonb ->> 'untilOn')::date)
$$;

create function apply_exemption_ended(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    select turn_period(e.person_id, 'exemption', e.happened_on, null, e.entry_id)
$$;

create function apply_office_assigned(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into office_term (office_term_id, person_id, organization_id, office, from_on, to_on, is_acting, entry_id)
    select (b ->> 'term')::uuid, e.person_id, e.stream_id, b ->> 'office', e.happened_on, (b ->> 'untilOn')::date, (b ->> 'isActing')::boolean, e.entry_id
    from (select e.body::jsonb as b) as x
$$;

-- The last day in office is the day named.
create function apply_office_ended(e ledger_entry) returns void language plpgsql set search_path = public, pg_temp as $$
begin
    update office_term set to_on = greatest(e.happened_on, from_on)
    where office_term_id = (e.body::jsonb ->> 'term')::uuid and organization_id = e.stream_id and (to_on is null or to_on > e.happened_on);
    if not found then
        raise exception 'no running term % in %', e.body::jsonb ->> 'term', e.stream_id using errcode = 'integrity_constraint_violation';
    end if;
end $$;

create function apply_scheme_adopted(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into scheme_adoption (organization_id, year, fingerprint, entry_id)
    values (e.stream_id, (e.body::jsonb ->> 'year')::int, e.body::jsonb ->> 'fingerprint', e.entry_id)
    on conflict (organization_id, year) do update set fingerprint = excluded.fingerprint, entry_id = excluded.entry_id
$$;

-- ---- who sees what ----

-- Offices whose holder sees what is below the organization.
create function looks_down(office text) returns boolean language sql immutable parallel safe as $$
    select office in ('organization-officer', 'leading-group-member', 'discipline-officer')
$$;

create function visible_organizations() returns uuid[] language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct id), '{}')
    from (
        select a.organization_id as id
        from affiliation a
        where a.person_id = current_person() and (a.to_on is null or a.to_on >= current_day())
        union all
        select o.organization_id
        from office_term t
        join organization o on o.organization_id = t.organization_id
            or (looks_down(t.office) and t.organization_id = any (o.ancestors))
            or (o.superior_id = t.organization_id and o.kind = 'party-group')
        where t.person_id = current_person() and t.office <> 'administrator'
            and t.from_on <= current_day() and (t.to_on is null or t.to_on >= current_day())
    ) as seen
$$;

-- Names are shown to those who see the branch the person belongs or belonged to, or in which the person holds office.
create function visible_persons() returns table (person_id uuid) language sql stable security definer set search_path = public, pg_temp as $$
    select a.person_id from affiliation a where a.organization_id = any (visible_organizations())
    union
    select t.person_id from office_term t where t.organization_id = any (visible_organizations())
    union
    -- Officers above one's own branch: one knows whom one reports to.
    select t.person_id
    from office_term t
    join organization o on t.organization_id = any (o.ancestors)
    where o.organization_id = any (visible_organizations())
    union
    select current_person()
$$;

alter table ledger_entry enable row level security;
alter table ledger_entry force row level security;
create policy owner_sees_all on ledger_entry to jifen_owner using (true) with check (true);
create policy reader_sees_all on ledger_entry for select to jifen_reader using (true);
create policy own_scope on ledger_entry to jifen_app
    using (stream_id = any ((select visible_organizations())::uuid[]) or person_id = (select current_person()))
    with check (stream_id = any ((select visible_organizations())::uuid[]) and (select current_person()) in (recorded_by, second_by));

alter table operation enable row level security;
alter table operation force row level security;
create policy owner_sees_all on operation to jifen_owner using (true) with check (true);
create policy reader_sees_all on operation for select to jifen_reader using (true);
create policy own_operations on operation to jifen_app
    using (person_id = (select current_person())) with check (person_id = (select current_person()));

alter table person enable row level security;
alter table person force row level security;
create policy owner_sees_all on person to jifen_owner using (true) with check (true);
create policy reader_sees_all on person for select to jifen_reader using (true);
create policy known_people on person for select to jifen_app using (person_id in (select v.person_id from visible_persons() v));
create policy whoever_registers on person for insert to jifen_app with check ((select current_person()) is not null);

alter table affiliation enable row level security;
alter table affiliation force row level security;
create policy owner_sees_all on affiliation to jifen_owner using (true) with check (true);
create policy reader_sees_all on affiliation for select to jifen_reader using (true);
create policy own_scope on affiliation for select to jifen_app
    using (organization_id = any ((select visible_organizations())::uuid[]) or person_id = (select current_person()));

alter table member_period enable row level security;
alter table member_period force row level security;
create policy owner_sees_all on member_period to jifen_owner using (true) with check (true);
create policy reader_sees_all on member_period for select to jifen_reader using (true);
create policy own_scope on member_period for select to jifen_app
    using (person_id = (select current_person())
        or person_id in (select a.person_id from affiliation a where a.organization_id = any ((select visible_organizations())::uuid[])));

-- Organizations and who holds which office are known to everybody who signs in; schemes are public.
grant select on organization, person, affiliation, member_period, office_term, scheme_version, scheme_adoption to jifen_app, jifen_reader;
grant insert on person, scheme_version to jifen_app;
