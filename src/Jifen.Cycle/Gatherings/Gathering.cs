using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Gatherings;

/// <summary>Where a gathering stands.</summary>
public enum GatheringState
{
    /// <summary>安排: nobody was told yet</summary>
    Planned,

    /// <summary>已通知</summary>
    Called,

    /// <summary>已点名</summary>
    Held,

    /// <summary>已取消</summary>
    Cancelled,
}

/// <summary>活动, as it stands.</summary>
/// <param name="Expected">应到; empty until they were told</param>
public sealed record Gathering(GatheringId Id, GatheringPlan Plan, GatheringState State, IReadOnlyList<PersonId> Expected)
{
    /// <summary>The civil day: attendance counts for the round in which it lies.</summary>
    public DateOnly Day => CivilTime.DayOf(Plan.StartsAt);

    /// <summary>When signing in is over: the end, or so long after the start where no end was named.</summary>
    public DateTimeOffset ClosesAt => Plan.EndsAt ?? Plan.StartsAt + OpenEnd;

    private static readonly TimeSpan OpenEnd = TimeSpan.FromHours(3);
}

/// <summary>What is written down for somebody now.</summary>
/// <param name="Entry">the entry it stands in</param>
public sealed record CurrentMark(EntryId Entry, Attendance Attendance, string? Note);

/// <summary>请假, as it stands.</summary>
/// <param name="Granted">null: not decided yet</param>
public sealed record LeaveRequest(PersonId Person, string Reason, bool? Granted);

/// <summary>The gathering does not take place.</summary>
public sealed record GatheringIsCancelled() : Refusal("这次活动已经取消。如果照常举行，请重新安排一次。");

/// <summary>A reason was left out where one is kept.</summary>
public sealed record SayWhy(string What) : Refusal($"请写明{What}，以后查看的人要看得懂。");
