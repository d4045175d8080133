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
