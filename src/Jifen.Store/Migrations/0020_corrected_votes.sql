-- A vote on a refinement that was typed wrong is put right while the meeting is open: what had gone back by the wrong count is on its way again.

create or replace function apply_refinement_discussed(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update refinement
    set meeting = e.body::jsonb ->> 'meeting', met_on = (e.body::jsonb ->> 'metOn')::date, present = (e.body::jsonb ->> 'present')::int,
        votes_for = (e.body::jsonb ->> 'votesFor')::int, votes_against = (e.body::jsonb ->> 'votesAgainst')::int,
        votes_abstained = (e.body::jsonb ->> 'votesAbstained')::int, returned_because = null
    where organization_id = e.stream_id and year = (e.body::jsonb ->> 'year')::int and fingerprint = e.body::jsonb ->> 'fingerprint'
$$;
