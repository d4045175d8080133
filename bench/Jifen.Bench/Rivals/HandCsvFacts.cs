using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Microsoft.Win32.SafeHandles;

namespace Jifen.Bench.Rivals;

/// <summary>
/// One thread's part of facts.csv, added up while it is read: 64 bytes of a row are looked at together for their commas, ids and dates stand
/// at fixed places, nothing is kept of a fact but its sum. No check of any kind.
/// </summary>
internal sealed unsafe class HandCsvFacts(HandCsvMembers members)
{
    private const int BufferLength = 1 << 20;

    // Past the end of what was read the vectors look at bytes of no meaning.
    private const int Padding = 128;

    // F00000001,M0000001,2025-01-06,…
    private const int MemberAt = 10;
    private const int DayAt = 21;
    private const int KindAt = 30;

    /// <summary><see cref="HandCsvKinds.Slots"/> for each member.</summary>
    public int[] Sums { get; } = new int[members.Count * HandCsvKinds.Slots];

    /// <summary>Commendations by member and content (its hash of 64 bits), with their level.</summary>
    public List<(int Member, ulong Content, int Level)> Honours { get; } = [];

    /// <summary>Adds up the rows that begin in a stretch of the file; the row at 0 is the header.</summary>
    public void Read(SafeFileHandle file, long start, long end)
    {
        var buffer = (byte*)NativeMemory.Alloc(BufferLength + Padding);
        var at = start;
        var held = 0;
        var skipping = true;
        while (true)
        {
            var read = RandomAccess.Read(file, new Span<byte>(buffer + held, BufferLength - held), at);
            if (read == 0)
            {
                break;
            }

            at += read;
            var filled = held + read;
            var first = skipping ? FirstRow(buffer, filled) : 0;
            skipping = false;
            // A row belongs to the stretch in which the byte before it lies.
            var limit = (int)Math.Min(filled, end - (at - filled) + 1);
            var done = Rows(buffer + first, buffer + filled, buffer + limit);
            held = (int)(buffer + filled - done);
            if (limit < filled && done >= buffer + limit)
            {
                break;
            }

            Buffer.MemoryCopy(done, buffer, BufferLength, held);
        }

        NativeMemory.Free(buffer);
    }

    private static int FirstRow(byte* buffer, int filled) => new ReadOnlySpan<byte>(buffer, filled).IndexOf((byte)'\n') + 1;

    // Takes rows that begin before the limit and end before what was read does.
    private byte* Rows(byte* row, byte* filled, byte* limit)
    {
        var firstDays = CollectionsMarshal.AsSpan(members.FirstDay);
        var lastDays = CollectionsMarshal.AsSpan(members.LastDay);
        ref var firstDay = ref MemoryMarshal.GetReference(firstDays);
        ref var lastDay = ref MemoryMarshal.GetReference(lastDays);
        ref var sums = ref MemoryMarshal.GetArrayDataReference(Sums);
        while (row < limit)
        {
            var text = Vector512.Load(row + KindAt);
            var commas = Vector512.Equals(text, Vector512.Create((byte)',')).ExtractMostSignificantBits();
            var ends = Vector512.Equals(text, Vector512.Create((byte)'\n')).ExtractMostSignificantBits();
            var end = row + KindAt + BitOperations.TrailingZeroCount(ends);
            if (ends == 0)
            {
                var beyond = new ReadOnlySpan<byte>(row, (int)(filled - row)).IndexOf((byte)'\n');
                end = beyond < 0 ? filled : row + beyond;
            }

            if (end >= filled)
            {
                break;
            }

            var member = (int)Digits(row + MemberAt) - 1;
            var day = BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(row + DayAt));
            var first = Unsafe.Add(ref firstDay, member);
            var nameEnd = BitOperations.TrailingZeroCount(commas);
            var (slot, weight) = HandCsvKinds.At(HandCsvKinds.PlaceOf(row + KindAt, nameEnd));
            // A row whose 状态 is empty ends in a comma.
            if (day >= first && day <= Unsafe.Add(ref lastDay, member) && *(end - 1) == (byte)',' && slot != HandCsvKinds.Nothing)
            {
                var quantity = row + KindAt + nameEnd + 1;
                if (slot < HandCsvKinds.Nothing)
                {
                    Unsafe.Add(ref sums, (member * HandCsvKinds.Slots) + slot) += Hundredths(quantity, 100) * weight >> 1;
                }
                else
                {
                    LookedAt(member, slot, quantity, end);
                }
            }

            row = end + 1;
        }

        return row;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void LookedAt(int member, int slot, byte* quantity, byte* end)
    {
        var level = After(quantity);
        var content = After(level);
        var points = After(content);
        if (slot == HandCsvKinds.Chosen)
        {
            Sums[(member * HandCsvKinds.Slots) + HandCsvKinds.Deducted] += Hundredths(points, 0) * Hundredths(quantity, 100) / 100;
        }
        else
        {
            // 学校, 无锡市, 无锡市以上: 6, 9 and 15 bytes.
            Honours.Add((member, Hash(content, points - 1), (content - 1 - level) switch { 6 => 1, 9 => 2, _ => 3 }));
        }

        byte* After(byte* field) => field + new ReadOnlySpan<byte>(field, (int)(end - field)).IndexOf((byte)',') + 1;
    }

    // “M0000001”: the letter counts as a zero, then eight digits are added up in three multiplications.
    private static ulong Digits(byte* text)
    {
        var digits = (Unsafe.ReadUnaligned<ulong>(text) & 0x0F0F0F0F0F0F0F00) * ((10 << 8) + 1) >> 8;
        digits = (digits & 0x00FF00FF00FF00FF) * ((100UL << 16) + 1) >> 16;
        return (digits & 0x0000FFFF0000FFFF) * ((10_000UL << 32) + 1) >> 32;
    }

    // Empty, 12, 1.5 or 0.25, up to a comma.
    private static int Hundredths(byte* text, int empty)
    {
        if (*text == (byte)',')
        {
            return empty;
        }

        var value = 0;
        for (; *text is >= (byte)'0' and <= (byte)'9'; text++)
        {
            value = (value * 10) + (*text - '0');
        }

        value *= 100;
        if (*text == (byte)'.')
        {
            value += 10 * (text[1] - '0');
            value += text[2] == (byte)',' ? 0 : text[2] - '0';
        }

        return value;
    }

    private static ulong Hash(byte* text, byte* end)
    {
        var hash = (ulong)(end - text);
        for (; text < end; text++)
        {
            hash = (hash ^ *text) * 0x9E3779B97F4A7C15;
        }

        return hash;
    }
}
