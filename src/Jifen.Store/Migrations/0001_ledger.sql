-- The ledger: one append-only, hash-chained stream per Party organization (docs/ledger-format.md).
-- What is computed from it (views kept as tables) is written by the functions apply_<kind> alone.

create table installation (
    installation_id uuid primary key,
    created_at timestamptz not null
);
create unique index installation_is_one on installation ((true));
comment on table installation is 'Which database this is: made at the first migration, shown in the banner and by doctor';

create table ledger_entry (
    position bigint generated always as identity unique,
    stream_id uuid not null,
    seq bigint not null check (seq >= 1),
    entry_id uuid not null unique,
    algorithm smallint not null check (algorithm = 1),
    kind text not null check (kind ~ '^[a-z]+(-[a-z0-9]+)*$'),
    person_id uuid,
    happened_on date not null,
    recorded_at timestamptz not null,
    recorded_by uuid not null,
    office text not null,
    second_by uuid,
    operation_id uuid not null,
    ground text,
    clause text,
    scheme text,
    source_key text,
    corrects uuid unique references ledger_entry (entry_id),
    body text not null,
    nonce bytea not null check (octet_length(nonce) = 16),
    leaf_hash bytea not null check (octet_length(leaf_hash) = 32),
    previous_seq bigint generated always as (nullif(seq - 1, 0)) stored,
    previous_hash bytea not null check (octet_length(previous_hash) = 32),
    entry_hash bytea not null check (entry_hash = sha256('\x01'::bytea || previous_hash || leaf_hash)),
    primary key (stream_id, seq),
    unique (stream_id, seq, entry_hash),
    unique (stream_id, source_key),
    foreign key (stream_id, previous_seq, previous_hash) references ledger_entry (stream_id, seq, entry_hash)
);
comment on table ledger_entry is 'Facts, corrections and steps, in order, never changed';
comment on column ledger_entry.position is 'Order over all streams, for rebuilding views; not part of the hash';
comment on column ledger_entry.person_id is 'Whom the entry concerns; null when it concerns the organization';
comment on column ledger_entry.happened_on is 'Civil day in Asia/Shanghai; recorded_at is the instant it was written down';
comment on column ledger_entry.office is 'The office in which recorded_by acted at that time';
comment on column ledger_entry.second_by is 'The second person, where the table of actions asks for two';
comment on column ledger_entry.source_key is 'The same fact has the same key: a second entry of it cannot be made';
comment on column ledger_entry.corrects is 'The entry this one corrects; an entry is corrected once';
comment on column ledger_entry.body is 'Canonical JSON of the event';
create index ledger_entry_by_person on ledger_entry (person_id, happened_on) where person_id is not null;
create index ledger_entry_by_operation on ledger_entry (operation_id);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'the ledger is append-only: % on % refused', tg_op, tg_table_name
        using hint = 'append a correction that names the entry', errcode = 'restrict_violation';
end $$;
create trigger ledger_entry_is_append_only before update or delete or truncate on ledger_entry
    for each statement execute function refuse_change();

-- Each kind of entry has a function apply_<kind>(ledger_entry); an entry of an unknown kind is refused for want of one.
create function apply_entry() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
    execute format('select %I($1)', 'apply_' || replace(new.kind, '-', '_')) using new;
    return null;
end $$;
create trigger ledger_entry_is_applied after insert on ledger_entry for each row execute function apply_entry();

-- The end of a stream, for whoever appends to it: the administrator appends to ledgers whose content he does not see.
create function stream_head(stream uuid) returns table (seq bigint, hash bytea)
language sql stable security definer set search_path = public, pg_temp as $$
    select e.seq, e.entry_hash from ledger_entry e where e.stream_id = stream order by e.seq desc limit 1
$$;
revoke all on function stream_head(uuid) from public;
grant execute on function stream_head(uuid) to jifen_app;

create table view_table (
    name text primary key
);
comment on table view_table is 'Tables computed from the ledger: emptied and filled again by rebuild_views()';

-- Empties every view and reads the whole ledger again. Returns how many entries were read.
create function rebuild_views() returns bigint language plpgsql set search_path = public, pg_temp as $$
declare
    tables text;
    entry ledger_entry;
    entries bigint := 0;
begin
    lock table ledger_entry in share row exclusive mode;
    select string_agg(format('%I', name), ', ') into tables from view_table;
    if tables is not null then
        execute 'truncate ' || tables;
    end if;
    for entry in select * from ledger_entry order by position loop
        execute format('select %I($1)', 'apply_' || replace(entry.kind, '-', '_')) using entry;
        entries := entries + 1;
    end loop;
    return entries;
end $$;
revoke all on function rebuild_views() from public;

create table operation (
    operation_id uuid primary key,
    action text not null,
    person_id uuid not null,
    input_digest bytea not null check (octet_length(input_digest) = 32),
    taken_at timestamptz not null,
    answer text not null
);
comment on table operation is 'What a form did once: the same id again gets the same answer, and nothing is done twice';
create trigger operation_is_append_only before update or delete or truncate on operation
    for each statement execute function refuse_change();

-- Who asks, and on which civil day: set for one transaction by the program. Nothing set means nobody: no row is visible.
create function current_person() returns uuid language sql stable parallel safe as $$
    select nullif(current_setting('jifen.person', true), '')::uuid
$$;
create function current_day() returns date language sql stable parallel safe as $$
    select coalesce(nullif(current_setting('jifen.today', true), '')::date, (now() at time zone 'Asia/Shanghai')::date)
$$;

grant select on installation, view_table to jifen_app, jifen_reader;
grant select, insert on ledger_entry, operation to jifen_app;
grant select on ledger_entry, operation to jifen_reader;
