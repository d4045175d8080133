namespace Jifen.Cycle.Outcomes;

/// <summary>A body took up a computed consequence, or decided not to; the superior approves what is taken.</summary>
/// <param name="Outcome">编号 of the 结果运用</param>
/// <param name="Body">which meeting</param>
/// <param name="Alternative">which of several things the document leaves the choice of; null where it says one thing, or where it is not taken</param>
public sealed record OutcomeProposed(int Year, string Outcome, bool IsTaken, string Body, string Reason, string? Alternative = null) : IEvent;

/// <summary>结果运用获批准.</summary>
public sealed record OutcomeApproved(int Year, string Outcome) : IEvent;

/// <summary>结果运用未获批准; it may be proposed again.</summary>
public sealed record OutcomeRefused(int Year, string Outcome, string Reason) : IEvent;

/// <summary>帮教措施 begins. What is said in it lies beside the ledger.</summary>
/// <param name="Responsible">who sees to it</param>
/// <param name="Outcome">编号 of the 结果运用 it carries out; null for a measure during the year, as after a deduction (JSIT-5)</param>
public sealed record MeasureBegun(Guid Measure, MeasureKind Kind, DateOnly DueOn, PersonId Responsible, int? Year, string? Outcome) : IEvent;

/// <summary>What was done for it: a talk held, a paper handed in.</summary>
/// <param name="Note">where the text lies</param>
public sealed record MeasureRecorded(Guid Measure, Guid? Note, EvidenceId? Evidence) : IEvent;

/// <summary>What came of it.</summary>
public sealed record MeasureEnded(Guid Measure, MeasureResult Result) : IEvent;

/// <summary>转办: that a case was referred, and to whom. Nothing is decided about it here (JSIT-6).</summary>
public sealed record ReferralRecorded(ReferralKind Kind, string To) : IEvent;
