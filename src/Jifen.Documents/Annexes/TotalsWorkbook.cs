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
    /// <param name="isSettled">the year was settled: what was tentative in the file of the scheme was confirmed before</param>
    /// <param name="numberOf">编号 of a member as people know it, by his id; null: the id is the number</param>
    public static void Write(Stream stream, Scorer scorer, Totals totals, DateOnly? printedOn = null, bool isSettled = false, Func<string, string>? numberOf = null)
    {
        var texts = new AnnexTexts(scorer, totals, printedOn, isSettled, numberOf);
        var isLarge = totals.Count > MostWithAnnexes;
        using var workbook = new WorkbookFile(stream, isLarge ? CompressionLevel.Fastest : CompressionLevel.Optimal);
        new TotalsSheet(scorer, totals, texts).AddTo(workbook);
        if (!isLarge)
        {
            new AnnexSheets(scorer, texts).AddTo(workbook);
        }
    }
}
