using Jifen.Bench.Generation;

namespace Jifen.Bench.Rivals;

/// <summary>What the loops written by hand make of a year: the sections and totals and, when asked for, ranks and outcomes as well.</summary>
internal sealed class HandYear
{
    // As many members as one portion of the product's own work, in whole branches.
    private const int MembersAtATime = 4_000;

    private HandYear(int members, bool standing)
    {
        Points = new SectionPoints[members];
        Ranks = standing ? new int[members] : [];
        Outcomes = standing ? new ushort[members] : [];
    }

    public SectionPoints[] Points { get; }

    /// <summary>0 for those who are not ranked.</summary>
    public int[] Ranks { get; }

    /// <summary>Bit n: 用(n+1) holds.</summary>
    public ushort[] Outcomes { get; }

    /// <param name="standing">ranks and outcomes too: the same work as <c>Scorer.Score</c></param>
    public static HandYear Score(Columns columns, int threads, bool standing)
    {
        var year = new HandYear(columns.MemberCount, standing);
        var portions = (columns.MemberCount + MembersAtATime - 1) / MembersAtATime;
        Parallel.For(0, portions, new ParallelOptions { MaxDegreeOfParallelism = threads }, portion =>
        {
            var first = portion * MembersAtATime;
            var end = Math.Min(columns.MemberCount, first + MembersAtATime);
            HandTotals.Score(columns, first, end, year.Points);
            if (standing)
            {
                HandStanding.Apply(columns, first, end, year.Points, year.Ranks, year.Outcomes);
            }
        });
        return year;
    }
}
