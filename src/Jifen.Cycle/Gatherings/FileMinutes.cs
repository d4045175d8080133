namespace Jifen.Cycle.Gatherings;

/// <summary>会议记录、材料: the text lies with the evidence, its digest goes into the ledger.</summary>
public sealed record FileMinutes(GatheringId Gathering, EvidenceId Evidence, string Sha256)
{
    public Ruling Decide(Gathering gathering, DateTimeOffset now) => this switch
    {
        _ when gathering.State == GatheringState.Cancelled => new GatheringIsCancelled(),
        _ when gathering.Plan.StartsAt > now => new NotHeldYet(gathering.Plan.StartsAt),
        _ => new Happening(new MinutesFiled(Gathering, Evidence, Sha256), On: gathering.Day),
    };
}
