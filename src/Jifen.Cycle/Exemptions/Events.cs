namespace Jifen.Cycle.Exemptions;

/// <summary>申请免予积分. By which case and why lies beside the ledger: it may tell of an illness.</summary>
/// <param name="UntilOn">last day, included; null: until it is ended</param>
/// <param name="Digest">SHA-256 of case and reason, lower-case hex</param>
public sealed record ExemptionApplied(ExemptionId Application, DateOnly FromOn, DateOnly? UntilOn, string Digest) : IEvent;

/// <summary>支委会审核, 支部同意.</summary>
/// <param name="Remark">without the reason of the application</param>
public sealed record ExemptionReviewed(ExemptionId Application, bool Agreed, string Remark) : IEvent;

/// <summary>党员大会表决, in numbers.</summary>
/// <param name="Meeting">the gathering; of a meeting run here without one, the meeting itself</param>
/// <param name="For">null: fewer than five secret ballots are not broken down</param>
public sealed record ExemptionVoted(ExemptionId Application, GatheringId Meeting, DateOnly HeldOn, int Present, int? For, int? Against, int? Abstained, bool Passed) : IEvent;

/// <summary>撤回申请.</summary>
public sealed record ExemptionWithdrawn(ExemptionId Application) : IEvent;

/// <summary>Everything the scheme asks for is done; the exemption itself is the entry beside this one.</summary>
public sealed record ExemptionSettled(ExemptionId Application) : IEvent;
