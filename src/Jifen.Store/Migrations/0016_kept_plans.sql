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
