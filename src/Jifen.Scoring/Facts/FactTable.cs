using Jifen.Scoring.Scorecards;

namespace Jifen.Scoring.Facts;

/// <summary>
/// All facts that count, grouped by member. Immutable; may be read by many threads. Within a member the order is that of the input and has
/// no meaning: where an order is needed it is date, then id.
/// </summary>
/// <remarks>
/// The facts that are kept are looked at by their position: all of them, unless some kinds were added up while they were read
/// (<see cref="KindSums"/>).
/// </remarks>
public sealed class FactTable
{
    private readonly FactSegment[] _segments;
    private readonly int[] _start;
    private readonly KindSums[] _sums;
    private readonly PassedFact[] _passed;
    private readonly FactDetail[] _details;
    private readonly FactContent[] _contents;

    private FactTable(int members, FactSegment[] segments, int threads)
    {
        _segments = segments;
        MemberCount = members;
        _sums = segments.Select(segment => segment.Sums).OfType<KindSums>().Distinct().ToArray();
        var grouping = new Grouping(members, segments, threads);
        Count = grouping.Count;
        foreach (var sums in _sums)
        {
            Count += sums.Count;
        }

        _start = grouping.Start;
        _passed = GC.AllocateUninitializedArray<PassedFact>(grouping.Count);
        _details = GC.AllocateUninitializedArray<FactDetail>(grouping.Count);
        _contents = GC.AllocateUninitializedArray<FactContent>(grouping.Count);
        SideBySide.Each(segments.Length, threads, s => Scatter(segments[s], (short)s, grouping.Places[s]));
    }

    /// <param name="members">how many members the roster has</param>
    public static FactTable Of(int members, params FactSegment[] segments) => new(members, segments, threads: 1);

    /// <param name="threads">how many may group at once; the table does not depend on it</param>
    /// <inheritdoc cref="Of(int, FactSegment[])"/>
    public static FactTable Of(int members, FactSegment[] segments, int threads) => new(members, segments, threads);

    /// <summary>How many facts were read, kept or not.</summary>
    public int Count { get; }

    public int MemberCount { get; }

    /// <summary>Every fact is kept: what score sheets are written from.</summary>
    public bool IsWhole => _sums.Length == 0;

    /// <summary>What the facts that are not kept were added up for; null when all are.</summary>
    internal TotalsNeed? AddedUpFor => _sums.Length == 0 ? null : _sums[0].Need;

    /// <summary>How many facts lie outside the days: they are kept, and count for nothing but 有效.</summary>
    /// <param name="days">the cycle for which they were read</param>
    public int CountOutside(Days days)
    {
        if (AddedUpFor is { } need && need.Cycle != days)
        {
            throw new ArgumentException("the facts were added up for another cycle", nameof(days));
        }

        var outside = 0;
        foreach (var sums in _sums)
        {
            outside += sums.Outside;
        }

        foreach (var fact in _passed)
        {
            outside += days.Contains(fact.Day) ? 0 : 1;
        }

        return outside;
    }

    /// <summary>The facts of one member that are kept are those at these positions.</summary>
    public Range OfMember(int member) => _start[member].._start[member + 1];

    public int KindOf(int fact) => _passed[fact].Kind;

    /// <summary><see cref="DateOnly.DayNumber"/></summary>
    public int DayOf(int fact) => _passed[fact].Day;

    /// <summary>In hundredths.</summary>
    public int QuantityOf(int fact) => _passed[fact].Quantity;

    /// <summary>0 none, otherwise 1 + index in the kind's levels.</summary>
    public int LevelOf(int fact) => _passed[fact].Level is var level && level != PassedFact.HighLevel ? level : _details[fact].Level;

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

    /// <summary>The position of the first of them.</summary>
    internal int FirstOf(int member) => _start[member];

    /// <summary>The facts of one member that are kept, in one word each.</summary>
    internal ReadOnlySpan<PassedFact> PassedOf(int member) => _passed.AsSpan(_start[member], _start[member + 1] - _start[member]);

    /// <summary>Adds the sums of the facts that are not kept.</summary>
    /// <inheritdoc cref="KindSums.AddTo"/>
    internal void AddSumsTo(long[] sums, ref ulong present, int member, int round)
    {
        foreach (var part in _sums)
        {
            part.AddTo(sums, ref present, member, round);
        }
    }

    private ReadOnlySpan<byte> TextAt(int segment, int start) => _segments[segment].TextAt(start);

    private void Scatter(FactSegment segment, short number, FreePlaces places)
    {
        for (var i = 0; i < segment.Count; i++)
        {
            var at = places.Take(segment.Members[i]);
            _passed[at] = segment.Passed[i];
            _details[at] = segment.Details[i] with { Segment = number };
            _contents[at] = segment.Contents[i];
        }
    }
}
