using Jifen.Cycle;
using Jifen.Scoring.Schemes;

namespace Jifen.Store.Reads;

/// <summary>A gathering whose time is over and whose roll nobody has called.</summary>
public sealed record UncalledGathering
{
    public required GatheringId GatheringId { get; init; }

    public required string Kind { get; init; }

    public required string Title { get; init; }

    public required DateOnly HeldOn { get; init; }

    public required int Expected { get; init; }

    public required int CheckedIn { get; init; }
}

/// <summary>Leave somebody asked for and nobody has decided.</summary>
public sealed record OpenLeave
{
    public required GatheringId GatheringId { get; init; }

    public required PersonId PersonId { get; init; }

    public required string Name { get; init; }

    public required string Title { get; init; }

    public required DateOnly HeldOn { get; init; }

    public required string Reason { get; init; }
}

/// <summary>A month of the cycle whose dues are not written down for everybody.</summary>
public sealed record OpenDuesMonth
{
    public required DateOnly Month { get; init; }

    /// <summary>without the recorders</summary>
    public required int Missing { get; init; }

    /// <summary>without the recorders</summary>
    public required int OnRoll { get; init; }

    public required int RecordersMissing { get; init; }
}

/// <summary>A session of a published schedule the branch has not planned.</summary>
public sealed record OpenStudy
{
    public required Guid StudyIssueId { get; init; }

    public required Guid StudyItemId { get; init; }

    public required int Year { get; init; }

    public required int Number { get; init; }

    public required string Theme { get; init; }

    public required DateOnly HeldOn { get; init; }
}

/// <summary>A fact the scheme wants in every period, and the period that has none.</summary>
public sealed record OpenFactKind(FactKind Kind, DateOnly From, DateOnly To);

/// <summary>What waits in a branch, in small queries: the start pages and the list of branches are put together from these.</summary>
public static class OpenWork
{
    /// <summary>Gatherings that are over, not called and not cancelled; the oldest first.</summary>
    public static Task<IReadOnlyList<UncalledGathering>> UncalledAsync(
        DataScope scope, OrganizationId branch, DateTimeOffset now, CancellationToken cancel = default) =>
        scope.QueryAsync<UncalledGathering>(
            """
            select g.gathering_id, g.kind, g.title, (g.starts_at at time zone 'Asia/Shanghai')::date as held_on,
                (select count(*)::int from gathering_expected e where e.gathering_id = g.gathering_id) as expected,
                (select count(*)::int from check_in c where c.gathering_id = g.gathering_id) as checked_in
            from gathering g
            where g.organization_id = @branch and g.state in ('planned', 'called') and coalesce(g.ends_at, g.starts_at + interval '2 hours') < @now
            order by g.starts_at
            limit 50
            """,
            new { branch, now },
            cancel);

    /// <summary>Gatherings of this day that are not over and not called yet; the next one first.</summary>
    public static Task<IReadOnlyList<UncalledGathering>> TodayAsync(
        DataScope scope, OrganizationId branch, DateTimeOffset now, CancellationToken cancel = default) =>
        scope.QueryAsync<UncalledGathering>(
            """
            select g.gathering_id, g.kind, g.title, (g.starts_at at time zone 'Asia/Shanghai')::date as held_on,
                (select count(*)::int from gathering_expected e where e.gathering_id = g.gathering_id) as expected,
                (select count(*)::int from check_in c where c.gathering_id = g.gathering_id) as checked_in
            from gathering g
            where g.organization_id = @branch and g.state in ('planned', 'called') and (g.starts_at at time zone 'Asia/Shanghai')::date = @Today
                and coalesce(g.ends_at, g.starts_at + interval '2 hours') >= @now
            order by g.starts_at
            """,
            new { branch, scope.Today, now },
            cancel);

