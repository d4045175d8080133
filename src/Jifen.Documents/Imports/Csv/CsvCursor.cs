using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace Jifen.Documents.Imports.Csv;

/// <summary>
/// Rows of a stretch of a csv, read block by block: the fields of the current row lie in <see cref="Buffer"/>. The bytes are taken to be
/// UTF-8; where a field that is looked at is not, <see cref="HasForeignBytes"/> says so.
/// </summary>
internal abstract class CsvCursor : RowCursor
{
    /// <summary>A row longer than this is no row of a table.</summary>
    public const int LongestRow = 1 << 20;

    public const int MostFields = 512;

    /// <summary>Behind the text there are always so many bytes that may be read (and mean nothing).</summary>
    protected const int Padding = 64;

    // What is read at a time fits the nearest caches.
    private const int BlockLength = 1 << 17;

    private const int ColumnsRemembered = 16;

    private const int ShortText = 64;

    private readonly Remembered[] _last = new Remembered[ColumnsRemembered];
    private readonly ByteSource _source;
    private readonly long _end;
    private long _next;

    /// <param name="start">where the first row begins</param>
    /// <param name="end">where the last row ends, behind its line end</param>
    protected CsvCursor(ByteSource source, long start, long end)
    {
        _source = source;
        _next = start;
        _end = end;
        Block = ArrayPool<byte>.Shared.Rent(LongestRow + Padding + 1);
        Buffer = Block;
    }

    /// <summary>Holds the fields of the current row.</summary>
    public byte[] Buffer { get; protected init; }

    /// <summary>
    /// Where the fields of the row end in <see cref="Buffer"/>: that of the first at 1. Each begins one byte behind the mark before it, so 0
    /// has the byte before the row.
    /// </summary>
    public int[] Marks { get; protected init; } = [];

    /// <summary>How many lines of the file lie before the stretch, where places are wanted as people count them.</summary>
    public int LinesBefore { get; init; }

    /// <summary>Line of the row, counted from the beginning of the stretch, from 1.</summary>
    public int Line { get; protected set; }

    /// <summary>How many lines the stretch has up to here.</summary>
    public int LinesRead { get; protected set; }

    /// <summary>The row needs the careful way: characters that are not printed, or too many fields.</summary>
    public bool IsOdd { get; protected set; }

    /// <summary>Whether there is a <see cref="RowCursor.Fault"/>.</summary>
    public bool HasFault { get; protected set; }

    /// <summary>A field was looked at that is not UTF-8.</summary>
    public bool HasForeignBytes { get; private set; }

    /// <summary>A row is longer than any row can be; reading has ended there.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Where in the source the next row begins.</summary>
    public long Offset => _next - Filled + RowEnd;

    public override int FieldCount => Count;

    /// <summary>The bytes as they were read; the same as <see cref="Buffer"/> unless something has to be taken out of fields.</summary>
    protected byte[] Block { get; }

    /// <summary>The same as <see cref="FieldCount"/>, without a virtual call.</summary>
    public int Count { get; protected set; }

    protected int Filled { get; private set; }

    protected int RowStart { get; set; }

    /// <summary>Where the row after this one begins, in the buffer.</summary>
    protected int RowEnd { get; set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Field(int column) =>
        (uint)column < (uint)Count ? Buffer.AsSpan(StartOf(column), Marks[column + 1] - StartOf(column)) : default;

    public override string Text(int column)
    {
        var field = Field(column);
        if (field.IsEmpty)
        {
            return "";
        }

        // 支部 and 身份 are the same from row to row: then they are the same string as well.
        ref var last = ref _last[column % ColumnsRemembered];
        if (field.Length != last.Length || !field.SequenceEqual(last.Bytes.AsSpan(0, field.Length)))
        {
            last.Keep(field, TextOf(field));
        }

        return last.Text;
    }

    // In one go where it is short, as nearly all are: whether the bytes are UTF-8 comes out on the way.
    private string TextOf(ReadOnlySpan<byte> field)
    {
        Span<char> text = stackalloc char[ShortText];
        if (field.Length <= ShortText
            && Utf8.ToUtf16(field, text, out _, out var length, replaceInvalidSequences: false) == OperationStatus.Done)
        {
            return new string(text[..length].Trim());
        }

        HasForeignBytes |= !Utf8.IsValid(field);
        return Encoding.UTF8.GetString(field).Trim();
    }

    // Nearly every row shows in its first field that it is not blank, without a string being made of it.
    public override bool IsBlank() => !(Count > 0 && Field(0).ContainsAnyInRange((byte)'!', (byte)'~')) && base.IsBlank();

    public override CellPlace Place(int column) =>
        column < 0 || column >= Count
            ? new CellPlace(LinesBefore + Line, 0, null)
            : new CellPlace(LinesBefore + LineOf(column), ColumnOf(column), null);

    protected int StartOf(int column) => Marks[column] + 1;

    /// <returns>how many characters the UTF-8 text has</returns>
    protected static int Characters(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var b in text)
        {
            count += (b & 0xC0) == 0x80 ? 0 : 1;
        }

        return count;
    }

    protected virtual int LineOf(int column) => Line;

    protected abstract int ColumnOf(int column);

    /// <summary>
    /// Moves the unfinished row to the front of the buffer and reads on behind it. The last row of the stretch gets a line end if it has none.
    /// </summary>
    /// <returns>false when nothing is left to read</returns>
    protected bool Refill()
    {
        var kept = Filled - RowStart;
        if (kept >= LongestRow)
        {
            IsTooLong = true;
            return false;
        }

        Block.AsSpan(RowStart, kept).CopyTo(Block);
        RowStart = 0;
        RowEnd = 0;
        var wanted = (int)Math.Min(Math.Min(BlockLength, LongestRow - kept), _end - _next);
        var read = wanted > 0 ? _source.ReadFully(_next, Block.AsSpan(kept, wanted)) : 0;
        _next += read;
        Filled = kept + read;
        if (read == 0)
        {
            if (kept == 0 || Block[kept - 1] == (byte)'\n')
            {
                return false;
            }

            Block[kept] = (byte)'\n';
            Filled = kept + 1;
            _next++;
        }

        Block.AsSpan(Filled, Padding).Fill((byte)'a');
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        ArrayPool<byte>.Shared.Return(Block);
        base.Dispose(disposing);
    }

    /// <summary>What a field of a column was the last time it was read as a text.</summary>
    private struct Remembered
    {
        public byte[] Bytes;
        public int Length;
        public string Text;

        public void Keep(ReadOnlySpan<byte> field, string text)
        {
            if (Bytes is null || Bytes.Length < field.Length)
            {
                Bytes = new byte[Math.Max(32, field.Length)];
            }

            field.CopyTo(Bytes);
            Length = field.Length;
            Text = text;
        }
    }
}
