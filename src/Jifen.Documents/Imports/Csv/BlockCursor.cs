using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Jifen.Documents.Imports.Csv;

/// <summary>
/// The fast cursor: reads a stretch that fits the nearest caches, notes where all its fields and rows end, 64 bytes at a time, and then only
/// steps from row to row. It knows no quotes: where one stands it stops and sets <see cref="SawQuote"/>, and the table is read again by
/// <see cref="QuotedCursor"/>, which understands the same rows and quotes too.
/// </summary>
internal sealed class BlockCursor : CsvCursor
{
    private const int BlockLength = 1 << 17;

    // A block may note a few more marks than it has before the count says so.
    private const int Spare = 64;

    // By row: its last mark.
    private readonly int[] _lastMarks = GC.AllocateUninitializedArray<int>(LongestRow + Padding + 1);
    private int _row;
    private int _rows;
    private int _nextMark = 1;

    // Somewhere in the block stands a character that no plain row has.
    private bool _mayBeOdd;

    public BlockCursor(ByteSource source, long start, long end)
        : base(source, start, end) => Marks = GC.AllocateUninitializedArray<int>(LongestRow + Padding + Spare);

    public bool SawQuote { get; private set; }

    /// <summary>Has <see cref="NoteMarks"/> compiled.</summary>
    public static void Prepare() => RuntimeHelpers.PrepareMethod(
        typeof(BlockCursor).GetMethod(nameof(NoteMarks), BindingFlags.Instance | BindingFlags.NonPublic)!.MethodHandle);

    public override bool Next()
    {
        while (_row < _rows || ReadRows())
        {
            var first = _nextMark;
            var last = _lastMarks[_row++];
            var end = Marks[last];
            _nextMark = last + 1;
            RowStart = RowEnd;
            RowEnd = end + 1;
            LinesRead++;
            if (end > RowStart && Buffer[end - 1] == (byte)'\r')
            {
                Marks[last] = --end;
            }

            if (end == RowStart)
            {
                continue;
            }

            // The line end before the row, also where it is two bytes long or an empty line stands between.
            Marks[first - 1] = RowStart - 1;
            FirstMark = first;
            Count = last - first + 1;
            Line = LinesRead;
            IsOdd = _mayBeOdd && Buffer.AsSpan(RowStart, end - RowStart).ContainsAnyInRange((byte)0, (byte)0x1F);
            if (Count > MostFields)
            {
                IsOdd = true;
                Count = MostFields;
                Marks[first + MostFields - 1] = end;
            }

            return true;
        }

        return false;
    }

    protected override int ColumnOf(int column) => 1 + Characters(Buffer.AsSpan(RowStart, StartOf(column) - RowStart));

    // A row may be longer than a block: read on until one is whole.
    private bool ReadRows()
    {
        RowStart = RowEnd;
        _row = 0;
        _rows = 0;
        _nextMark = 1;
        while (_rows == 0 && !SawQuote)
        {
            if (!Refill(BlockLength))
            {
                return false;
            }

            NoteMarks();
        }

        return !SawQuote;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void NoteMarks()
    {
        ref var text = ref MemoryMarshal.GetArrayDataReference(Buffer);
        ref var marks = ref MemoryMarshal.GetArrayDataReference(Marks);
        var count = 1;
        var rows = 0;
        var odd = 0UL;
        for (var at = 0; at < Filled; at += 64)
        {
            var found = Found.In(ref Unsafe.Add(ref text, at));
            if (found.Quotes != 0)
            {
                SawQuote = true;
                return;
            }

            odd |= found.Odd;
            for (var ends = found.RowEnds; ends != 0; ends &= ends - 1)
            {
                _lastMarks[rows++] = count + BitOperations.PopCount(found.FieldEnds & (ends ^ (ends - 1))) - 1;
            }

            // Eight at once, whether there are as many or not: cheaper than asking after each.
            ref var into = ref Unsafe.Add(ref marks, count);
            count += BitOperations.PopCount(found.FieldEnds);
            for (var left = found.FieldEnds; left != 0; into = ref Unsafe.Add(ref into, 8))
            {
                for (var i = 0; i < 8; i++)
                {
                    Unsafe.Add(ref into, i) = at + BitOperations.TrailingZeroCount(left);
                    left &= left - 1;
                }
            }
        }

        _rows = rows;
        _mayBeOdd = odd != 0;
    }

    /// <summary>What stands in 64 bytes, a bit for each.</summary>
    private readonly ref struct Found
    {
        public required ulong FieldEnds { get; init; }

        public required ulong RowEnds { get; init; }

        public required ulong Quotes { get; init; }

        /// <summary>Everything below the space but line ends; of \r only what is not followed by \n in the same 64 bytes.</summary>
        public required ulong Odd { get; init; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Found In(ref byte text)
        {
            var commas = Equal(ref text, (byte)',');
            var lineFeeds = Equal(ref text, (byte)'\n');
            var low = NotAbove(ref text, 0x1F) ^ lineFeeds;
            if (low != 0)
            {
                low &= ~(Equal(ref text, (byte)'\r') & (lineFeeds >> 1));
            }

            return new Found { FieldEnds = commas | lineFeeds, RowEnds = lineFeeds, Quotes = Equal(ref text, (byte)'"'), Odd = low };
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static ulong Equal(ref byte text, byte value) => Joined(
            Vector256.Equals(Vector256.LoadUnsafe(ref text), Vector256.Create(value)),
            Vector256.Equals(Vector256.LoadUnsafe(ref text, 32), Vector256.Create(value)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static ulong NotAbove(ref byte text, byte value) => Joined(
            Vector256.LessThanOrEqual(Vector256.LoadUnsafe(ref text), Vector256.Create(value)),
            Vector256.LessThanOrEqual(Vector256.LoadUnsafe(ref text, 32), Vector256.Create(value)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static ulong Joined(Vector256<byte> first, Vector256<byte> second) =>
            first.ExtractMostSignificantBits() | ((ulong)second.ExtractMostSignificantBits() << 32);
    }
}
