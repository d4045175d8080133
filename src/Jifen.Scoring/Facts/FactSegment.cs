using System.Runtime.CompilerServices;

namespace Jifen.Scoring.Facts;

/// <summary>
/// Facts that count (状态 空白 or 确认), in the order they were read. A reader fills one segment a thread;
/// <see cref="FactTable"/> joins segments and groups the facts by member.
/// </summary>
/// <remarks>
/// Of every fact there is what the sums need, in eight bytes. The rest (编号, 级别, 内容, 分值) is kept only of facts that are
/// <em>whole</em>: all of them, unless the reader says which kinds are looked at one by one.
/// </remarks>
public sealed class FactSegment
{
    private readonly bool[]? _wholeKinds;

    // Contents repeat: where each was kept last, by its hash.
    private readonly int[] _keptContents = new int[1 << 10];

    private byte[] _text = new byte[1 << 12];
    private int _textLength;
    private int _lastMember = -1;

    // While the facts come member by member: whose begin where.
    private readonly List<(int Member, int First)> _runs = [];

    internal int[] Members;
    internal PassedFact[] Passed;
    internal FactDetail[] Details;
    internal FactContent[] Contents;

    /// <summary>Which row each of the details belongs to; empty when every row has one.</summary>
    internal int[] DetailRows;

    /// <param name="wholeKinds">by kind: whether its facts are kept whole; null keeps all</param>
    public FactSegment(int capacity = 1024, bool[]? wholeKinds = null)
    {
        const int FewDetails = 64;
        _wholeKinds = wholeKinds;
        Members = GC.AllocateUninitializedArray<int>(capacity);
        Passed = GC.AllocateUninitializedArray<PassedFact>(capacity);
        Details = GC.AllocateUninitializedArray<FactDetail>(wholeKinds is null ? capacity : FewDetails);
        Contents = GC.AllocateUninitializedArray<FactContent>(Details.Length);
        DetailRows = wholeKinds is null ? [] : new int[FewDetails];
    }

    /// <summary>Marks a fact that carries no 分值.</summary>
    public const int NoAmount = int.MinValue;

    public int Count { get; private set; }

    internal int DetailCount { get; private set; }

    /// <summary>Every fact is whole, so that details stand where their facts stand.</summary>
    internal bool IsWhole => _wholeKinds is null;

    /// <summary>The facts came member by member, in the order of the roster.</summary>
    internal bool IsByMember { get; private set; } = true;

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
        if (KeepsWhole(kind))
        {
            AddDetail(level, amount, sharers, id, content);
        }

        AddPassed(member, new PassedFact(kind, day, quantity, level));
    }

    /// <summary>Whether the facts of a kind are kept whole; otherwise <see cref="AddForSums"/> does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool KeepsWhole(int kind) => _wholeKinds is null || _wholeKinds[kind];

    /// <summary>A fact of a kind that is not kept whole.</summary>
    /// <inheritdoc cref="Add"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddForSums(int member, int kind, int day, int quantity) => AddPassed(member, new PassedFact(kind, day, quantity));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddPassed(int member, PassedFact fact)
    {
        var at = Count;
        var members = Members;
        if (at >= members.Length)
        {
            members = Grow(at * 2);
        }

        members[at] = member;
        Passed[at] = fact;
        if (member != _lastMember)
        {
            TurnTo(member);
        }

        Count = at + 1;
    }

    /// <summary>Of facts that came member by member: where those of each begin and end, in their order.</summary>
    internal IEnumerable<(int Member, int First, int End)> Runs()
    {
        for (var i = 0; i < _runs.Count; i++)
        {
            yield return (_runs[i].Member, _runs[i].First, i + 1 < _runs.Count ? _runs[i + 1].First : Count);
        }
    }

    internal ReadOnlySpan<byte> TextAt(int start) =>
        start == 0 ? default : _text.AsSpan(start + 2, _text[start] | (_text[start + 1] << 8));

    private void AddDetail(int level, int amount, int sharers, ReadOnlySpan<byte> id, ReadOnlySpan<byte> content)
    {
        var at = DetailCount;
        if (at == Details.Length)
        {
            Array.Resize(ref Details, at * 2);
            Array.Resize(ref Contents, at * 2);
        }

        if (!IsWhole)
        {
            if (at == DetailRows.Length)
            {
                Array.Resize(ref DetailRows, at * 2);
            }

            DetailRows[at] = Count;
        }

        var hash = Hash(content);
        Details[at] = new FactDetail(Keep(id), amount, (ushort)level, Segment: 0, (byte)sharers);
        Contents[at] = new FactContent(content.IsEmpty ? 0 : KeepContent(content, hash), hash);
        DetailCount = at + 1;
    }

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

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void TurnTo(int member)
    {
        IsByMember &= member > _lastMember;
        _lastMember = member;
        if (IsByMember)
        {
            _runs.Add((member, Count));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int[] Grow(int capacity)
    {
        Array.Resize(ref Members, capacity);
        Array.Resize(ref Passed, capacity);
        return Members;
    }
}
