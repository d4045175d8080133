using Jifen.Bench.Generation;
using Jifen.Bench.Harness;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Scorecards;

namespace Jifen.Bench.Figures;

/// <summary>What one branch of 40 waits for: a re-score after one fact, the command line, its help.</summary>
internal static class BranchFigures
{
    private const double SlowestRescore = 5;
    private const double SlowestScore = 300;
    private const double SlowestHelp = 150;

    /// <summary>From new columns to totals, ranks and outcomes: nothing of the earlier run is used again.</summary>
    public static IEnumerable<Figure> RunRescore(Workshop work)
    {
        var years = new BranchYears(BranchYears.MembersOfBranch, work.Options.Seed);
        var pairs = work.Pair(() => Rescore(work, years), () => Rescore(work, years));
        yield return Figure.AtMost(
            "A branch of 40 scored again after one fact, facts grouped anew", Pairs.Median([.. pairs.Ours, .. pairs.Beside]) * 1000, SlowestRescore, "ms");
    }

    public static IEnumerable<Figure> RunCommandLine(Workshop work)
    {
        var branch = new BranchYears(BranchYears.MembersOfBranch, work.Options.Seed);
        var members = work.At("branch-members.csv");
        var facts = work.At("branch-facts.csv");
        CsvYear.WriteMembers(branch, members);
        CsvYear.WriteFacts(branch, work.Jsit.Scheme, facts, RowOrder.Day);
        var pairs = work.Pair(
            () => WholeProcess.Time(work.Options.Jifen, CsvFigures.ScoreArguments(work, members, facts, work.At("branch-totals.csv"))).Seconds,
            () => WholeProcess.Time(work.Options.Jifen, "--help").Seconds);
        yield return Figure.AtMost("jifen score of a branch of 40, all in", pairs.OursMedian * 1000, SlowestScore, "ms");
        yield return Figure.AtMost("jifen --help", pairs.BesideMedian * 1000, SlowestHelp, "ms");
    }

    private static double Rescore(Workshop work, BranchYears years)
    {
        var (roster, segment) = MemoryYear.Ungrouped(years);
        return Pairs.Time(() => new Scorer(work.Jsit.Plan, roster, FactTable.Of(roster.Count, segment)).Score());
    }
}
