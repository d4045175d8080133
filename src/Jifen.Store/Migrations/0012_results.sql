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
