-- Everything booked of a branch is found by its people. The planner takes a function for a thousand rows unless it is told: then it reads the
-- facts and the attendance of all branches and throws away those of the others.

alter function booked_people(uuid, date, date) rows 40;

-- The people's attendance first, whatever the planner thinks of the gatherings.
create or replace function booked_attendance(branch uuid, since date, until date, facts_since date, facts_until date, before timestamptz)
returns table (entry_id uuid, person_id uuid, gathering_id uuid, kind text, title text, held_on date, hours numeric, attendance text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
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
        ), theirs as materialized (
            select a.entry_id, a.person_id, a.gathering_id, a.attendance
            from booked_people(branch, since, until) p
            join attendance a using (person_id)
            where a.recorded_at < before and (a.ended_at is null or a.ended_at >= before)
        ), held as (
            select g.gathering_id, g.kind, g.title, g.starts_at, g.hours
            from gathering g
            where not exists (select from was w where w.gathering_id = g.gathering_id)
            union all
            select w.gathering_id, w.b ->> 'kind', w.b ->> 'title', (w.b ->> 'startsAt')::timestamptz, (w.b ->> 'hours')::numeric
            from was w
        )
        select a.entry_id, a.person_id, a.gathering_id, h.kind, h.title, (h.starts_at at time zone 'Asia/Shanghai')::date, h.hours, a.attendance
        from theirs a
        join held h using (gathering_id)
        where h.starts_at >= (facts_since::timestamp at time zone 'Asia/Shanghai')
            and h.starts_at < ((facts_until + 1)::timestamp at time zone 'Asia/Shanghai');
end $$;

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
