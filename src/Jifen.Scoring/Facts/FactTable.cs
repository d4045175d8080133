namespace Jifen.Scoring.Facts;

/// <summary>
/// All facts that count, in columns, grouped by member. Immutable; may be read by many threads. Within a member the order is that of
/// the input and has no meaning: where an order is needed it is date, then id.
/// </summary>
public sealed class FactTable
{
    private readonly int[] _start;
    private readonly ushort[] _kinds;
    private readonly int[] _days;
    private readonly int[] _quantities;
    private readonly ushort[] _levels;
    private readonly int[] _amounts;
    private readonly byte[] _sharers;
    private readonly long[] _ids;
    private readonly long[] _contents;
    private readonly int[] _contentHashes;
    private readonly FactSegment[] _segments;

    private FactTable(int members, FactSegment[] segments)
    {
        _segments = segments;
        _start = new int[members + 1];
        foreach (var segment in segments)
        {
            foreach (var member in segment.Members.AsSpan(0, segment.Count))
            {
                _start[member + 1]++;
            }
        }

        for (var m = 0; m < members; m++)
        {
            _start[m + 1] += _start[m];
        }

        var count = _start[members];
        _kinds = new ushort[count];
        _days = new int[count];
        _quantities = new int[count];
        _levels = new ushort[count];
        _amounts = new int[count];
        _sharers = new byte[count];
        _ids = new long[count];
        _contents = new long[count];
        _contentHashes = new int[count];
        var next = _start.AsSpan(0, members).ToArray();
        for (var s = 0; s < segments.Length; s++)
        {
            Scatter(segments[s], (long)s << 32, next);
        }
    }

    /// <param name="members">how many members the roster has</param>
    public static FactTable Of(int members, params FactSegment[] segments) => new(members, segments);

    public int Count => _kinds.Length;

    public int MemberCount => _start.Length - 1;

    internal ReadOnlySpan<int> Start => _start;

    internal ReadOnlySpan<ushort> Kinds => _kinds;

    internal ReadOnlySpan<int> Days => _days;

    internal ReadOnlySpan<int> Quantities => _quantities;

    /// <summary>How many facts lie outside the days: they are kept, and count for nothing but 有效.</summary>
    /// <param name="first"><see cref="DateOnly.DayNumber"/>, included</param>
    /// <param name="last">included</param>
    public int CountOutside(int first, int last)
    {
        var outside = 0;
        foreach (var day in _days)
        {
            outside += day < first || day > last ? 1 : 0;
        }

        return outside;
    }

    /// <summary>The facts of one member are those at these positions.</summary>
    public Range OfMember(int member) => _start[member].._start[member + 1];

    public int KindOf(int fact) => _kinds[fact];

    /// <summary><see cref="DateOnly.DayNumber"/></summary>
    public int DayOf(int fact) => _days[fact];

    /// <summary>In hundredths.</summary>
    public int QuantityOf(int fact) => _quantities[fact];

    /// <summary>0 none, otherwise 1 + index in the kind's levels.</summary>
    public int LevelOf(int fact) => _levels[fact];

    /// <summary>分值 in hundredths, or <see cref="FactSegment.NoAmount"/>.</summary>
    public int AmountOf(int fact) => _amounts[fact];

    public int SharersOf(int fact) => _sharers[fact];

    /// <summary>编号, UTF-8.</summary>
    public ReadOnlySpan<byte> IdOf(int fact) => TextAt(_ids[fact]);

    /// <summary>内容, UTF-8; empty for none.</summary>
    public ReadOnlySpan<byte> ContentOf(int fact) => TextAt(_contents[fact]);

    /// <summary>Whether two facts carry the same 内容, byte for byte.</summary>
    public bool SameContent(int left, int right) =>
        _contentHashes[left] == _contentHashes[right] && ContentOf(left).SequenceEqual(ContentOf(right));

    public bool HasContent(int fact) => (int)_contents[fact] != 0;

    private ReadOnlySpan<byte> TextAt(long reference) => _segments[(int)(reference >> 32)].TextAt((int)reference);

    private void Scatter(FactSegment segment, long segmentBits, int[] next)
    {
        for (var i = 0; i < segment.Count; i++)
        {
            var at = next[segment.Members[i]]++;
            _kinds[at] = segment.Kinds[i];
            _days[at] = segment.Days[i];
            _quantities[at] = segment.Quantities[i];
            _levels[at] = segment.Levels[i];
            _amounts[at] = segment.Amounts[i];
            _sharers[at] = segment.Sharers[i];
            _ids[at] = segmentBits | (uint)segment.IdStarts[i];
            _contents[at] = segmentBits | (uint)segment.ContentStarts[i];
            _contentHashes[at] = segment.ContentHashes[i];
        }
    }
}
