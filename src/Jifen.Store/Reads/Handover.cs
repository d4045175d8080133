using Jifen.Cycle;

namespace Jifen.Store.Reads;

/// <summary>Something that is open when a post changes hands.</summary>
public sealed record OpenMatter
{
    /// <summary>gathering-to-roll, leave-to-decide, gathering-ahead, step-waiting, term-ending</summary>
    public required string Kind { get; init; }

    public required string Text { get; init; }

    public required DateOnly Day { get; init; }

    /// <summary>id of the gathering or the step</summary>
    public Guid? Id { get; init; }

    /// <summary>whose, where it is about somebody</summary>
    public string? Person { get; init; }
}

/// <summary>交接单: what whoever takes over a post in an organization finds open.</summary>
public static class Handover
{
    /// <summary>In the order of their days.</summary>
    public static Task<IReadOnlyList<OpenMatter>> OfAsync(DataScope scope, OrganizationId organization, DateTimeOffset now, CancellationToken cancel = default) =>
        scope.QueryAsync<OpenMatter>(
            """
            select * from (
                select 'gathering-to-roll' as kind, g.title as text, (g.starts_at at time zone 'Asia/Shanghai')::date as day, g.gathering_id as id, null as person
                from gathering g
                where g.organization_id = @organization and g.state in ('planned', 'called') and g.starts_at <= @now
                union all
                select 'leave-to-decide', g.title, (g.starts_at at time zone 'Asia/Shanghai')::date, g.gathering_id, p.name
                from leave_request l join gathering g using (gathering_id) left join person p on p.person_id = l.person_id
                where g.organization_id = @organization and l.granted is null and g.state <> 'cancelled'
                union all
                select 'gathering-ahead', g.title, (g.starts_at at time zone 'Asia/Shanghai')::date, g.gathering_id, null
                from gathering g
                where g.organization_id = @organization and g.state in ('planned', 'called') and g.starts_at > @now
                union all
                select 'step-waiting', s.summary, (s.proposed_at at time zone 'Asia/Shanghai')::date, s.operation_id, p.name
                from pending_step s left join person p on p.person_id = s.proposed_by
                where s.organization_id = @organization and s.expires_at > @now
                    and not exists (select from pending_step_answer a where a.operation_id = s.operation_id)
                union all
                select 'term-ending', t.office, t.to_on, null, p.name
                from office_term t left join person p on p.person_id = t.person_id
                where t.organization_id = @organization and t.to_on between @Today and @Today + 60
            ) as open
            order by day
            """,
            new { organization, now, scope.Today },
            cancel);
}
