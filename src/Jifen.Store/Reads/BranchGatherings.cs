using Jifen.Cycle;
using Jifen.Cycle.Gatherings;
using Jifen.Scoring.Schemes;

namespace Jifen.Store.Reads;

/// <summary>One gathering in the branch's list.</summary>
public sealed record BranchGathering
{
    public required GatheringId GatheringId { get; init; }

    public required string Kind { get; init; }

    public required string Title { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    public DateTimeOffset? EndsAt { get; init; }

    public required string Place { get; init; }

    public decimal? Hours { get; init; }

    public string? PartyGroup { get; init; }

    public required string State { get; init; }

    /// <summary>应到</summary>
    public required int Expected { get; init; }

    /// <summary>signed in so far</summary>
    public required int CheckedIn { get; init; }

    /// <summary>到会, late and made-up included</summary>
    public required int Attended { get; init; }

    /// <summary>缺席 and 请假 not made up yet</summary>
    public required int Missed { get; init; }

    /// <summary>expected, and nothing written down</summary>
    public required int Open { get; init; }

    /// <summary>leave not decided yet</summary>
    public required int LeaveWaiting { get; init; }

    public GatheringKind KindOf => GatheringKinds.Of(Kind) ?? GatheringKind.Other;

    public GatheringState StateOf => Words.Known<GatheringState>(State);

    public DateOnly Day => CivilTime.DayOf(StartsAt);

    /// <summary>It began, and somebody's attendance is still to be written down.</summary>
    public bool AwaitsRoll(DateTimeOffset now) => StateOf != GatheringState.Cancelled && StartsAt <= now && Open > 0;
}

/// <summary>What the form of a new gathering starts from: the last of the same kind.</summary>
public sealed record LastOfKind
{
    public required string Kind { get; init; }

    public required string Title { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    public DateTimeOffset? EndsAt { get; init; }

    public required string Place { get; init; }

    public decimal? Hours { get; init; }

    public string? PartyGroup { get; init; }

    public string? Host { get; init; }

    public required int LateAfterMinutes { get; init; }
}

/// <summary>The gatherings of a branch.</summary>
public static class BranchGatherings
{
    /// <param name="from">first day, included</param>
    /// <param name="to">last day, included</param>
    /// <param name="kind">null: all kinds</param>
    public static Task<IReadOnlyList<BranchGathering>> ListAsync(
        DataScope scope, OrganizationId organization, DateOnly from, DateOnly to, GatheringKind? kind = null, CancellationToken cancel = default) =>
        scope.QueryAsync<BranchGathering>(
            """
            select g.gathering_id, g.kind, g.title, g.starts_at, g.ends_at, g.place, g.hours, g.party_group, g.state,
                (select count(*)::int from gathering_expected e where e.gathering_id = g.gathering_id) as expected,
                (select count(*)::int from check_in c where c.gathering_id = g.gathering_id) as checked_in,
                coalesce(t.attended, 0) as attended, coalesce(t.missed, 0) as missed,
                (select count(*)::int from gathering_expected e
                 where e.gathering_id = g.gathering_id and not exists (
                     select from attendance a
                     where a.gathering_id = g.gathering_id and a.person_id = e.person_id and a.ended_at is null)) as open,
                (select count(*)::int from leave_request l where l.gathering_id = g.gathering_id and l.granted is null) as leave_waiting
            from gathering g
            left join lateral (
                select count(*) filter (where a.attendance not in ('absent', 'excused'))::int as attended,
                    count(*) filter (where a.attendance in ('absent', 'excused'))::int as missed
                from attendance a where a.gathering_id = g.gathering_id and a.ended_at is null
            ) t on true
            where g.organization_id = @organization and g.starts_at >= @start and g.starts_at < @end and (@kind::text is null or g.kind = @kind)
            order by g.starts_at, g.gathering_id
            """,
            new
            {
                organization,
                start = CivilTime.At(from, TimeOnly.MinValue),
                end = CivilTime.At(to.AddDays(1), TimeOnly.MinValue),
                kind = kind?.Id(),
            },
            cancel);

    /// <summary>The last gathering of every kind that the branch planned, cancelled ones left out.</summary>
    public static Task<IReadOnlyList<LastOfKind>> LastOfEachKindAsync(
        DataScope scope, OrganizationId organization, CancellationToken cancel = default) =>
        scope.QueryAsync<LastOfKind>(
            """
            select distinct on (g.kind) g.kind, g.title, g.starts_at, g.ends_at, g.place, g.hours, g.party_group, g.host, g.late_after_minutes
            from gathering g
            where g.organization_id = @organization and g.state <> 'cancelled'
            order by g.kind, g.starts_at desc
            """,
            new { organization },
            cancel);

    /// <summary>Places the branch met at, the most usual first.</summary>
    public static Task<IReadOnlyList<string>> PlacesAsync(DataScope scope, OrganizationId organization, CancellationToken cancel = default) =>
        scope.QueryAsync<string>(
            """
            select g.place from gathering g where g.organization_id = @organization and g.state <> 'cancelled'
            group by g.place order by count(*) desc, max(g.starts_at) desc limit 6
            """,
            new { organization },
            cancel);
}
