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

-- Objections of a year that are not closed, as many as there are, whoever asks. The table belongs to the notices.
create function open_cases(branch uuid, asked_year int) returns int language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    found_cases int;
begin
    if to_regclass('public.objection') is null or not branch = any (visible_organizations()) then
        return 0;
    end if;
    execute 'select count(*)::int from objection where organization_id = $1 and left(round, 4) = $2 and state <> ''closed'''
        into found_cases using branch, lpad(asked_year::text, 4, '0');
    return found_cases;
end $$;

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
