namespace Jifen.Cycle.Filings;

/// <summary>报送: a package went up. The package itself, with names, lies beside the ledger under its digest.</summary>
/// <param name="Round">key of the round</param>
/// <param name="Step">name of the 备案 step</param>
/// <param name="Digest">SHA-256 of the package, lower-case hex</param>
/// <param name="Due">期限 of the scheme; null where it sets none</param>
/// <param name="Replaces">the returned filing it takes the place of</param>
public sealed record FilingSubmitted(Guid Filing, string Round, string Step, string Digest, DateOnly? Due, Guid? Replaces) : IEvent;

/// <summary>接收备案: the superior checked it and took it.</summary>
/// <param name="Receipt">SHA-256 of the receipt that came as a file from another installation; null when it was taken here</param>
/// <param name="Superior">who took it, as the receipt says; null when taken here</param>
public sealed record FilingAccepted(Guid Filing, string? Receipt, string? Superior) : IEvent;

/// <summary>退回, with the reason. Remarks by row lie beside the ledger.</summary>
/// <inheritdoc cref="FilingAccepted"/>
public sealed record FilingReturned(Guid Filing, string Reason, string? Receipt, string? Superior) : IEvent;

/// <summary>A filing that was taken holds no more: its step was opened again.</summary>
public sealed record FilingReopened(string Round, string Step) : IEvent;

/// <summary>A package of a branch in another installation was checked and answered; entered in the superior's ledger.</summary>
/// <param name="Digest">of the package</param>
/// <param name="Receipt">of the answer that went back</param>
/// <param name="IsAccepted">taken; otherwise returned</param>
public sealed record OutsideFilingAnswered(Guid Filing, string Round, string Digest, string Receipt, bool IsAccepted, string? Reason) : IEvent;
