using Jifen.Bench.Generation;
using Jifen.Bench.Harness;
using Jifen.Bench.Rivals;

namespace Jifen.Bench.Figures;

/// <summary>Totals from memory: <c>Scorer.Score</c> against loops written by hand over the same facts, and on two threads against one.</summary>
internal static class TotalsFigures
{
    private const double LeastFactsASecond = 75;
    private const double SlowestBesideHand = 3;
    private const int NaiveMembers = BranchYears.MembersOfBranch;

    public static IEnumerable<Figure> Run(Workshop work)
    {
        var facts = (double)work.Memory.Facts.Count;
        Same.Check(work.Scorer, work.Totals, HandYear.Score(work.Memory.Columns, 2, standing: true));

        var same = work.Pair(() => Score(work, 1), () => Hand(work, 1, standing: true));
        yield return Figure.AtLeast("Totals from memory, 1 thread", facts / same.OursMedian / 1e6, LeastFactsASecond, "M facts/s");
        yield return Figure.Within(
            "… beside a hand-written loop of the same work (totals, ranks, outcomes)",
            same,
            Figure.Rate(facts, same.OursMedian),
            Figure.Rate(facts, same.BesideMedian),
            SlowestBesideHand);

        var bare = work.Pair(() => Score(work, 1), () => Hand(work, 1, standing: false));
        yield return Figure.Within(
            "… beside a hand-written loop of the totals alone",
            bare,
            Figure.Rate(facts, bare.OursMedian),
            Figure.Rate(facts, bare.BesideMedian),
            SlowestBesideHand);

        var threads = work.Pair(() => Score(work, 2), () => Score(work, 1));
        yield return Figure.Beside(
            "Totals from memory, 2 threads beside 1", threads, Figure.Rate(facts, threads.OursMedian), Figure.Rate(facts, threads.BesideMedian));
    }

    /// <summary>The naive scorer looks at every member for every fact, so it gets one branch and is compared by the fact.</summary>
    public static IEnumerable<Figure> RunNaive(Workshop work)
    {
        var naive = new NaiveYear(work.Jsit, work.Years, Math.Min(NaiveMembers, work.Years.Count));
        Same.Check("naive scorer", work.Totals, naive.Score().ToList());
        var pairs = work.Pair(
            () => Score(work, 1) / work.Memory.Facts.Count,
            () => Pairs.Time(() => naive.Score()) / naive.FactCount);
        yield return Figure.Beside(
            Figure.Text($"Totals, 1 thread, by the fact, beside the naive scorer ({naive.FactCount} facts)"),
            pairs,
            Figure.Rate(1, pairs.OursMedian),
            Figure.Text($"{1e-6 / pairs.BesideMedian:0.00} M facts/s"));
    }

    internal static double Score(Workshop work, int threads) => Pairs.Time(() => work.Scorer.Score(threads));

    private static double Hand(Workshop work, int threads, bool standing) =>
        Pairs.Time(() => HandYear.Score(work.Memory.Columns, threads, standing));
}
