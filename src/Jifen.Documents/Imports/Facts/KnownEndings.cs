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

    // Hashing takes eight bytes for granted; the shortest has the name of a fact and what parts it from the rest anyway. Longer ones are rare.
    private const int Shortest = 8;
    private const int Longest = 48;

    // A table has some hundred endings: with so many places few of them have to share one.
    private const int PlaceBits = 11;

    // Each place is one line of the cache, with the bytes of an ending and behind them what it comes to: a few hundred stay in the nearest
    // cache. Pinned, since a line of the cache begins where the machine has it begin.
    private readonly byte[] _places = GC.AllocateArray<byte>((Bytes64.Length << PlaceBits) + Bytes64.Length - 1, pinned: true);
    private readonly int _first;

    public KnownEndings() => _first = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(_places, 0) & (Bytes64.Length - 1));

    /// <param name="text">with <see cref="Padding"/> readable bytes behind it</param>
    /// <returns>a null reference when the ending is not known</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref readonly Ending Find(ref byte text, int length)
    {
        if ((uint)(length - Shortest) <= Longest - Shortest)
        {
            ref var place = ref PlaceOf(ref text, length);
            ref var ending = ref EndingAt(ref place);
            if (ending.Length == length && Bytes64.AreSame(ref text, ref place, length))
            {
                return ref ending;
            }
        }

        return ref Unsafe.NullRef<Ending>();
    }

    /// <summary>Remembers what an ending comes to, in the place of whichever had the same; not one that is too short or too long for it.</summary>
    /// <inheritdoc cref="Ending"/>
    public void Learn(ReadOnlySpan<byte> text, int kind, int quantity, int level, Range content, bool isPending, bool isKeptWhole)
    {
        if (text.Length is < Shortest or > Longest || Math.Max(kind, level) > ushort.MaxValue)
        {
            return;
        }

        var (contentAt, contentLength) = content.GetOffsetAndLength(text.Length);
        ref var place = ref PlaceOf(ref MemoryMarshal.GetReference(text), text.Length);
        text.CopyTo(MemoryMarshal.CreateSpan(ref place, Longest));
        EndingAt(ref place) = new Ending(
            (byte)text.Length, quantity, (ushort)kind, (ushort)level, (byte)contentAt, (byte)contentLength, isPending, isKeptWhole);
    }

    // Endings differ at their beginning, where the fact is named, and at their end; a content may differ in the middle only.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref byte PlaceOf(ref byte text, int length)
    {
        var mixed = (Word(ref text, 0) * 0x9E37_79B9_7F4A_7C15)
            ^ (Word(ref text, length - 8) * 0xA24B_AED4_963E_E407)
            ^ (Word(ref text, (length - 8) >> 1) * 0xD6E8_FEB8_6659_FD93);
        var place = (int)(((mixed ^ (mixed >> 32)) + (ulong)length) * 0x9E37_79B9_7F4A_7C15 >> (64 - PlaceBits));
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_places), _first + (place * Bytes64.Length));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref Ending EndingAt(ref byte place) => ref Unsafe.As<byte, Ending>(ref Unsafe.Add(ref place, Longest));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word(ref byte text, int at) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, at));
}

/// <summary>What the columns behind 日期 come to, for anybody on any day. Not more than 16 bytes: see <see cref="KnownEndings"/>.</summary>
/// <param name="Length">in bytes; 0 for none at all</param>
/// <param name="Quantity">hundredths</param>
/// <param name="Level">0 none, otherwise 1 + its place among those of the kind</param>
/// <param name="ContentAt">from the beginning of the ending</param>
/// <param name="IsPending">the row is checked and does not count yet</param>
/// <param name="IsKeptWhole">as <see cref="Scoring.Facts.FactSegment.KeepsWhole"/></param>
internal readonly record struct Ending(
    byte Length, int Quantity, ushort Kind, ushort Level, byte ContentAt, byte ContentLength, bool IsPending, bool IsKeptWhole);
