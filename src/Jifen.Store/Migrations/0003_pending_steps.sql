-- Steps that take effect only when a second person has confirmed them (table of actions, mark 2).

create table pending_step (
    operation_id uuid primary key,
    organization_id uuid not null,
    action text not null,
    summary text not null,
    proposed_by uuid not null,
    office text not null,
    proposed_at timestamptz not null,
    expires_at timestamptz not null,
    scheme text,
    concerned uuid[] not null,
    handlers uuid[] not null,
    stage text not null,
    happenings text not null
);
comment on table pending_step is 'What the first person asked, as it will be entered in the ledger when the second agrees';

-- Names that the step would register stay out of what is kept for ever: they go when the step is answered or out of time.
create table pending_name (
    operation_id uuid primary key references pending_step,
    names text not null
);

create table pending_step_answer (
    operation_id uuid primary key references pending_step,
    answered_by uuid not null,
    answered_at timestamptz not null,
    confirmed boolean not null,
    reason text,
    check (confirmed or reason <> '')
);

create trigger pending_step_is_append_only before update or delete or truncate on pending_step
    for each statement execute function refuse_change();
create trigger pending_step_answer_is_append_only before update or delete or truncate on pending_step_answer
    for each statement execute function refuse_change();

-- Whoever could be asked to confirm must see it: offices of the organization and above, and the administrator.
create function confirms_for(organization uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
    select exists (
        select from office_term t join organization o on o.organization_id = confirms_for.organization
        where t.person_id = current_person() and t.from_on <= current_day() and (t.to_on is null or t.to_on >= current_day())
            and (t.organization_id = any (o.ancestors) or t.office = 'administrator'))
$$;

-- Branch and standing of anybody, for judging rights; no name.
create function whereabouts(person uuid) returns table (branch uuid, standing text) language sql stable security definer
set search_path = public, pg_temp as $$
    select (select a.organization_id from affiliation a
            where a.person_id = whereabouts.person and a.from_on <= current_day() and (a.to_on is null or a.to_on >= current_day())
            order by a.from_on desc limit 1),
        (select m.value from member_period m
         where m.person_id = whereabouts.person and m.aspect = 'standing' and m.from_on <= current_day()
             and (m.to_on is null or m.to_on >= current_day()) limit 1)
$$;

alter table pending_step enable row level security;
alter table pending_step force row level security;
create policy owner_sees_all on pending_step to jifen_owner using (true) with check (true);
create policy reader_sees_all on pending_step for select to jifen_reader using (true);
create policy own_scope on pending_step to jifen_app
    using (proposed_by = (select current_person()) or confirms_for(organization_id))
    with check (proposed_by = (select current_person()));

alter table pending_step_answer enable row level security;
alter table pending_step_answer force row level security;
create policy owner_sees_all on pending_step_answer to jifen_owner using (true) with check (true);
create policy reader_sees_all on pending_step_answer for select to jifen_reader using (true);
create policy own_scope on pending_step_answer to jifen_app
    using (operation_id in (select p.operation_id from pending_step p))
    with check (answered_by = (select current_person()));

alter table pending_name enable row level security;
alter table pending_name force row level security;
create policy owner_sees_all on pending_name to jifen_owner using (true) with check (true);
create policy own_scope on pending_name to jifen_app using (operation_id in (select p.operation_id from pending_step p));
-- Whoever asks next clears away what ran out, whosever it was.
create function forget_expired_names(now timestamptz) returns void language sql security definer set search_path = public, pg_temp as $$
    delete from pending_name n using pending_step p where p.operation_id = n.operation_id and p.expires_at <= now
$$;

grant select, insert on pending_step, pending_step_answer to jifen_app;
grant select, insert, delete on pending_name to jifen_app;
grant select on pending_step, pending_step_answer to jifen_reader;
