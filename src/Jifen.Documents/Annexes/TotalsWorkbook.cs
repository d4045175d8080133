using System.IO.Compression;
using Jifen.Documents.Annexes.Sheets;
using Jifen.Scoring.Scorecards;

namespace Jifen.Documents.Annexes;

/// <summary>
/// Writes the totals as a workbook to print and file: 总分表 of everyone, then 附件4 of every branch. Above
/// <see cref="MostWithAnnexes"/> members there is 总分表 only: nobody prints the branches of a whole city from one file.
/// </summary>
public static class TotalsWorkbook
{
    public const int MostWithAnnexes = 50_000;

    /// <param name="printedOn">the day on the sheets; null leaves room to write it by hand</param>
    public static void Write(Stream stream, Scorer scorer, Totals totals, DateOnly? printedOn = null)
    {
        var texts = new AnnexTexts(scorer, totals, printedOn);
        var isLarge = totals.Count > MostWithAnnexes;
        using var workbook = new WorkbookFile(stream, isLarge ? CompressionLevel.Fastest : CompressionLevel.Optimal);
        new TotalsSheet(scorer, totals, texts).AddTo(workbook);
        if (!isLarge)
        {
            new AnnexSheets(scorer, texts).AddTo(workbook);
        }
    }
}
