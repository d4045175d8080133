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
