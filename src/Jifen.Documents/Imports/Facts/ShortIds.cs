using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Jifen.Documents.Imports.Facts;

/// <summary>
/// Finds a member (or a kind of fact) by the UTF-8 bytes of its name. Names that count up (M0000001, M0000002 …) are their own place; others
/// are hashed, with open addressing. Bytes that are found are valid UTF-8, since the names are.
/// </summary>
internal sealed class ShortIds
{
    private readonly CountedNames? _counted;
    private readonly Dictionary<string, int> _long = new(StringComparer.Ordinal);
    private readonly Entry[] _entries;
    private readonly int _shift;

    public ShortIds(IReadOnlyList<string> names)
    {
        _counted = CountedNames.TryOf(names);
        AreAllDifferent = _counted?.AreAllDifferent ?? true;
        var bits = 4;
        while (_counted is null && 1L << bits < names.Count * 2L)
        {
            bits++;
        }

        _entries = new Entry[1 << bits];
        _shift = 64 - bits;
        for (var i = 0; _counted is null && i < names.Count; i++)
        {
            Add(names[i], i);
        }
    }

    /// <summary>No name was there twice.</summary>
    public bool AreAllDifferent { get; private set; }

    /// <summary>The first of those that are named so.</summary>
    /// <param name="name">with <see cref="ByteKey.Padding"/> readable bytes behind it</param>
    /// <returns>the place in the list, or −1</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(ref byte name, int length)
    {
        if (_counted is { } counted)
        {
            return counted.Find(ref name, length);
        }

        return length > ByteKey.Longest ? FindLong(ref name, length) : Find(ByteKey.Of(ref name, length));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Find(ByteKey key)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(_entries);
        var mask = _entries.Length - 1;
        for (var slot = (int)(key.Hash >> _shift); ; slot = (slot + 1) & mask)
        {
            ref var entry = ref Unsafe.Add(ref first, slot);
            if (entry.IndexPlusOne == 0 || entry.Name.Is(key))
            {
                return entry.IndexPlusOne - 1;
            }
        }
    }

    // Names of more than eight Chinese characters are rare, and looked up as anywhere else.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int FindLong(ref byte name, int length)
    {
        var bytes = MemoryMarshal.CreateReadOnlySpan(ref name, length);
        Span<char> text = stackalloc char[256];
        return length <= text.Length
            && System.Text.Unicode.Utf8.ToUtf16(bytes, text, out _, out var written, replaceInvalidSequences: false) == System.Buffers.OperationStatus.Done
            && _long.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..written], out var index)
            ? index
            : -1;
    }

    private void Add(string name, int index)
    {
        Span<byte> bytes = stackalloc byte[ByteKey.Longest + ByteKey.Padding];
        if (Encoding.UTF8.GetByteCount(name) > ByteKey.Longest)
        {
            AreAllDifferent &= _long.TryAdd(name, index);
            return;
        }

        var key = ByteKey.Of(ref bytes[0], Encoding.UTF8.GetBytes(name, bytes));
        if (Find(key) >= 0)
        {
            AreAllDifferent = false;
            return;
        }

        var slot = (int)(key.Hash >> _shift);
        while (_entries[slot].IndexPlusOne != 0)
        {
            slot = (slot + 1) & (_entries.Length - 1);
        }

        _entries[slot] = new Entry { Name = key, IndexPlusOne = index + 1 };
    }

    private struct Entry
    {
        public ByteKey Name;
        public int IndexPlusOne;
    }
}
