namespace Jifen.Cycle.Declarations;

/// <summary>申报, submitted. What it says, whom it is about and who reported it lie beside the ledger.</summary>
/// <param name="Round">key of the round whose window it came through</param>
/// <param name="Step">name of the step in the scheme</param>
/// <param name="Digest">of the matter and the declarer, with a salt: the receipt</param>
/// <param name="Replaces">the one that was returned; null for a new one</param>
public sealed record DeclarationSubmitted(DeclarationId Declaration, string Round, string Step, string Digest, DeclarationId? Replaces = null) : IEvent;

/// <summary>撤回, by the declarer, before the review.</summary>
public sealed record DeclarationWithdrawn(DeclarationId Declaration) : IEvent;

/// <summary>退回补充, before the review.</summary>
/// <param name="Reason">digest of what was written</param>
public sealed record DeclarationReturned(DeclarationId Declaration, string Reason) : IEvent;

/// <summary>认定: the fact recorded in the same step names the declaration.</summary>
/// <param name="IsChanged">another level, quantity or other points than declared</param>
/// <param name="ComputedAsDeclared">what the scheme makes of the declared item in the person's total; null where it cannot be said</param>
/// <param name="ComputedAsAccepted">what it makes of the accepted one</param>
/// <param name="Reason">digest of why it was changed</param>
/// <param name="Testimonies">digests of what beneficiaries testified until then</param>
public sealed record DeclarationAccepted(
    DeclarationId Declaration, bool IsChanged, decimal? ComputedAsDeclared, decimal? ComputedAsAccepted, string? Reason, IReadOnlyList<string> Testimonies) : IEvent;

/// <summary>不认定.</summary>
/// <inheritdoc cref="DeclarationAccepted"/>
public sealed record DeclarationRejected(DeclarationId Declaration, string Reason, IReadOnlyList<string> Testimonies) : IEvent;
