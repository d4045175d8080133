namespace Jifen.Cycle.Objections;

/// <summary>What a case is about.</summary>
public enum CaseSubject
{
    /// <summary>对本人结果 (OB1)</summary>
    OwnResult,

    /// <summary>对他人结果 (OB2)</summary>
    OthersResult,

    /// <summary>对积分工作 (OB2)</summary>
    Work,
}

/// <summary>提异议. What was written lies beside the ledger; the person of the entry is the one whose result it is about.</summary>
/// <param name="Number">异议〔2025〕3号: the receipt</param>
/// <param name="Entries">登记 objected to; empty: the result as a whole, or the work</param>
/// <param name="AnswerBy">last day for the answer, included</param>
/// <param name="NeedsReport">the scheme wants it reported at the next members' meeting: it is closed only then</param>
/// <param name="Digest">SHA-256 of what was written, lower-case hex</param>
public sealed record ObjectionRaised(
    CaseId Case, string Number, CaseSubject About, NoticeId? Notice, string? Round, IReadOnlyList<EntryId> Entries, DateOnly AnswerBy, bool NeedsReport, string Digest) : IEvent;

/// <summary>调查核实: the finding lies beside the ledger. A later one takes the place of an earlier one.</summary>
public sealed record ObjectionInvestigated(CaseId Case, string Digest) : IEvent;

/// <summary>答复, decided by two. What was corrected with it stands in the entries of the same operation.</summary>
public sealed record ObjectionAnswered(CaseId Case, bool Upheld, string Digest) : IEvent;

/// <summary>向上级申诉, entered in the ledger of the organization that handles it: the branch is told with the answer.</summary>
/// <param name="Branch">complained of</param>
/// <param name="Objection">answered by the branch, or overdue; null: straight to the superior</param>
public sealed record AppealLodged(
    CaseId Case,
    string Number,
    OrganizationId Branch,
    CaseId? Objection,
    CaseSubject About,
    NoticeId? Notice,
    string? Round,
    IReadOnlyList<EntryId> Entries,
    DateOnly AnswerBy,
    bool NeedsReport,
    string Digest) : IEvent;

/// <summary>申诉的答复, decided by two above the branch; entered in the branch's ledger, which is told by it.</summary>
public sealed record AppealAnswered(CaseId Case, bool Upheld, string Digest) : IEvent;

/// <summary>下次党员大会通报: only now the case is closed.</summary>
/// <param name="Gathering">the members' meeting at which it was reported</param>
public sealed record AnswerReported(CaseId Case, GatheringId Gathering, DateOnly HeldOn) : IEvent;
