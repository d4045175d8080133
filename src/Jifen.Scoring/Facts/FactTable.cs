namespace Jifen.Scoring.Facts;

/// <summary>
/// All facts that count, grouped by member: what every pass looks at in one array, the rest in another. Immutable; may be read by many threads. Within a member the order is that of
/// the input and has no meaning: where an order is needed it is date, then id.
/// </summary>
public sealed class FactTable
{
    private readonly int[] _start;
    private readonly PassedFact[] _passed;
    private readonly FactDetail[] _details;
    private readonly FactSegment[] _segments;

    private FactTable(int members, FactSegment[] segments)
    {
        _segments = segments;
        _start = new int[members + 1];
        var next = new int[segments.Length][];
        Parallel.For(0, segments.Length, s => next[s] = CountByMember(segments[s], members));

        // Each segment gets its own stretch of each member's facts, so that the segments can be laid out side by side.
        var at = 0;
        for (var member = 0; member < members; member++)
        {
            _start[member] = at;
            foreach (var counts in next)
            {
                (counts[member], at) = (at, at + counts[member]);
            }
        }

        _start[members] = at;
        _passed = new PassedFact[at];
        _details = new FactDetail[at];
        Parallel.For(0, segments.Length, s => Scatter(segments[s], (short)s, next[s]));
    }

    /// <param name="members">how many members the roster has</param>
    public static FactTable Of(int members, params FactSegment[] segments) => new(members, segments);

    public int Count => _passed.Length;

    public int MemberCount => _start.Length - 1;

    internal ReadOnlySpan<int> Start => _start;

    internal ReadOnlySpan<PassedFact> Passed => _passed;

    /// <summary>How many facts lie outside the days: they are kept, and count for nothing but 有效.</summary>
    /// <param name="first"><see cref="DateOnly.DayNumber"/>, included</param>
    /// <param name="last">included</param>
    public int CountOutside(int first, int last)
    {
        var outside = 0;
        foreach (ref readonly var fact in _passed.AsSpan())
        {
            outside += fact.Day < first || fact.Day > last ? 1 : 0;
        }

        return outside;
    }

    /// <summary>The facts of one member are those at these positions.</summary>
    public Range OfMember(int member) => _start[member].._start[member + 1];

    public int KindOf(int fact) => _passed[fact].Kind;

    /// <summary><see cref="DateOnly.DayNumber"/></summary>
    public int DayOf(int fact) => _passed[fact].Day;

    /// <summary>In hundredths.</summary>
    public int QuantityOf(int fact) => _passed[fact].Quantity;

    /// <summary>0 none, otherwise 1 + index in the kind's levels.</summary>
    public int LevelOf(int fact) => _passed[fact].Level;

    /// <summary>分值 in hundredths, or <see cref="FactSegment.NoAmount"/>.</summary>
    public int AmountOf(int fact) => _details[fact].Amount;

    public int SharersOf(int fact) => _details[fact].Sharers;

    /// <summary>编号, UTF-8.</summary>
    public ReadOnlySpan<byte> IdOf(int fact) => TextAt(_details[fact].Segment, _details[fact].IdStart);

    /// <summary>内容, UTF-8; empty for none.</summary>
    public ReadOnlySpan<byte> ContentOf(int fact) => TextAt(_details[fact].Segment, _details[fact].ContentStart);

    /// <summary>Whether two facts carry the same 内容, byte for byte.</summary>
    public bool SameContent(int left, int right) =>
        _details[left].ContentHash == _details[right].ContentHash && ContentOf(left).SequenceEqual(ContentOf(right));

    public bool HasContent(int fact) => _details[fact].ContentStart != 0;

    private ReadOnlySpan<byte> TextAt(int segment, int start) => _segments[segment].TextAt(start);

    private static int[] CountByMember(FactSegment segment, int members)
    {
        var counts = new int[members];
        foreach (var member in segment.Members.AsSpan(0, segment.Count))
        {
            counts[member]++;
        }

        return counts;
    }

    private void Scatter(FactSegment segment, short number, int[] next)
    {
        for (var i = 0; i < segment.Count; i++)
        {
            var at = next[segment.Members[i]]++;
            _passed[at] = new PassedFact(segment.Days[i], segment.Quantities[i], segment.Kinds[i], segment.Levels[i]);
            _details[at] = new FactDetail(
                segment.IdStarts[i], segment.ContentStarts[i], segment.ContentHashes[i], segment.Amounts[i], number, segment.Sharers[i]);
        }
    }
}

/// <summary>What every pass over the facts of a member looks at.</summary>
internal readonly record struct PassedFact(int Day, int Quantity, ushort Kind, ushort Level);

/// <summary>What only some rules, and the sheets, look at.</summary>
internal readonly record struct FactDetail(int IdStart, int ContentStart, int ContentHash, int Amount, short Segment, byte Sharers);
