-- The whole schema, to be read from top to bottom: the ledger, organizations and people, daily records, accounts, the year.
-- Made by make-schema; a test proves it equal to the sum of Migrations/.

-- ==== 0001 ledger ====

-- The ledger: one append-only, hash-chained stream per Party organization (docs/ledger-format.md).
-- What is computed from it (views kept as tables) is written by the functions apply_<kind> alone.

create table installation (
    installation_id uuid primary key,
    created_at timestamptz not null
);
create unique index installation_is_one on installation ((true));
comment on table installation is 'Which database this is: made at the first migration, shown in the banner and by doctor';

create table ledger_entry (
    position bigint generated always as identity unique,
    stream_id uuid not null,
    seq bigint not null check (seq >= 1),
    entry_id uuid not null unique,
    algorithm smallint not null check (algorithm = 1),
    kind text not null check (kind ~ '^[a-z]+(-[a-z0-9]+)*$'),
    person_id uuid,
    happened_on date not null,
    recorded_at timestamptz not null,
    recorded_by uuid not null,
    office text not null,
    second_by uuid,
    operation_id uuid not null,
    ground text,
    clause text,
    scheme text,
    source_key text,
    corrects uuid unique references ledger_entry (entry_id),
    body text not null,
    nonce bytea not null check (octet_length(nonce) = 16),
    leaf_hash bytea not null check (octet_length(leaf_hash) = 32),
    previous_seq bigint generated always as (nullif(seq - 1, 0)) stored,
    previous_hash bytea not null check (octet_length(previous_hash) = 32),
    entry_hash bytea not null check (entry_hash = sha256('\x01'::bytea || previous_hash || leaf_hash)),
    primary key (stream_id, seq),
    unique (stream_id, seq, entry_hash),
    unique (stream_id, source_key),
    foreign key (stream_id, previous_seq, previous_hash) references ledger_entry (stream_id, seq, entry_hash)
);
comment on table ledger_entry is 'Facts, corrections and steps, in order, never changed';
comment on column ledger_entry.position is 'Order over all streams, for rebuilding views; not part of the hash';
comment on column ledger_entry.person_id is 'Whom the entry concerns; null when it concerns the organization';
comment on column ledger_entry.happened_on is 'Civil day in Asia/Shanghai; recorded_at is the instant it was written down';
comment on column ledger_entry.office is 'The office in which recorded_by acted at that time';
comment on column ledger_entry.second_by is 'The second person, where the table of actions asks for two';
comment on column ledger_entry.source_key is 'The same fact has the same key: a second entry of it cannot be made';
comment on column ledger_entry.corrects is 'The entry this one corrects; an entry is corrected once';
comment on column ledger_entry.body is 'Canonical JSON of the event';
create index ledger_entry_by_person on ledger_entry (person_id, happened_on) where person_id is not null;
create index ledger_entry_by_operation on ledger_entry (operation_id);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'the ledger is append-only: % on % refused', tg_op, tg_table_name
        using hint = 'append a correction that names the entry', errcode = 'restrict_violation';
end $$;
create trigger ledger_entry_is_append_only before update or delete or truncate on ledger_entry
    for each statement execute function refuse_change();

-- Each kind of entry has a function apply_<kind>(ledger_entry); an entry of an unknown kind is refused for want of one.
create function apply_entry() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
    execute format('select %I($1)', 'apply_' || replace(new.kind, '-', '_')) using new;
    return null;
end $$;
create trigger ledger_entry_is_applied after insert on ledger_entry for each row execute function apply_entry();

-- The end of a stream, for whoever appends to it: the administrator appends to ledgers whose content he does not see.
create function stream_head(stream uuid) returns table (seq bigint, hash bytea)
language sql stable security definer set search_path = public, pg_temp as $$
    select e.seq, e.entry_hash from ledger_entry e where e.stream_id = stream order by e.seq desc limit 1
$$;
revoke all on function stream_head(uuid) from public;
grant execute on function stream_head(uuid) to jifen_app;

create table view_table (
    name text primary key
);
comment on table view_table is 'Tables computed from the ledger: emptied and filled again by rebuild_views()';

-- Empties every view and reads the whole ledger again. Returns how many entries were read.
create function rebuild_views() returns bigint language plpgsql set search_path = public, pg_temp as $$
declare
    tables text;
    entry ledger_entry;
    entries bigint := 0;
begin
    lock table ledger_entry in share row exclusive mode;
    select string_agg(format('%I', name), ', ') into tables from view_table;
    if tables is not null then
        execute 'truncate ' || tables;
    end if;
    for entry in select * from ledger_entry order by position loop
        execute format('select %I($1)', 'apply_' || replace(entry.kind, '-', '_')) using entry;
        entries := entries + 1;
    end loop;
    return entries;
end $$;
revoke all on function rebuild_views() from public;

create table operation (
    operation_id uuid primary key,
    action text not null,
    person_id uuid not null,
    input_digest bytea not null check (octet_length(input_digest) = 32),
    taken_at timestamptz not null,
    answer text not null
);
comment on table operation is 'What a form did once: the same id again gets the same answer, and nothing is done twice';
create trigger operation_is_append_only before update or delete or truncate on operation
    for each statement execute function refuse_change();

-- Who asks, and on which civil day: set for one transaction by the program. Nothing set means nobody: no row is visible.
create function current_person() returns uuid language sql stable parallel safe as $$
    select nullif(current_setting('jifen.person', true), '')::uuid
$$;
create function current_day() returns date language sql stable parallel safe as $$
    select coalesce(nullif(current_setting('jifen.today', true), '')::date, (now() at time zone 'Asia/Shanghai')::date)
$$;

grant select on installation, view_table to jifen_app, jifen_reader;
grant select, insert on ledger_entry, operation to jifen_app;
grant select on ledger_entry, operation to jifen_reader;

-- ==== 0002 organizations ====

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

-- ==== 0003 pending_steps ====

-- Steps that take effect only when a second person has confirmed them (table of actions, mark 2).

create table pending_step (
    operation_id uuid primary key,
    organization_id uuid not null,
    action text not null,
    summary text not null,
    proposed_by uuid not null,
    office text not null,
    proposed_at timestamptz not null,
    expires_at timestamptz not null,
    scheme text,
    concerned uuid[] not null,
    handlers uuid[] not null,
    stage text not null,
    happenings text not null
);
comment on table pending_step is 'What the first person asked, as it will be entered in the ledger when the second agrees';

-- Names that the step would register stay out of what is kept for ever: they go when the step is answered or out of time.
create table pending_name (
    operation_id uuid primary key references pending_step,
    names text not null
);

create table pending_step_answer (
    operation_id uuid primary key references pending_step,
    answered_by uuid not null,
    answered_at timestamptz not null,
    confirmed boolean not null,
    reason text,
    check (confirmed or reason <> '')
);

create trigger pending_step_is_append_only before update or delete or truncate on pending_step
    for each statement execute function refuse_change();
create trigger pending_step_answer_is_append_only before update or delete or truncate on pending_step_answer
    for each statement execute function refuse_change();

