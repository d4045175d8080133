using System.Runtime.Intrinsics;

namespace Jifen.Scoring.Outcomes;

/// <summary>Ranks by total: docs/scheme-language.md, section 4, step 7.</summary>
internal static class Ranking
{
    // Up to here holding everyone against everyone, four at a time, is quicker than sorting.
    private const int SmallBranch = 64;

    /// <param name="totals">of the people to be ranked</param>
    /// <param name="places">one for each of them</param>
    public static void Rank(ReadOnlySpan<long> totals, Span<RankPlace> places)
    {
        if (totals.Length <= SmallBranch && Vector256.IsHardwareAccelerated)
        {
            Count(totals, places);
            return;
        }

        Span<long> keys = totals.Length <= 256 ? stackalloc long[totals.Length] : new long[totals.Length];
        Span<int> order = totals.Length <= 256 ? stackalloc int[totals.Length] : new int[totals.Length];
        totals.CopyTo(keys);
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        keys.Sort(order);
        for (var first = 0; first < keys.Length;)
        {
            var next = first + 1;
            while (next < keys.Length && keys[next] == keys[first])
            {
                next++;
            }

            for (var i = first; i < next; i++)
            {
                places[order[i]] = new RankPlace(keys.Length - next + 1, first, keys.Length);
            }

            first = next;
        }
    }

    // No attribute: compiled with the program it is as good, and a run over one branch does not wait for it.
    private static void Count(ReadOnlySpan<long> totals, Span<RankPlace> places)
    {
        // What fills up the last vector is higher than anyone, and taken off again.
        Span<long> all = stackalloc long[SmallBranch];
        totals.CopyTo(all);
        var whole = (totals.Length + Vector256<long>.Count - 1) / Vector256<long>.Count * Vector256<long>.Count;
        all[totals.Length..whole].Fill(long.MaxValue);
        for (var i = 0; i < totals.Length; i++)
        {
            var own = Vector256.Create(totals[i]);
            var lower = Vector256<long>.Zero;
            var higher = Vector256<long>.Zero;
            for (var j = 0; j < whole; j += Vector256<long>.Count)
            {
                var others = Vector256.Create<long>(all.Slice(j, Vector256<long>.Count));
                lower -= Vector256.LessThan(others, own);
                higher -= Vector256.GreaterThan(others, own);
            }

            var rank = 1 + (int)Vector256.Sum(higher) - (whole - totals.Length);
            places[i] = new RankPlace(rank, (int)Vector256.Sum(lower), totals.Length);
        }
    }
}
