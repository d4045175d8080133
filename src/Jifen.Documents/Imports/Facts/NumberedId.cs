using System.Numerics;
using System.Runtime.CompilerServices;

namespace Jifen.Documents.Imports.Facts;

/// <summary>What an id that ends in a number has before it, and how long the number is: F00000001 and F00000002 have one form.</summary>
internal readonly record struct IdForm(ulong Head, ulong Middle, ulong Tail, int Length, int Digits)
{
    /// <summary>As ==, in one comparison.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Is(in IdForm other) =>
        ((Head ^ other.Head) | (Middle ^ other.Middle) | (Tail ^ other.Tail) | (uint)(Length ^ other.Length) | (uint)(Digits ^ other.Digits)) == 0;

    /// <summary>As == and its hash: a dictionary that is not told how to compare has that compiled at every start.</summary>
    public sealed class Comparer : IEqualityComparer<IdForm>
    {
        public bool Equals(IdForm one, IdForm other) => one.Is(other);

        public int GetHashCode(IdForm form) => form.GetHashCode();
    }
}

/// <summary>An id as its form and the number it ends in: two ids are the same exactly when both are.</summary>
internal static class NumberedId
{
    /// <summary>Behind an id that is looked at so many bytes must be readable.</summary>
    public const int Padding = 8;

    public const int Longest = 24;

    /// <summary>One more than the largest number: what is longer than eight digits belongs to the form.</summary>
    public const int Numbers = 100_000_000;

    internal const ulong Zeros = 0x3030_3030_3030_3030;

    /// <returns>the number, or −1 when the id does not end in one or is too long</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Read(ref byte id, int length, out IdForm form)
    {
        form = default;
        if ((uint)(length - 1) >= Longest)
        {
            return -1;
        }

        // The last eight characters, the very last in the highest byte; a shorter id is filled up with what is no digit.
        var word = length >= 8
            ? Word(ref Unsafe.Add(ref id, length - 8))
            : Word(ref id) << (64 - (length * 8));
        var values = word ^ Zeros;

        // Adding 118 to a byte above 9 sets its top bit.
        var others = (((values & 0x7F7F_7F7F_7F7F_7F7F) + 0x7676_7676_7676_7676) | values) & 0x8080_8080_8080_8080;
        var digits = BitOperations.LeadingZeroCount(others) >> 3;
        if (digits == 0)
        {
            return -1;
        }

        var ofNumber = ulong.MaxValue << (64 - (digits * 8));
        form = new IdForm(
            length <= 8 ? 0 : length < 16 ? Word(ref id) & (ulong.MaxValue >> (128 - (length * 8))) : Word(ref id),
            length <= 16 ? 0 : Word(ref Unsafe.Add(ref id, length - 16)),
            word & ~ofNumber,
            length,
            digits);
        return Value(values & ofNumber);
    }

    // Pairs, fours, eight: three multiplications.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Value(ulong digits)
    {
        digits = (digits * ((10 << 8) + 1) >> 8) & 0x00FF_00FF_00FF_00FF;
        digits = (digits * ((100UL << 16) + 1) >> 16) & 0x0000_FFFF_0000_FFFF;
        return (int)(digits * ((10_000UL << 32) + 1) >> 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word(ref byte at) => Unsafe.ReadUnaligned<ulong>(ref at);
}