-- Whoever could be asked to confirm must see it: offices of the organization and above, and the administrator.
create function confirms_for(organization uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
    select exists (
        select from office_term t join organization o on o.organization_id = confirms_for.organization
        where t.person_id = current_person() and t.from_on <= current_day() and (t.to_on is null or t.to_on >= current_day())
            and (t.organization_id = any (o.ancestors) or t.office = 'administrator'))
$$;

-- Branch and standing of anybody, for judging rights; no name.
create function whereabouts(person uuid) returns table (branch uuid, standing text) language sql stable security definer
set search_path = public, pg_temp as $$
    select (select a.organization_id from affiliation a
            where a.person_id = whereabouts.person and a.from_on <= current_day() and (a.to_on is null or a.to_on >= current_day())
            order by a.from_on desc limit 1),
        (select m.value from member_period m
         where m.person_id = whereabouts.person and m.aspect = 'standing' and m.from_on <= current_day()
             and (m.to_on is null or m.to_on >= current_day()) limit 1)
$$;

alter table pending_step enable row level security;
alter table pending_step force row level security;
create policy owner_sees_all on pending_step to jifen_owner using (true) with check (true);
create policy reader_sees_all on pending_step for select to jifen_reader using (true);
create policy own_scope on pending_step to jifen_app
    using (proposed_by = (select current_person()) or confirms_for(organization_id))
    with check (proposed_by = (select current_person()));

alter table pending_step_answer enable row level security;
alter table pending_step_answer force row level security;
create policy owner_sees_all on pending_step_answer to jifen_owner using (true) with check (true);
create policy reader_sees_all on pending_step_answer for select to jifen_reader using (true);
create policy own_scope on pending_step_answer to jifen_app
    using (operation_id in (select p.operation_id from pending_step p))
    with check (answered_by = (select current_person()));

alter table pending_name enable row level security;
alter table pending_name force row level security;
create policy owner_sees_all on pending_name to jifen_owner using (true) with check (true);
create policy own_scope on pending_name to jifen_app using (operation_id in (select p.operation_id from pending_step p));
-- Whoever asks next clears away what ran out, whosever it was.
create function forget_expired_names(now timestamptz) returns void language sql security definer set search_path = public, pg_temp as $$
    delete from pending_name n using pending_step p where p.operation_id = n.operation_id and p.expires_at <= now
$$;

grant select, insert on pending_step, pending_step_answer to jifen_app;
grant select, insert, delete on pending_name to jifen_app;
grant select on pending_step, pending_step_answer to jifen_reader;

-- ==== 0004 daily_records ====

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

-- ==== 0005 accounts ====

-- Accounts: how somebody proves who he is. Whether a person may have an account is in the ledger (account-opened, account-reset,
-- account-disabled); what proves it – password, passkeys, sessions, links – is here and never there. None of these tables is a view.
--
-- Before somebody has signed in there is no person whom row-level security could ask about. The app's role therefore holds no right at
-- all on the tables that keep secrets. It reaches them through the functions below, each of which answers for one row and only to
-- whoever brings its key: a login name, the hash of a session's key, of a link, of a credential. No query of a page, whatever is wrong
-- with it, lists password hashes, sessions or links.

create table account (
    account_id uuid primary key,
    person_id uuid not null unique,
    login_name text,
    normalized_name text unique,
    password_hash text,
    security_stamp text not null,
    opened_at timestamptz not null,
    link_granted_at timestamptz not null,
    credentials_set_at timestamptz,
    disabled_at timestamptz,
    disabled_by uuid,
    check ((login_name is null) = (normalized_name is null)),
    check (password_hash is null or login_name is not null)
);
comment on table account is 'One to a person; made, opened again and disabled by entries of the ledger, filled in by whoever holds its link';
comment on column account.normalized_name is 'What is compared: NFKC, upper case';
comment on column account.security_stamp is 'Renewed with every password: a session that carries another one is over';
comment on column account.link_granted_at is 'The entry that last granted a one-time link; a link may be issued while credentials_set_at is older';

create table passkey (
    credential_id bytea primary key,
    account_id uuid not null references account,
    label text not null,
    added_at timestamptz not null,
    body text not null
);
comment on table passkey is '通行密钥: public keys; the private ones stay in the devices';
create index passkey_by_account on passkey (account_id);

create table session (
    session_id uuid primary key,
    key_hash bytea not null unique check (octet_length(key_hash) = 32),
    account_id uuid not null references account,
    person_id uuid not null,
    stamp text not null,
    device text not null,
    created_at timestamptz not null,
    last_seen_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at timestamptz,
    ended_because text check (ended_because in ('signed-out', 'signed-out-elsewhere', 'disabled', 'office', 'reset', 'password')),
    check ((ended_at is null) = (ended_because is null))
);
comment on table session is 'Who is signed in where; the browser holds a random key, only its SHA-256 is here';
create index session_by_account on session (account_id, created_at);
create index session_by_person on session (person_id) where ended_at is null;

create table known_device (
    key_hash bytea not null check (octet_length(key_hash) = 32),
    account_id uuid not null references account,
    seen_at timestamptz not null,
    primary key (key_hash, account_id)
);
comment on table known_device is 'Browsers from which an account was signed in to before: guesses made elsewhere do not count against them';

create table sign_in_attempt (
    attempt_id bigint generated always as identity primary key,
    login_hash bytea not null,
    source text not null,
    device_hash bytea,
    attempted_at timestamptz not null,
    has_succeeded boolean not null default false
);
comment on table sign_in_attempt is 'Guesses of the last day. SHA-256 of the login name: people type their password there by mistake';
create index sign_in_attempt_by_login on sign_in_attempt (login_hash, attempted_at);
create index sign_in_attempt_by_time on sign_in_attempt (attempted_at);

create table invitation (
    token_hash bytea primary key check (octet_length(token_hash) = 32),
    purpose text not null check (purpose in ('first-officer', 'invite', 'reset')),
    account_id uuid references account,
    issued_by uuid,
    issued_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    check ((account_id is null) = (purpose = 'first-officer'))
);
comment on table invitation is 'One-time links: whoever holds one sets login name and password';
create index invitation_by_account on invitation (account_id);

create table data_protection_key (
    name text primary key,
    xml text not null,
    kept_at timestamptz not null
);
comment on table data_protection_key is 'Keys of form tokens and passkey requests, encrypted with a key file outside the database';
grant select, insert on data_protection_key to jifen_app;

-- ---- what the entries do ----

create function random_stamp() returns text language sql volatile as $$
    select encode(sha256(gen_random_uuid()::text::bytea || gen_random_uuid()::text::bytea), 'hex')
$$;

-- Opened for the first time, or again after it was disabled. Read again from the ledger, it comes to the same.
create function apply_account_opened(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into account (account_id, person_id, security_stamp, opened_at, link_granted_at)
    values (e.entry_id, e.person_id, random_stamp(), e.recorded_at, e.recorded_at)
    on conflict (person_id) do update set disabled_at = null, disabled_by = null, link_granted_at = excluded.link_granted_at
$$;

create function apply_account_reset(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update account set link_granted_at = e.recorded_at where person_id = e.person_id
$$;

create function apply_account_disabled(e ledger_entry) returns void language plpgsql set search_path = public, pg_temp as $$
begin
    update account set disabled_at = e.recorded_at, disabled_by = e.recorded_by where person_id = e.person_id;
    update invitation i set expires_at = least(i.expires_at, e.recorded_at)
    from account a where a.account_id = i.account_id and a.person_id = e.person_id and i.issued_at <= e.recorded_at and i.used_at is null;
    perform end_sessions_of_person(e.person_id, e.recorded_at, 'disabled');
end $$;

-- Only those that were open then: read again from the ledger, later sessions stay.
create function end_sessions_of_person(who uuid, at timestamptz, because text) returns void language sql set search_path = public, pg_temp as $$
    update session set ended_at = at, ended_because = because where person_id = who and ended_at is null and created_at <= at
$$;

-- Whoever gains or loses an office proves anew who he is.
create function end_sessions_at_change_of_office() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform end_sessions_of_person(new.person_id, new.recorded_at, 'office');
    return null;
end $$;
create trigger office_changed after insert on ledger_entry for each row
    when (new.kind in ('office-assigned', 'office-ended')) execute function end_sessions_at_change_of_office();

-- ---- signing in ----

create function find_account(login text, account uuid, credential bytea) returns setof account
language sql stable security definer set search_path = public, pg_temp as $$
    select a.* from account a
    where a.normalized_name = login or a.account_id = account
        or a.account_id = (select p.account_id from passkey p where p.credential_id = credential)
$$;

-- Takes the attempt into the count before the password is looked at, so that a hundred at once are a hundred. Null: too many already.
-- In an hour at most 60 guesses from devices the account was never signed in from, 10 of them from one source; at most 40 from devices it
-- was, 20 from each. Together at most 100, and guesses of strangers leave the owner's own devices alone.
create function begin_attempt(login text, from_source text, device bytea, at timestamptz) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    login_digest bytea := sha256(convert_to(login, 'UTF8'));
    known bytea;
    guesses int;
    here int;
    made bigint;
begin
    perform pg_advisory_xact_lock(hashtextextended(encode(login_digest, 'hex'), 20200629));
    delete from sign_in_attempt where attempted_at < at - interval '1 day';
    select k.key_hash into known from known_device k join account a using (account_id) where k.key_hash = device and a.normalized_name = login;
    select count(*), count(*) filter (where case when known is null then t.source = from_source else t.device_hash = known end)
    into guesses, here
    from sign_in_attempt t
    where t.login_hash = login_digest and t.attempted_at > at - interval '1 hour' and not t.has_succeeded
        and (t.device_hash is null) = (known is null);
    if guesses >= (case when known is null then 60 else 40 end) or here >= (case when known is null then 10 else 20 end) then
        return null;
    end if;
    insert into sign_in_attempt (login_hash, source, device_hash, attempted_at) values (login_digest, from_source, known, at)
    returning attempt_id into made;
    return made;
end $$;

create function finish_attempt(attempt bigint) returns void language sql security definer set search_path = public, pg_temp as $$
    update sign_in_attempt set has_succeeded = true where attempt_id = attempt
$$;

create function remember_device(device bytea, account uuid, at timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
    insert into known_device (key_hash, account_id, seen_at) values (device, account, at)
    on conflict (key_hash, account_id) do update set seen_at = excluded.seen_at
$$;

-- ---- credentials ----

create function renew_password(account uuid, hash text, stamp text, at timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    is_new boolean;
begin
    select a.security_stamp <> stamp into is_new from account a where a.account_id = account and a.disabled_at is null for update;
    if is_new is null then
        return false;
    end if;
    update account a set password_hash = hash, security_stamp = stamp, credentials_set_at = case when is_new then at else a.credentials_set_at end
    where a.account_id = account;
    if is_new then
        -- Links that still lie about somewhere are void.
        update invitation i set expires_at = least(i.expires_at, at) where i.account_id = account and i.used_at is null;
    end if;
    return true;
end $$;

create function keep_passkey(account uuid, credential bytea, named text, at timestamptz, content text) returns void
language sql security definer set search_path = public, pg_temp as $$
    insert into passkey (credential_id, account_id, label, added_at, body) values (credential, account, named, at, content)
    on conflict (credential_id) do update set body = excluded.body, label = excluded.label where passkey.account_id = excluded.account_id
$$;

create function passkeys_of(account uuid) returns setof passkey language sql stable security definer set search_path = public, pg_temp as $$
    select p.* from passkey p where p.account_id = account order by p.added_at
$$;

create function remove_passkey(account uuid, credential bytea) returns boolean
language sql security definer set search_path = public, pg_temp as $$
    delete from passkey p where p.account_id = account and p.credential_id = credential returning true
$$;

-- ---- sessions ----

create function open_session(id uuid, key bytea, account uuid, on_device text, at timestamptz, until timestamptz) returns boolean
language sql security definer set search_path = public, pg_temp as $$
    insert into session (session_id, key_hash, account_id, person_id, stamp, device, created_at, last_seen_at, expires_at)
    select id, key, a.account_id, a.person_id, a.security_stamp, on_device, at, at, until
    from account a where a.account_id = account and a.disabled_at is null
    returning true
$$;

-- One row by the hash of its key, with the reason why it is over; null: it holds.
create function find_session(key bytea, at timestamptz)
returns table (session_id uuid, account_id uuid, person_id uuid, last_seen_at timestamptz, over text)
language sql stable security definer set search_path = public, pg_temp as $$
    select s.session_id, s.account_id, s.person_id, s.last_seen_at,
        case
            when s.ended_at is not null then s.ended_because
            when a.disabled_at is not null then 'disabled'
            when a.security_stamp <> s.stamp then 'password'
            when s.expires_at <= at then 'expired'
            when s.last_seen_at <= at - interval '30 minutes' then 'idle'
        end
    from session s join account a using (account_id)
    where s.key_hash = key
$$;

create function touch_session(session uuid, at timestamptz) returns void language sql security definer set search_path = public, pg_temp as $$
    update session s set last_seen_at = at where s.session_id = touch_session.session and s.ended_at is null
$$;

create function sessions_of(account uuid, at timestamptz)
returns table (session_id uuid, device text, created_at timestamptz, last_seen_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
    select s.session_id, s.device, s.created_at, s.last_seen_at
    from session s join account a using (account_id)
    where s.account_id = account and s.ended_at is null and s.stamp = a.security_stamp and s.expires_at > at
        and s.last_seen_at > at - interval '30 minutes'
    order by s.last_seen_at desc
$$;

-- One of the account's sessions, or all but one.
create function end_sessions(account uuid, one uuid, all_but uuid, at timestamptz, because text) returns int
language sql security definer set search_path = public, pg_temp as $$
    with ended as (
        update session s set ended_at = at, ended_because = because
        where s.account_id = account and s.ended_at is null and (one is null or s.session_id = one) and s.session_id is distinct from all_but
        returning 1)
    select count(*)::int from ended
$$;

-- ---- one-time links ----

create function find_link(token bytea, at timestamptz)
returns table (purpose text, account_id uuid, person_id uuid, person_name text, login_name text)
language sql stable security definer set search_path = public, pg_temp as $$
    select i.purpose, i.account_id, a.person_id, p.name, a.login_name
    from invitation i
    left join account a using (account_id)
    left join person p using (person_id)
    where i.token_hash = token and i.used_at is null and i.expires_at > at and a.disabled_at is null
$$;

-- A new link; earlier ones of the same account are void from now on. False: the ledger grants none.
create function issue_link(token bytea, account uuid, at timestamptz, until timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    owner account;
begin
    select * into owner from account a where a.account_id = account for update;
    if owner.account_id is null or owner.disabled_at is not null or owner.credentials_set_at >= owner.link_granted_at then
        return false;
    end if;
    update invitation i set expires_at = at where i.account_id = account and i.used_at is null and i.expires_at > at;
    insert into invitation (token_hash, purpose, account_id, issued_by, issued_at, expires_at)
    values (token, case when owner.login_name is null then 'invite' else 'reset' end, account, current_person(), at, until);
    return true;
end $$;

-- Sets login name and password of the account whose link it is – of the account given, for the first officer's link, which names none.
-- A link works once; what was there before – sessions, passkeys, known devices – is over. Null: the link does not hold.
create function use_link(token bytea, first uuid, login text, normalized text, hash text, stamp text, at timestamptz) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    link invitation;
    target uuid;
begin
    update invitation i set used_at = at where i.token_hash = token and i.used_at is null and i.expires_at > at returning i.* into link;
    if link.token_hash is null then
        return null;
    end if;
    target := coalesce(link.account_id, first);
    if (link.purpose = 'first-officer') <> (first is not null) then
        raise exception 'this link is not for that' using errcode = 'restrict_violation';
    end if;
    update account a
    set login_name = login, normalized_name = normalized, password_hash = hash, security_stamp = stamp, credentials_set_at = at
    where a.account_id = target and a.disabled_at is null;
    if not found then
        raise exception 'the account is disabled' using errcode = 'restrict_violation';
    end if;
    delete from passkey p where p.account_id = target;
    delete from known_device k where k.account_id = target;
    update session s set ended_at = at, ended_because = 'reset' where s.account_id = target and s.ended_at is null;
    return target;
end $$;

-- ---- the first officer ----

-- In a transaction that names an open set-up link the installer enters the top organization and himself. Once somebody can sign in, never again.
create function set_up_is_open() returns boolean language sql stable security definer set search_path = public, pg_temp as $$
    select not exists (select from account where password_hash is not null)
        and exists (
            select from invitation i
            where i.purpose = 'first-officer' and i.used_at is null
                and i.token_hash = decode(nullif(current_setting('jifen.set_up', true), ''), 'hex'))
$$;
create policy installer_sets_up on ledger_entry for insert to jifen_app
    with check (office = 'installer' and recorded_by = (select current_person()) and (select set_up_is_open()));

-- ---- whose accounts one manages ----

-- Where somebody belongs as far as accounts go: the branch, else the organization of the office.
create function home_of(person uuid) returns uuid language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(
        (select a.organization_id from affiliation a
         where a.person_id = home_of.person and a.from_on <= current_day() and (a.to_on is null or a.to_on >= current_day())
         order by a.from_on desc limit 1),
        (select t.organization_id from office_term t join organization o using (organization_id)
         where t.person_id = home_of.person and t.from_on <= current_day() and (t.to_on is null or t.to_on >= current_day())
         order by array_length(o.ancestors, 1) limit 1))
$$;

create function is_administrator() returns boolean language sql stable security definer set search_path = public, pg_temp as $$
    select exists (
        select from office_term t
        where t.person_id = current_person() and t.office = 'administrator'
            and t.from_on <= current_day() and (t.to_on is null or t.to_on >= current_day()))
$$;

create function has_account(person uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from account a where a.person_id = has_account.person and a.disabled_at is null and a.password_hash is not null)
$$;

-- People of the organizations in sight; for the administrator, who sees no content, everybody's name and account all the same.
create function accounts_in_sight()
returns table (
    person_id uuid, name text, number text, organization_id uuid, organization_name text, account_id uuid, login_name text,
    opened_at timestamptz, disabled_at timestamptz, is_waiting boolean, link_expires_at timestamptz, last_seen_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
    with home as (
        select distinct on (x.person_id) x.person_id, x.organization_id
        from (
            select a.person_id, a.organization_id, 0 as rank from affiliation a
            where a.from_on <= current_day() and (a.to_on is null or a.to_on >= current_day())
            union all
            select t.person_id, t.organization_id, array_length(o.ancestors, 1) from office_term t join organization o using (organization_id)
            where t.from_on <= current_day() and (t.to_on is null or t.to_on >= current_day())) x
        order by x.person_id, x.rank)
    select p.person_id, p.name, p.number, h.organization_id, o.name, a.account_id, a.login_name, a.opened_at, a.disabled_at,
        a.link_granted_at > coalesce(a.credentials_set_at, '-infinity') and a.disabled_at is null,
        (select max(i.expires_at) from invitation i where i.account_id = a.account_id and i.used_at is null),
        (select max(s.last_seen_at) from session s where s.account_id = a.account_id)
    from home h
    join person p using (person_id)
    join organization o using (organization_id)
    left join account a on a.person_id = p.person_id
    where is_administrator() or h.organization_id = any (visible_organizations())
$$;

-- The administrator enters what concerns accounts in ledgers whose content he does not see.
create policy administrator_keeps_accounts on ledger_entry for insert to jifen_app
    with check (kind in ('account-opened', 'account-reset', 'account-disabled')
        and (select is_administrator()) and (select current_person()) in (recorded_by, second_by));

do $$
declare
    called regprocedure;
begin
    -- Functions may be called by everybody unless somebody says otherwise.
    foreach called in array array[
        'find_account(text, uuid, bytea)', 'begin_attempt(text, text, bytea, timestamptz)', 'finish_attempt(bigint)',
        'remember_device(bytea, uuid, timestamptz)', 'renew_password(uuid, text, text, timestamptz)',
        'keep_passkey(uuid, bytea, text, timestamptz, text)', 'passkeys_of(uuid)', 'remove_passkey(uuid, bytea)',
        'open_session(uuid, bytea, uuid, text, timestamptz, timestamptz)', 'find_session(bytea, timestamptz)', 'touch_session(uuid, timestamptz)',
        'sessions_of(uuid, timestamptz)', 'end_sessions(uuid, uuid, uuid, timestamptz, text)', 'find_link(bytea, timestamptz)',
        'issue_link(bytea, uuid, timestamptz, timestamptz)', 'use_link(bytea, uuid, text, text, text, text, timestamptz)', 'set_up_is_open()',
        'home_of(uuid)', 'is_administrator()', 'has_account(uuid)', 'accounts_in_sight()']::regprocedure[] loop
        execute format('revoke all on function %s from public', called);
        execute format('grant execute on function %s to jifen_app, jifen_owner', called);
    end loop;
end $$;
revoke all on function end_sessions_of_person(uuid, timestamptz, text) from public;

-- ==== 0006 people ====

-- Members and posts: what their pages need beside the ledger.

-- Why somebody is exempt, and by which of the document's cases, may be about health: seen by the person and by the branch's committee,
-- never part of the ledger. Found by the operation of the entry that grants the exemption.
create table exemption_case (
    operation_id uuid primary key,
    person_id uuid not null,
    organization_id uuid not null,
    exemption_case text not null check (exemption_case in ('away', 'old-or-ill', 'newly-arrived', 'other')),
    reason text not null check (reason <> ''),
    kept_by uuid not null,
    kept_at timestamptz not null
);
comment on table exemption_case is '免予积分的情形和理由: apart from the ledger, can be erased';
create index exemption_case_by_person on exemption_case (person_id);

-- Holds one of these offices in the organization today.
create function holds_office(organization uuid, offices text[]) returns boolean language sql stable security definer
set search_path = public, pg_temp as $$
    select exists (
        select from office_term t
        where t.person_id = current_person() and t.organization_id = holds_office.organization and t.office = any (offices)
            and t.from_on <= current_day() and (t.to_on is null or t.to_on >= current_day()))
$$;

alter table exemption_case enable row level security;
alter table exemption_case force row level security;
create policy owner_sees_all on exemption_case to jifen_owner using (true) with check (true);
create policy those_who_handle_it on exemption_case for select to jifen_app
    using (person_id = (select current_person()) or holds_office(organization_id, array['secretary', 'deputy-secretary', 'committee-member']));
create policy whoever_records_it on exemption_case for insert to jifen_app
    with check (kept_by = (select current_person()) and organization_id = any ((select visible_organizations())::uuid[]));
grant select, insert on exemption_case to jifen_app;

-- What was uploaded between preview and confirmation of a roster: what is confirmed is what was seen.
create table import_draft (
    draft_id uuid primary key,
    owner_id uuid not null,
    organization_id uuid not null,
    file_name text not null,
    content text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null
);
comment on column import_draft.content is 'The table as it was read from the file, with the mapping of its columns, JSON';
alter table import_draft enable row level security;
alter table import_draft force row level security;
create policy owner_sees_all on import_draft to jifen_owner using (true) with check (true);
create policy own_drafts on import_draft to jifen_app
    using (owner_id = (select current_person())) with check (owner_id = (select current_person()));
grant select, insert, update, delete on import_draft to jifen_app;
-- Personal data does not stay lying about: whoever uploads next clears away what ran out, whosever it was.
create function forget_expired_drafts(now timestamptz) returns void language sql security definer set search_path = public, pg_temp as $$
    delete from import_draft where expires_at <= now
$$;

-- Numbers are unique in the installation, names are not in sight everywhere: says whose a number is without saying the name.
create function people_by_number(numbers text[], names text[])
returns table (number text, person_id uuid, branch uuid, is_same_name boolean, is_visible boolean)
language sql stable security definer set search_path = public, pg_temp as $$
    select p.number, p.person_id,
        (select a.organization_id from affiliation a where a.person_id = p.person_id and a.to_on is null),
        p.name = asked.name,
        p.person_id in (select v.person_id from visible_persons() v)
    from (select distinct on (u.number) u.number, u.name from unnest(numbers, names) as u (number, name) where u.number is not null) as asked
    join person p on p.number = asked.number
    where current_person() is not null
$$;

-- A name is put right by whoever sees it; the table of actions says who may.
create policy known_people_are_put_right on person for update to jifen_app
    using (person_id in (select v.person_id from visible_persons() v))
    with check (person_id in (select v.person_id from visible_persons() v));
grant update (number, name, name_salt) on person to jifen_app;

-- The branch to which somebody now belongs sees where he was before: points of the year came along.
alter policy own_scope on affiliation
    using (organization_id = any ((select visible_organizations())::uuid[]) or person_id = (select current_person())
        or person_id in (select p.person_id from persons_on_roll_in_sight() p));

-- ==== 0007 read_log ====

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

-- ==== 0008 rounds ====

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

-- ==== 0009 declarations ====

-- 申报, 初评, 反馈, 承诺, 自评. What people write and who reported whom lie beside the ledger, where they can be erased and read by few; the
-- ledger holds their digests and what was done with them.

-- ---- beside the ledger ----

-- Who reported: the ledger names an id made for this one report. Who is behind it is known to himself, to the committee without the
-- person concerned, and to the discipline officer above.
create table declaration_reporter (
    author_id uuid primary key,
    organization_id uuid not null,
    person_id uuid not null,
    about_id uuid not null check (about_id <> person_id),
    kept_at timestamptz not null
);
comment on table declaration_reporter is '报告人: whom the id in the ledger stands for; may be erased, the digest of the declaration stays';

create table declaration (
    declaration_id uuid primary key,
    organization_id uuid not null,
    person_id uuid not null,
    author_id uuid not null,
    is_report boolean not null,
    kind text not null,
    happened_on date not null,
    quantity numeric(12, 2),
    level text,
    content text,
    points numeric(8, 2),
    ground text not null,
    evidence uuid[] not null,
    salt text not null,
    kept_at timestamptz not null
);
comment on table declaration is '申报 as it was written; its digest, with the declarer''s, is in the ledger';
comment on column declaration.author_id is 'As the ledger names who declared: the person, or for a report an id of declaration_reporter';
create index declaration_by_branch on declaration (organization_id, happened_on);
create index declaration_by_person on declaration (person_id);
create index declaration_by_author on declaration (author_id);
create index declaration_by_evidence on declaration using gin (evidence);

create table declaration_draft (
    draft_id uuid primary key,
    owner_id uuid not null,
    organization_id uuid not null,
    content text not null,
    saved_at timestamptz not null,
    expires_at timestamptz not null
);
comment on table declaration_draft is '申报草稿: its owner''s, not submitted';
create index declaration_draft_by_owner on declaration_draft (owner_id);

-- Reasons, findings, defences, answers, pledges, self-evaluations: found by the digest the ledger holds.
create table written_text (
    text_id uuid primary key,
    organization_id uuid not null,
    topic text not null check (topic in ('return', 'rejection', 'change', 'finding', 'defence', 'answer', 'pledge', 'self-evaluation')),
    declaration_id uuid,
    person_id uuid,
    author_id uuid not null,
    body text not null check (body <> ''),
    salt text not null,
    digest text not null,
    written_at timestamptz not null
);
comment on column written_text.person_id is 'Whom it concerns; null where only a declaration says so';
create index written_text_by_digest on written_text (organization_id, digest);
create index written_text_by_declaration on written_text (declaration_id) where declaration_id is not null;

-- 受惠群众证实: one link, one use, no account.
create table beneficiary_link (
    link_id uuid primary key,
    declaration_id uuid not null references declaration on delete cascade,
    organization_id uuid not null,
    asked_of text not null check (asked_of <> ''),
    matter text not null,
    token_hash bytea not null unique check (octet_length(token_hash) = 32),
    asked_by uuid not null,
    asked_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
);
comment on column beneficiary_link.matter is 'The item in words, as the link shows it to somebody without account';
create index beneficiary_link_by_declaration on beneficiary_link (declaration_id);

create table testimony (
    link_id uuid primary key references beneficiary_link on delete cascade,
    declaration_id uuid not null,
    organization_id uuid not null,
    name text not null check (name <> ''),
    confirms boolean not null,
    body text not null,
    salt text not null,
    digest text not null,
    given_at timestamptz not null
);
comment on table testimony is '证言 of one who benefited; its digest enters the ledger with the review';
create index testimony_by_declaration on testimony (declaration_id);

create table feedback_seen (
    organization_id uuid not null,
    round text not null,
    person_id uuid not null,
    seen_at timestamptz not null,
    primary key (organization_id, round, person_id)
);
comment on table feedback_seen is 'Who opened his own sheet of the round';

-- ---- computed from the ledger ----

create table declaration_state (
    declaration_id uuid primary key,
    organization_id uuid not null,
    round text not null,
    step text not null,
    state text not null check (state in ('submitted', 'withdrawn', 'returned', 'replaced', 'accepted', 'rejected')),
    digest text not null,
    submitted_at timestamptz not null,
    state_at timestamptz not null,
    state_by uuid,
    reason text,
    is_changed boolean,
    computed_as_declared numeric(8, 2),
    computed_as_accepted numeric(8, 2),
    replaces uuid,
    entry_id uuid not null
);
comment on column declaration_state.reason is 'Digest of what was written';
create index declaration_state_by_round on declaration_state (organization_id, round, state);

create table review_mark (
    organization_id uuid not null,
    round text not null,
    step text not null,
    person_id uuid not null,
    total numeric(8, 2) not null,
    reviewed_by uuid not null,
    reviewed_at timestamptz not null,
    entry_id uuid not null,
    primary key (organization_id, round, step, person_id)
);
comment on table review_mark is '核实: whose points were found right, as they stood then';

create table review_finding (
    organization_id uuid not null,
    round text not null,
    step text not null,
    person_id uuid not null,
    digest text not null,
    written_by uuid not null,
    written_at timestamptz not null,
    entry_id uuid not null,
    primary key (organization_id, round, step, person_id)
);
comment on table review_finding is '初评意见: the later one holds';

create table feedback_answer (
    organization_id uuid not null,
    round text not null,
    person_id uuid not null,
    total numeric(8, 2) not null,
    accepted_at timestamptz not null,
    entry_id uuid not null,
    primary key (organization_id, round, person_id)
);
comment on table feedback_answer is '认可 of one''s sheet of the round';

create table defence (
    defence_id uuid primary key,
    organization_id uuid not null,
    round text not null,
    person_id uuid not null,
    declaration_id uuid,
    digest text not null,
    raised_at timestamptz not null,
    outcome text check (outcome in ('upheld', 'partly-upheld', 'not-upheld')),
    answer text,
    answered_by uuid,
    answered_at timestamptz,
    entry_id uuid not null
);
comment on table defence is '申辩 and its answer';
create index defence_by_round on defence (organization_id, round);
create index defence_by_person on defence (person_id);

create table pledge (
    organization_id uuid not null,
    round text not null,
    person_id uuid not null,
    digest text not null,
    given_at timestamptz not null,
    published_on date,
    entry_id uuid not null,
    primary key (organization_id, round, person_id)
);

create table self_evaluation (
    organization_id uuid not null,
    round text not null,
    person_id uuid not null,
    digest text not null,
    given_at timestamptz not null,
    entry_id uuid not null,
    primary key (organization_id, round, person_id)
);

insert into view_table (name)
values ('declaration_state'), ('review_mark'), ('review_finding'), ('feedback_answer'), ('defence'), ('pledge'), ('self_evaluation');

alter table fact add column declaration_id uuid;
comment on column fact.declaration_id is 'The declaration it was accepted from';
create index fact_by_declaration on fact (declaration_id) where declaration_id is not null;

-- ---- what the entries do ----

create or replace function apply_fact_recorded(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into fact (entry_id, person_id, organization_id, kind, happened_on, quantity, level, content, points, ground, clause, evidence,
        state, state_note, state_by, state_at, recorded_at, recorded_by, declaration_id)
    select e.entry_id, e.person_id, e.stream_id, b ->> 'kind', e.happened_on, coalesce((b ->> 'quantity')::numeric, 1), b ->> 'level',
        b ->> 'content', (b ->> 'points')::numeric, e.ground, e.clause,
        array(select id::uuid from jsonb_array_elements_text(coalesce(b -> 'evidence', '[]')) as x (id)),
        b ->> 'state', b ->> 'body', case when b ->> 'body' is not null then e.recorded_by end, e.recorded_at, e.recorded_at, e.recorded_by,
        (b ->> 'declaration')::uuid
    from (select e.body::jsonb as b) as x
$$;

create function apply_declaration_submitted(e ledger_entry) returns void language plpgsql set search_path = public, pg_temp as $$
declare
    b jsonb := e.body::jsonb;
begin
    insert into declaration_state (declaration_id, organization_id, round, step, state, digest, submitted_at, state_at, replaces, entry_id)
    values ((b ->> 'declaration')::uuid, e.stream_id, b ->> 'round', b ->> 'step', 'submitted', b ->> 'digest', e.recorded_at, e.recorded_at,
        (b ->> 'replaces')::uuid, e.entry_id);
    update declaration_state set state = 'replaced', state_at = e.recorded_at where declaration_id = (b ->> 'replaces')::uuid;
end $$;

create function apply_declaration_withdrawn(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update declaration_state set state = 'withdrawn', state_at = e.recorded_at where declaration_id = (e.body::jsonb ->> 'declaration')::uuid
$$;

create function apply_declaration_returned(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update declaration_state set state = 'returned', state_at = e.recorded_at, state_by = e.recorded_by, reason = e.body::jsonb ->> 'reason'
    where declaration_id = (e.body::jsonb ->> 'declaration')::uuid
$$;

create function apply_declaration_accepted(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update declaration_state
    set state = 'accepted', state_at = e.recorded_at, state_by = e.recorded_by, reason = b ->> 'reason', is_changed = (b ->> 'isChanged')::boolean,
        computed_as_declared = (b ->> 'computedAsDeclared')::numeric, computed_as_accepted = (b ->> 'computedAsAccepted')::numeric
    from (select e.body::jsonb as b) as x
    where declaration_id = (b ->> 'declaration')::uuid
$$;

create function apply_declaration_rejected(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update declaration_state set state = 'rejected', state_at = e.recorded_at, state_by = e.recorded_by, reason = e.body::jsonb ->> 'reason'
    where declaration_id = (e.body::jsonb ->> 'declaration')::uuid
$$;

create function apply_points_reviewed(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into review_mark (organization_id, round, step, person_id, total, reviewed_by, reviewed_at, entry_id)
    select e.stream_id, b ->> 'round', b ->> 'step', (one ->> 'person')::uuid, (one ->> 'total')::numeric, e.recorded_by, e.recorded_at, e.entry_id
    from (select e.body::jsonb as b) as x, jsonb_array_elements(b -> 'people') as y (one)
    on conflict (organization_id, round, step, person_id) do update
    set total = excluded.total, reviewed_by = excluded.reviewed_by, reviewed_at = excluded.reviewed_at, entry_id = excluded.entry_id
$$;

create function apply_finding_written(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into review_finding (organization_id, round, step, person_id, digest, written_by, written_at, entry_id)
    values (e.stream_id, e.body::jsonb ->> 'round', e.body::jsonb ->> 'step', e.person_id, e.body::jsonb ->> 'finding', e.recorded_by, e.recorded_at, e.entry_id)
    on conflict (organization_id, round, step, person_id) do update
    set digest = excluded.digest, written_by = excluded.written_by, written_at = excluded.written_at, entry_id = excluded.entry_id
$$;

create function apply_feedback_accepted(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into feedback_answer (organization_id, round, person_id, total, accepted_at, entry_id)
    values (e.stream_id, e.body::jsonb ->> 'round', e.person_id, (e.body::jsonb ->> 'total')::numeric, e.recorded_at, e.entry_id)
    on conflict (organization_id, round, person_id) do update
    set total = excluded.total, accepted_at = excluded.accepted_at, entry_id = excluded.entry_id
$$;

create function apply_defence_raised(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into defence (defence_id, organization_id, round, person_id, declaration_id, digest, raised_at, entry_id)
    values ((e.body::jsonb ->> 'defence')::uuid, e.stream_id, e.body::jsonb ->> 'round', e.person_id, (e.body::jsonb ->> 'declaration')::uuid,
        e.body::jsonb ->> 'text', e.recorded_at, e.entry_id)
$$;

create function apply_defence_answered(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update defence
    set outcome = e.body::jsonb ->> 'outcome', answer = e.body::jsonb ->> 'text', answered_by = e.recorded_by, answered_at = e.recorded_at
    where defence_id = (e.body::jsonb ->> 'defence')::uuid
$$;

create function apply_pledge_given(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into pledge (organization_id, round, person_id, digest, given_at, entry_id)
    values (e.stream_id, e.body::jsonb ->> 'round', e.person_id, e.body::jsonb ->> 'text', e.recorded_at, e.entry_id)
    on conflict (organization_id, round, person_id) do update
    set digest = excluded.digest, given_at = excluded.given_at, published_on = null, entry_id = excluded.entry_id
$$;

create function apply_pledges_published(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update pledge set published_on = e.happened_on
    where organization_id = e.stream_id and round = e.body::jsonb ->> 'round' and published_on is null
$$;

create function apply_self_evaluated(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into self_evaluation (organization_id, round, person_id, digest, given_at, entry_id)
    values (e.stream_id, e.body::jsonb ->> 'round', e.person_id, e.body::jsonb ->> 'text', e.recorded_at, e.entry_id)
    on conflict (organization_id, round, person_id) do update
    set digest = excluded.digest, given_at = excluded.given_at, entry_id = excluded.entry_id
$$;

-- ---- who sees what ----

-- The person who asks is behind this id of a report.
create function speaks_under(author uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from declaration_reporter r where r.author_id = author and r.person_id = current_person())
$$;

-- Holds one of these offices in an organization above.
create function oversees(organization uuid, offices text[]) returns boolean language sql stable security definer
set search_path = public, pg_temp as $$
    select exists (
        select from office_term t join organization o on o.organization_id = oversees.organization
        where t.person_id = current_person() and t.organization_id = any (o.ancestors) and t.organization_id <> o.organization_id
            and t.office = any (offices) and t.from_on <= current_day() and (t.to_on is null or t.to_on >= current_day()))
$$;

-- Those who review, and those above who may ask with a reason; never the person concerned.
create function reviews_for(organization uuid, about uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
    select about is distinct from current_person()
        and (holds_office(organization, array['secretary', 'deputy-secretary', 'committee-member', 'evaluator'])
            or oversees(organization, array['organization-officer', 'discipline-officer', 'leading-group-member']))
$$;

-- Whom files of declarations are about, for whoever asks for the file: what it decides is that he may not have it.
create function declarations_with(file uuid) returns table (person_id uuid, is_report boolean, is_open boolean, is_mine boolean, is_fact boolean)
language sql stable security definer set search_path = public, pg_temp as $$
    select d.person_id, d.is_report, s.state = 'submitted', d.author_id = current_person() or speaks_under(d.author_id),
        exists (select from fact f where f.declaration_id = d.declaration_id)
    from declaration d left join declaration_state s using (declaration_id)
    where d.evidence @> array[file]
$$;

-- What of others' declarations may be the same matter: to point at it, without saying who reported.
create function declared_matters(branch uuid, of_kind text, since date, until date)
returns table (declaration_id uuid, person_id uuid, happened_on date, level text, content text, is_mine boolean)
language sql stable security definer set search_path = public, pg_temp as $$
    select d.declaration_id, d.person_id, d.happened_on, d.level, d.content, d.author_id = current_person() or speaks_under(d.author_id)
    from declaration d join declaration_state s using (declaration_id)
    where d.organization_id = branch and branch = any (visible_organizations()) and d.kind = of_kind and d.happened_on between since and until
        and s.state = 'submitted'
        -- Reports are pointed out to those who review, and to who made them.
        and (not d.is_report or reviews_for(branch, d.person_id) or speaks_under(d.author_id))
$$;

-- How many wait, for whoever sees the branch: a review is not signed over what one signer may not read.
create function waiting_declarations(branch uuid, of_round text) returns int language sql stable security definer set search_path = public, pg_temp as $$
    select count(*)::int from declaration_state s
    where s.organization_id = branch and branch = any (visible_organizations()) and s.state = 'submitted' and (of_round is null or s.round = of_round)
$$;

do $$
declare
    name text;
begin
    foreach name in array array['declaration_reporter', 'declaration', 'declaration_draft', 'written_text', 'beneficiary_link', 'testimony', 'feedback_seen',
        'declaration_state', 'review_mark', 'review_finding', 'feedback_answer', 'defence', 'pledge', 'self_evaluation'] loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format('create policy owner_sees_all on %I to jifen_owner using (true) with check (true)', name);
    end loop;
    -- What is beside the ledger is not for statistics and exports.
    foreach name in array array['declaration_state', 'review_mark', 'review_finding', 'feedback_answer', 'defence', 'pledge', 'self_evaluation'] loop
        execute format('create policy reader_sees_all on %I for select to jifen_reader using (true)', name);
        execute format('grant select on %I to jifen_app, jifen_reader', name);
    end loop;
    foreach name in array array['review_mark', 'review_finding', 'feedback_answer', 'defence', 'pledge', 'self_evaluation'] loop
        execute format(
            'create policy own_scope on %I for select to jifen_app'
            ' using (organization_id = any ((select visible_organizations())::uuid[]) or person_id = (select current_person()))', name);
    end loop;
end $$;

create policy reporter_and_handlers on declaration_reporter for select to jifen_app
    using (person_id = (select current_person())
        or (about_id <> (select current_person())
            and (holds_office(organization_id, array['secretary', 'deputy-secretary', 'committee-member']) or oversees(organization_id, array['discipline-officer']))));
create policy own_report on declaration_reporter for insert to jifen_app
    with check (person_id = (select current_person()) and organization_id = any ((select visible_organizations())::uuid[]));
grant select, insert on declaration_reporter to jifen_app;

create policy declarer_and_reviewers on declaration for select to jifen_app
    using (author_id = (select current_person()) or speaks_under(author_id) or reviews_for(organization_id, person_id));
create policy own_declaration on declaration for insert to jifen_app
    with check (organization_id = any ((select visible_organizations())::uuid[])
        and case when is_report then speaks_under(author_id) else author_id = (select current_person()) and person_id = author_id end);
grant select, insert on declaration to jifen_app;

create policy with_the_declaration on declaration_state for select to jifen_app
    using (declaration_id in (select d.declaration_id from declaration d));

create policy own_drafts on declaration_draft to jifen_app
    using (owner_id = (select current_person())) with check (owner_id = (select current_person()));
grant select, insert, update, delete on declaration_draft to jifen_app;
-- Whoever saves next clears away what ran out, whosever it was.
create function forget_expired_declarations(now timestamptz) returns void language sql security definer set search_path = public, pg_temp as $$
    delete from declaration_draft where expires_at <= now
$$;

create policy those_it_is_for on written_text for select to jifen_app
    using (author_id = (select current_person())
        or case
            when topic in ('return', 'rejection', 'change') then declaration_id in (select d.declaration_id from declaration d)
            when topic = 'pledge' then reviews_for(organization_id, null)
                or (organization_id = any ((select visible_organizations())::uuid[])
                    and exists (select from pledge p where p.organization_id = written_text.organization_id and p.digest = written_text.digest and p.published_on is not null))
            else person_id = (select current_person()) or reviews_for(organization_id, null)
        end);
create policy own_words on written_text for insert to jifen_app
    with check (author_id = (select current_person()) and organization_id = any ((select visible_organizations())::uuid[]));
grant select, insert on written_text to jifen_app;

create policy with_the_declaration on beneficiary_link for select to jifen_app
    using (declaration_id in (select d.declaration_id from declaration d));
create policy asked_by_oneself on beneficiary_link for insert to jifen_app
    with check (asked_by = (select current_person()) and declaration_id in (select d.declaration_id from declaration d));
grant select, insert on beneficiary_link to jifen_app;

create policy with_the_declaration on testimony for select to jifen_app
    using (declaration_id in (select d.declaration_id from declaration d));
grant select on testimony to jifen_app;

create policy own_and_handlers on feedback_seen for select to jifen_app
    using (person_id = (select current_person()) or reviews_for(organization_id, null));
create policy own_opening on feedback_seen for insert to jifen_app
    with check (person_id = (select current_person()) and organization_id = any ((select visible_organizations())::uuid[]));
grant select, insert on feedback_seen to jifen_app;

-- The public's side of a link: what it shows, and the one use it has. Nobody is signed in.
create function find_beneficiary_link(hash bytea, now timestamptz)
returns table (branch text, member text, matter text, happened_on date, content text, asked_of text, expires_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
    select o.name, p.name, l.matter, d.happened_on, d.content, l.asked_of, l.expires_at
    from beneficiary_link l
    join declaration d using (declaration_id)
    join declaration_state s using (declaration_id)
    join organization o on o.organization_id = l.organization_id
    join person p on p.person_id = d.person_id
    where l.token_hash = hash and l.used_at is null and l.expires_at > now and s.state in ('submitted', 'returned')
$$;

create function give_testimony(hash bytea, name text, confirms boolean, body text, salt text, digest text, now timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    link beneficiary_link;
begin
    update beneficiary_link l set used_at = now
    from declaration_state s
    where l.token_hash = hash and l.used_at is null and l.expires_at > now
        and s.declaration_id = l.declaration_id and s.state in ('submitted', 'returned')
    returning l.* into link;
    if not found then
        return false;
    end if;
    insert into testimony (link_id, declaration_id, organization_id, name, confirms, body, salt, digest, given_at)
    values (link.link_id, link.declaration_id, link.organization_id, give_testimony.name, give_testimony.confirms, give_testimony.body,
        give_testimony.salt, give_testimony.digest, now);
    return true;
end $$;

-- What is recorded under an id that stands for the person who asks is his own entry and his own file.
alter policy own_scope on ledger_entry
    with check (stream_id = any ((select visible_organizations())::uuid[])
        and ((select current_person()) in (recorded_by, second_by) or speaks_under(recorded_by)));
alter policy own_upload on evidence with check (kept_by = (select current_person()) or speaks_under(kept_by));
-- A file of a declaration is for those who see the declaration, until a fact holds it.
alter policy own_scope on evidence
    using (kept_by = (select current_person()) or speaks_under(kept_by) or evidence_about_people_in_sight(evidence_id)
        or (organization_id = any ((select visible_organizations())::uuid[])
            and not exists (select from declarations_with(evidence_id) d where not d.is_fact and d.person_id is not distinct from (select current_person()) and d.is_report)));

-- ==== 0010 meetings ====

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

-- ==== 0011 notices ====

-- Public notices, objections and appeals, exemptions, and the calendar their days are counted by. What happened is in the ledger; what was
-- written – names on a notice, reasons, findings, answers – lies beside it and can be erased.

create table calendar_year (
    organization_id uuid not null,
    year int not null,
    source text not null,
    off date[] not null,
    working date[] not null,
    entry_id uuid not null,
    primary key (organization_id, year)
);
comment on table calendar_year is '节假日安排: holds in the organization and below it; the nearest counts, then what comes with the program';

create table notice (
    notice_id uuid primary key,
    organization_id uuid not null,
    round text not null,
    step text not null,
    exemption uuid,
    digest text not null,
    replaces uuid,
    prepared_by uuid not null,
    prepared_on date not null,
    published_by uuid,
    published_on date,
    first_on date,
    last_on date,
    object_until date,
    open_to_web boolean not null default false,
    replaced_by uuid,
    entry_id uuid not null
);
comment on table notice is '公示: prepared, published, replaced by a corrected one; its days are those it was published with';
create unique index notice_stands_once on notice (organization_id, round, step, coalesce(exemption, '00000000-0000-0000-0000-000000000000'))
    where published_on is not null and replaced_by is null;
create index notice_by_organization on notice (organization_id, round);

create table objection_case (
    case_id uuid primary key,
    organization_id uuid not null,
    handled_by uuid not null,
    number text not null,
    is_appeal boolean not null,
    objection uuid,
    about text not null check (about in ('own-result', 'others-result', 'work')),
    person_id uuid,
    notice_id uuid,
    round text,
    entries uuid[] not null,
    raised_by uuid not null,
    raised_on date not null,
    answer_by date not null,
    needs_report boolean not null,
    investigated_by uuid,
    investigated_on date,
    answered_on date,
    answered_by uuid,
    second_by uuid,
    upheld boolean,
    answer_operation uuid,
    reported_on date,
    reported_in uuid,
    entry_id uuid not null,
    unique (handled_by, number)
);
comment on table objection_case is '异议、申诉: organization is the branch it is about, handled_by whoever answers';
create unique index objection_is_appealed_once on objection_case (objection) where objection is not null;
create index objection_case_by_organization on objection_case (organization_id, round);
create index objection_case_by_person on objection_case (raised_by);

create table exemption_application (
    application_id uuid primary key,
    person_id uuid not null,
    organization_id uuid not null,
    from_on date not null,
    until_on date,
    applied_on date not null,
    reviewed boolean,
    reviewed_on date,
    reviewed_by uuid,
    review_remark text,
    voted_on date,
    voted_by uuid,
    meeting uuid,
    present int,
    votes_for int,
    votes_against int,
    votes_abstained int,
    passed boolean,
    settled_on date,
    withdrawn_on date,
    entry_id uuid not null
);
comment on table exemption_application is '免予积分的申请, without case and reason';
create index exemption_application_by_organization on exemption_application (organization_id);
create index exemption_application_by_person on exemption_application (person_id);

insert into view_table (name) values ('calendar_year'), ('notice'), ('objection_case'), ('exemption_application');

-- ---- beside the ledger ----

create table notice_page (
    notice_id uuid primary key,
    organization_id uuid not null,
    content text not null,
    token text not null unique check (length(token) >= 20),
    prepared_by uuid not null,
    prepared_at timestamptz not null
);
comment on table notice_page is 'What a notice shows, frozen, JSON; its digest is in the ledger. token: the address outsiders read it by, where it is opened to the web';

create table case_paper (
    paper_id uuid primary key,
    case_id uuid not null,
    organization_id uuid not null,
    handled_by uuid not null,
    kind text not null check (kind in ('objection', 'appeal', 'finding', 'answer')),
    text text not null check (text <> ''),
    points text,
    operation_id uuid not null,
    written_by uuid not null,
    written_at timestamptz not null
);
comment on table case_paper is 'What people wrote in a case; its digest is in the ledger. points: totals before the answer, JSON';
create index case_paper_by_case on case_paper (case_id);

create table exemption_reason (
    application_id uuid primary key,
    person_id uuid not null,
    organization_id uuid not null,
    kind text not null,
    reason text not null check (reason <> ''),
    evidence uuid[] not null default '{}',
    kept_at timestamptz not null
);
comment on table exemption_reason is '申请的情形、理由、证明: may be about health; for the person and those who handle it';
create index exemption_reason_by_evidence on exemption_reason using gin (evidence);

-- A letter that came by the web, where the notice was opened to it; somebody of the committee takes it up.
create table notice_letter (
    letter_id uuid primary key,
    notice_id uuid not null,
    organization_id uuid not null,
    receipt text not null unique,
    text text not null check (length(text) between 4 and 4000),
    received_at timestamptz not null
);
create index notice_letter_by_organization on notice_letter (organization_id);

create function apply_calendar_imported(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into calendar_year (organization_id, year, source, off, working, entry_id)
    select e.stream_id, (b ->> 'year')::int, b ->> 'source',
        array(select d::date from jsonb_array_elements_text(b -> 'off') as x (d)), array(select d::date from jsonb_array_elements_text(b -> 'working') as x (d)), e.entry_id
    from (select e.body::jsonb as b) as x
    on conflict (organization_id, year) do update set source = excluded.source, off = excluded.off, working = excluded.working, entry_id = excluded.entry_id
$$;

-- What was prepared before and not published is dropped: the last counts.
create function apply_notice_prepared(e ledger_entry) returns void language plpgsql set search_path = public, pg_temp as $$
declare
    b jsonb := e.body::jsonb;
begin
    delete from notice where organization_id = e.stream_id and round = b ->> 'round' and step = b ->> 'step'
        and exemption is not distinct from (b ->> 'exemption')::uuid and published_on is null;
    insert into notice (notice_id, organization_id, round, step, exemption, digest, replaces, prepared_by, prepared_on, entry_id)
    values ((b ->> 'notice')::uuid, e.stream_id, b ->> 'round', b ->> 'step', (b ->> 'exemption')::uuid, b ->> 'digest', (b ->> 'replaces')::uuid, e.recorded_by, e.happened_on, e.entry_id);
end $$;

create function apply_notice_published(e ledger_entry) returns void language plpgsql set search_path = public, pg_temp as $$
declare
    b jsonb := e.body::jsonb;
    own uuid := (b ->> 'notice')::uuid;
begin
    update notice set replaced_by = own where notice_id = (select n.replaces from notice n where n.notice_id = own);
    update notice
    set published_on = e.happened_on, published_by = e.recorded_by, first_on = (b ->> 'firstOn')::date, last_on = (b ->> 'lastOn')::date,
        object_until = (b ->> 'objectUntil')::date, open_to_web = (b ->> 'openToWeb')::boolean, entry_id = e.entry_id
    where notice_id = own;
end $$;

create function apply_objection_raised(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into objection_case (case_id, organization_id, handled_by, number, is_appeal, about, person_id, notice_id, round, entries, raised_by, raised_on,
        answer_by, needs_report, entry_id)
    select (b ->> 'case')::uuid, e.stream_id, e.stream_id, b ->> 'number', false, b ->> 'about', e.person_id, (b ->> 'notice')::uuid, b ->> 'round',
        array(select id::uuid from jsonb_array_elements_text(b -> 'entries') as x (id)), e.recorded_by, e.happened_on, (b ->> 'answerBy')::date,
        (b ->> 'needsReport')::boolean, e.entry_id
    from (select e.body::jsonb as b) as x
$$;

create function apply_appeal_lodged(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into objection_case (case_id, organization_id, handled_by, number, is_appeal, objection, about, person_id, notice_id, round, entries, raised_by,
        raised_on, answer_by, needs_report, entry_id)
    select (b ->> 'case')::uuid, (b ->> 'branch')::uuid, e.stream_id, b ->> 'number', true, (b ->> 'objection')::uuid, b ->> 'about', e.person_id,
        (b ->> 'notice')::uuid, b ->> 'round', array(select id::uuid from jsonb_array_elements_text(b -> 'entries') as x (id)), e.recorded_by, e.happened_on,
        (b ->> 'answerBy')::date, (b ->> 'needsReport')::boolean, e.entry_id
    from (select e.body::jsonb as b) as x
$$;

create function apply_objection_investigated(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update objection_case set investigated_by = e.recorded_by, investigated_on = e.happened_on where case_id = (e.body::jsonb ->> 'case')::uuid
$$;

create function apply_objection_answered(e ledger_entry) returns void language plpgsql set search_path = public, pg_temp as $$
begin
    update objection_case
    set answered_on = e.happened_on, answered_by = e.recorded_by, second_by = e.second_by, upheld = (e.body::jsonb ->> 'upheld')::boolean,
        answer_operation = e.operation_id
    where case_id = (e.body::jsonb ->> 'case')::uuid and answered_on is null;
    if not found then
        raise exception 'case % is answered already', e.body::jsonb ->> 'case' using errcode = 'integrity_constraint_violation';
    end if;
end $$;

create function apply_appeal_answered(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    select apply_objection_answered(e)
$$;

create function apply_answer_reported(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update objection_case set reported_on = (e.body::jsonb ->> 'heldOn')::date, reported_in = (e.body::jsonb ->> 'gathering')::uuid
    where case_id = (e.body::jsonb ->> 'case')::uuid
$$;

create function apply_exemption_applied(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into exemption_application (application_id, person_id, organization_id, from_on, until_on, applied_on, entry_id)
    select (b ->> 'application')::uuid, e.person_id, e.stream_id, (b ->> 'fromOn')::date, (b ->> 'untilOn')::date, e.happened_on, e.entry_id
    from (select e.body::jsonb as b) as x
$$;

create function apply_exemption_reviewed(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update exemption_application
    set reviewed = (e.body::jsonb ->> 'agreed')::boolean, reviewed_on = e.happened_on, reviewed_by = e.recorded_by, review_remark = e.body::jsonb ->> 'remark'
    where application_id = (e.body::jsonb ->> 'application')::uuid
$$;

create function apply_exemption_voted(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update exemption_application
    set voted_on = (b ->> 'heldOn')::date, voted_by = e.recorded_by, meeting = (b ->> 'meeting')::uuid, present = (b ->> 'present')::int,
        votes_for = (b ->> 'for')::int, votes_against = (b ->> 'against')::int, votes_abstained = (b ->> 'abstained')::int, passed = (b ->> 'passed')::boolean
    from (select e.body::jsonb as b) as x
    where application_id = (b ->> 'application')::uuid
$$;

create function apply_exemption_withdrawn(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update exemption_application set withdrawn_on = e.happened_on where application_id = (e.body::jsonb ->> 'application')::uuid
$$;

create function apply_exemption_settled(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update exemption_application set settled_on = e.happened_on where application_id = (e.body::jsonb ->> 'application')::uuid
$$;

-- ---- who sees what ----

-- In sight from above the branch, by an office that looks down.
create function looks_down_on(organization uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
    select exists (
        select from office_term t join organization o on o.organization_id = looks_down_on.organization
        where t.person_id = current_person() and looks_down(t.office) and t.organization_id = any (o.ancestors)
            and t.from_on <= current_day() and (t.to_on is null or t.to_on >= current_day()))
$$;

-- The committee of a branch and those above it; nobody sees a case about himself that somebody else raised.
create function handles_cases(organization uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
    select holds_office(handles_cases.organization, array['secretary', 'deputy-secretary', 'committee-member']) or looks_down_on(handles_cases.organization)
$$;

-- As the annual result asks: whatever is not closed, whoever asks.
create view objection as
    select c.organization_id, c.round,
        case when c.answered_on is null then 'open' when c.needs_report and c.reported_on is null then 'answered' else 'closed' end as state
    from objection_case c;

-- The person himself; who handles it; of an appeal the branch only when it was answered.
create function sees_case(branch uuid, handled uuid, subject uuid, raiser uuid, is_told boolean) returns boolean language sql stable security definer
set search_path = public, pg_temp as $$
    select raiser = current_person()
        or (subject is distinct from current_person()
            and (handles_cases(handled) or (handled <> branch and looks_down_on(handled)) or (is_told and handles_cases(branch))))
$$;

-- How many wait for an answer, without saying whose: a round does not end before.
create function open_cases(organization uuid, in_round text, about_notice uuid) returns int language sql stable security definer
set search_path = public, pg_temp as $$
    select count(*)::int from objection_case c
    where c.organization_id = open_cases.organization and c.answered_on is null
        and (c.round = in_round and about_notice is null or c.notice_id = about_notice)
        and current_person() is not null
$$;

-- The next number of a year, of what one may not see too.
create function next_case_number(handled uuid, appeals boolean, in_year int) returns int language sql stable security definer
set search_path = public, pg_temp as $$
    select count(*)::int + 1 from objection_case c
    where c.handled_by = handled and c.is_appeal = appeals and extract(year from c.raised_on) = in_year and current_person() is not null
$$;

-- Who of a branch holds an office above it: shut out of an appeal against the branch.
create function branch_people_above(branch uuid) returns table (person_id uuid) language sql stable security definer set search_path = public, pg_temp as $$
    select distinct t.person_id
    from organization o
    join office_term t on t.organization_id = any (o.ancestors) and t.organization_id <> o.organization_id
    where o.organization_id = branch and t.from_on <= current_day() and (t.to_on is null or t.to_on >= current_day())
        and (exists (select from affiliation a where a.person_id = t.person_id and a.organization_id = branch and (a.to_on is null or a.to_on >= current_day()))
            or exists (select from office_term own where own.person_id = t.person_id and own.organization_id = branch
                and own.from_on <= current_day() and (own.to_on is null or own.to_on >= current_day())))
$$;

-- A notice opened to the web, by its address; nothing where it is not, or not yet, or its days are over.
create function public_notice(address text, today date) returns table (notice_id uuid, organization_id uuid, content text, first_on date, last_on date,
    object_until date, is_replaced boolean)
language sql stable security definer set search_path = public, pg_temp as $$
    select n.notice_id, n.organization_id, p.content, n.first_on, n.last_on, n.object_until, n.replaced_by is not null
    from notice_page p join notice n using (notice_id)
    where p.token = address and n.open_to_web and n.published_on is not null and today <= coalesce(n.last_on, n.first_on + 30)
$$;

-- 网上来信: without a name, at most a few a day for a notice.
create function drop_letter(address text, letter uuid, code text, written text, at timestamptz, today date) returns boolean language plpgsql security definer
set search_path = public, pg_temp as $$
declare
    found_notice record;
begin
    select * into found_notice from public_notice(address, today);
    if found_notice.notice_id is null or found_notice.is_replaced
        or (select count(*) from notice_letter l where l.notice_id = found_notice.notice_id and l.received_at > at - interval '1 day') >= 20 then
        return false;
    end if;
    insert into notice_letter (letter_id, notice_id, organization_id, receipt, text, received_at)
    values (letter, found_notice.notice_id, found_notice.organization_id, code, written, at)
    on conflict (letter_id) do nothing;
    return true;
end $$;

do $$
declare
    name text;
begin
    foreach name in array array['calendar_year', 'notice', 'objection_case', 'exemption_application', 'notice_page', 'case_paper', 'exemption_reason', 'notice_letter'] loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format('create policy owner_sees_all on %I to jifen_owner using (true) with check (true)', name);
    end loop;
    foreach name in array array['calendar_year', 'notice', 'objection_case', 'exemption_application'] loop
        execute format('create policy reader_sees_all on %I for select to jifen_reader using (true)', name);
        execute format('grant select on %I to jifen_app, jifen_reader', name);
    end loop;
end $$;
-- Everybody counts by the same days.
create policy known_to_all on calendar_year for select to jifen_app using (true);
create policy own_scope on notice for select to jifen_app using (organization_id = any ((select visible_organizations())::uuid[]));
create policy own_scope on notice_page for select to jifen_app using (organization_id = any ((select visible_organizations())::uuid[]));
create policy whoever_prepares on notice_page for insert to jifen_app
    with check (prepared_by = (select current_person()) and organization_id = any ((select visible_organizations())::uuid[]));
create policy those_who_handle_it on objection_case for select to jifen_app
    using (sees_case(organization_id, handled_by, person_id, raised_by, answered_on is not null));
-- A finding or an answer is read by the person when the case is answered; the branch reads the papers of an appeal then.
create policy those_who_handle_it on case_paper for select to jifen_app
    using (written_by = (select current_person())
        or exists (select from objection_case c where c.case_id = case_paper.case_id
            and (kind in ('objection', 'appeal') or (kind = 'finding' and c.answered_on is not null) or c.answer_operation = case_paper.operation_id
                or (c.raised_by <> (select current_person()) and (c.handled_by = c.organization_id or c.answered_on is not null or looks_down_on(c.handled_by))))));
create policy whoever_writes on case_paper for insert to jifen_app with check (written_by = (select current_person()));
create policy those_who_handle_it on exemption_application for select to jifen_app
    using (person_id = (select current_person()) or handles_cases(organization_id)
        or exists (select from notice n where n.exemption = exemption_application.application_id and n.published_on is not null));
create policy those_who_handle_it on exemption_reason for select to jifen_app
    using (person_id = (select current_person())
        or holds_office(organization_id, array['secretary', 'deputy-secretary', 'committee-member']) or looks_down_on(organization_id));
create policy whoever_applies on exemption_reason for insert to jifen_app with check (person_id = (select current_person()));
create policy those_who_handle_it on notice_letter for select to jifen_app using (handles_cases(organization_id));
grant select, insert on notice_page, case_paper, exemption_reason to jifen_app;
grant select on notice_letter to jifen_app;

-- An appeal goes into the ledger of the organization above one's own branch, which one cannot read.
create policy appeals_go_up on ledger_entry for insert to jifen_app
    with check (kind = 'appeal-lodged' and recorded_by = (select current_person())
        and stream_id in (select unnest(o.ancestors) from organization o
            where o.organization_id = (select w.branch from whereabouts((select current_person())) w)));

-- ==== 0012 results ====

-- What a year comes to: confirmed readings, choices within quotas, settled years, consequences with their measures, filings upwards.

-- Holds one of these offices in the organization today, or looks down on it from above.
create function sees_by_office(organization uuid, offices text[]) returns boolean language sql stable security definer
set search_path = public, pg_temp as $$
    select exists (
        select from office_term t join organization o on o.organization_id = sees_by_office.organization
        where t.person_id = current_person()
            and ((t.organization_id = o.organization_id and t.office = any (offices)) or (looks_down(t.office) and t.organization_id = any (o.ancestors)))
            and t.from_on <= current_day() and (t.to_on is null or t.to_on >= current_day()))
$$;

-- ---- readings ----

create table reading_confirmation (
    organization_id uuid not null,
    fingerprint text not null,
    reading text not null,
    year int not null,
    body text not null,
    confirmed_on date not null,
    confirmed_by uuid not null,
    entry_id uuid not null,
    primary key (organization_id, fingerprint, reading)
);
comment on table reading_confirmation is '解释的确认: a reading holds in the organization that confirmed it and in all below; schemes and what is confirmed about them are public';

create function apply_reading_confirmed(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into reading_confirmation (organization_id, fingerprint, reading, year, body, confirmed_on, confirmed_by, entry_id)
    values (e.stream_id, e.body::jsonb ->> 'fingerprint', e.body::jsonb ->> 'reading', (e.body::jsonb ->> 'year')::int, e.body::jsonb ->> 'body',
        (e.body::jsonb ->> 'on')::date, e.recorded_by, e.entry_id)
$$;
grant select on reading_confirmation to jifen_app, jifen_reader;

-- ---- the settled year ----

create table quota_choice (
    entry_id uuid primary key,
    organization_id uuid not null,
    year int not null,
    what text not null,
    category text not null,
    people uuid[] not null,
    reason text not null,
    tie_rule text,
    body text not null,
    chosen_on date not null,
    recorded_at timestamptz not null,
    ended_at timestamptz
);
comment on table quota_choice is '名额取舍: whom a meeting chose where more met a quota than it allows; without ended_at it holds';
comment on column quota_choice.category is 'Empty when the quota is for the branch as a whole';
create unique index quota_choice_holds_once on quota_choice (organization_id, year, what, category) where ended_at is null;

create function apply_quota_chosen(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update quota_choice set ended_at = e.recorded_at
    where organization_id = e.stream_id and year = (e.body::jsonb ->> 'year')::int and what = e.body::jsonb ->> 'what'
        and category = coalesce(e.body::jsonb ->> 'category', '') and ended_at is null;
    insert into quota_choice (entry_id, organization_id, year, what, category, people, reason, tie_rule, body, chosen_on, recorded_at)
    values (e.entry_id, e.stream_id, (e.body::jsonb ->> 'year')::int, e.body::jsonb ->> 'what', coalesce(e.body::jsonb ->> 'category', ''),
        array(select person::uuid from jsonb_array_elements_text(e.body::jsonb -> 'people') with ordinality as x (person, n) order by n),
        e.body::jsonb ->> 'reason', e.body::jsonb ->> 'tieRule', e.body::jsonb ->> 'body', e.happened_on, e.recorded_at)
$$;

create function apply_quota_choice_withdrawn(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update quota_choice set ended_at = e.recorded_at
    where organization_id = e.stream_id and year = (e.body::jsonb ->> 'year')::int and what = e.body::jsonb ->> 'what'
        and category = coalesce(e.body::jsonb ->> 'category', '') and ended_at is null
$$;

create table annual_year (
    entry_id uuid primary key,
    organization_id uuid not null,
    year int not null,
    step text not null,
    scheme text not null,
    digest text not null,
    as_of date not null,
    is_last_year_settled boolean not null,
    settled_on date not null,
    settled_at timestamptz not null,
    ended_at timestamptz
);
comment on table annual_year is '年度定分: a year of a branch that was settled; a row with ended_at was opened again';
create unique index annual_year_holds_once on annual_year (organization_id, year) where ended_at is null;

create table annual_result (
    entry_id uuid primary key,
    organization_id uuid not null,
    year int not null,
    person_id uuid not null,
    category text,
    total numeric(9, 2) not null,
    sections numeric(9, 2)[] not null,
    rank int,
    ranked int not null,
    grade text,
    running numeric(11, 2),
    outcomes text[] not null,
    settled_at timestamptz not null,
    ended_at timestamptz
);
comment on table annual_result is '年度积分: what a settled year came to for one person, frozen';
comment on column annual_result.outcomes is '编号 of the 结果运用 that hold';
create unique index annual_result_holds_once on annual_result (organization_id, year, person_id) where ended_at is null;
create index annual_result_by_person on annual_result (person_id, year);

create function apply_year_settled(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into annual_year (entry_id, organization_id, year, step, scheme, digest, as_of, is_last_year_settled, settled_on, settled_at)
    values (e.entry_id, e.stream_id, (e.body::jsonb ->> 'year')::int, e.body::jsonb ->> 'step', e.body::jsonb ->> 'scheme', e.body::jsonb ->> 'digest',
        (e.body::jsonb ->> 'asOf')::date, (e.body::jsonb ->> 'isLastYearSettled')::boolean, e.happened_on, e.recorded_at)
$$;

create function apply_result_settled(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into annual_result (entry_id, organization_id, year, person_id, category, total, sections, rank, ranked, grade, running, outcomes, settled_at)
    values (e.entry_id, e.stream_id, (e.body::jsonb ->> 'year')::int, e.person_id, e.body::jsonb ->> 'category', (e.body::jsonb ->> 'total')::numeric,
        array(select points::numeric from jsonb_array_elements_text(e.body::jsonb -> 'sections') with ordinality as x (points, n) order by n),
        (e.body::jsonb ->> 'rank')::int, (e.body::jsonb ->> 'ranked')::int, e.body::jsonb ->> 'grade', (e.body::jsonb ->> 'running')::numeric,
        array(select outcome from jsonb_array_elements_text(e.body::jsonb -> 'outcomes') with ordinality as x (outcome, n) order by n), e.recorded_at)
$$;

-- What somebody came to in a year, read past row-level security for the year after it: the points of a branch must be the same whoever looks.
-- Outcomes are those of one scheme; of another scheme only the points carry over.
create function booked_results(branch uuid, since date, until date, asked_year int, instant timestamptz, asked_scheme text)
returns table (person_id uuid, organization_id uuid, total numeric, outcomes text[], running numeric)
language sql stable security definer set search_path = public, pg_temp as $$
    select r.person_id, r.organization_id, r.total,
        case when (select v.scheme_id from scheme_version v where v.fingerprint = y.scheme) = asked_scheme then r.outcomes else '{}' end,
        r.running
    from booked_people(branch, since, until) p
    join annual_result r using (person_id)
    join annual_year y on y.organization_id = r.organization_id and y.year = r.year and y.settled_at = r.settled_at
    where r.year = asked_year and r.settled_at < instant and (r.ended_at is null or r.ended_at >= instant)
$$;

create function has_settled(branch uuid, asked_year int, instant timestamptz) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select branch = any (visible_organizations()) and exists (
        select from annual_year y
        where y.organization_id = branch and y.year = asked_year and y.settled_at < instant and (y.ended_at is null or y.ended_at >= instant))
$$;

create function booked_choices(branch uuid, asked_year int, instant timestamptz) returns table (what text, category text, people uuid[])
language sql stable security definer set search_path = public, pg_temp as $$
    select c.what, c.category, c.people from quota_choice c
    where branch = any (visible_organizations()) and c.organization_id = branch and c.year = asked_year
        and c.recorded_at < instant and (c.ended_at is null or c.ended_at >= instant)
    order by c.what, c.category
$$;

-- Objections and appeals of a year that are not closed, as many as there are, whoever asks: unanswered, or not yet reported to the next meeting.
create function open_cases(branch uuid, asked_year int) returns int language sql stable security definer set search_path = public, pg_temp as $$
    select count(*)::int from objection_case c
    where c.organization_id = open_cases.branch and left(c.round, 4) = lpad(asked_year::text, 4, '0')
        and (c.answered_on is null or (c.needs_report and c.reported_on is null))
        and open_cases.branch = any (visible_organizations())
$$;

-- ---- consequences ----

create table outcome_case (
    entry_id uuid primary key,
    organization_id uuid not null,
    year int not null,
    person_id uuid not null,
    outcome text not null,
    body text not null,
    reason text not null,
    state text not null check (state in ('proposed', 'approved', 'refused', 'not-taken')),
    proposed_by uuid not null,
    proposed_on date not null,
    answered_by uuid,
    answered_on date,
    answer text,
    seq bigint not null,
    ended_at timestamptz
);
comment on table outcome_case is '结果运用: what a named body proposed to do, or not, with a computed consequence, and what the superior answered';
create unique index outcome_case_stands_once on outcome_case (organization_id, year, person_id, outcome) where ended_at is null and state <> 'refused';

create function apply_outcome_proposed(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into outcome_case (entry_id, organization_id, year, person_id, outcome, body, reason, state, proposed_by, proposed_on, seq)
    values (e.entry_id, e.stream_id, (e.body::jsonb ->> 'year')::int, e.person_id, e.body::jsonb ->> 'outcome', e.body::jsonb ->> 'body', e.body::jsonb ->> 'reason',
        case when (e.body::jsonb ->> 'isTaken')::boolean then 'proposed' else 'not-taken' end, e.recorded_by, e.happened_on, e.seq)
$$;

create function answer_outcome(e ledger_entry, answered text) returns void language sql set search_path = public, pg_temp as $$
    update outcome_case set state = answered, answered_by = e.recorded_by, answered_on = e.happened_on, answer = e.body::jsonb ->> 'reason'
    where organization_id = e.stream_id and year = (e.body::jsonb ->> 'year')::int and person_id = e.person_id
        and outcome = e.body::jsonb ->> 'outcome' and state = 'proposed' and ended_at is null
$$;
create function apply_outcome_approved(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    select answer_outcome(e, 'approved')
$$;
create function apply_outcome_refused(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    select answer_outcome(e, 'refused')
$$;

-- Nothing stands on a year that is open again.
create function apply_year_reopened(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update annual_year set ended_at = e.recorded_at where organization_id = e.stream_id and year = (e.body::jsonb ->> 'year')::int and ended_at is null;
    update annual_result set ended_at = e.recorded_at where organization_id = e.stream_id and year = (e.body::jsonb ->> 'year')::int and ended_at is null;
    update outcome_case set ended_at = e.recorded_at where organization_id = e.stream_id and year = (e.body::jsonb ->> 'year')::int and ended_at is null
$$;

create table help_measure (
    measure_id uuid primary key,
    organization_id uuid not null,
    person_id uuid not null,
    kind text not null,
    due_on date not null,
    responsible uuid not null,
    year int,
    outcome text,
    begun_on date not null,
    begun_by uuid not null,
    state text not null check (state in ('open', 'ended')),
    result text,
    ended_on date,
    entry_id uuid not null
);
comment on table help_measure is '帮教措施: talk, paired help, deadline …, with who sees to it and by when; what was said lies in measure_note';
create index help_measure_by_branch on help_measure (organization_id, due_on);

create table measure_record (
    entry_id uuid primary key,
    measure_id uuid not null,
    organization_id uuid not null,
    person_id uuid not null,
    note_id uuid,
    evidence_id uuid,
    recorded_by uuid not null,
    recorded_on date not null,
    seq bigint not null
);
comment on table measure_record is 'What was done for a measure, in order';
create index measure_record_by_measure on measure_record (measure_id);
create index measure_record_by_evidence on measure_record (evidence_id) where evidence_id is not null;

create table measure_note (
    note_id uuid primary key,
    organization_id uuid not null,
    person_id uuid not null,
    text text not null check (text <> ''),
    kept_by uuid not null,
    kept_at timestamptz not null
);
comment on table measure_note is '谈话、帮教的记录: apart from the ledger, can be erased; the separate volume (RS5)';

create table referral (
    entry_id uuid primary key,
    organization_id uuid not null,
    person_id uuid not null,
    kind text not null,
    referred_to text not null,
    referred_on date not null,
    recorded_by uuid not null
);
comment on table referral is '转办: that a case was referred, and to whom; the product decides nothing about it';

create function apply_measure_begun(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into help_measure (measure_id, organization_id, person_id, kind, due_on, responsible, year, outcome, begun_on, begun_by, state, entry_id)
    values ((e.body::jsonb ->> 'measure')::uuid, e.stream_id, e.person_id, e.body::jsonb ->> 'kind', (e.body::jsonb ->> 'dueOn')::date,
        (e.body::jsonb ->> 'responsible')::uuid, (e.body::jsonb ->> 'year')::int, e.body::jsonb ->> 'outcome', e.happened_on, e.recorded_by, 'open', e.entry_id)
$$;
create function apply_measure_recorded(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into measure_record (entry_id, measure_id, organization_id, person_id, note_id, evidence_id, recorded_by, recorded_on, seq)
    values (e.entry_id, (e.body::jsonb ->> 'measure')::uuid, e.stream_id, e.person_id, (e.body::jsonb ->> 'note')::uuid, (e.body::jsonb ->> 'evidence')::uuid,
        e.recorded_by, e.happened_on, e.seq)
$$;
create function apply_measure_ended(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update help_measure set state = 'ended', result = e.body::jsonb ->> 'result', ended_on = e.happened_on
    where measure_id = (e.body::jsonb ->> 'measure')::uuid and organization_id = e.stream_id
$$;
create function apply_referral_recorded(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into referral (entry_id, organization_id, person_id, kind, referred_to, referred_on, recorded_by)
    values (e.entry_id, e.stream_id, e.person_id, e.body::jsonb ->> 'kind', e.body::jsonb ->> 'to', e.happened_on, e.recorded_by)
$$;

-- ---- filings ----

create table filing (
    filing_id uuid primary key,
    organization_id uuid not null,
    round text not null,
    step text not null,
    digest text not null,
    due date,
    replaces uuid,
    state text not null check (state in ('submitted', 'accepted', 'returned', 'reopened')),
    submitted_by uuid not null,
    second_by uuid,
    submitted_on date not null,
    answered_by uuid,
    answered_on date,
    reason text,
    receipt text,
    superior text,
    seq bigint not null,
    entry_id uuid not null
);
comment on table filing is '备案: a package that went up, under its digest, and what the superior answered';
create unique index filing_stands_once on filing (organization_id, round, step) where state in ('submitted', 'accepted');

create function apply_filing_submitted(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into filing (filing_id, organization_id, round, step, digest, due, replaces, state, submitted_by, second_by, submitted_on, seq, entry_id)
    values ((e.body::jsonb ->> 'filing')::uuid, e.stream_id, e.body::jsonb ->> 'round', e.body::jsonb ->> 'step', e.body::jsonb ->> 'digest',
        (e.body::jsonb ->> 'due')::date, (e.body::jsonb ->> 'replaces')::uuid, 'submitted', e.recorded_by, e.second_by, e.happened_on, e.seq, e.entry_id)
$$;
create function answer_filing(e ledger_entry, answered text) returns void language sql set search_path = public, pg_temp as $$
    update filing set state = answered, answered_by = e.recorded_by, answered_on = e.happened_on, reason = e.body::jsonb ->> 'reason',
        receipt = e.body::jsonb ->> 'receipt', superior = e.body::jsonb ->> 'superior'
    where filing_id = (e.body::jsonb ->> 'filing')::uuid and organization_id = e.stream_id and state = 'submitted'
$$;
create function apply_filing_accepted(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    select answer_filing(e, 'accepted')
$$;
create function apply_filing_returned(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    select answer_filing(e, 'returned')
$$;
create function apply_filing_reopened(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update filing set state = 'reopened'
    where organization_id = e.stream_id and round = e.body::jsonb ->> 'round' and step = e.body::jsonb ->> 'step' and state = 'accepted'
$$;

create table filing_package (
    filing_id uuid primary key,
    organization_id uuid not null,
    digest text not null,
    content text not null,
    kept_by uuid not null,
    kept_at timestamptz not null
);
comment on table filing_package is 'What went up, with names and facts: apart from the ledger, which holds its digest';

create table filing_remark (
    remark_id uuid primary key,
    filing_id uuid not null,
    organization_id uuid not null,
    person_id uuid not null,
    text text not null check (text <> ''),
    kept_by uuid not null,
    kept_at timestamptz not null
);
comment on table filing_remark is '退回意见, by row of the table';
create index filing_remark_by_filing on filing_remark (filing_id);

create table outside_filing (
    entry_id uuid primary key,
    organization_id uuid not null,
    filing_id uuid not null,
    round text not null,
    digest text not null,
    receipt text not null,
    is_accepted boolean not null,
    reason text,
    answered_by uuid not null,
    answered_on date not null
);
comment on table outside_filing is 'Packages of branches in other installations that were checked and answered here';
create unique index outside_filing_is_answered_once on outside_filing (organization_id, digest);

create function apply_outside_filing_answered(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into outside_filing (entry_id, organization_id, filing_id, round, digest, receipt, is_accepted, reason, answered_by, answered_on)
    values (e.entry_id, e.stream_id, (e.body::jsonb ->> 'filing')::uuid, e.body::jsonb ->> 'round', e.body::jsonb ->> 'digest', e.body::jsonb ->> 'receipt',
        (e.body::jsonb ->> 'isAccepted')::boolean, e.body::jsonb ->> 'reason', e.recorded_by, e.happened_on)
$$;

create table filing_receipt (
    digest text primary key,
    organization_id uuid not null,
    content text not null,
    kept_by uuid not null,
    kept_at timestamptz not null
);
comment on table filing_receipt is 'Receipts as files, made here for another installation or brought from one; the ledger holds their digests';

insert into view_table (name) values ('reading_confirmation'), ('quota_choice'), ('annual_year'), ('annual_result'), ('outcome_case'), ('help_measure'),
    ('measure_record'), ('referral'), ('filing'), ('outside_filing');

-- ---- who sees what ----

do $$
declare
    one text;
begin
    foreach one in array array['quota_choice', 'annual_year', 'annual_result', 'outcome_case', 'help_measure', 'measure_record', 'measure_note', 'referral',
        'filing', 'filing_package', 'filing_remark', 'outside_filing', 'filing_receipt']
    loop
        execute format('alter table %I enable row level security', one);
        execute format('alter table %I force row level security', one);
        execute format('create policy owner_sees_all on %I to jifen_owner using (true) with check (true)', one);
        execute format('grant select on %I to jifen_app', one);
        if one not in ('measure_note', 'filing_package', 'filing_remark', 'filing_receipt') then
            execute format('create policy reader_sees_all on %I for select to jifen_reader using (true)', one);
            execute format('grant select on %I to jifen_reader', one);
        end if;
    end loop;
    foreach one in array array['measure_note', 'filing_package', 'filing_remark', 'filing_receipt']
    loop
        execute format('grant insert on %I to jifen_app', one);
        execute format($policy$create policy whoever_writes_it on %I for insert to jifen_app
            with check (kept_by = (select current_person()) and organization_id = any ((select visible_organizations())::uuid[]))$policy$, one);
    end loop;
    -- Where a year and its filings stand is no secret of the branch.
    foreach one in array array['annual_year', 'filing', 'outside_filing']
    loop
        execute format('create policy own_scope on %I for select to jifen_app using (organization_id = any ((select visible_organizations())::uuid[]))', one);
    end loop;
    -- One's own, and those who evaluate (RS1).
    foreach one in array array['annual_result', 'outcome_case']
    loop
        execute format($policy$create policy own_or_by_office on %I for select to jifen_app
            using (person_id = (select current_person())
                or sees_by_office(organization_id, array['secretary', 'deputy-secretary', 'committee-member', 'evaluator']))$policy$, one);
    end loop;
    -- The separate volume (RS5).
    foreach one in array array['help_measure', 'measure_record', 'measure_note', 'referral', 'filing_remark']
    loop
        execute format($policy$create policy own_or_by_office on %I for select to jifen_app
            using (person_id = (select current_person()) or sees_by_office(organization_id, array['secretary', 'deputy-secretary', 'committee-member']))$policy$, one);
    end loop;
    foreach one in array array['quota_choice', 'filing_package', 'filing_receipt']
    loop
        execute format($policy$create policy by_office on %I for select to jifen_app
            using (sees_by_office(organization_id, array['secretary', 'deputy-secretary', 'committee-member', 'evaluator']))$policy$, one);
    end loop;
end $$;

-- ==== 0013 refinements ====

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

-- ==== 0014 measured ====

-- What bench/live showed to be slow with 10,000 members (bench/results-live.md).

-- Gatherings elsewhere that people in sight took part in: asked for one gathering at a time. As a list for all of them it read the attendance
-- of the whole college for every page that looks for somebody's gatherings. The cost tells the planner to come with the gathering in hand.
create function was_somebody_in_sight_at(gathering uuid) returns boolean language sql stable security definer cost 10000
set search_path = public, pg_temp as $$
    select exists (
        select from attendance a
        where a.gathering_id = was_somebody_in_sight_at.gathering
            and (a.person_id = current_person() or a.person_id in (select p.person_id from persons_on_roll_in_sight() p)))
$$;
drop policy own_scope on gathering;
create policy own_scope on gathering for select to jifen_app
    using (organization_id = any ((select visible_organizations())::uuid[]) or was_somebody_in_sight_at(gathering_id));

-- 日常记录 of a branch, newest first: what is no presence, reports and studies; dues and facts have an index already.
create index attendance_exceptions_by_branch on attendance (organization_id, recorded_at) where attendance <> 'present';
create index thought_report_by_branch on thought_report (organization_id, recorded_at);
create index outside_study_by_branch on outside_study (organization_id, recorded_at);

-- Sessions that are over are told apart for a week (why one is asked to sign in again), and then forgotten: whoever signs in clears away
-- what ran out, whosever it was.
create index session_by_expiry on session (expires_at);
create or replace function open_session(id uuid, key bytea, account uuid, on_device text, at timestamptz, until timestamptz) returns boolean
language sql security definer set search_path = public, pg_temp as $$
    delete from session s where s.expires_at < at - interval '7 days';
    insert into session (session_id, key_hash, account_id, person_id, stamp, device, created_at, last_seen_at, expires_at)
    select id, key, a.account_id, a.person_id, a.security_stamp, on_device, at, at, until
    from account a where a.account_id = account and a.disabled_at is null
    returning true
$$;

-- ==== 0015 adoption_day ====

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

-- ==== 0016 kept_plans ====

-- Who sees what is asked by almost every query, often several times. A function written in sql and run as its owner cannot become part of the
-- query that calls it, and is planned anew with every one: more than half of what the database did for a page. In plpgsql the plan is kept for
-- the session. What the functions answer stays the same; their first versions say why.

create or replace function visible_organizations() returns uuid[] language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    return (
        select coalesce(array_agg(distinct seen.id), '{}')
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
        ) as seen);
end $$;

create or replace function visible_persons() returns table (person_id uuid) language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    seen uuid[] := visible_organizations();
begin
    return query
        select a.person_id from affiliation a where a.organization_id = any (seen)
        union
        select t.person_id from office_term t where t.organization_id = any (seen)
        union
        -- Officers above one's own branch: one knows whom one reports to.
        select t.person_id
        from organization o
        join office_term t on t.organization_id = any (o.ancestors)
        where o.organization_id = any (seen)
        union
        select current_person();
end $$;

create or replace function persons_on_roll_in_sight() returns table (person_id uuid) language plpgsql stable security definer
set search_path = public, pg_temp as $$
declare
    seen uuid[] := visible_organizations();
begin
    return query
        select a.person_id from affiliation a
        where a.organization_id = any (seen) and (a.to_on is null or a.to_on >= current_day());
end $$;

create or replace function was_somebody_in_sight_at(gathering uuid) returns boolean language plpgsql stable security definer cost 10000
set search_path = public, pg_temp as $$
begin
    return exists (
        select from attendance a
        where a.gathering_id = was_somebody_in_sight_at.gathering
            and (a.person_id = current_person() or a.person_id in (select p.person_id from persons_on_roll_in_sight() p)));
end $$;

create or replace function evidence_about_people_in_sight(evidence uuid) returns boolean language plpgsql stable security definer
set search_path = public, pg_temp as $$
begin
    return exists (
        select from (
            select f.person_id from fact f where f.evidence @> array[evidence_about_people_in_sight.evidence]
            union all
            select r.person_id from thought_report r where r.evidence_id = evidence_about_people_in_sight.evidence
            union all
            select h.person_id from thought_report_handed_in h where h.evidence_id = evidence_about_people_in_sight.evidence
            union all
            select s.person_id from outside_study s where s.evidence_id = evidence_about_people_in_sight.evidence
        ) as about
        where about.person_id = current_person() or about.person_id in (select p.person_id from persons_on_roll_in_sight() p));
end $$;

create or replace function confirms_for(organization uuid) returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    return exists (
        select from office_term t join organization o on o.organization_id = confirms_for.organization
        where t.person_id = current_person() and t.from_on <= current_day() and (t.to_on is null or t.to_on >= current_day())
            and (t.organization_id = any (o.ancestors) or t.office = 'administrator'));
end $$;

create or replace function holds_office(organization uuid, offices text[]) returns boolean language plpgsql stable security definer
set search_path = public, pg_temp as $$
begin
    return exists (
        select from office_term t
        where t.person_id = current_person() and t.organization_id = holds_office.organization and t.office = any (holds_office.offices)
            and t.from_on <= current_day() and (t.to_on is null or t.to_on >= current_day()));
end $$;

create or replace function oversees(organization uuid, offices text[]) returns boolean language plpgsql stable security definer
set search_path = public, pg_temp as $$
begin
    return exists (
        select from office_term t join organization o on o.organization_id = oversees.organization
        where t.person_id = current_person() and t.organization_id = any (o.ancestors) and t.organization_id <> o.organization_id
            and t.office = any (oversees.offices) and t.from_on <= current_day() and (t.to_on is null or t.to_on >= current_day()));
end $$;

create or replace function looks_down_on(organization uuid) returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    return exists (
        select from office_term t join organization o on o.organization_id = looks_down_on.organization
        where t.person_id = current_person() and looks_down(t.office) and t.organization_id = any (o.ancestors)
            and t.from_on <= current_day() and (t.to_on is null or t.to_on >= current_day()));
end $$;

create or replace function sees_by_office(organization uuid, offices text[]) returns boolean language plpgsql stable security definer
set search_path = public, pg_temp as $$
begin
    return exists (
        select from office_term t join organization o on o.organization_id = sees_by_office.organization
        where t.person_id = current_person()
            and ((t.organization_id = o.organization_id and t.office = any (sees_by_office.offices))
                or (looks_down(t.office) and t.organization_id = any (o.ancestors)))
            and t.from_on <= current_day() and (t.to_on is null or t.to_on >= current_day()));
end $$;

create or replace function speaks_under(author uuid) returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    return exists (select from declaration_reporter r where r.author_id = speaks_under.author and r.person_id = current_person());
end $$;

create or replace function reviews_for(organization uuid, about uuid) returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    return reviews_for.about is distinct from current_person()
        and (holds_office(reviews_for.organization, array['secretary', 'deputy-secretary', 'committee-member', 'evaluator'])
            or oversees(reviews_for.organization, array['organization-officer', 'discipline-officer', 'leading-group-member']));
end $$;

create or replace function handles_cases(organization uuid) returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    return holds_office(handles_cases.organization, array['secretary', 'deputy-secretary', 'committee-member']) or looks_down_on(handles_cases.organization);
end $$;

create or replace function sees_case(branch uuid, handled uuid, subject uuid, raiser uuid, is_told boolean) returns boolean language plpgsql stable security definer
set search_path = public, pg_temp as $$
begin
    return raiser = current_person()
        or (subject is distinct from current_person()
            and (handles_cases(handled) or (handled <> branch and looks_down_on(handled)) or (is_told and handles_cases(branch))));
end $$;

create or replace function whereabouts(person uuid) returns table (branch uuid, standing text) language plpgsql stable security definer
set search_path = public, pg_temp as $$
begin
    return query
        select (select a.organization_id from affiliation a
                where a.person_id = whereabouts.person and a.from_on <= current_day() and (a.to_on is null or a.to_on >= current_day())
                order by a.from_on desc limit 1),
            (select m.value from member_period m
             where m.person_id = whereabouts.person and m.aspect = 'standing' and m.from_on <= current_day()
                 and (m.to_on is null or m.to_on >= current_day()) limit 1);
end $$;

create or replace function branch_version(branch uuid) returns text language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    if not branch = any (visible_organizations()) then
        return null;
    end if;

    return (
        select string_agg(stream.id || ':' || coalesce(head.seq, 0), ',' order by stream.id)
        from (
            select unnest(o.ancestors) as id from organization o where o.organization_id = branch_version.branch
            union
            select o.organization_id from organization o where o.superior_id = branch_version.branch
            union
            select other.organization_id
            from affiliation own join affiliation other on other.person_id = own.person_id
            where own.organization_id = branch_version.branch
        ) as stream
        left join lateral (select e.seq from ledger_entry e where e.stream_id = stream.id order by e.seq desc limit 1) as head on true);
end $$;

-- What a branch's books hold, as LiveScores reads them: eight questions for every step of a year. Whose books they are is known before the
-- question: as a table of unknown size it made the database read the records of the whole college for one branch.

create or replace function booked_people(branch uuid, since date, until date)
returns table (person_id uuid, name text, number text, place int)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
    return query
        select p.person_id, p.name, p.number, (row_number() over (order by p.name collate "zh-x-icu", p.number))::int
        from person p
        where branch = any ((select visible_organizations())::uuid[])
            and p.person_id in (
                select a.person_id from affiliation a
                where a.organization_id = branch and a.from_on <= until and (a.to_on is null or a.to_on >= since));
end $$;

create or replace function booked_affiliations(branch uuid, since date, until date)
returns table (person_id uuid, organization_id uuid, from_on date, to_on date, arrived text, left_by text, to_where text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
    people uuid[] := array(select p.person_id from booked_people(branch, since, until) p);
begin
    return query
        select a.person_id, a.organization_id, a.from_on, a.to_on, a.arrived, a.left_by, a.to_where
        from affiliation a
        where a.person_id = any (people) and a.from_on <= until
        order by a.person_id, a.from_on;
end $$;

create or replace function booked_periods(branch uuid, since date, until date)
returns table (person_id uuid, aspect text, from_on date, to_on date, value text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
    people uuid[] := array(select p.person_id from booked_people(branch, since, until) p);
begin
    return query
        select m.person_id, m.aspect, m.from_on, m.to_on, m.value
        from member_period m
        where m.person_id = any (people) and m.from_on <= until
        order by m.person_id, m.aspect, m.from_on;
end $$;

create or replace function booked_attendance(branch uuid, since date, until date, facts_since date, facts_until date, before timestamptz)
returns table (entry_id uuid, person_id uuid, gathering_id uuid, kind text, title text, held_on date, hours numeric, attendance text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
    people uuid[] := array(select p.person_id from booked_people(branch, since, until) p);
begin
    -- Almost always nothing was changed since: then every gathering is as it stands.
    return query
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
            select a.entry_id, a.person_id, a.gathering_id, a.attendance,
                case when w.b is null then g.kind else w.b ->> 'kind' end as kind,
                case when w.b is null then g.title else w.b ->> 'title' end as title,
                case when w.b is null then g.starts_at else (w.b ->> 'startsAt')::timestamptz end as starts_at,
                case when w.b is null then g.hours else (w.b ->> 'hours')::numeric end as hours
            from attendance a
            join gathering g using (gathering_id)
            left join was w using (gathering_id)
            where a.person_id = any (people) and a.recorded_at < before and (a.ended_at is null or a.ended_at >= before)
        )
        select h.entry_id, h.person_id, h.gathering_id, h.kind, h.title, (h.starts_at at time zone 'Asia/Shanghai')::date, h.hours, h.attendance
        from held h
        where h.starts_at >= (facts_since::timestamp at time zone 'Asia/Shanghai')
            and h.starts_at < ((facts_until + 1)::timestamp at time zone 'Asia/Shanghai');
end $$;

create or replace function booked_dues(branch uuid, since date, until date, facts_since date, facts_until date, before timestamptz)
returns table (entry_id uuid, person_id uuid, month date, due numeric, paid numeric, paid_on date)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
    people uuid[] := array(select p.person_id from booked_people(branch, since, until) p);
begin
    return query
        select d.entry_id, d.person_id, d.month, d.due, d.paid, d.paid_on
        from dues d
        where d.person_id = any (people) and d.recorded_at < before and (d.ended_at is null or d.ended_at >= before) and d.month between facts_since and facts_until;
end $$;

create or replace function booked_reports(branch uuid, since date, until date, facts_since date, facts_until date, before timestamptz)
returns table (entry_id uuid, person_id uuid, received_on date, title text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
    people uuid[] := array(select p.person_id from booked_people(branch, since, until) p);
begin
    return query
        select r.entry_id, r.person_id, r.received_on, r.title
        from thought_report r
        where r.person_id = any (people) and r.recorded_at < before and (r.ended_at is null or r.ended_at >= before) and r.received_on between facts_since and facts_until;
end $$;

create or replace function booked_studies(branch uuid, since date, until date, facts_since date, facts_until date, before timestamptz)
returns table (entry_id uuid, person_id uuid, studied_on date, title text, hours numeric)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
    people uuid[] := array(select p.person_id from booked_people(branch, since, until) p);
begin
    return query
        select s.entry_id, s.person_id, s.studied_on, s.title, s.hours
        from outside_study s
        where s.person_id = any (people) and s.recorded_at < before and (s.ended_at is null or s.ended_at >= before) and s.studied_on between facts_since and facts_until;
end $$;

create or replace function booked_facts(branch uuid, since date, until date, facts_since date, facts_until date, before timestamptz)
returns table (entry_id uuid, person_id uuid, kind text, happened_on date, quantity numeric, level text, content text, points numeric, state text,
    operation_id uuid)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
    people uuid[] := array(select p.person_id from booked_people(branch, since, until) p);
begin
    return query
        select f.entry_id, f.person_id, f.kind, f.happened_on, f.quantity, f.level, f.content, f.points,
            case when f.state_at >= before then 'pending' else f.state end, e.operation_id
        from fact f join ledger_entry e using (entry_id)
        where f.person_id = any (people) and f.recorded_at < before and (f.ended_at is null or f.ended_at >= before) and f.happened_on between facts_since and facts_until;
end $$;

create or replace function booked_results(branch uuid, since date, until date, asked_year int, instant timestamptz, asked_scheme text)
returns table (person_id uuid, organization_id uuid, total numeric, outcomes text[], running numeric)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
    people uuid[] := array(select p.person_id from booked_people(branch, since, until) p);
begin
    return query
        select r.person_id, r.organization_id, r.total,
            case when (select v.scheme_id from scheme_version v where v.fingerprint = y.scheme) = asked_scheme then r.outcomes else '{}' end,
            r.running
        from annual_result r
        join annual_year y on y.organization_id = r.organization_id and y.year = r.year and y.settled_at = r.settled_at
        where r.person_id = any (people) and r.year = asked_year and r.settled_at < instant and (r.ended_at is null or r.ended_at >= instant);
end $$;

create or replace function booked_choices(branch uuid, asked_year int, instant timestamptz) returns table (what text, category text, people uuid[])
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
    return query
        select c.what, c.category, c.people from quota_choice c
        where branch = any (visible_organizations()) and c.organization_id = branch and c.year = asked_year
            and c.recorded_at < instant and (c.ended_at is null or c.ended_at >= instant)
        order by c.what, c.category;
end $$;

create index dues_by_person on dues (person_id, month);

-- Taken for every fact: in plpgsql its plan is kept.
create or replace function apply_fact_recorded(e ledger_entry) returns void language plpgsql set search_path = public, pg_temp as $$
declare
    b jsonb := e.body::jsonb;
begin
    insert into fact (entry_id, person_id, organization_id, kind, happened_on, quantity, level, content, points, ground, clause, evidence,
        state, state_note, state_by, state_at, recorded_at, recorded_by, declaration_id)
    values (e.entry_id, e.person_id, e.stream_id, b ->> 'kind', e.happened_on, coalesce((b ->> 'quantity')::numeric, 1), b ->> 'level',
        b ->> 'content', (b ->> 'points')::numeric, e.ground, e.clause,
        array(select id::uuid from jsonb_array_elements_text(coalesce(b -> 'evidence', '[]')) as x (id)),
        b ->> 'state', b ->> 'body', case when b ->> 'body' is not null then e.recorded_by end, e.recorded_at, e.recorded_at, e.recorded_by,
        (b ->> 'declaration')::uuid);
end $$;

-- So are the entries a year has most of.
create or replace function apply_gathering_planned(e ledger_entry) returns void language plpgsql set search_path = public, pg_temp as $$
declare
    b jsonb := e.body::jsonb;
begin
    insert into gathering (gathering_id, organization_id, kind, title, starts_at, ends_at, place, hours, party_group, host, study_item_id, late_after_minutes, state, entry_id)
    values ((b ->> 'gathering')::uuid, e.stream_id, b ->> 'kind', b ->> 'title', (b ->> 'startsAt')::timestamptz, (b ->> 'endsAt')::timestamptz,
        b ->> 'place', (b ->> 'hours')::numeric, b ->> 'partyGroup', b ->> 'host', (b ->> 'studyItem')::uuid,
        (b ->> 'lateAfterMinutes')::int, 'planned', e.entry_id);
end $$;

create or replace function apply_round_step_begun(e ledger_entry) returns void language plpgsql set search_path = public, pg_temp as $$
declare
    b jsonb := e.body::jsonb;
begin
    insert into round_step (organization_id, round, step, begun_on, begun_by, entry_id)
    values (e.stream_id, b ->> 'round', b ->> 'step', e.happened_on, e.recorded_by, e.entry_id);
end $$;

create or replace function apply_round_step_ended(e ledger_entry) returns void language plpgsql set search_path = public, pg_temp as $$
declare
    b jsonb := e.body::jsonb;
begin
    insert into round_step (organization_id, round, step, ended_on, ended_by, digest, outcome, entry_id)
    values (e.stream_id, b ->> 'round', b ->> 'step', e.happened_on, e.recorded_by, b ->> 'digest', b ->> 'outcome', e.entry_id)
    on conflict (organization_id, round, step) do update
    set ended_on = excluded.ended_on, ended_by = excluded.ended_by, digest = excluded.digest, outcome = excluded.outcome, entry_id = excluded.entry_id;
end $$;

-- ==== 0017 measures_and_matters ====

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

-- ==== 0018 case_evidence ====

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

-- ==== 0019 decided_results ====

-- 定等次: where the document has people decide the grade (玉溪 四4, ×区 四（二）4), the grade of the points is a proposal.

create table grade_decision (
    entry_id uuid primary key,
    organization_id uuid not null,
    year int not null,
    person_id uuid not null,
    proposed text not null,
    grade text not null,
    outcomes text[] not null,
    body text not null,
    reason text,
    decided_on date not null,
    decided_by uuid not null,
    decided_at timestamptz not null,
    ended_at timestamptz,
    check (grade = proposed or reason <> '')
);
comment on table grade_decision is '定等次: the grade decided for one person of a settled year; a row with ended_at was opened again';
comment on column grade_decision.proposed is 'the grade the points propose';
comment on column grade_decision.outcomes is '编号 of the 结果运用 that hold with the decided grade';
create unique index grade_decision_holds_once on grade_decision (organization_id, year, person_id) where ended_at is null;
create index grade_decision_by_person on grade_decision (person_id, year);

create function apply_grade_decided(e ledger_entry) returns void language plpgsql set search_path = public, pg_temp as $$
begin
    insert into grade_decision (entry_id, organization_id, year, person_id, proposed, grade, outcomes, body, reason, decided_on, decided_by, decided_at)
    values (e.entry_id, e.stream_id, (e.body::jsonb ->> 'year')::int, e.person_id, e.body::jsonb ->> 'proposed', e.body::jsonb ->> 'grade',
        array(select outcome from jsonb_array_elements_text(e.body::jsonb -> 'outcomes') with ordinality as x (outcome, n) order by n),
        e.body::jsonb ->> 'body', e.body::jsonb ->> 'reason', e.happened_on, e.recorded_by, e.recorded_at);
end $$;

-- Nothing stands on grades that are open again.
create function apply_grades_reopened(e ledger_entry) returns void language plpgsql set search_path = public, pg_temp as $$
begin
    update grade_decision set ended_at = e.recorded_at where organization_id = e.stream_id and year = (e.body::jsonb ->> 'year')::int and ended_at is null;
    update outcome_case set ended_at = e.recorded_at where organization_id = e.stream_id and year = (e.body::jsonb ->> 'year')::int and ended_at is null;
end $$;

-- The year after asks for the outcomes that held: those of the decided grade, as far as it was decided by then.
create or replace function booked_results(branch uuid, since date, until date, asked_year int, instant timestamptz, asked_scheme text)
returns table (person_id uuid, organization_id uuid, total numeric, outcomes text[], running numeric)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
    people uuid[] := array(select p.person_id from booked_people(branch, since, until) p);
begin
    return query
        select r.person_id, r.organization_id, r.total,
            case when (select v.scheme_id from scheme_version v where v.fingerprint = y.scheme) = asked_scheme then coalesce(d.outcomes, r.outcomes) else '{}' end,
            r.running
        from annual_result r
        join annual_year y on y.organization_id = r.organization_id and y.year = r.year and y.settled_at = r.settled_at
        left join grade_decision d on d.organization_id = r.organization_id and d.year = r.year and d.person_id = r.person_id
            and d.decided_at < instant and (d.ended_at is null or d.ended_at >= instant)
        where r.person_id = any (people) and r.year = asked_year and r.settled_at < instant and (r.ended_at is null or r.ended_at >= instant);
end $$;

insert into view_table (name) values ('grade_decision');

alter table grade_decision enable row level security;
alter table grade_decision force row level security;
create policy owner_sees_all on grade_decision to jifen_owner using (true) with check (true);
create policy reader_sees_all on grade_decision for select to jifen_reader using (true);
-- One's own, and those who evaluate (RS1).
create policy own_or_by_office on grade_decision for select to jifen_app
    using (person_id = (select current_person())
        or sees_by_office(organization_id, array['secretary', 'deputy-secretary', 'committee-member', 'evaluator']));
grant select on grade_decision to jifen_app, jifen_reader;

-- 择一: which of the things the document leaves the choice of.
alter table outcome_case add column alternative text;
comment on column outcome_case.alternative is 'null where the document says one thing, or where it is not taken';

create or replace function apply_outcome_proposed(e ledger_entry) returns void language plpgsql set search_path = public, pg_temp as $$
begin
    insert into outcome_case (entry_id, organization_id, year, person_id, outcome, body, reason, state, proposed_by, proposed_on, seq, alternative)
    values (e.entry_id, e.stream_id, (e.body::jsonb ->> 'year')::int, e.person_id, e.body::jsonb ->> 'outcome', e.body::jsonb ->> 'body', e.body::jsonb ->> 'reason',
        case when (e.body::jsonb ->> 'isTaken')::boolean then 'proposed' else 'not-taken' end, e.recorded_by, e.happened_on, e.seq, e.body::jsonb ->> 'alternative');
end $$;

-- ==== 0020 corrected_votes ====

-- A vote on a refinement that was typed wrong is put right while the meeting is open: what had gone back by the wrong count is on its way again.

create or replace function apply_refinement_discussed(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update refinement
    set meeting = e.body::jsonb ->> 'meeting', met_on = (e.body::jsonb ->> 'metOn')::date, present = (e.body::jsonb ->> 'present')::int,
        votes_for = (e.body::jsonb ->> 'votesFor')::int, votes_against = (e.body::jsonb ->> 'votesAgainst')::int,
        votes_abstained = (e.body::jsonb ->> 'votesAbstained')::int, returned_because = null
    where organization_id = e.stream_id and year = (e.body::jsonb ->> 'year')::int and fingerprint = e.body::jsonb ->> 'fingerprint'
$$;
