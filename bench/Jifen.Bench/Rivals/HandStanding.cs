using System.Numerics;
using Jifen.Bench.Generation;
using Jifen.Scoring.Facts;

namespace Jifen.Bench.Rivals;

/// <summary>Ranks and 结果运用 of jsit-2020 by hand: branches of 40 stand side by side, ranks are counted with vectors, no sorting.</summary>
internal static class HandStanding
{
    public static void Apply(
        Columns columns, int firstMember, int endMember, SectionPoints[] points, int[] ranks, ushort[] outcomes)
    {
        for (var first = firstMember; first < endMember; first += BranchYears.MembersOfBranch)
        {
            var members = Math.Min(BranchYears.MembersOfBranch, endMember - first);
            Branch(
                columns.FirstDay.AsSpan(first, members),
                columns.LastDay.AsSpan(first, members),
                columns.Standings.AsSpan(first, members),
                points.AsSpan(first, members),
                ranks.AsSpan(first, members),
                outcomes.AsSpan(first, members));
        }
    }

    /// <param name="firstDay">a member with <paramref name="firstDay"/> after <paramref name="lastDay"/> has no score sheet</param>
    public static void Branch(
        ReadOnlySpan<int> firstDay,
        ReadOnlySpan<int> lastDay,
        ReadOnlySpan<Standing> standings,
        ReadOnlySpan<SectionPoints> points,
        Span<int> ranks,
        Span<ushort> outcomes)
    {
        // Those without a sheet, and the rest of the last vector, are lower than anyone.
        Span<int> totals = stackalloc int[(BranchYears.MembersOfBranch + Vector<int>.Count - 1) / Vector<int>.Count * Vector<int>.Count];
        totals.Fill(int.MinValue);
        var people = 0;
        for (var i = 0; i < points.Length; i++)
        {
            if (firstDay[i] <= lastDay[i])
            {
                totals[i] = points[i].Total;
                people++;
            }
        }

        var back = people - Math.Max(1, people / 10);
        for (var i = 0; i < points.Length; i++)
        {
            if (totals[i] != int.MinValue)
            {
                ranks[i] = 1 + HigherThan(totals, totals[i]);
                outcomes[i] = Held(totals[i], points[i].Deduction != 0, standings[i], ranks[i] > back);
            }
        }
    }

    private static int HigherThan(ReadOnlySpan<int> totals, int own)
    {
        var higher = Vector<int>.Zero;
        for (var i = 0; i < totals.Length; i += Vector<int>.Count)
        {
            higher -= Vector.GreaterThan(new Vector<int>(totals[i..]), new Vector<int>(own));
        }

        return Vector.Sum(higher);
    }

    // 用6 asks for last year's result, which nobody has here.
    private static ushort Held(int total, bool deducted, Standing standing, bool atTheBack)
    {
        var below80 = total < 80_00;
        var activist = standing == Standing.Activist;
        return (ushort)(
            Bit(0, total >= 100_00 && !deducted)
            | Bit(1, total >= 90_00 && !deducted)
            | Bit(2, total <= 70_00)
            | Bit(3, below80)
            | Bit(4, total < 70_00 && atTheBack)
            | Bit(6, standing == Standing.Probationary && (below80 || deducted))
            | Bit(7, activist && deducted)
            | Bit(8, activist));
    }

    private static int Bit(int number, bool holds) => holds ? 1 << number : 0;
}
