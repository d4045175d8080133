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
