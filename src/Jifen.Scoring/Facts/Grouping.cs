namespace Jifen.Scoring.Facts;

/// <summary>
/// Where things go when they are put together by member: a place for each, counted beforehand. Each segment gets its own stretch of each
/// member's places, so that the segments can be laid out side by side.
/// </summary>
internal sealed class Grouping
{
    /// <param name="owners">for each segment the member of each thing, in its order</param>
    public Grouping(int members, ArraySegment<int>[] owners)
    {
        Next = new int[owners.Length][];
        Start = new int[members + 1];
        Parallel.For(0, owners.Length, s => Next[s] = CountByMember(owners[s], members));
        var at = 0;
        for (var member = 0; member < members; member++)
        {
            Start[member] = at;
            foreach (var counts in Next)
            {
                (counts[member], at) = (at, at + counts[member]);
            }
        }

        Start[members] = at;
    }

    public int Count => Start[^1];

    /// <summary>The things of member m go to <c>Start[m]</c> up to, not including, <c>Start[m + 1]</c>.</summary>
    public int[] Start { get; }

    /// <summary>For each segment, by member: the next free place.</summary>
    public int[][] Next { get; }

    private static int[] CountByMember(ArraySegment<int> owners, int members)
    {
        var counts = new int[members];
        var of = owners.Array!;
        for (var i = owners.Offset; i < owners.Offset + owners.Count; i++)
        {
            counts[of[i]]++;
        }

        return counts;
    }
}
