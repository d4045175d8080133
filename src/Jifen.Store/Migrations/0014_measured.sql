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
