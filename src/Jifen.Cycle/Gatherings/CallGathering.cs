namespace Jifen.Cycle.Gatherings;

/// <summary>A gathering to which nobody need come.</summary>
public sealed record NobodyIsExpected() : Refusal("还没有选应到的人。请勾选至少一人；不点名的事，不必安排成活动。");

/// <summary>Somebody in the list is not on the roll of the branch on that day.</summary>
public sealed record NotOnTheRoll(int Count) : Refusal($"名单里有{Count}人当天不在本支部的名册上。请刷新页面重新勾选；刚转入的，先在名册里办转入。");

/// <summary>Somebody who has attendance written down cannot be struck off the list.</summary>
public sealed record HasAttendanceAlready(int Count)
    : Refusal($"去掉的人里有{Count}人已经登记了出席，不能从应到里去掉。登记错了的，先更正出席。");

/// <summary>通知: these are expected, and are told so. Again: the list is now this one.</summary>
public sealed record CallGathering(GatheringId Gathering, IReadOnlyList<PersonId> Expected)
{
    /// <param name="marked">those for whom attendance is written down</param>
    public Ruling Decide(Gathering gathering, IReadOnlySet<PersonId> onRoll, IReadOnlySet<PersonId> marked)
    {
        if (gathering.State == GatheringState.Cancelled)
        {
            return new GatheringIsCancelled();
        }

        if (Refuse(Expected, onRoll, gathering.Expected) is { } refusal)
        {
            return refusal;
        }

        var struck = gathering.Expected.Except(Expected).Count(marked.Contains);
        if (struck > 0)
        {
            return new HasAttendanceAlready(struck);
        }

        return gathering.State != GatheringState.Planned && Expected.ToHashSet().SetEquals(gathering.Expected)
            ? Ruling.NothingToDo
            : new Happening(new GatheringCalled(Gathering, Expected));
    }

    internal static Refusal? Refuse(IReadOnlyList<PersonId> expected, IReadOnlySet<PersonId> onRoll, IReadOnlyList<PersonId>? before = null)
    {
        if (expected.Count == 0)
        {
            return new NobodyIsExpected();
        }

        // Whoever left the branch since stays in a list he is in.
        var strangers = expected.Except(before ?? []).Count(person => !onRoll.Contains(person));
        return strangers > 0 ? new NotOnTheRoll(strangers) : null;
    }
}
