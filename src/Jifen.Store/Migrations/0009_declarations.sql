-- 申报, 初评, 反馈, 承诺, 自评. What people write and who reported whom lie beside the ledger, where they can be erased and read by few; the
-- ledger holds their digests and what was done with them.

-- ---- beside the ledger ----

-- Who reported: the ledger names an id made for this one report. Who is behind it is known to himself, to the committee without the
-- person concerned, and to the discipline officer above.
create table declaration_reporter (
    author_id uuid primary key,
    organization_id uuid not null,
    person_id uuid not null,
    about_id uuid not null check (about_id <> person_id),
    kept_at timestamptz not null
);
comment on table declaration_reporter is '报告人: whom the id in the ledger stands for; may be erased, the digest of the declaration stays';

create table declaration (
    declaration_id uuid primary key,
    organization_id uuid not null,
    person_id uuid not null,
    author_id uuid not null,
    is_report boolean not null,
    kind text not null,
    happened_on date not null,
    quantity numeric(12, 2),
    level text,
    content text,
    points numeric(8, 2),
    ground text not null,
    evidence uuid[] not null,
    salt text not null,
    kept_at timestamptz not null
);
comment on table declaration is '申报 as it was written; its digest, with the declarer''s, is in the ledger';
comment on column declaration.author_id is 'As the ledger names who declared: the person, or for a report an id of declaration_reporter';
create index declaration_by_branch on declaration (organization_id, happened_on);
create index declaration_by_person on declaration (person_id);
create index declaration_by_author on declaration (author_id);
create index declaration_by_evidence on declaration using gin (evidence);

create table declaration_draft (
    draft_id uuid primary key,
    owner_id uuid not null,
    organization_id uuid not null,
    content text not null,
    saved_at timestamptz not null,
    expires_at timestamptz not null
);
comment on table declaration_draft is '申报草稿: its owner''s, not submitted';
create index declaration_draft_by_owner on declaration_draft (owner_id);

-- Reasons, findings, defences, answers, pledges, self-evaluations: found by the digest the ledger holds.
create table written_text (
    text_id uuid primary key,
    organization_id uuid not null,
    topic text not null check (topic in ('return', 'rejection', 'change', 'finding', 'defence', 'answer', 'pledge', 'self-evaluation')),
    declaration_id uuid,
    person_id uuid,
    author_id uuid not null,
    body text not null check (body <> ''),
    salt text not null,
    digest text not null,
    written_at timestamptz not null
);
comment on column written_text.person_id is 'Whom it concerns; null where only a declaration says so';
create index written_text_by_digest on written_text (organization_id, digest);
create index written_text_by_declaration on written_text (declaration_id) where declaration_id is not null;

-- 受惠群众证实: one link, one use, no account.
create table beneficiary_link (
    link_id uuid primary key,
    declaration_id uuid not null references declaration on delete cascade,
    organization_id uuid not null,
    asked_of text not null check (asked_of <> ''),
    matter text not null,
    token_hash bytea not null unique check (octet_length(token_hash) = 32),
    asked_by uuid not null,
    asked_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
);
comment on column beneficiary_link.matter is 'The item in words, as the link shows it to somebody without account';
create index beneficiary_link_by_declaration on beneficiary_link (declaration_id);

create table testimony (
    link_id uuid primary key references beneficiary_link on delete cascade,
    declaration_id uuid not null,
    organization_id uuid not null,
    name text not null check (name <> ''),
    confirms boolean not null,
    body text not null,
    salt text not null,
    digest text not null,
    given_at timestamptz not null
);
comment on table testimony is '证言 of one who benefited; its digest enters the ledger with the review';
create index testimony_by_declaration on testimony (declaration_id);

create table feedback_seen (
    organization_id uuid not null,
    round text not null,
    person_id uuid not null,
    seen_at timestamptz not null,
    primary key (organization_id, round, person_id)
);
comment on table feedback_seen is 'Who opened his own sheet of the round';

-- ---- computed from the ledger ----

create table declaration_state (
    declaration_id uuid primary key,
    organization_id uuid not null,
    round text not null,
    step text not null,
    state text not null check (state in ('submitted', 'withdrawn', 'returned', 'replaced', 'accepted', 'rejected')),
    digest text not null,
    submitted_at timestamptz not null,
    state_at timestamptz not null,
    state_by uuid,
    reason text,
    is_changed boolean,
    computed_as_declared numeric(8, 2),
    computed_as_accepted numeric(8, 2),
    replaces uuid,
    entry_id uuid not null
);
comment on column declaration_state.reason is 'Digest of what was written';
create index declaration_state_by_round on declaration_state (organization_id, round, state);

