namespace Jifen.Scoring.Facts;

/// <summary>
/// All facts that count, grouped by member. Immutable; may be read by many threads. Within a member the order is that of the input and has
/// no meaning: where an order is needed it is date, then id.
/// </summary>
/// <remarks>
/// Sums are made over <see cref="RunOf"/>. What is looked at one by one are the whole facts, by their position: all of them, unless the
/// reader kept only some kinds whole (<see cref="FactSegment"/>).
/// </remarks>
public sealed class FactTable
{
    private readonly FactSegment[] _segments;
    private readonly FactRuns _runs;
    private readonly int[] _start;
    private readonly PassedFact[] _whole;
    private readonly FactDetail[] _details;
    private readonly FactContent[] _contents;

    private FactTable(int members, FactSegment[] segments)
    {
        _segments = segments;
        MemberCount = members;
        Count = segments.Sum(segment => segment.Count);
        IsWhole = Array.TrueForAll(segments, segment => segment.IsWhole);
        var grouping = new Grouping(members, Array.ConvertAll(segments, MembersOfDetails));
        _start = grouping.Start;
        _whole = GC.AllocateUninitializedArray<PassedFact>(grouping.Count);
        _details = GC.AllocateUninitializedArray<FactDetail>(grouping.Count);
        _contents = GC.AllocateUninitializedArray<FactContent>(grouping.Count);
        Parallel.For(0, segments.Length, s => Scatter(segments[s], (short)s, grouping.Places[s]));
        _runs = IsWhole ? FactRuns.Of(_whole, _start) : FactRuns.Of(members, segments);
    }

    /// <param name="members">how many members the roster has</param>
    public static FactTable Of(int members, params FactSegment[] segments) => new(members, segments);

    public int Count { get; }

    public int MemberCount { get; }

    /// <summary>Every fact is whole: what score sheets are written from.</summary>
    public bool IsWhole { get; }

    /// <summary>How many facts lie outside the days: they are kept, and count for nothing but 有效.</summary>
    /// <param name="first"><see cref="DateOnly.DayNumber"/>, included</param>
    /// <param name="last">included</param>
    public int CountOutside(int first, int last) => _runs.CountOutside(first, last);

    /// <summary>The whole facts of one member are those at these positions.</summary>
    public Range OfMember(int member) => _start[member].._start[member + 1];

    public int KindOf(int fact) => _whole[fact].Kind;

    /// <summary><see cref="DateOnly.DayNumber"/></summary>
    public int DayOf(int fact) => _whole[fact].Day;

    /// <summary>In hundredths.</summary>
    public int QuantityOf(int fact) => _whole[fact].Quantity;

    /// <summary>0 none, otherwise 1 + index in the kind's levels.</summary>
    public int LevelOf(int fact) => _whole[fact].Level is var level && level != PassedFact.HighLevel ? level : _details[fact].Level;

    /// <summary>分值 in hundredths, or <see cref="FactSegment.NoAmount"/>.</summary>
    public int AmountOf(int fact) => _details[fact].Amount;

    public int SharersOf(int fact) => _details[fact].Sharers;

    /// <summary>编号, UTF-8.</summary>
    public ReadOnlySpan<byte> IdOf(int fact) => TextAt(_details[fact].Segment, _details[fact].IdStart);

    /// <summary>内容, UTF-8; empty for none.</summary>
    public ReadOnlySpan<byte> ContentOf(int fact) => TextAt(_details[fact].Segment, _contents[fact].Start);

    /// <summary>Whether two facts carry the same 内容, byte for byte.</summary>
    public bool SameContent(int left, int right)
    {
        var one = _contents[left];
        var other = _contents[right];
        return one.Hash == other.Hash
            && ((one.Start == other.Start && _segments.Length == 1) || ContentOf(left).SequenceEqual(ContentOf(right)));
    }

    public bool HasContent(int fact) => _contents[fact].Start != 0;

    /// <summary>Every fact of one member, whole or not.</summary>
    internal FactRun RunOf(int member) => _runs.Of(member);

    /// <summary>Where the whole facts of a member begin; those of the next one begin where they end.</summary>
    internal int[] Start => _start;

    internal PassedFact[] Whole => _whole;

    private ReadOnlySpan<byte> TextAt(int segment, int start) => _segments[segment].TextAt(start);

    private static ArraySegment<int> MembersOfDetails(FactSegment segment) => segment.IsWhole
        ? new ArraySegment<int>(segment.Members, 0, segment.Count)
        : Array.ConvertAll(segment.DetailRows[..segment.DetailCount], row => segment.Members[row]);

    private void Scatter(FactSegment segment, short number, FreePlaces places)
    {
        for (var i = 0; i < segment.DetailCount; i++)
        {
            var row = segment.IsWhole ? i : segment.DetailRows[i];
            var at = places.Take(segment.Members[row]);
            _whole[at] = segment.Passed[row];
            _details[at] = segment.Details[i] with { Segment = number };
            _contents[at] = segment.Contents[i];
        }
    }
}
