namespace Jifen.Scoring.Facts;

/// <summary>The facts of one member: those of the array from <paramref name="First"/> up to, not including, <paramref name="End"/>.</summary>
internal readonly record struct FactRun(PassedFact[] Facts, int First, int End);

/// <summary>
/// Every fact by member. Where the input came member by member the arrays of the segments are taken as they are; otherwise the facts are
/// laid out anew.
/// </summary>
internal sealed class FactRuns
{
    private readonly PassedFact[][] _blocks;
    private readonly Place[] _places;

    private FactRuns(PassedFact[][] blocks, Place[] places)
    {
        _blocks = blocks;
        _places = places;
    }

    /// <param name="facts">grouped by member already</param>
    /// <param name="start">where each member begins, and at last where all end</param>
    public static FactRuns Of(PassedFact[] facts, int[] start)
    {
        var places = new Place[start.Length - 1];
        for (var member = 0; member < places.Length; member++)
        {
            places[member] = new Place(0, start[member], start[member + 1]);
        }

        return new FactRuns([facts], places);
    }

    public static FactRuns Of(int members, FactSegment[] segments)
    {
        if (AreByMember(segments))
        {
            return Adopt(members, segments);
        }

        var grouping = new Grouping(members, Array.ConvertAll(segments, segment => new ArraySegment<int>(segment.Members, 0, segment.Count)));
        var facts = GC.AllocateUninitializedArray<PassedFact>(grouping.Count);
        Parallel.For(0, segments.Length, s => Scatter(segments[s], grouping.Places[s], facts));
        return Of(facts, grouping.Start);
    }

    public FactRun Of(int member)
    {
        var place = _places[member];
        return new FactRun(_blocks[place.Block], place.First, place.End);
    }

    public int CountOutside(int first, int last)
    {
        var outside = 0;
        foreach (var place in _places)
        {
            var facts = _blocks[place.Block];
            for (var i = place.First; i < place.End; i++)
            {
                outside += (uint)(facts[i].Day - first) > (uint)(last - first) ? 1 : 0;
            }
        }

        return outside;
    }

    private static bool AreByMember(FactSegment[] segments)
    {
        var last = 0;
        foreach (var segment in segments.Where(segment => segment.Count > 0))
        {
            if (!segment.IsByMember || segment.Members[0] < last)
            {
                return false;
            }

            last = segment.Members[segment.Count - 1];
        }

        return true;
    }

    // Only where two segments meet can a member have facts in both: those few are joined in a block of their own.
    private static FactRuns Adopt(int members, FactSegment[] segments)
    {
        var places = new Place[members];
        var joined = new List<PassedFact>();
        for (var s = 0; s < segments.Length; s++)
        {
            foreach (var (member, first, end) in segments[s].Runs())
            {
                places[member] = places[member].Count == 0
                    ? new Place(s, first, end)
                    : Join(segments, places[member], new Place(s, first, end), joined);
            }
        }

        return new FactRuns([.. segments.Select(segment => segment.Passed), [.. joined]], places);
    }

    private static Place Join(FactSegment[] segments, Place before, Place more, List<PassedFact> joined)
    {
        // Those of a third segment follow directly what was joined of the first two.
        var first = before.Block == segments.Length ? before.First : joined.Count;
        if (before.Block != segments.Length)
        {
            joined.AddRange(segments[before.Block].Passed[before.First..before.End]);
        }

        joined.AddRange(segments[more.Block].Passed[more.First..more.End]);
        return new Place(segments.Length, first, joined.Count);
    }

    private static void Scatter(FactSegment segment, FreePlaces places, PassedFact[] facts)
    {
        var owners = segment.Members;
        var passed = segment.Passed;
        for (var i = 0; i < segment.Count; i++)
        {
            facts[places.Take(owners[i])] = passed[i];
        }
    }

    private readonly record struct Place(int Block, int First, int End)
    {
        public int Count => End - First;
    }
}
