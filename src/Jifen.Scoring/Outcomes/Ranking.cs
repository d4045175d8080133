namespace Jifen.Scoring.Outcomes;

/// <summary>Ranks by total: docs/scheme-language.md, section 4, step 7.</summary>
internal static class Ranking
{
    /// <param name="totals">of the people to be ranked</param>
    /// <param name="places">one for each of them</param>
    public static void Rank(ReadOnlySpan<long> totals, Span<RankPlace> places)
    {
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
}