create table review_mark (
    organization_id uuid not null,
    round text not null,
    step text not null,
    person_id uuid not null,
    total numeric(8, 2) not null,
    reviewed_by uuid not null,
    reviewed_at timestamptz not null,
    entry_id uuid not null,
    primary key (organization_id, round, step, person_id)
);
comment on table review_mark is '核实: whose points were found right, as they stood then';

create table review_finding (
    organization_id uuid not null,
    round text not null,
    step text not null,
    person_id uuid not null,
    digest text not null,
    written_by uuid not null,
    written_at timestamptz not null,
    entry_id uuid not null,
    primary key (organization_id, round, step, person_id)
);
comment on table review_finding is '初评意见: the later one holds';

create table feedback_answer (
    organization_id uuid not null,
    round text not null,
    person_id uuid not null,
    total numeric(8, 2) not null,
    accepted_at timestamptz not null,
    entry_id uuid not null,
    primary key (organization_id, round, person_id)
);
comment on table feedback_answer is '认可 of one''s sheet of the round';

create table defence (
    defence_id uuid primary key,
    organization_id uuid not null,
    round text not null,
    person_id uuid not null,
    declaration_id uuid,
    digest text not null,
    raised_at timestamptz not null,
    outcome text check (outcome in ('upheld', 'partly-upheld', 'not-upheld')),
    answer text,
    answered_by uuid,
    answered_at timestamptz,
    entry_id uuid not null
);
comment on table defence is '申辩 and its answer';
create index defence_by_round on defence (organization_id, round);
create index defence_by_person on defence (person_id);

create table pledge (
    organization_id uuid not null,
    round text not null,
    person_id uuid not null,
    digest text not null,
    given_at timestamptz not null,
    published_on date,
    entry_id uuid not null,
    primary key (organization_id, round, person_id)
);

create table self_evaluation (
    organization_id uuid not null,
    round text not null,
    person_id uuid not null,
    digest text not null,
    given_at timestamptz not null,
    entry_id uuid not null,
    primary key (organization_id, round, person_id)
);

insert into view_table (name)
values ('declaration_state'), ('review_mark'), ('review_finding'), ('feedback_answer'), ('defence'), ('pledge'), ('self_evaluation');

alter table fact add column declaration_id uuid;
comment on column fact.declaration_id is 'The declaration it was accepted from';
create index fact_by_declaration on fact (declaration_id) where declaration_id is not null;

-- ---- what the entries do ----

