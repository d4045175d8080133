using System.Buffers;

namespace Jifen.Documents.Imports.Csv;

/// <summary>The careful cursor: one byte after the other, with quotes (RFC 4180), line ends inside them, and doubled quotes.</summary>
internal sealed class QuotedCursor : CsvCursor
{
    private const string OpenQuote = "引号没有收尾";

    private readonly int[] _lines = new int[MostFields + 1];
    private readonly int[] _columns = new int[MostFields + 1];
    private int _faultAt;
    private string? _fault;
    private int _read;
    private int _write;
    private int _line;
    private int _column;

    public QuotedCursor(ByteSource source, long start, long end)
        : base(source, start, end)
    {
        Buffer = ArrayPool<byte>.Shared.Rent(LongestRow + Padding + 1);
        Marks = new int[MostFields + 2];
        Marks[0] = -1;
    }

    public override (int Column, string Cause, string Remedy)? Fault =>
        _fault is null ? null : (_faultAt, _fault, "值里有逗号、换行或引号的，整个值用一对半角引号括起来，里面的引号写两遍");

    public override bool Next()
    {
        while (true)
        {
            RowStart = RowEnd;
            var rowEnd = RowStart < Filled ? EndOfRow() : -1;
            if (rowEnd >= 0)
            {
                Split(rowEnd);
                RowEnd = rowEnd;
                if (Count > 1 || Field(0).Length > 0)
                {
                    return true;
                }
            }
            else if (!Refill())
            {
                return StopInsideQuotes();
            }
        }
    }

    protected override int LineOf(int column) => _lines[column];

    protected override int ColumnOf(int column) => _columns[column];

    protected override void Dispose(bool disposing)
    {
        ArrayPool<byte>.Shared.Return(Buffer);
        base.Dispose(disposing);
    }

    private int EndOfRow()
    {
        var inQuotes = false;
        var mayOpen = true;
        var justClosed = false;
        for (var at = RowStart; at < Filled; at++)
        {
            var b = Block[at];
            if (inQuotes)
            {
                inQuotes = b != (byte)'"';
                justClosed = !inQuotes;
                continue;
            }

            if (b == (byte)'\n')
            {
                return at + 1;
            }

            // A quote opens a field at its beginning; right behind the closing one it is half of a doubled quote.
            inQuotes = b == (byte)'"' && (mayOpen || justClosed);
            mayOpen = b == (byte)',' || (mayOpen && b is (byte)' ' or (byte)'\t');
            justClosed = false;
        }

        return -1;
    }

    private void Split(int rowEnd)
    {
        IsOdd = false;
        _fault = null;
        HasFault = false;
        Line = LinesRead + 1;
        Count = 0;
        _read = RowStart;
        _write = 0;
        _line = Line;
        _column = 1;
        while (_read < rowEnd)
        {
            TakeField();
            if (Count < MostFields)
            {
                Count++;
            }
            else
            {
                IsOdd = true;
            }

            _read++;
            _column++;
        }

        LinesRead = _line;
    }

    // Ends before the comma or the line end.
    private void TakeField()
    {
        _lines[Count] = _line;
        _columns[Count] = _column;
        PassSpaces();
        if (Block[_read] == (byte)'"')
        {
            TakeQuoted();
        }

        while (Block[_read] is not ((byte)',' or (byte)'\n'))
        {
            if (Block[_read] == (byte)'\r' && Block[_read + 1] == (byte)'\n')
            {
                _read++;
                break;
            }

            Keep();
        }

        Marks[Count + 1] = _write++;
    }

    private void TakeQuoted()
    {
        Pass();
        while (Block[_read] != (byte)'"' || Block[_read + 1] == (byte)'"')
        {
            if (Block[_read] == (byte)'"')
            {
                Pass();
            }

            Keep();
        }

        Pass();
        PassSpaces();
        if (Block[_read] is not ((byte)',' or (byte)'\n' or (byte)'\r') && _fault is null)
        {
            _faultAt = Count;
            _fault = "引号后面还有字";
            HasFault = true;
        }
    }

    private void Keep()
    {
        var b = Block[_read];
        IsOdd |= b < 0x20;
        Buffer[_write++] = b;
        if (b == (byte)'\n')
        {
            _line++;
            _column = 0;
        }

        Pass();
    }

    private void Pass() => _column += (Block[_read++] & 0xC0) == 0x80 ? 0 : 1;

    private void PassSpaces()
    {
        while (Block[_read] is (byte)' ' or (byte)'\t')
        {
            Pass();
        }
    }

    // What is left at the end has no line end outside quotes: a quote that was never closed.
    private bool StopInsideQuotes()
    {
        if (RowStart >= Filled || IsTooLong || _fault == OpenQuote)
        {
            return false;
        }

        Line = LinesRead + 1;
        Count = 1;
        Marks[1] = 1;
        Buffer[0] = (byte)'"';
        _lines[0] = Line;
        _columns[0] = 1;
        _faultAt = -1;
        _fault = OpenQuote;
        HasFault = true;
        RowEnd = Filled;
        return true;
    }
}
