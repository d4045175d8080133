using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Jifen.Documents.Imports.Facts;

/// <summary>
/// Finds a member (or a kind of fact) by the UTF-8 bytes of its name: open addressing, one cache line a look for names up to 16 bytes.
/// Bytes that are found are valid UTF-8, since the names are.
/// </summary>
internal sealed class ShortIds
{
    // Behind a name that is looked up, so many bytes must be readable.
    public const int Padding = 16;

    private const int LongestKey = 16;

    private readonly Entry[] _entries;
    private readonly int _shift;
    private readonly byte[] _names;
    private readonly int[] _starts;

    public ShortIds(IReadOnlyList<string> names)
    {
        _names = new byte[names.Sum(name => Encoding.UTF8.GetByteCount(name)) + Padding];
        _starts = new int[names.Count + 1];
        var bits = 4;
        while (1L << bits < names.Count * 2L)
        {
            bits++;
        }

        _entries = new Entry[1 << bits];
        _shift = 64 - bits;
        for (var i = 0; i < names.Count; i++)
        {
            _starts[i + 1] = _starts[i] + Encoding.UTF8.GetBytes(names[i], _names.AsSpan(_starts[i]));
        }

        for (var i = 0; i < names.Count; i++)
        {
            Add(ref _names[_starts[i]], _starts[i + 1] - _starts[i], i);
        }
    }

    /// <summary>The first of those that are named so.</summary>
    /// <param name="name">with <see cref="Padding"/> readable bytes behind it</param>
    /// <returns>the place in the list, or −1</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(ref byte name, int length)
    {
        var (low, high) = KeyOf(ref name, length);
        return Find(low, high, ref name, length);
    }

    /// <summary>Looks first whether it is the one that was found the last time.</summary>
    /// <inheritdoc cref="Find(ref byte, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(ref byte name, int length, ref Last last)
    {
        var (low, high) = KeyOf(ref name, length);
        if (last.Low == low && last.High == high && last.Length == length && length is > 0 and <= LongestKey)
        {
            return last.Index;
        }

        var index = Find(low, high, ref name, length);
        if (index >= 0)
        {
            last.Low = low;
            last.High = high;
            last.Length = length;
            last.Index = index;
        }

        return index;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Find(ulong low, ulong high, ref byte name, int length)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(_entries);
        var mask = _entries.Length - 1;
        for (var slot = SlotOf(low, high, length); ; slot = (slot + 1) & mask)
        {
            ref var entry = ref Unsafe.Add(ref first, slot);
            if (entry.IndexPlusOne == 0)
            {
                return -1;
            }

            if (entry.Low == low && entry.High == high && entry.Length == length && (length <= LongestKey || IsNamed(entry.IndexPlusOne - 1, ref name)))
            {
                return entry.IndexPlusOne - 1;
            }
        }
    }

    /// <summary>Names up to <see cref="LongestKey"/> bytes are their own key; of longer ones it is the beginning and a hash of the rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (ulong Low, ulong High) KeyOf(ref byte name, int length)
    {
        if (length <= 8)
        {
            return (Word(ref name) & Mask(length), 0);
        }

        if (length <= LongestKey)
        {
            return (Word(ref name), Word(ref Unsafe.Add(ref name, length - 8)));
        }

        return (Word(ref name), length <= 24
            ? (Word(ref Unsafe.Add(ref name, 8)) * 0xA24B_AED4_963E_E407) ^ Word(ref Unsafe.Add(ref name, length - 8))
            : HashOf(ref name, length));
    }

    private static ulong HashOf(ref byte name, int length)
    {
        var hash = Word(ref Unsafe.Add(ref name, length - 8));
        for (var at = 8; at < length - 8; at += 8)
        {
            hash = Mix(hash ^ Word(ref Unsafe.Add(ref name, at)));
        }

        return hash;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word(ref byte at) => Unsafe.ReadUnaligned<ulong>(ref at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mask(int length) => length == 0 ? 0 : ulong.MaxValue >> (64 - (length * 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong value)
    {
        var product = Math.BigMul(value ^ 0x9E37_79B9_7F4A_7C15, 0xD6E8_FEB8_6659_FD93, out var low);
        return product ^ low;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int SlotOf(ulong low, ulong high, int length) => (int)(Mix(low ^ (high * 0xA24B_AED4_963E_E407) ^ (ulong)length) >> _shift);

    private bool IsNamed(int index, ref byte name)
    {
        var known = _names.AsSpan(_starts[index].._starts[index + 1]);
        return MemoryMarshal.CreateReadOnlySpan(ref name, known.Length).SequenceEqual(known);
    }

    private void Add(ref byte name, int length, int index)
    {
        if (Find(ref name, length) >= 0)
        {
            return;
        }

        var (low, high) = KeyOf(ref name, length);
        var slot = SlotOf(low, high, length);
        while (_entries[slot].IndexPlusOne != 0)
        {
            slot = (slot + 1) & (_entries.Length - 1);
        }

        _entries[slot] = new Entry { Low = low, High = high, Length = length, IndexPlusOne = index + 1 };
    }

    /// <summary>What was found the last time; one a thread. Tables are mostly sorted, so it is often the same again.</summary>
    public struct Last
    {
        internal ulong Low;
        internal ulong High;
        internal int Length;
        internal int Index;
    }

    private struct Entry
    {
        public ulong Low;
        public ulong High;
        public int Length;
        public int IndexPlusOne;
    }
}
