namespace Jifen.Cycle.Gatherings;

/// <summary>After the roll-call, what attendance means hangs on kind, time and hours: the recorder, who is scored too, does not move them.</summary>
public sealed record RollIsTaken()
    : Refusal("已经点过名，类别、时间、学时关系到每个人的分，记录员不能再改。确实登记错了的，请书记或支委改，理由会留痕；名称、地点、主持人仍可以改。", "JSIT-7①");

/// <summary>改期、改地点: all fields as they are after the change.</summary>
public sealed record ChangeGathering(GatheringId Gathering, GatheringPlan Plan, string Reason)
{
    /// <param name="byRecorder">the person acts as the recorder, not as one of the committee</param>
    public Ruling Decide(Gathering gathering, bool byRecorder, DateTimeOffset now)
    {
        if (gathering.State == GatheringState.Cancelled)
        {
            return new GatheringIsCancelled();
        }

        if (Plan.FaultsOn(now) is { Count: > 0 } faults)
        {
            return new FieldsAreWrong(faults);
        }

        if (Plan == gathering.Plan)
        {
            return Ruling.NothingToDo;
        }

        if (string.IsNullOrWhiteSpace(Reason))
        {
            return new SayWhy("为什么改");
        }

        if (gathering.State == GatheringState.Held)
        {
            if (byRecorder && MovesPoints(gathering.Plan))
            {
                return new RollIsTaken();
            }

            if (Plan.StartsAt > now)
            {
                return new NotHeldYet(Plan.StartsAt);
            }
        }

        return new Happening(new GatheringChanged(
            Gathering,
            Plan.Kind,
            Plan.Title.Trim(),
            Plan.StartsAt,
            Plan.EndsAt,
            Plan.Place.Trim(),
            Plan.Hours,
            Plan.PartyGroup,
            Plan.Host,
            Plan.StudyItem,
            Plan.LateAfterMinutes,
            Reason.Trim()));
    }

    private bool MovesPoints(GatheringPlan before) =>
        Plan.Kind != before.Kind || Plan.Hours != before.Hours || CivilTime.DayOf(Plan.StartsAt) != CivilTime.DayOf(before.StartsAt);
}
