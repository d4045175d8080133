namespace Jifen.Cycle.Gatherings;

/// <summary>安排活动, and tell those expected at once; or enter one that was held already (补录).</summary>
/// <param name="Expected">应到; null: told later, in a step of its own</param>
public sealed record PlanGathering(GatheringId Gathering, GatheringPlan Plan, IReadOnlyList<PersonId>? Expected)
{
    /// <param name="onRoll">on the branch's roll on the day of the gathering</param>
    public Ruling Decide(IReadOnlySet<PersonId> onRoll, DateTimeOffset now)
    {
        if (Plan.FaultsOn(now) is { Count: > 0 } faults)
        {
            return new FieldsAreWrong(faults);
        }

        var planned = new Happening(new GatheringPlanned(
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
            Plan.LateAfterMinutes));
        if (Expected is null)
        {
            // Whoever enters a past gathering goes on to its roll-call, and that needs names.
            return Plan.StartsAt < now ? new NobodyIsExpected() : planned;
        }

        return CallGathering.Refuse(Expected, onRoll) is { } refusal
            ? refusal
            : Ruling.Of(planned, new Happening(new GatheringCalled(Gathering, Expected)));
    }
}