create or replace function apply_fact_recorded(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into fact (entry_id, person_id, organization_id, kind, happened_on, quantity, level, content, points, ground, clause, evidence,
        state, state_note, state_by, state_at, recorded_at, recorded_by, declaration_id)
    select e.entry_id, e.person_id, e.stream_id, b ->> 'kind', e.happened_on, coalesce((b ->> 'quantity')::numeric, 1), b ->> 'level',
        b ->> 'content', (b ->> 'points')::numeric, e.ground, e.clause,
        array(select id::uuid from jsonb_array_elements_text(coalesce(b -> 'evidence', '[]')) as x (id)),
        b ->> 'state', b ->> 'body', case when b ->> 'body' is not null then e.recorded_by end, e.recorded_at, e.recorded_at, e.recorded_by,
        (b ->> 'declaration')::uuid
    from (select e.body::jsonb as b) as x
$$;

create function apply_declaration_submitted(e ledger_entry) returns void language plpgsql set search_path = public, pg_temp as $$
declare
    b jsonb := e.body::jsonb;
begin
    insert into declaration_state (declaration_id, organization_id, round, step, state, digest, submitted_at, state_at, replaces, entry_id)
    values ((b ->> 'declaration')::uuid, e.stream_id, b ->> 'round', b ->> 'step', 'submitted', b ->> 'digest', e.recorded_at, e.recorded_at,
        (b ->> 'replaces')::uuid, e.entry_id);
    update declaration_state set state = 'replaced', state_at = e.recorded_at where declaration_id = (b ->> 'replaces')::uuid;
end $$;

create function apply_declaration_withdrawn(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update declaration_state set state = 'withdrawn', state_at = e.recorded_at where declaration_id = (e.body::jsonb ->> 'declaration')::uuid
$$;

create function apply_declaration_returned(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update declaration_state set state = 'returned', state_at = e.recorded_at, state_by = e.recorded_by, reason = e.body::jsonb ->> 'reason'
    where declaration_id = (e.body::jsonb ->> 'declaration')::uuid
$$;

create function apply_declaration_accepted(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update declaration_state
    set state = 'accepted', state_at = e.recorded_at, state_by = e.recorded_by, reason = b ->> 'reason', is_changed = (b ->> 'isChanged')::boolean,
        computed_as_declared = (b ->> 'computedAsDeclared')::numeric, computed_as_accepted = (b ->> 'computedAsAccepted')::numeric
    from (select e.body::jsonb as b) as x
    where declaration_id = (b ->> 'declaration')::uuid
$$;

create function apply_declaration_rejected(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update declaration_state set state = 'rejected', state_at = e.recorded_at, state_by = e.recorded_by, reason = e.body::jsonb ->> 'reason'
    where declaration_id = (e.body::jsonb ->> 'declaration')::uuid
$$;

create function apply_points_reviewed(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into review_mark (organization_id, round, step, person_id, total, reviewed_by, reviewed_at, entry_id)
    select e.stream_id, b ->> 'round', b ->> 'step', (one ->> 'person')::uuid, (one ->> 'total')::numeric, e.recorded_by, e.recorded_at, e.entry_id
    from (select e.body::jsonb as b) as x, jsonb_array_elements(b -> 'people') as y (one)
    on conflict (organization_id, round, step, person_id) do update
    set total = excluded.total, reviewed_by = excluded.reviewed_by, reviewed_at = excluded.reviewed_at, entry_id = excluded.entry_id
$$;

create function apply_finding_written(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into review_finding (organization_id, round, step, person_id, digest, written_by, written_at, entry_id)
    values (e.stream_id, e.body::jsonb ->> 'round', e.body::jsonb ->> 'step', e.person_id, e.body::jsonb ->> 'finding', e.recorded_by, e.recorded_at, e.entry_id)
    on conflict (organization_id, round, step, person_id) do update
    set digest = excluded.digest, written_by = excluded.written_by, written_at = excluded.written_at, entry_id = excluded.entry_id
$$;

create function apply_feedback_accepted(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into feedback_answer (organization_id, round, person_id, total, accepted_at, entry_id)
    values (e.stream_id, e.body::jsonb ->> 'round', e.person_id, (e.body::jsonb ->> 'total')::numeric, e.recorded_at, e.entry_id)
    on conflict (organization_id, round, person_id) do update
    set total = excluded.total, accepted_at = excluded.accepted_at, entry_id = excluded.entry_id
$$;

create function apply_defence_raised(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into defence (defence_id, organization_id, round, person_id, declaration_id, digest, raised_at, entry_id)
    values ((e.body::jsonb ->> 'defence')::uuid, e.stream_id, e.body::jsonb ->> 'round', e.person_id, (e.body::jsonb ->> 'declaration')::uuid,
        e.body::jsonb ->> 'text', e.recorded_at, e.entry_id)
$$;

create function apply_defence_answered(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update defence
    set outcome = e.body::jsonb ->> 'outcome', answer = e.body::jsonb ->> 'text', answered_by = e.recorded_by, answered_at = e.recorded_at
    where defence_id = (e.body::jsonb ->> 'defence')::uuid
$$;

create function apply_pledge_given(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into pledge (organization_id, round, person_id, digest, given_at, entry_id)
    values (e.stream_id, e.body::jsonb ->> 'round', e.person_id, e.body::jsonb ->> 'text', e.recorded_at, e.entry_id)
    on conflict (organization_id, round, person_id) do update
    set digest = excluded.digest, given_at = excluded.given_at, published_on = null, entry_id = excluded.entry_id
$$;

create function apply_pledges_published(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update pledge set published_on = e.happened_on
    where organization_id = e.stream_id and round = e.body::jsonb ->> 'round' and published_on is null
$$;

create function apply_self_evaluated(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into self_evaluation (organization_id, round, person_id, digest, given_at, entry_id)
    values (e.stream_id, e.body::jsonb ->> 'round', e.person_id, e.body::jsonb ->> 'text', e.recorded_at, e.entry_id)
    on conflict (organization_id, round, person_id) do update
    set digest = excluded.digest, given_at = excluded.given_at, entry_id = excluded.entry_id
$$;

-- ---- who sees what ----

-- The person who asks is behind this id of a report.
create function speaks_under(author uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from declaration_reporter r where r.author_id = author and r.person_id = current_person())
$$;

-- Holds one of these offices in an organization above.
create function oversees(organization uuid, offices text[]) returns boolean language sql stable security definer
set search_path = public, pg_temp as $$
    select exists (
        select from office_term t join organization o on o.organization_id = oversees.organization
        where t.person_id = current_person() and t.organization_id = any (o.ancestors) and t.organization_id <> o.organization_id
            and t.office = any (offices) and t.from_on <= current_day() and (t.to_on is null or t.to_on >= current_day()))
$$;

-- Those who review, and those above who may ask with a reason; never the person concerned.
create function reviews_for(organization uuid, about uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
    select about is distinct from current_person()
        and (holds_office(organization, array['secretary', 'deputy-secretary', 'committee-member', 'evaluator'])
            or oversees(organization, array['organization-officer', 'discipline-officer', 'leading-group-member']))
$$;

-- Whom files of declarations are about, for whoever asks for the file: what it decides is that he may not have it.
create function declarations_with(file uuid) returns table (person_id uuid, is_report boolean, is_open boolean, is_mine boolean, is_fact boolean)
language sql stable security definer set search_path = public, pg_temp as $$
    select d.person_id, d.is_report, s.state = 'submitted', d.author_id = current_person() or speaks_under(d.author_id),
        exists (select from fact f where f.declaration_id = d.declaration_id)
    from declaration d left join declaration_state s using (declaration_id)
    where d.evidence @> array[file]
$$;

-- What of others' declarations may be the same matter: to point at it, without saying who reported.
create function declared_matters(branch uuid, of_kind text, since date, until date)
returns table (declaration_id uuid, person_id uuid, happened_on date, level text, content text, is_mine boolean)
language sql stable security definer set search_path = public, pg_temp as $$
    select d.declaration_id, d.person_id, d.happened_on, d.level, d.content, d.author_id = current_person() or speaks_under(d.author_id)
    from declaration d join declaration_state s using (declaration_id)
    where d.organization_id = branch and branch = any (visible_organizations()) and d.kind = of_kind and d.happened_on between since and until
        and s.state = 'submitted'
        -- Reports are pointed out to those who review, and to who made them.
        and (not d.is_report or reviews_for(branch, d.person_id) or speaks_under(d.author_id))
$$;

-- How many wait, for whoever sees the branch: a review is not signed over what one signer may not read.
create function waiting_declarations(branch uuid, of_round text) returns int language sql stable security definer set search_path = public, pg_temp as $$
    select count(*)::int from declaration_state s
    where s.organization_id = branch and branch = any (visible_organizations()) and s.state = 'submitted' and (of_round is null or s.round = of_round)
$$;

do $$
declare
    name text;
begin
    foreach name in array array['declaration_reporter', 'declaration', 'declaration_draft', 'written_text', 'beneficiary_link', 'testimony', 'feedback_seen',
        'declaration_state', 'review_mark', 'review_finding', 'feedback_answer', 'defence', 'pledge', 'self_evaluation'] loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format('create policy owner_sees_all on %I to jifen_owner using (true) with check (true)', name);
    end loop;
    -- What is beside the ledger is not for statistics and exports.
    foreach name in array array['declaration_state', 'review_mark', 'review_finding', 'feedback_answer', 'defence', 'pledge', 'self_evaluation'] loop
        execute format('create policy reader_sees_all on %I for select to jifen_reader using (true)', name);
        execute format('grant select on %I to jifen_app, jifen_reader', name);
    end loop;
    foreach name in array array['review_mark', 'review_finding', 'feedback_answer', 'defence', 'pledge', 'self_evaluation'] loop
        execute format(
            'create policy own_scope on %I for select to jifen_app'
            ' using (organization_id = any ((select visible_organizations())::uuid[]) or person_id = (select current_person()))', name);
    end loop;
end $$;

create policy reporter_and_handlers on declaration_reporter for select to jifen_app
    using (person_id = (select current_person())
        or (about_id <> (select current_person())
            and (holds_office(organization_id, array['secretary', 'deputy-secretary', 'committee-member']) or oversees(organization_id, array['discipline-officer']))));
create policy own_report on declaration_reporter for insert to jifen_app
    with check (person_id = (select current_person()) and organization_id = any ((select visible_organizations())::uuid[]));
grant select, insert on declaration_reporter to jifen_app;

create policy declarer_and_reviewers on declaration for select to jifen_app
    using (author_id = (select current_person()) or speaks_under(author_id) or reviews_for(organization_id, person_id));
create policy own_declaration on declaration for insert to jifen_app
    with check (organization_id = any ((select visible_organizations())::uuid[])
        and case when is_report then speaks_under(author_id) else author_id = (select current_person()) and person_id = author_id end);
grant select, insert on declaration to jifen_app;

create policy with_the_declaration on declaration_state for select to jifen_app
    using (declaration_id in (select d.declaration_id from declaration d));

create policy own_drafts on declaration_draft to jifen_app
    using (owner_id = (select current_person())) with check (owner_id = (select current_person()));
grant select, insert, update, delete on declaration_draft to jifen_app;
-- Whoever saves next clears away what ran out, whosever it was.
create function forget_expired_declarations(now timestamptz) returns void language sql security definer set search_path = public, pg_temp as $$
    delete from declaration_draft where expires_at <= now
$$;

create policy those_it_is_for on written_text for select to jifen_app
    using (author_id = (select current_person())
        or case
            when topic in ('return', 'rejection', 'change') then declaration_id in (select d.declaration_id from declaration d)
            when topic = 'pledge' then reviews_for(organization_id, null)
                or (organization_id = any ((select visible_organizations())::uuid[])
                    and exists (select from pledge p where p.organization_id = written_text.organization_id and p.digest = written_text.digest and p.published_on is not null))
            else person_id = (select current_person()) or reviews_for(organization_id, null)
        end);
create policy own_words on written_text for insert to jifen_app
    with check (author_id = (select current_person()) and organization_id = any ((select visible_organizations())::uuid[]));
grant select, insert on written_text to jifen_app;

create policy with_the_declaration on beneficiary_link for select to jifen_app
    using (declaration_id in (select d.declaration_id from declaration d));
create policy asked_by_oneself on beneficiary_link for insert to jifen_app
    with check (asked_by = (select current_person()) and declaration_id in (select d.declaration_id from declaration d));
grant select, insert on beneficiary_link to jifen_app;

create policy with_the_declaration on testimony for select to jifen_app
    using (declaration_id in (select d.declaration_id from declaration d));
grant select on testimony to jifen_app;

create policy own_and_handlers on feedback_seen for select to jifen_app
    using (person_id = (select current_person()) or reviews_for(organization_id, null));
create policy own_opening on feedback_seen for insert to jifen_app
    with check (person_id = (select current_person()) and organization_id = any ((select visible_organizations())::uuid[]));
grant select, insert on feedback_seen to jifen_app;

-- The public's side of a link: what it shows, and the one use it has. Nobody is signed in.
create function find_beneficiary_link(hash bytea, now timestamptz)
returns table (branch text, member text, matter text, happened_on date, content text, asked_of text, expires_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
    select o.name, p.name, l.matter, d.happened_on, d.content, l.asked_of, l.expires_at
    from beneficiary_link l
    join declaration d using (declaration_id)
    join declaration_state s using (declaration_id)
    join organization o on o.organization_id = l.organization_id
    join person p on p.person_id = d.person_id
    where l.token_hash = hash and l.used_at is null and l.expires_at > now and s.state in ('submitted', 'returned')
$$;

create function give_testimony(hash bytea, name text, confirms boolean, body text, salt text, digest text, now timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    link beneficiary_link;
begin
    update beneficiary_link l set used_at = now
    from declaration_state s
    where l.token_hash = hash and l.used_at is null and l.expires_at > now
        and s.declaration_id = l.declaration_id and s.state in ('submitted', 'returned')
    returning l.* into link;
    if not found then
        return false;
    end if;
    insert into testimony (link_id, declaration_id, organization_id, name, confirms, body, salt, digest, given_at)
    values (link.link_id, link.declaration_id, link.organization_id, give_testimony.name, give_testimony.confirms, give_testimony.body,
        give_testimony.salt, give_testimony.digest, now);
    return true;
end $$;

-- What is recorded under an id that stands for the person who asks is his own entry and his own file.
alter policy own_scope on ledger_entry
    with check (stream_id = any ((select visible_organizations())::uuid[])
        and ((select current_person()) in (recorded_by, second_by) or speaks_under(recorded_by)));
alter policy own_upload on evidence with check (kept_by = (select current_person()) or speaks_under(kept_by));
-- A file of a declaration is for those who see the declaration, until a fact holds it.
alter policy own_scope on evidence
    using (kept_by = (select current_person()) or speaks_under(kept_by) or evidence_about_people_in_sight(evidence_id)
        or (organization_id = any ((select visible_organizations())::uuid[])
            and not exists (select from declarations_with(evidence_id) d where not d.is_fact and d.person_id is not distinct from (select current_person()) and d.is_report)));
