using System.Globalization;
using Jifen.Bench.Generation;
using Jifen.Bench.Harness;
using Jifen.Bench.Rivals;

namespace Jifen.Bench.Figures;

/// <summary>Whole processes from csv to csv: <c>jifen score</c> beside a loop written by hand for exactly these files.</summary>
internal static class CsvFigures
{
    private const double SlowestBesideHand = 2;

    public static IEnumerable<Figure> Run(Workshop work)
    {
        foreach (var order in (RowOrder[])[RowOrder.Member, RowOrder.Day])
        {
            var facts = work.FactsFile(order);
            var ours = work.At("totals.csv");
            var hand = work.At("totals-by-hand.csv");
            var peak = 0d;
            var handPeak = 0d;
            WholeProcess.Time(work.Options.Jifen, ScoreArguments(work, work.MembersFile, facts, ours));
            WholeProcess.Time(Environment.ProcessPath!, "hand-csv", work.MembersFile, facts, hand);
            Same.CheckFiles(ours, hand);
            var pairs = work.Pair(
                () => Told(WholeProcess.Time(work.Options.Jifen, ScoreArguments(work, work.MembersFile, facts, ours)), ref peak),
                () => Told(WholeProcess.Time(Environment.ProcessPath!, "hand-csv", work.MembersFile, facts, hand), ref handPeak));
            var size = new FileInfo(facts).Length / 1e6;
            yield return Figure.Within(
                Figure.Text($"jifen score, csv to csv, {work.Years.Count} members, facts by {(order == RowOrder.Member ? "member" : "day")} ({size:0} MB), whole process"),
                pairs,
                Figure.Text($"{pairs.OursMedian:0.00} s, {peak:0} MB held"),
                Figure.Text($"{pairs.BesideMedian:0.00} s, {handPeak:0} MB held"),
                SlowestBesideHand);
        }
    }

    public static string[] ScoreArguments(Workshop work, string members, string facts, string totals) =>
    [
        "score", "--scheme", work.Jsit.SchemePath, "--refine", work.Jsit.RefinementPath, "--members", members, "--facts", facts,
        "--year", BranchYears.Year.ToString(CultureInfo.InvariantCulture), "--out", totals,
    ];

    private static double Told(WholeProcess.Run run, ref double peak)
    {
        peak = Math.Max(peak, run.PeakMegabytes);
        return run.Seconds;
    }
}
