using Jifen.Bench.Harness;
using Jifen.Scoring.Scorecards;

namespace Jifen.Bench.Figures;

/// <summary>Explanations: held in memory line by line, and written as sheets.</summary>
internal static class LinesFigures
{
    private const double SlowestBesideTotals = 4;
    private const double LeastMegabytesASecond = 150;

    public static IEnumerable<Figure> RunRecord(Workshop work)
    {
        var facts = (double)work.Memory.Facts.Count;
        var lines = work.Scorer.Record(work.Totals, 2).Count;
        foreach (var threads in (int[])[1, 2])
        {
            var pairs = work.Pair(
                () => Pairs.Time(() => work.Scorer.Record(work.Totals, threads)), () => TotalsFigures.Score(work, threads));
            yield return Figure.Within(
                Figure.Text($"Explanations line by line in memory, {threads} thread{(threads == 1 ? "" : "s")}, beside the totals ({lines / facts:0.00} lines a fact)"),
                pairs,
                Figure.Rate(facts, pairs.OursMedian),
                Figure.Rate(facts, pairs.BesideMedian),
                SlowestBesideTotals);
        }
    }

    public static IEnumerable<Figure> RunSheets(Workshop work)
    {
        var path = work.At("sheets.jsonl");
        var bytes = 0L;
        var pairs = work.Pair(
            () => Pairs.Time(() => Sheets(work).WriteAll(sheet => bytes += sheet.Length, 2)),
            () => Pairs.Time(() =>
            {
                using var file = File.Create(path, 1);
                Sheets(work).WriteAll(sheet => file.Write(sheet.Span), 2);
            }));
        var size = new FileInfo(path).Length;
        File.Delete(path);
        yield return Figure.AtLeast(
            Figure.Text($"Score sheets written, 2 threads, to nowhere ({size / (double)work.Years.Count / 1000:0.0} kB a member)"),
            size / pairs.OursMedian / 1e6,
            LeastMegabytesASecond,
            "MB/s");
        yield return Figure.AtLeast("Score sheets written, 2 threads, to a file", size / pairs.BesideMedian / 1e6, LeastMegabytesASecond, "MB/s");
    }

    private static SheetJson Sheets(Workshop work) => new(work.Scorer, work.Totals);
}
