-- Accounts: how somebody proves who he is. Whether a person may have an account is in the ledger (account-opened, account-reset,
-- account-disabled); what proves it – password, passkeys, sessions, links – is here and never there. None of these tables is a view.
--
-- Before somebody has signed in there is no person whom row-level security could ask about. The app's role therefore holds no right at
-- all on the tables that keep secrets. It reaches them through the functions below, each of which answers for one row and only to
-- whoever brings its key: a login name, the hash of a session's key, of a link, of a credential. No query of a page, whatever is wrong
-- with it, lists password hashes, sessions or links.

create table account (
    account_id uuid primary key,
    person_id uuid not null unique,
    login_name text,
    normalized_name text unique,
    password_hash text,
    security_stamp text not null,
    opened_at timestamptz not null,
    link_granted_at timestamptz not null,
    credentials_set_at timestamptz,
    disabled_at timestamptz,
    disabled_by uuid,
    check ((login_name is null) = (normalized_name is null)),
    check (password_hash is null or login_name is not null)
);
comment on table account is 'One to a person; made, opened again and disabled by entries of the ledger, filled in by whoever holds its link';
comment on column account.normalized_name is 'What is compared: NFKC, upper case';
comment on column account.security_stamp is 'Renewed with every password: a session that carries another one is over';
comment on column account.link_granted_at is 'The entry that last granted a one-time link; a link may be issued while credentials_set_at is older';

create table passkey (
    credential_id bytea primary key,
    account_id uuid not null references account,
    label text not null,
    added_at timestamptz not null,
    body text not null
);
comment on table passkey is '通行密钥: public keys; the private ones stay in the devices';
create index passkey_by_account on passkey (account_id);

create table session (
    session_id uuid primary key,
    key_hash bytea not null unique check (octet_length(key_hash) = 32),
    account_id uuid not null references account,
    person_id uuid not null,
    stamp text not null,
    device text not null,
    created_at timestamptz not null,
    last_seen_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at timestamptz,
    ended_because text check (ended_because in ('signed-out', 'signed-out-elsewhere', 'disabled', 'office', 'reset', 'password')),
    check ((ended_at is null) = (ended_because is null))
);
comment on table session is 'Who is signed in where; the browser holds a random key, only its SHA-256 is here';
create index session_by_account on session (account_id, created_at);
create index session_by_person on session (person_id) where ended_at is null;

create table known_device (
    key_hash bytea not null check (octet_length(key_hash) = 32),
    account_id uuid not null references account,
    seen_at timestamptz not null,
    primary key (key_hash, account_id)
);
comment on table known_device is 'Browsers from which an account was signed in to before: guesses made elsewhere do not count against them';

create table sign_in_attempt (
    attempt_id bigint generated always as identity primary key,
    login_hash bytea not null,
    source text not null,
    device_hash bytea,
    attempted_at timestamptz not null,
    has_succeeded boolean not null default false
);
comment on table sign_in_attempt is 'Guesses of the last day. SHA-256 of the login name: people type their password there by mistake';
create index sign_in_attempt_by_login on sign_in_attempt (login_hash, attempted_at);
create index sign_in_attempt_by_time on sign_in_attempt (attempted_at);

create table invitation (
    token_hash bytea primary key check (octet_length(token_hash) = 32),
    purpose text not null check (purpose in ('first-officer', 'invite', 'reset')),
    account_id uuid references account,
    issued_by uuid,
    issued_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    check ((account_id is null) = (purpose = 'first-officer'))
);
comment on table invitation is 'One-time links: whoever holds one sets login name and password';
create index invitation_by_account on invitation (account_id);

create table data_protection_key (
    name text primary key,
    xml text not null,
    kept_at timestamptz not null
);
comment on table data_protection_key is 'Keys of form tokens and passkey requests, encrypted with a key file outside the database';
grant select, insert on data_protection_key to jifen_app;

-- ---- what the entries do ----

create function random_stamp() returns text language sql volatile as $$
    select encode(sha256(gen_random_uuid()::text::bytea || gen_random_uuid()::text::bytea), 'hex')
$$;

