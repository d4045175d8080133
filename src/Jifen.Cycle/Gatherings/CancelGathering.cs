namespace Jifen.Cycle.Gatherings;

/// <summary>取消; where a roll was taken by mistake, its attendance ceases to hold.</summary>
public sealed record CancelGathering(GatheringId Gathering, string Reason)
{
    /// <param name="byRecorder">the person acts as the recorder, not as one of the committee</param>
    public Ruling Decide(Gathering gathering, bool byRecorder) => gathering.State switch
    {
        GatheringState.Cancelled => new GatheringIsCancelled(),
        GatheringState.Held when byRecorder => new RollIsTaken(),
        _ when string.IsNullOrWhiteSpace(Reason) => new SayWhy("为什么取消"),
        _ => new Happening(new GatheringCancelled(Gathering, Reason.Trim())),
    };
}
