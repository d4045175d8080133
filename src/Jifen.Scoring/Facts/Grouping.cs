namespace Jifen.Scoring.Facts;

/// <summary>
/// Where facts go when they are put together by member: a place for each, counted beforehand. Each segment gets its own stretch of each
/// member's places, so that the segments can be laid out side by side.
/// </summary>
internal sealed class Grouping
{
    /// <param name="threads">how many may count at once</param>
    public Grouping(int members, FactSegment[] segments, int threads)
    {
        Places = new FreePlaces[segments.Length];
        Start = new int[members + 1];
        SideBySide.Each(segments.Length, threads, s => Places[s] = FreePlaces.CountedIn(segments[s].Members.AsSpan(0, segments[s].Count)));
        foreach (var places in Places)
        {
            places.AddCountsTo(Start.AsSpan(1));
        }

        for (var member = 0; member < members; member++)
        {
            Start[member + 1] += Start[member];
        }

        var free = Start.AsSpan(0, members).ToArray();
        foreach (var places in Places)
        {
            places.TakeFrom(free);
        }
    }

    public int Count => Start[^1];

    /// <summary>The facts of member m go to <c>Start[m]</c> up to, not including, <c>Start[m + 1]</c>.</summary>
    public int[] Start { get; }

    /// <summary>For each segment.</summary>
    public FreePlaces[] Places { get; }
}

/// <summary>The next free place for each member a segment has to do with: from the first of them to the last.</summary>
internal readonly struct FreePlaces
{
    private readonly int _first;
    private readonly int[] _next;

    private FreePlaces(int first, int[] next)
    {
        _first = first;
        _next = next;
    }

    /// <param name="owners">the member of each fact</param>
    /// <returns>holds as yet how many facts each member has</returns>
    public static FreePlaces CountedIn(ReadOnlySpan<int> owners)
    {
        if (owners.IsEmpty)
        {
            return new FreePlaces(0, []);
        }

        var (first, last) = (int.MaxValue, 0);
        foreach (var owner in owners)
        {
            first = Math.Min(first, owner);
            last = Math.Max(last, owner);
        }

        var counts = new int[last - first + 1];
        foreach (var owner in owners)
        {
            counts[owner - first]++;
        }

        return new FreePlaces(first, counts);
    }

    public void AddCountsTo(Span<int> byMember)
    {
        for (var i = 0; i < _next.Length; i++)
        {
            byMember[_first + i] += _next[i];
        }
    }

    /// <param name="free">by member: its first free place, from where what was counted is taken</param>
    public void TakeFrom(Span<int> free)
    {
        for (var i = 0; i < _next.Length; i++)
        {
            (_next[i], free[_first + i]) = (free[_first + i], free[_first + i] + _next[i]);
        }
    }

    public int Take(int member) => _next[member - _first]++;
}