    /// <summary>Gatherings that were called, where these people were expected and stand in no roll: their roll is somebody else's to call.</summary>
    public static Task<IReadOnlyList<UncalledGathering>> WithoutMarkAsync(
        DataScope scope, OrganizationId branch, IEnumerable<PersonId> persons, CancellationToken cancel = default) =>
        scope.QueryAsync<UncalledGathering>(
            """
            select g.gathering_id, g.kind, g.title, (g.starts_at at time zone 'Asia/Shanghai')::date as held_on, count(*)::int as expected, 0 as checked_in
            from gathering g join gathering_expected e using (gathering_id)
            where g.organization_id = @branch and g.state = 'held' and e.person_id = any (@ids)
                and not exists (select from attendance a where a.gathering_id = g.gathering_id and a.person_id = e.person_id and a.ended_at is null)
            group by g.gathering_id, g.kind, g.title, g.starts_at
            order by g.starts_at
            limit 50
            """,
            new { branch, ids = persons.Select(person => person.Value).ToArray() },
            cancel);

    /// <summary>The next gathering's first.</summary>
    public static Task<IReadOnlyList<OpenLeave>> LeaveAsync(DataScope scope, OrganizationId branch, CancellationToken cancel = default) =>
        scope.QueryAsync<OpenLeave>(
            """
            select l.gathering_id, l.person_id, p.name, g.title, (g.starts_at at time zone 'Asia/Shanghai')::date as held_on, l.reason
            from leave_request l join gathering g using (gathering_id) join person p using (person_id)
            where g.organization_id = @branch and l.granted is null and g.state in ('planned', 'called')
            order by g.starts_at, l.requested_at
            """,
            new { branch },
            cancel);

    /// <summary>Months from one day's up to another's that are not written down for everybody who was on the roll; the earliest first.</summary>
    /// <param name="recorders">whose dues are somebody else's to write down</param>
    public static Task<IReadOnlyList<OpenDuesMonth>> DuesAsync(
        DataScope scope, OrganizationId branch, DateOnly from, DateOnly until, IEnumerable<PersonId> recorders, CancellationToken cancel = default) =>
        scope.QueryAsync<OpenDuesMonth>(
            """
            select m.month,
                count(*) filter (where d.person_id is null and not a.person_id = any (@others))::int as missing,
                count(*) filter (where not a.person_id = any (@others))::int as on_roll,
                count(*) filter (where d.person_id is null and a.person_id = any (@others))::int as recorders_missing
            from (select generate_series(date_trunc('month', @from::timestamp), date_trunc('month', @until::timestamp), interval '1 month')::date as month) m
            join affiliation a on a.organization_id = @branch and a.from_on < m.month + interval '1 month' and (a.to_on is null or a.to_on >= m.month)
            join member_period s on s.person_id = a.person_id and s.aspect = 'standing' and s.value <> 'activist'
                and s.from_on < m.month + interval '1 month' and (s.to_on is null or s.to_on >= (m.month + interval '1 month - 1 day')::date)
            left join dues d on d.person_id = a.person_id and d.month = m.month and d.ended_at is null
            group by m.month
            having count(*) filter (where d.person_id is null) > 0
            order by m.month
            """,
            new { branch, from, until, others = recorders.Select(person => person.Value).ToArray() },
            cancel);

    /// <summary>Sessions of schedules published above, up to a day, that the branch has neither planned nor held; the earliest first.</summary>
    public static Task<IReadOnlyList<OpenStudy>> StudiesAsync(
        DataScope scope, OrganizationId branch, DateOnly from, DateOnly until, CancellationToken cancel = default) =>
        scope.QueryAsync<OpenStudy>(
            """
            select i.study_issue_id, t.study_item_id, i.year, i.number, t.theme, t.held_on
            from organization o
            join study_issue i on i.organization_id = any (o.ancestors)
            join study_item t using (study_issue_id)
            where o.organization_id = @branch and t.held_on between @from and @until
                and not exists (select from gathering g where g.study_item_id = t.study_item_id and g.organization_id = @branch and g.state <> 'cancelled')
            order by t.held_on
            limit 50
            """,
            new { branch, from, until },
            cancel);

    /// <summary>Thought reports members handed in and nobody has received.</summary>
    public static Task<int> ReportsAsync(DataScope scope, OrganizationId branch, CancellationToken cancel = default) =>
        scope.OneAsync<int>(
            "select count(*)::int from thought_report_handed_in where organization_id = @branch and state = 'waiting'", new { branch }, cancel);
}
