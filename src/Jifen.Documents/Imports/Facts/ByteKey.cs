using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Jifen.Documents.Imports.Facts;

/// <summary>Up to 24 bytes as a value of its own: read in three words, compared without a loop.</summary>
internal readonly struct ByteKey
{
    /// <summary>Behind bytes that are looked up so many must be readable.</summary>
    public const int Padding = 24;

    public const int Longest = 24;

    private readonly ulong _head;
    private readonly ulong _middle;
    private readonly ulong _tail;
    private readonly int _length;

    private ByteKey(ulong head, ulong middle, ulong tail, int length)
    {
        _head = head;
        _middle = middle;
        _tail = tail;
        _length = length;
    }

    /// <summary>Well mixed in its upper bits.</summary>
    public ulong Hash
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Mixed(_head ^ (_middle * 0xA24B_AED4_963E_E407) ^ (_tail * 0xD6E8_FEB8_6659_FD93) ^ (ulong)_length);
    }

    // For each length what of the three words belongs to the text. Texts are of all lengths: asking would cost more than masking.
    private static ReadOnlySpan<ulong> Masks =>
    [
        0, 0xFF, 0xFFFF, 0xFF_FFFF, 0xFFFF_FFFF, 0xFF_FFFF_FFFF, 0xFFFF_FFFF_FFFF, 0xFF_FFFF_FFFF_FFFF, ulong.MaxValue,
    ];

    /// <param name="bytes">with <see cref="Padding"/> readable bytes behind them</param>
    /// <param name="length">at most <see cref="Longest"/></param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteKey Of(ref byte bytes, int length) => new(
        Word(ref bytes) & Mask(length),
        Word(ref Unsafe.Add(ref bytes, 8)) & Mask(length - 8),
        Word(ref Unsafe.Add(ref bytes, 16)) & Mask(length - 16),
        length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mask(int length) =>
        Unsafe.Add(ref MemoryMarshal.GetReference(Masks), Math.Min(8, Math.Max(0, length)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Is(in ByteKey other) =>
        ((_head ^ other._head) | (_middle ^ other._middle) | (_tail ^ other._tail) | (uint)(_length ^ other._length)) == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mixed(ulong value)
    {
        var high = Math.BigMul(value ^ 0x9E37_79B9_7F4A_7C15, 0xD6E8_FEB8_6659_FD93, out var low);
        return high ^ low;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word(ref byte at) => Unsafe.ReadUnaligned<ulong>(ref at);
}
