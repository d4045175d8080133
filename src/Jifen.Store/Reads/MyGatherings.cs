using Jifen.Cycle;
using Jifen.Cycle.Gatherings;
using Jifen.Scoring.Schemes;

namespace Jifen.Store.Reads;

/// <summary>One gathering as the person expected at it sees it.</summary>
public sealed record MyGathering
{
    public required GatheringId GatheringId { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required string Kind { get; init; }

    public required string Title { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    public DateTimeOffset? EndsAt { get; init; }

    public required string Place { get; init; }

    public decimal? Hours { get; init; }

    public required string State { get; init; }

    public string? StateNote { get; init; }

    public string? Readings { get; init; }

    public string? Topic { get; init; }

    public string? LeaveReason { get; init; }

    public bool? LeaveGranted { get; init; }

    public string? LeaveAnswer { get; init; }

    public DateTimeOffset? ScannedAt { get; init; }

    public string? Attendance { get; init; }

    public DateOnly? MadeUpOn { get; init; }

    public GatheringKind KindOf => GatheringKinds.Of(Kind) ?? GatheringKind.Other;

    public GatheringState StateOf => Words.Known<GatheringState>(State);

    public Attendance? AttendanceOf => Attendance is { } word ? Attendances.Of(word) : null;
}

/// <summary>The own gatherings: what is coming, and how one took part.</summary>
public static class MyGatherings
{
    // Which gatherings are one's own is asked first, by person: row-level security judges each of them that is in another branch by itself.
    private const string Columns =
        """
        select g.gathering_id, g.organization_id, g.kind, g.title, g.starts_at, g.ends_at, g.place, g.hours, g.state, g.state_note,
            i.readings, i.topic,
            l.reason as leave_reason, l.granted as leave_granted, l.answer as leave_answer, c.scanned_at, a.attendance, a.made_up_on
        from gathering g
        left join study_item i on i.study_item_id = g.study_item_id
        left join leave_request l on l.gathering_id = g.gathering_id and l.person_id = @person
        left join check_in c on c.gathering_id = g.gathering_id and c.person_id = @person
        left join attendance a on a.gathering_id = g.gathering_id and a.person_id = @person and a.ended_at is null
        """;

    /// <summary>Those one is expected at that are not over yet, the next first. Cancelled ones are told too, until their day is over.</summary>
    public static Task<IReadOnlyList<MyGathering>> ComingAsync(
        DataScope scope, PersonId person, DateTimeOffset now, CancellationToken cancel = default) =>
        scope.QueryAsync<MyGathering>(
            Columns + """
             where coalesce(g.ends_at, g.starts_at + interval '3 hours') > @now and g.state <> 'planned'
                and g.gathering_id in (select e.gathering_id from gathering_expected e where e.person_id = @person)
            order by g.starts_at
            limit 20
            """,
            new { person, now },
            cancel);

    /// <summary>Those that are over, the latest first.</summary>
    public static Task<IReadOnlyList<MyGathering>> PastAsync(
        DataScope scope, PersonId person, DateOnly from, DateTimeOffset now, CancellationToken cancel = default) =>
        scope.QueryAsync<MyGathering>(
            Columns + """
             where g.starts_at >= @start and coalesce(g.ends_at, g.starts_at + interval '3 hours') <= @now and g.state in ('called', 'held')
                and g.gathering_id in (
                    select e.gathering_id from gathering_expected e where e.person_id = @person
                    union
                    select t.gathering_id from attendance t where t.person_id = @person and t.ended_at is null)
            order by g.starts_at desc
            """,
            new { person, now, start = CivilTime.At(from, TimeOnly.MinValue) },
            cancel);

    /// <summary>One of them; null when it is out of sight.</summary>
    public static Task<MyGathering?> OneAsync(DataScope scope, PersonId person, GatheringId gathering, CancellationToken cancel = default) =>
        scope.OneAsync<MyGathering>(Columns + " where g.gathering_id = @gathering", new { person, gathering }, cancel);
}
