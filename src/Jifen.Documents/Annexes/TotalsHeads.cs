namespace Jifen.Documents.Annexes;

/// <summary>Heads of 总分表 that are also read back.</summary>
internal static class TotalsHeads
{
    /// <summary>编号 of the 结果运用 that hold: what the next year asks for.</summary>
    public const string OutcomeIds = "结果运用编号";
}
