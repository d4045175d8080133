using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Jifen.Documents.Imports.Csv;

namespace Jifen.Documents.Imports.Facts;

/// <summary>
/// Behind 编号, 党员 and 日期 many rows end alike: what such an ending came to when it was read field by field is known again by its bytes. One
/// a thread.
/// </summary>
internal sealed class KnownEndings
{
    /// <summary>Behind an ending that is looked up so many bytes must be readable.</summary>
    public const int Padding = Bytes64.Length;

    // The shortest has the name of a fact and what parts it from the rest; hashing takes eight bytes for granted.
    private const int Shortest = 8;
    private const int PlaceBits = 10;

    private readonly Ending[] _endings = new Ending[1 << PlaceBits];
    private readonly byte[] _bytes = new byte[Bytes64.Length << PlaceBits];

    /// <param name="text">with <see cref="Padding"/> readable bytes behind it</param>
    /// <returns>a null reference when the ending is not known</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref readonly Ending Find(ref byte text, int length)
    {
        if ((uint)(length - Shortest) <= Bytes64.Length - Shortest)
        {
            var place = PlaceOf(ref text, length);
            ref var ending = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_endings), place);
            if (ending.Length == length
                && Bytes64.AreSame(ref text, ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_bytes), place * Bytes64.Length), length))
            {
                return ref ending;
            }
        }

        return ref Unsafe.NullRef<Ending>();
    }

    /// <summary>Remembers an ending, in the place of whichever had the same.</summary>
    public void Learn(ReadOnlySpan<byte> text, Ending ending)
    {
        if (text.Length is < Shortest or > Bytes64.Length)
        {
            return;
        }

        var place = PlaceOf(ref MemoryMarshal.GetReference(text), text.Length);
        text.CopyTo(_bytes.AsSpan(place * Bytes64.Length, Bytes64.Length));
        _endings[place] = ending with { Length = text.Length };
    }

    // Endings differ at their beginning, where the fact is named, and at their end; a content may differ in the middle only.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int PlaceOf(ref byte text, int length)
    {
        var mixed = (Word(ref text, 0) * 0x9E37_79B9_7F4A_7C15)
            ^ (Word(ref text, length - 8) * 0xA24B_AED4_963E_E407)
            ^ (Word(ref text, (length - 8) >> 1) * 0xD6E8_FEB8_6659_FD93);
        return (int)(((mixed ^ (mixed >> 32)) + (ulong)length) * 0x9E37_79B9_7F4A_7C15 >> (64 - PlaceBits));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word(ref byte text, int at) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, at));
}

/// <summary>What the columns behind 日期 come to, for anybody on any day.</summary>
/// <param name="Quantity">hundredths</param>
/// <param name="Level">0 none, otherwise 1 + its place among those of the kind</param>
/// <param name="ContentAt">from the beginning of the ending</param>
/// <param name="IsPending">the row is checked and does not count yet</param>
internal readonly record struct Ending(int Kind, int Quantity, int Level, int ContentAt, int ContentLength, bool IsPending)
{
    /// <summary>In bytes; 0 for none at all.</summary>
    public int Length { get; init; }
}
