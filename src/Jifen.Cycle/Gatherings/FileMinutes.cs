namespace Jifen.Cycle.Gatherings;

/// <summary>A kept file that becomes part of the minutes.</summary>
/// <param name="Sha256">hex, of its bytes</param>
public sealed record MinutesFile(EvidenceId Evidence, string Sha256);

/// <summary>Neither a text nor a file.</summary>
public sealed record NothingToFile() : Refusal("请写会议记录，或者选文件。");

/// <summary>会议记录、材料: the bytes lie with the evidence, their digests go into the ledger.</summary>
public sealed record FileMinutes(GatheringId Gathering, IReadOnlyList<MinutesFile> Files)
{
    public Ruling Decide(Gathering gathering, DateTimeOffset now) => this switch
    {
        _ when gathering.State == GatheringState.Cancelled => new GatheringIsCancelled(),
        _ when gathering.Plan.StartsAt > now => new NotHeldYet(gathering.Plan.StartsAt),
        _ when Files.Count == 0 => new NothingToFile(),
        _ => Ruling.Of([.. Files.Select(file => new Happening(new MinutesFiled(Gathering, file.Evidence, file.Sha256), On: gathering.Day))]),
    };
}
