namespace Jifen.Cycle.Records;

/// <summary>党费 of one month. Recorded again: the later entry holds.</summary>
/// <param name="Month">first day of the month</param>
/// <param name="Due">yuan, at most two decimals, not negative</param>
/// <param name="PaidOn">null: not paid yet</param>
public sealed record DuesRecorded(DateOnly Month, decimal Due, decimal Paid, DateOnly? PaidOn) : IEvent;

/// <summary>思想汇报, handed in by the member himself on the day of the entry; it counts when it has been received.</summary>
public sealed record ThoughtReportHandedIn(string Title, EvidenceId Evidence) : IEvent;

/// <summary>思想汇报, received. The day of the entry is the day on which it was handed in: who is slow to receive it takes nobody's points.</summary>
/// <param name="HandedIn">the entry by which the member handed it in; null: on paper, or by other ways</param>
public sealed record ThoughtReportReceived(string Title, EvidenceId? Evidence, EntryId? HandedIn = null) : IEvent;

/// <summary>What was handed in is not taken: it has to be written again.</summary>
public sealed record ThoughtReportReturned(EntryId HandedIn, string Reason) : IEvent;

/// <summary>Study elsewhere, with proof; the ground of the entry says which.</summary>
/// <param name="Hours">hours, above 0, at most two decimals</param>
public sealed record OutsideStudyRecorded(string Title, decimal Hours, EvidenceId? Evidence) : IEvent;

/// <summary>Whether a fact counts.</summary>
public enum FactState
{
    /// <summary>counts at once: the recorder's word is enough</summary>
    Counts,

    /// <summary>待定: waits for the body named in the scheme</summary>
    Pending,

    /// <summary>the body did not confirm it</summary>
    Rejected,
}

/// <summary>积分事实: what happened to or by one person, never how many points.</summary>
/// <param name="Kind">English id of the fact in the scheme</param>
/// <param name="Quantity">null: 1</param>
/// <param name="Points">分值, only where the scheme leaves it to the branch within a range</param>
/// <param name="Declaration">the declaration that was accepted; null for what was recorded otherwise</param>
/// <param name="Body">which body accepted it; null for what was recorded otherwise</param>
public sealed record FactRecorded(
    string Kind,
    decimal? Quantity,
    string? Level,
    string? Content,
    decimal? Points,
    IReadOnlyList<EvidenceId> Evidence,
    FactState State,
    Declarations.DeclarationId? Declaration = null,
    string? Body = null) : IEvent;

/// <summary>认定: the body the scheme names confirmed the fact.</summary>
/// <param name="Body">支委会, 支部, 党员大会 …</param>
public sealed record FactConfirmed(EntryId Fact, string Body) : IEvent;

public sealed record FactRejected(EntryId Fact, string Reason) : IEvent;

/// <summary>更正: the entry named by the ledger as corrected does not hold any more; it stays visible.</summary>
public sealed record EntryReversed(string Reason) : IEvent;

/// <summary>A file was kept. Its name and bytes are outside the ledger.</summary>
/// <param name="Sha256">hex, of the bytes</param>
public sealed record EvidenceKept(EvidenceId Evidence, string Sha256, long Size, string MediaType) : IEvent;

/// <summary>补佐证: files that belong to an entry made earlier.</summary>
public sealed record EvidenceAttached(EntryId Entry, IReadOnlyList<EvidenceId> Evidence) : IEvent;
