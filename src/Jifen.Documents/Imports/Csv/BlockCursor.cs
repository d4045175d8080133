using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Jifen.Documents.Imports.Csv;

/// <summary>
/// The fast cursor: finds separators 64 bytes at a time. It knows no quotes: at the first one it stops and sets <see cref="SawQuote"/>,
/// and the table is read again by <see cref="QuotedCursor"/>, which understands the same rows and quotes too.
/// </summary>
internal sealed class BlockCursor(ByteSource source, long start, long end) : CsvCursor(source, start, end)
{
    private ulong _marks;
    private int _marksAt = -64;

    public bool SawQuote { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool Next()
    {
        var rowStart = RowEnd;
        RowStart = rowStart;
        IsOdd = false;
        var count = 0;
        var marks = _marks;
        var at = _marksAt;
        ref var text = ref MemoryMarshal.GetArrayDataReference(Buffer);
        ref var starts = ref MemoryMarshal.GetArrayDataReference(Starts);
        ref var ends = ref MemoryMarshal.GetArrayDataReference(Ends);
        starts = rowStart;
        while (true)
        {
            while (marks == 0)
            {
                at += 64;
                if (at >= Filled)
                {
                    if (!Refill())
                    {
                        return false;
                    }

                    at = 0;
                    rowStart = 0;
                    count = 0;
                    starts = 0;
                    IsOdd = false;
                }

                marks = MarksAt(ref Unsafe.Add(ref text, at));
            }

            var position = at + BitOperations.TrailingZeroCount(marks);
            marks &= marks - 1;
            var mark = Unsafe.Add(ref text, position);
            if (mark == (byte)',')
            {
                if (count == MostFields - 1)
                {
                    IsOdd = true;
                    continue;
                }

                Unsafe.Add(ref ends, count) = position;
                Unsafe.Add(ref starts, ++count) = position + 1;
            }
            else if (mark == (byte)'\n')
            {
                LinesRead++;
                var last = position > rowStart && Unsafe.Add(ref text, position - 1) == (byte)'\r' ? position - 1 : position;
                if (last == rowStart)
                {
                    rowStart = position + 1;
                    RowStart = rowStart;
                    starts = rowStart;
                    continue;
                }

                Unsafe.Add(ref ends, count) = last;
                Count = count + 1;
                Line = LinesRead;
                RowEnd = position + 1;
                _marks = marks;
                _marksAt = at;
                return true;
            }
            else if (mark == (byte)'"')
            {
                SawQuote = true;
                return false;
            }
            else if (mark != (byte)'\r' || Unsafe.Add(ref text, position + 1) != (byte)'\n')
            {
                IsOdd = true;
            }
        }
    }

    protected override int ColumnOf(int column) => 1 + Characters(Buffer.AsSpan(RowStart, Starts[column] - RowStart));

    // Commas, quotes, and everything below the space: line ends and what no table has.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong MarksAt(ref byte text) =>
        Marks(Vector256.LoadUnsafe(ref text)) | ((ulong)Marks(Vector256.LoadUnsafe(ref text, 32)) << 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Marks(Vector256<byte> text) =>
        (Vector256.Equals(text, Vector256.Create((byte)','))
            | Vector256.Equals(text, Vector256.Create((byte)'"'))
            | Vector256.Equals(Vector256.Min(text, Vector256.Create((byte)0x1F)), text)).ExtractMostSignificantBits();
}
