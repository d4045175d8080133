using System.Runtime.CompilerServices;

namespace Jifen.Scoring.Facts;

/// <summary>
/// Facts that count (状态 空白 or 确认), in the order they were read. A reader fills one segment for each stretch of its file;
/// <see cref="FactTable"/> joins segments and groups the facts by member.
/// </summary>
/// <remarks>Kinds of which only the sum is wanted are not kept: they go into <see cref="Sums"/> as they come.</remarks>
public sealed class FactSegment
{
    private readonly bool[]? _wholeKinds;

    // Contents repeat: where each was kept last, by its hash.
    private readonly int[] _keptContents = new int[1 << 10];

    private byte[] _text = new byte[1 << 12];
    private int _textLength;

    internal int[] Members;
    internal PassedFact[] Passed;
    internal FactDetail[] Details;
    internal FactContent[] Contents;

    /// <param name="capacity">about so many facts will be kept</param>
    /// <param name="sums">gets the facts of kinds that need not be kept whole; null keeps all. Several segments of one thread may share it</param>
    public FactSegment(int capacity = 1024, KindSums? sums = null)
    {
        Sums = sums;
        _wholeKinds = sums?.Need.WholeKinds;
        Members = GC.AllocateUninitializedArray<int>(capacity);
        Passed = GC.AllocateUninitializedArray<PassedFact>(capacity);
        Details = GC.AllocateUninitializedArray<FactDetail>(capacity);
        Contents = GC.AllocateUninitializedArray<FactContent>(capacity);
    }

    /// <summary>Marks a fact that carries no 分值.</summary>
    public const int NoAmount = int.MinValue;

    /// <summary>How many facts are kept.</summary>
    public int Count { get; private set; }

    internal KindSums? Sums { get; }

    /// <param name="member">index in the roster</param>
    /// <param name="kind">index in <c>Scheme.FactKinds</c></param>
    /// <param name="day"><see cref="DateOnly.DayNumber"/></param>
    /// <param name="quantity">数量 in hundredths; 100 where the input left it empty</param>
    /// <param name="level">0 none, otherwise 1 + index in the kind's levels</param>
    /// <param name="amount">分值 in hundredths, or <see cref="NoAmount"/></param>
    /// <param name="sharers">how many members the fact names, 1 to 255</param>
    /// <param name="id">编号, UTF-8, at most 255 bytes</param>
    /// <param name="content">内容, UTF-8, at most 65,535 bytes; empty for none</param>
    public void Add(
        int member, int kind, int day, int quantity, int level, int amount, int sharers, ReadOnlySpan<byte> id, ReadOnlySpan<byte> content)
    {
        if (!KeepsWhole(kind))
        {
            AddForSums(member, kind, day, quantity);
            return;
        }

        var at = Count;
        if (at == Members.Length)
        {
            Grow(Math.Max(64, at * 2));
        }

        var hash = Hash(content);
        Members[at] = member;
        Passed[at] = new PassedFact(kind, day, quantity, level);
        Details[at] = new FactDetail(Keep(id), amount, (ushort)level, Segment: 0, (byte)sharers);
        Contents[at] = new FactContent(content.IsEmpty ? 0 : KeepContent(content, hash), hash);
        Count = at + 1;
    }

    /// <summary>Whether the facts of a kind are kept whole; otherwise <see cref="AddForSums"/> does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool KeepsWhole(int kind) => _wholeKinds is null || _wholeKinds[kind];

    /// <summary>A fact of a kind that is not kept whole.</summary>
    /// <inheritdoc cref="Add"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddForSums(int member, int kind, int day, int quantity) => Sums!.Add(member, kind, day, quantity);

    internal ReadOnlySpan<byte> TextAt(int start) =>
        start == 0 ? default : _text.AsSpan(start + 2, _text[start] | (_text[start + 1] << 8));

    private int KeepContent(ReadOnlySpan<byte> content, int hash)
    {
        ref var kept = ref _keptContents[(hash ^ (hash >> 16)) & (_keptContents.Length - 1)];
        if (kept == 0 || !TextAt(kept).SequenceEqual(content))
        {
            kept = Keep(content);
        }

        return kept;
    }

    // Text is kept as length (two bytes) and bytes; position 0 stays unused so that 0 means none.
    private int Keep(ReadOnlySpan<byte> text)
    {
        if (_textLength == 0)
        {
            _textLength = 1;
        }

        var needed = _textLength + text.Length + 2;
        if (needed > _text.Length)
        {
            Array.Resize(ref _text, (int)Math.Min(Array.MaxLength, Math.Max(needed, _text.Length * 2L)));
        }

        var start = _textLength;
        _text[start] = (byte)text.Length;
        _text[start + 1] = (byte)(text.Length >> 8);
        text.CopyTo(_text.AsSpan(start + 2));
        _textLength = needed;
        return start;
    }

    // FNV-1a: contents that differ here differ; those that agree are compared byte by byte.
    private static int Hash(ReadOnlySpan<byte> text)
    {
        var hash = 2166136261u;
        foreach (var one in text)
        {
            hash = (hash ^ one) * 16777619;
        }

        return (int)hash;
    }

    private void Grow(int capacity)
    {
        Array.Resize(ref Members, capacity);
        Array.Resize(ref Passed, capacity);
        Array.Resize(ref Details, capacity);
        Array.Resize(ref Contents, capacity);
    }
}
