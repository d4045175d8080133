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
