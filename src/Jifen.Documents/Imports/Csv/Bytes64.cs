using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Jifen.Documents.Imports.Csv;

/// <summary>Looks at 64 bytes together: the answer has a bit for each, the lowest for the first.</summary>
/// <remarks>Halves are written out: left to the runtime, reading a table takes a fourteenth longer on processors that have nothing wider.</remarks>
internal static class Bytes64
{
    public const int Length = 64;

    /// <param name="text">with 64 readable bytes</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Equal(ref byte text, byte value)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return Vector512.Equals(Vector512.LoadUnsafe(ref text), Vector512.Create(value)).ExtractMostSignificantBits();
        }

        return Joined(
            Vector256.Equals(Vector256.LoadUnsafe(ref text), Vector256.Create(value)),
            Vector256.Equals(Vector256.LoadUnsafe(ref text, 32), Vector256.Create(value)));
    }

    /// <inheritdoc cref="Equal"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong NotAbove(ref byte text, byte value)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return Vector512.LessThanOrEqual(Vector512.LoadUnsafe(ref text), Vector512.Create(value)).ExtractMostSignificantBits();
        }

        return Joined(
            Vector256.LessThanOrEqual(Vector256.LoadUnsafe(ref text), Vector256.Create(value)),
            Vector256.LessThanOrEqual(Vector256.LoadUnsafe(ref text, 32), Vector256.Create(value)));
    }

    /// <summary>Whether the first bytes of both are the same.</summary>
    /// <param name="length">1 to 64</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreSame(ref byte left, ref byte right, int length)
    {
        var same = Vector512.IsHardwareAccelerated
            ? Vector512.Equals(Vector512.LoadUnsafe(ref left), Vector512.LoadUnsafe(ref right)).ExtractMostSignificantBits()
            : Joined(
                Vector256.Equals(Vector256.LoadUnsafe(ref left), Vector256.LoadUnsafe(ref right)),
                Vector256.Equals(Vector256.LoadUnsafe(ref left, 32), Vector256.LoadUnsafe(ref right, 32)));
        return ~same << (Length - length) == 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Joined(Vector256<byte> first, Vector256<byte> second) =>
        first.ExtractMostSignificantBits() | ((ulong)second.ExtractMostSignificantBits() << 32);
}
