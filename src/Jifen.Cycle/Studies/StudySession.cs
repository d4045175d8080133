using Jifen.Cycle.Gatherings;
using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Studies;

/// <summary>A branch holds an item of the schedule: the gathering filled in from it.</summary>
public static class StudySession
{
    /// <param name="start">time of day of the last study of the branch</param>
    /// <param name="place">where the last study was</param>
    public static GatheringPlan Of(StudyItem item, TimeOnly start, TimeSpan length, string place, int lateAfterMinutes)
    {
        var startsAt = CivilTime.At(item.HeldOn, start);
        return new GatheringPlan(
            GatheringKind.GroupStudy,
            item.Theme.Length <= GatheringPlan.LongestText ? item.Theme : item.Theme[..GatheringPlan.LongestText],
            startsAt,
            startsAt + length,
            place,
            item.Hours,
            null,
            null,
            item.Item,
            lateAfterMinutes);
    }
}

/// <summary>How far a branch is with an item.</summary>
public enum StudyProgress
{
    /// <summary>still before its day</summary>
    Ahead,

    /// <summary>arranged, not held yet</summary>
    Planned,

    /// <summary>held, with its roll taken</summary>
    Held,

    /// <summary>its day is over and nothing is arranged</summary>
    Overdue,

    /// <summary>held by the calendar, the roll not taken yet</summary>
    RollIsMissing,
}

/// <summary>谁开展了: one cell of the publisher's table.</summary>
public static class StudyProgressOf
{
    /// <param name="state">of the branch's gathering for the item; null: there is none</param>
    /// <param name="gatheringOn">its day</param>
    public static StudyProgress Item(DateOnly heldOn, GatheringState? state, DateOnly? gatheringOn, DateOnly today) => state switch
    {
        GatheringState.Held => StudyProgress.Held,
        GatheringState.Planned or GatheringState.Called => gatheringOn < today ? StudyProgress.RollIsMissing : StudyProgress.Planned,
        _ => heldOn < today ? StudyProgress.Overdue : StudyProgress.Ahead,
    };
}
