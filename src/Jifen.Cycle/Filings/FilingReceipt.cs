namespace Jifen.Cycle.Filings;

/// <summary>A remark on one person's row.</summary>
public sealed record FilingRemark(PersonId Person, string Text);

/// <summary>回执: what a superior in another installation answered.</summary>
/// <param name="Digest">of the package it answers</param>
/// <param name="Superior">name of the organization above</param>
public sealed record FilingReceipt(
    string Format,
    Guid Filing,
    string Round,
    string Digest,
    bool IsAccepted,
    string Superior,
    string By,
    DateOnly On,
    string? Reason,
    IReadOnlyList<FilingRemark> Remarks)
{
    public const string FormatName = "jifen-filing-receipt-1";
}
