namespace Jifen.Scoring.Facts;

/// <summary>
/// Facts that count (状态 空白 or 确认), in the order they were read. A reader fills one segment a thread;
/// <see cref="FactTable"/> joins segments and groups the facts by member.
/// </summary>
public sealed class FactSegment
{
    internal byte[] Text = new byte[1 << 12];
    internal int TextLength;
    internal int[] Members;
    internal ushort[] Kinds;
    internal int[] Days;
    internal int[] Quantities;
    internal ushort[] Levels;
    internal int[] Amounts;
    internal byte[] Sharers;
    internal int[] IdStarts;
    internal int[] ContentStarts;
    internal int[] ContentHashes;

    public FactSegment(int capacity = 1024)
    {
        Members = new int[capacity];
        Kinds = new ushort[capacity];
        Days = new int[capacity];
        Quantities = new int[capacity];
        Levels = new ushort[capacity];
        Amounts = new int[capacity];
        Sharers = new byte[capacity];
        IdStarts = new int[capacity];
        ContentStarts = new int[capacity];
        ContentHashes = new int[capacity];
    }

    /// <summary>Marks a fact that carries no 分值.</summary>
    public const int NoAmount = int.MinValue;

    public int Count { get; private set; }

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
        var at = Count;
        if (at == Members.Length)
        {
            Grow(at * 2);
        }

        Members[at] = member;
        Kinds[at] = (ushort)kind;
        Days[at] = day;
        Quantities[at] = quantity;
        Levels[at] = (ushort)level;
        Amounts[at] = amount;
        Sharers[at] = (byte)sharers;
        IdStarts[at] = Keep(id);
        ContentStarts[at] = content.IsEmpty ? 0 : Keep(content);
        ContentHashes[at] = Hash(content);
        Count = at + 1;
    }

    // Text is kept as length (two bytes) and bytes; position 0 stays unused so that 0 means none.
    private int Keep(ReadOnlySpan<byte> text)
    {
        if (TextLength == 0)
        {
            TextLength = 1;
        }

        var needed = TextLength + text.Length + 2;
        if (needed > Text.Length)
        {
            Array.Resize(ref Text, (int)Math.Min(Array.MaxLength, Math.Max(needed, Text.Length * 2L)));
        }

        var start = TextLength;
        Text[start] = (byte)text.Length;
        Text[start + 1] = (byte)(text.Length >> 8);
        text.CopyTo(Text.AsSpan(start + 2));
        TextLength = needed;
        return start;
    }

    internal ReadOnlySpan<byte> TextAt(int start) =>
        start == 0 ? default : Text.AsSpan(start + 2, Text[start] | (Text[start + 1] << 8));

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
        Array.Resize(ref Kinds, capacity);
        Array.Resize(ref Days, capacity);
        Array.Resize(ref Quantities, capacity);
        Array.Resize(ref Levels, capacity);
        Array.Resize(ref Amounts, capacity);
        Array.Resize(ref Sharers, capacity);
        Array.Resize(ref IdStarts, capacity);
        Array.Resize(ref ContentStarts, capacity);
        Array.Resize(ref ContentHashes, capacity);
    }
}