-- Opened for the first time, or again after it was disabled. Read again from the ledger, it comes to the same.
create function apply_account_opened(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    insert into account (account_id, person_id, security_stamp, opened_at, link_granted_at)
    values (e.entry_id, e.person_id, random_stamp(), e.recorded_at, e.recorded_at)
    on conflict (person_id) do update set disabled_at = null, disabled_by = null, link_granted_at = excluded.link_granted_at
$$;

create function apply_account_reset(e ledger_entry) returns void language sql set search_path = public, pg_temp as $$
    update account set link_granted_at = e.recorded_at where person_id = e.person_id
$$;

create function apply_account_disabled(e ledger_entry) returns void language plpgsql set search_path = public, pg_temp as $$
begin
    update account set disabled_at = e.recorded_at, disabled_by = e.recorded_by where person_id = e.person_id;
    update invitation i set expires_at = least(i.expires_at, e.recorded_at)
    from account a where a.account_id = i.account_id and a.person_id = e.person_id and i.issued_at <= e.recorded_at and i.used_at is null;
    perform end_sessions_of_person(e.person_id, e.recorded_at, 'disabled');
end $$;

-- Only those that were open then: read again from the ledger, later sessions stay.
create function end_sessions_of_person(who uuid, at timestamptz, because text) returns void language sql set search_path = public, pg_temp as $$
    update session set ended_at = at, ended_because = because where person_id = who and ended_at is null and created_at <= at
$$;

-- Whoever gains or loses an office proves anew who he is.
create function end_sessions_at_change_of_office() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform end_sessions_of_person(new.person_id, new.recorded_at, 'office');
    return null;
end $$;
create trigger office_changed after insert on ledger_entry for each row
    when (new.kind in ('office-assigned', 'office-ended')) execute function end_sessions_at_change_of_office();

-- ---- signing in ----

create function find_account(login text, account uuid, credential bytea) returns setof account
language sql stable security definer set search_path = public, pg_temp as $$
    select a.* from account a
    where a.normalized_name = login or a.account_id = account
        or a.account_id = (select p.account_id from passkey p where p.credential_id = credential)
$$;

-- Takes the attempt into the count before the password is looked at, so that a hundred at once are a hundred. Null: too many already.
-- In an hour at most 60 guesses from devices the account was never signed in from, 10 of them from one source; at most 40 from devices it
-- was, 20 from each. Together at most 100, and guesses of strangers leave the owner's own devices alone.
create function begin_attempt(login text, from_source text, device bytea, at timestamptz) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    login_digest bytea := sha256(convert_to(login, 'UTF8'));
    known bytea;
    guesses int;
    here int;
    made bigint;
begin
    perform pg_advisory_xact_lock(hashtextextended(encode(login_digest, 'hex'), 20200629));
    delete from sign_in_attempt where attempted_at < at - interval '1 day';
    select k.key_hash into known from known_device k join account a using (account_id) where k.key_hash = device and a.normalized_name = login;
    select count(*), count(*) filter (where case when known is null then t.source = from_source else t.device_hash = known end)
    into guesses, here
    from sign_in_attempt t
    where t.login_hash = login_digest and t.attempted_at > at - interval '1 hour' and not t.has_succeeded
        and (t.device_hash is null) = (known is null);
    if guesses >= (case when known is null then 60 else 40 end) or here >= (case when known is null then 10 else 20 end) then
        return null;
    end if;
    insert into sign_in_attempt (login_hash, source, device_hash, attempted_at) values (login_digest, from_source, known, at)
    returning attempt_id into made;
    return made;
end $$;

create function finish_attempt(attempt bigint) returns void language sql security definer set search_path = public, pg_temp as $$
    update sign_in_attempt set has_succeeded = true where attempt_id = attempt
$$;

create function remember_device(device bytea, account uuid, at timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
    insert into known_device (key_hash, account_id, seen_at) values (device, account, at)
    on conflict (key_hash, account_id) do update set seen_at = excluded.seen_at
$$;

-- ---- credentials ----

create function renew_password(account uuid, hash text, stamp text, at timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    is_new boolean;
begin
    select a.security_stamp <> stamp into is_new from account a where a.account_id = account and a.disabled_at is null for update;
    if is_new is null then
        return false;
    end if;
    update account a set password_hash = hash, security_stamp = stamp, credentials_set_at = case when is_new then at else a.credentials_set_at end
    where a.account_id = account;
    if is_new then
        -- Links that still lie about somewhere are void.
        update invitation i set expires_at = least(i.expires_at, at) where i.account_id = account and i.used_at is null;
    end if;
    return true;
end $$;

create function keep_passkey(account uuid, credential bytea, named text, at timestamptz, content text) returns void
language sql security definer set search_path = public, pg_temp as $$
    insert into passkey (credential_id, account_id, label, added_at, body) values (credential, account, named, at, content)
    on conflict (credential_id) do update set body = excluded.body, label = excluded.label where passkey.account_id = excluded.account_id
$$;

create function passkeys_of(account uuid) returns setof passkey language sql stable security definer set search_path = public, pg_temp as $$
    select p.* from passkey p where p.account_id = account order by p.added_at
$$;

create function remove_passkey(account uuid, credential bytea) returns boolean
language sql security definer set search_path = public, pg_temp as $$
    delete from passkey p where p.account_id = account and p.credential_id = credential returning true
$$;

-- ---- sessions ----

create function open_session(id uuid, key bytea, account uuid, on_device text, at timestamptz, until timestamptz) returns boolean
language sql security definer set search_path = public, pg_temp as $$
    insert into session (session_id, key_hash, account_id, person_id, stamp, device, created_at, last_seen_at, expires_at)
    select id, key, a.account_id, a.person_id, a.security_stamp, on_device, at, at, until
    from account a where a.account_id = account and a.disabled_at is null
    returning true
$$;

-- One row by the hash of its key, with the reason why it is over; null: it holds.
create function find_session(key bytea, at timestamptz)
returns table (session_id uuid, account_id uuid, person_id uuid, last_seen_at timestamptz, over text)
language sql stable security definer set search_path = public, pg_temp as $$
    select s.session_id, s.account_id, s.person_id, s.last_seen_at,
        case
            when s.ended_at is not null then s.ended_because
            when a.disabled_at is not null then 'disabled'
            when a.security_stamp <> s.stamp then 'password'
            when s.expires_at <= at then 'expired'
            when s.last_seen_at <= at - interval '30 minutes' then 'idle'
        end
    from session s join account a using (account_id)
    where s.key_hash = key
$$;

create function touch_session(session uuid, at timestamptz) returns void language sql security definer set search_path = public, pg_temp as $$
    update session s set last_seen_at = at where s.session_id = touch_session.session and s.ended_at is null
$$;

create function sessions_of(account uuid, at timestamptz)
returns table (session_id uuid, device text, created_at timestamptz, last_seen_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
    select s.session_id, s.device, s.created_at, s.last_seen_at
    from session s join account a using (account_id)
    where s.account_id = account and s.ended_at is null and s.stamp = a.security_stamp and s.expires_at > at
        and s.last_seen_at > at - interval '30 minutes'
    order by s.last_seen_at desc
$$;

-- One of the account's sessions, or all but one.
create function end_sessions(account uuid, one uuid, all_but uuid, at timestamptz, because text) returns int
language sql security definer set search_path = public, pg_temp as $$
    with ended as (
        update session s set ended_at = at, ended_because = because
        where s.account_id = account and s.ended_at is null and (one is null or s.session_id = one) and s.session_id is distinct from all_but
        returning 1)
    select count(*)::int from ended
$$;

-- ---- one-time links ----

create function find_link(token bytea, at timestamptz)
returns table (purpose text, account_id uuid, person_id uuid, person_name text, login_name text)
language sql stable security definer set search_path = public, pg_temp as $$
    select i.purpose, i.account_id, a.person_id, p.name, a.login_name
    from invitation i
    left join account a using (account_id)
    left join person p using (person_id)
    where i.token_hash = token and i.used_at is null and i.expires_at > at and a.disabled_at is null
$$;

-- A new link; earlier ones of the same account are void from now on. False: the ledger grants none.
create function issue_link(token bytea, account uuid, at timestamptz, until timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    owner account;
begin
    select * into owner from account a where a.account_id = account for update;
    if owner.account_id is null or owner.disabled_at is not null or owner.credentials_set_at >= owner.link_granted_at then
        return false;
    end if;
    update invitation i set expires_at = at where i.account_id = account and i.used_at is null and i.expires_at > at;
    insert into invitation (token_hash, purpose, account_id, issued_by, issued_at, expires_at)
    values (token, case when owner.login_name is null then 'invite' else 'reset' end, account, current_person(), at, until);
    return true;
end $$;

-- Sets login name and password of the account whose link it is – of the account given, for the first officer's link, which names none.
-- A link works once; what was there before – sessions, passkeys, known devices – is over. Null: the link does not hold.
create function use_link(token bytea, first uuid, login text, normalized text, hash text, stamp text, at timestamptz) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    link invitation;
    target uuid;
begin
    update invitation i set used_at = at where i.token_hash = token and i.used_at is null and i.expires_at > at returning i.* into link;
    if link.token_hash is null then
        return null;
    end if;
    target := coalesce(link.account_id, first);
    if (link.purpose = 'first-officer') <> (first is not null) then
        raise exception 'this link is not for that' using errcode = 'restrict_violation';
    end if;
    update account a
    set login_name = login, normalized_name = normalized, password_hash = hash, security_stamp = stamp, credentials_set_at = at
    where a.account_id = target and a.disabled_at is null;
    if not found then
        raise exception 'the account is disabled' using errcode = 'restrict_violation';
    end if;
    delete from passkey p where p.account_id = target;
    delete from known_device k where k.account_id = target;
    update session s set ended_at = at, ended_because = 'reset' where s.account_id = target and s.ended_at is null;
    return target;
end $$;

-- ---- the first officer ----

-- In a transaction that names an open set-up link the installer enters the top organization and himself. Once somebody can sign in, never again.
create function set_up_is_open() returns boolean language sql stable security definer set search_path = public, pg_temp as $$
    select not exists (select from account where password_hash is not null)
        and exists (
            select from invitation i
            where i.purpose = 'first-officer' and i.used_at is null
                and i.token_hash = decode(nullif(current_setting('jifen.set_up', true), ''), 'hex'))
$$;
create policy installer_sets_up on ledger_entry for insert to jifen_app
    with check (office = 'installer' and recorded_by = (select current_person()) and (select set_up_is_open()));

-- ---- whose accounts one manages ----

-- Where somebody belongs as far as accounts go: the branch, else the organization of the office.
create function home_of(person uuid) returns uuid language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(
        (select a.organization_id from affiliation a
         where a.person_id = home_of.person and a.from_on <= current_day() and (a.to_on is null or a.to_on >= current_day())
         order by a.from_on desc limit 1),
        (select t.organization_id from office_term t join organization o using (organization_id)
         where t.person_id = home_of.person and t.from_on <= current_day() and (t.to_on is null or t.to_on >= current_day())
         order by array_length(o.ancestors, 1) limit 1))
$$;

create function is_administrator() returns boolean language sql stable security definer set search_path = public, pg_temp as $$
    select exists (
        select from office_term t
        where t.person_id = current_person() and t.office = 'administrator'
            and t.from_on <= current_day() and (t.to_on is null or t.to_on >= current_day()))
$$;

create function has_account(person uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from account a where a.person_id = has_account.person and a.disabled_at is null and a.password_hash is not null)
$$;

-- People of the organizations in sight; for the administrator, who sees no content, everybody's name and account all the same.
create function accounts_in_sight()
returns table (
    person_id uuid, name text, number text, organization_id uuid, organization_name text, account_id uuid, login_name text,
    opened_at timestamptz, disabled_at timestamptz, is_waiting boolean, link_expires_at timestamptz, last_seen_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
    with home as (
        select distinct on (x.person_id) x.person_id, x.organization_id
        from (
            select a.person_id, a.organization_id, 0 as rank from affiliation a
            where a.from_on <= current_day() and (a.to_on is null or a.to_on >= current_day())
            union all
            select t.person_id, t.organization_id, array_length(o.ancestors, 1) from office_term t join organization o using (organization_id)
            where t.from_on <= current_day() and (t.to_on is null or t.to_on >= current_day())) x
        order by x.person_id, x.rank)
    select p.person_id, p.name, p.number, h.organization_id, o.name, a.account_id, a.login_name, a.opened_at, a.disabled_at,
        a.link_granted_at > coalesce(a.credentials_set_at, '-infinity') and a.disabled_at is null,
        (select max(i.expires_at) from invitation i where i.account_id = a.account_id and i.used_at is null),
        (select max(s.last_seen_at) from session s where s.account_id = a.account_id)
    from home h
    join person p using (person_id)
    join organization o using (organization_id)
    left join account a on a.person_id = p.person_id
    where is_administrator() or h.organization_id = any (visible_organizations())
$$;

-- The administrator enters what concerns accounts in ledgers whose content he does not see.
create policy administrator_keeps_accounts on ledger_entry for insert to jifen_app
    with check (kind in ('account-opened', 'account-reset', 'account-disabled')
        and (select is_administrator()) and (select current_person()) in (recorded_by, second_by));

do $$
declare
    called regprocedure;
begin
    -- Functions may be called by everybody unless somebody says otherwise.
    foreach called in array array[
        'find_account(text, uuid, bytea)', 'begin_attempt(text, text, bytea, timestamptz)', 'finish_attempt(bigint)',
        'remember_device(bytea, uuid, timestamptz)', 'renew_password(uuid, text, text, timestamptz)',
        'keep_passkey(uuid, bytea, text, timestamptz, text)', 'passkeys_of(uuid)', 'remove_passkey(uuid, bytea)',
        'open_session(uuid, bytea, uuid, text, timestamptz, timestamptz)', 'find_session(bytea, timestamptz)', 'touch_session(uuid, timestamptz)',
        'sessions_of(uuid, timestamptz)', 'end_sessions(uuid, uuid, uuid, timestamptz, text)', 'find_link(bytea, timestamptz)',
        'issue_link(bytea, uuid, timestamptz, timestamptz)', 'use_link(bytea, uuid, text, text, text, text, timestamptz)', 'set_up_is_open()',
        'home_of(uuid)', 'is_administrator()', 'has_account(uuid)', 'accounts_in_sight()']::regprocedure[] loop
        execute format('revoke all on function %s from public', called);
        execute format('grant execute on function %s to jifen_app, jifen_owner', called);
    end loop;
end $$;
revoke all on function end_sessions_of_person(uuid, timestamptz, text) from public;
