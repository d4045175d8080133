using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Jifen.Documents.Imports.Csv;

/// <summary>
/// The fast cursor: notes where all rows of what was read end, 64 bytes at a time, and then only steps from row to row; where fields end is
/// looked up for the rows of which somebody wants to know. It knows no quotes: where one stands it stops and sets <see cref="SawQuote"/>, and
/// the table is read again by <see cref="QuotedCursor"/>, which understands the same rows and quotes too.
/// </summary>
internal sealed class BlockCursor : CsvCursor
{
    // 64 bytes may note a few more marks than a row can have before the count says so.
    private const int Spare = 72;

    // By row of the block: where its line feed stands.
    private readonly int[] _rowEnds = ArrayPool<int>.Shared.Rent(LongestRow + Padding + 1);
    private int _row;
    private int _rows;

    // Of the row before, while it is still in the block.
    private int _startBefore;
    private int _endBefore;
    private int _fieldsBefore;
    private bool _isNewBlock;

    // Somewhere in the block stands a character that no plain row has.
    private bool _mayBeOdd;

    public BlockCursor(ByteSource source, long start, long end)
        : base(source, start, end) => Marks = new int[MostFields + Spare];

    public bool SawQuote { get; private set; }

    /// <summary>The bytes of the row begin here; <see cref="CsvCursor.Padding"/> more may be read behind them.</summary>
    public ref byte Row
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Buffer), RowStart);
    }

    /// <summary>Without the line end.</summary>
    public int RowLength { get; private set; }

    public override bool Next()
    {
        var (start, end) = (RowStart, RowStart + RowLength);
        _fieldsBefore = Count;
        _isNewBlock = false;
        if (!NextRow())
        {
            return false;
        }

        // The first row of a block has none before it that could still be looked at.
        (_startBefore, _endBefore) = _isNewBlock ? (0, 0) : (start, end);
        MarkFields();
        return true;
    }

    public override bool EndsLikeTheRowBefore(int column)
    {
        var start = StartOf(column);
        var length = RowStart + RowLength - start;
        var before = _endBefore - length;
        return column < Count && Count == _fieldsBefore && before > _startBefore && Buffer[before - 1] == (byte)','
            && Buffer.AsSpan(before, length).SequenceEqual(Buffer.AsSpan(start, length));
    }

    /// <summary>Moves to the next row that has any text. Its fields are those of another row until <see cref="MarkFields"/> is called.</summary>
    public bool NextRow()
    {
        while (_row < _rows || ReadRows())
        {
            var end = _rowEnds[_row++];
            RowStart = RowEnd;
            RowEnd = end + 1;
            LinesRead++;
            if (end > RowStart && Buffer[end - 1] == (byte)'\r')
            {
                end--;
            }

            if (end > RowStart)
            {
                RowLength = end - RowStart;
                Line = LinesRead;
                IsOdd = _mayBeOdd && Buffer.AsSpan(RowStart, RowLength).ContainsAnyInRange((byte)0, (byte)0x1F);
                return true;
            }
        }

        return false;
    }

    /// <summary>Looks up where the fields of the row end.</summary>
    public void MarkFields()
    {
        ref var text = ref MemoryMarshal.GetArrayDataReference(Buffer);
        var end = RowStart + RowLength;
        Marks[0] = RowStart - 1;
        var count = 1;
        for (var at = RowStart; at < end && count <= MostFields; at += Bytes64.Length)
        {
            var commas = Bytes64.Equal(ref Unsafe.Add(ref text, at), (byte)',');
            if (end - at < Bytes64.Length)
            {
                commas &= ulong.MaxValue >> (Bytes64.Length - (end - at));
            }

            // Eight at once, whether there are as many or not: cheaper than asking after each.
            ref var into = ref Marks[count];
            count += BitOperations.PopCount(commas);
            for (; commas != 0; into = ref Unsafe.Add(ref into, 8))
            {
                for (var i = 0; i < 8; i++)
                {
                    Unsafe.Add(ref into, i) = at + BitOperations.TrailingZeroCount(commas);
                    commas &= commas - 1;
                }
            }
        }

        if (count > MostFields)
        {
            IsOdd = true;
            count = MostFields;
        }

        Marks[count] = end;
        Count = count;
    }

    protected override void Dispose(bool disposing)
    {
        ArrayPool<int>.Shared.Return(_rowEnds);
        base.Dispose(disposing);
    }

    protected override int ColumnOf(int column) => 1 + Characters(Buffer.AsSpan(RowStart, StartOf(column) - RowStart));

    // A row may be longer than a block: read on until one is whole.
    private bool ReadRows()
    {
        RowStart = RowEnd;
        _isNewBlock = true;
        _row = 0;
        _rows = 0;
        while (_rows == 0 && !SawQuote)
        {
            if (!Refill())
            {
                return false;
            }

            NoteRows();
        }

        return !SawQuote;
    }

    private void NoteRows()
    {
        ref var text = ref MemoryMarshal.GetArrayDataReference(Buffer);
        ref var rowEnds = ref MemoryMarshal.GetArrayDataReference(_rowEnds);
        var rows = 0;
        var odd = 0UL;
        var returnBefore = 0UL;
        for (var at = 0; at < Filled; at += Bytes64.Length)
        {
            ref var here = ref Unsafe.Add(ref text, at);
            if (Bytes64.Equal(ref here, (byte)'"') != 0)
            {
                SawQuote = true;
                return;
            }

            var lineFeeds = Bytes64.Equal(ref here, (byte)'\n');
            var low = Bytes64.NotAbove(ref here, 0x1F) ^ lineFeeds;
            if ((low | returnBefore) != 0)
            {
                // A carriage return is odd unless a line feed comes next, which may be the first of the next 64.
                var returns = Bytes64.Equal(ref here, (byte)'\r');
                odd |= (low & ~returns) | (returns & ~(lineFeeds >> 1) & (ulong.MaxValue >> 1)) | (returnBefore & ~lineFeeds);
                returnBefore = returns >> 63;
            }

            for (; lineFeeds != 0; lineFeeds &= lineFeeds - 1)
            {
                Unsafe.Add(ref rowEnds, rows++) = at + BitOperations.TrailingZeroCount(lineFeeds);
            }
        }

        _rows = rows;
        _mayBeOdd = odd != 0;
    }
}
