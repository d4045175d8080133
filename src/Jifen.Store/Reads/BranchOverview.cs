using Jifen.Cycle;

namespace Jifen.Store.Reads;

/// <summary>How a branch keeps its books, without anybody's points.</summary>
public sealed record BranchStanding
{
    public required OrganizationId OrganizationId { get; init; }

    public required string Name { get; init; }

    public required string SuperiorName { get; init; }

    public required int OnRoll { get; init; }

    /// <summary>null: nothing was ever recorded</summary>
    public DateTimeOffset? LastRecordedAt { get; init; }

    /// <summary>entries of the last seven days</summary>
    public required int ThisWeek { get; init; }

    /// <summary>gatherings over and not called</summary>
    public required int Uncalled { get; init; }

    /// <summary>gatherings held this month</summary>
    public required int HeldThisMonth { get; init; }

    /// <summary>sessions of published schedules whose day is over, neither planned nor held</summary>
    public required int StudiesMissed { get; init; }

    /// <summary>of last month's dues, members for whom nothing is written down</summary>
    public required int DuesMissing { get; init; }
}

/// <summary>The branches below an officer: who has recorded, who is behind.</summary>
public static class BranchOverview
{
    /// <summary>Branches below these organizations, those that recorded longest ago first.</summary>
    public static Task<IReadOnlyList<BranchStanding>> BelowAsync(
        DataScope scope, IEnumerable<OrganizationId> tops, DateTimeOffset now, CancellationToken cancel = default) =>
        scope.QueryAsync<BranchStanding>(
            """
            with branch as (
                select o.organization_id, o.name, o.ancestors, o.superior_id
                from organization o
                where o.kind = 'branch' and o.dissolved_on is null and o.ancestors && @ids and o.organization_id = any (visible_organizations())
            )
            select b.organization_id, b.name, coalesce(above.short_name, '') as superior_name,
                (select count(*)::int from affiliation a where a.organization_id = b.organization_id and a.from_on <= @Today and (a.to_on is null or a.to_on >= @Today)) as on_roll,
                (select e.recorded_at from ledger_entry e where e.stream_id = b.organization_id order by e.seq desc limit 1) as last_recorded_at,
                (select count(*)::int from ledger_entry e where e.stream_id = b.organization_id and e.recorded_at >= @week) as this_week,
                (select count(*)::int from gathering g where g.organization_id = b.organization_id and g.state in ('planned', 'called')
                    and coalesce(g.ends_at, g.starts_at + interval '2 hours') < @now) as uncalled,
                (select count(*)::int from gathering g where g.organization_id = b.organization_id and g.state = 'held' and g.starts_at >= @month) as held_this_month,
                (select count(*)::int from study_issue i join study_item t using (study_issue_id)
                 where i.organization_id = any (b.ancestors) and t.held_on < @Today and t.held_on >= date_trunc('year', @Today::timestamp)
                    and not exists (select from gathering g where g.study_item_id = t.study_item_id and g.organization_id = b.organization_id and g.state <> 'cancelled')) as studies_missed,
                (select count(*)::int from affiliation a
                 join member_period s on s.person_id = a.person_id and s.aspect = 'standing' and s.value <> 'activist' and s.from_on < @lastMonth + interval '1 month'
                    and (s.to_on is null or s.to_on >= @lastMonth)
                 where a.organization_id = b.organization_id and a.from_on < @lastMonth + interval '1 month' and (a.to_on is null or a.to_on >= @lastMonth + interval '1 month - 1 day')
                    and not exists (select from dues d where d.person_id = a.person_id and d.month = @lastMonth and d.ended_at is null)) as dues_missing
            from branch b left join organization above on above.organization_id = b.superior_id
            order by last_recorded_at nulls first
            """,
            new
            {
                ids = tops.Select(top => top.Value).ToArray(),
                scope.Today,
                now,
                week = now.AddDays(-7),
                month = CivilTime.At(new DateOnly(scope.Today.Year, scope.Today.Month, 1), TimeOnly.MinValue),
                lastMonth = new DateOnly(scope.Today.Year, scope.Today.Month, 1).AddMonths(-1),
            },
            cancel);
}
