using System.Runtime.CompilerServices;
using System.Text;
using Jifen.Documents.Imports.Csv;
using Jifen.Scoring.Facts;

namespace Jifen.Documents.Imports.Facts;

/// <summary>
/// Reads the facts of one stretch of a csv. Rows that are written plainly go straight from their bytes into the segment; all others are
/// taken in from their text by <see cref="FactIntake"/>. One a thread.
/// </summary>
internal sealed class FactScan
{
    private const int LongestId = 255;
    private const int LongestContent = 65_535;

    // Up to here every quantity of a kind that is not counted is fine; beyond it the check is asked.
    private const int EverydayQuantity = 1_000_00;

    private readonly CsvCursor _rows;
    private readonly FactWords _words;
    private readonly FactCheck _check;
    private readonly FactIntake _intake;
    private readonly int[] _at;
    private readonly int _fewestFields;
    private readonly byte[] _lastId = new byte[LongestId + 1];
    private int _lastIdLength;
    private int _lastMember;

    public FactScan(CsvCursor rows, FactWords words, FactSegment segment, ImportProblems problems)
    {
        _rows = rows;
        _words = words;
        Segment = segment;
        Problems = problems;
        _check = new FactCheck(words.Scheme);
        _intake = new FactIntake(words, _check, segment, problems);
        _at = Enumerable.Range(0, FactColumn.All.Length).Select(column => words.Columns[column]).ToArray();
        _fewestFields = 1 + Math.Max(Math.Max(_at[FactColumn.Id], _at[FactColumn.Member]), Math.Max(_at[FactColumn.Date], _at[FactColumn.Fact]));
    }

    public FactSegment Segment { get; }

    public ImportProblems Problems { get; }

    /// <summary>Each id is greater than the one before it (by length, then bytes), so none is there twice.</summary>
    public bool IsAscending { get; private set; } = true;

    public byte[] FirstId { get; private set; } = [];

    public ReadOnlySpan<byte> LastId => _lastId.AsSpan(0, _lastIdLength);

    /// <param name="goOn">asked now and then with the bytes done so far; false ends the reading</param>
    public void Run(Func<long, bool> goOn)
    {
        var asked = 0;
        while (_rows.Next())
        {
            if (!TakePlain())
            {
                if (_intake.Take(_rows) is { } id)
                {
                    Remember(Encoding.UTF8.GetBytes(id));
                }

                if (_rows.HasForeignBytes)
                {
                    return;
                }
            }

            if ((++asked & 0x3FFF) == 0 && !goOn(_rows.Offset))
            {
                return;
            }
        }

        if (_rows.IsTooLong)
        {
            Problems.Error(
                new CellPlace(_rows.LinesRead + 1, 0, null), "从这里起的一行太长（超过 1 MiB），不像表格", "多半是前面有一个半角引号没有收尾；看看这一行");
        }
    }

    /// <summary>Whether <paramref name="id"/> comes after <paramref name="before"/>: by length, then bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool ComesAfter(ReadOnlySpan<byte> id, ReadOnlySpan<byte> before) =>
        id.Length > before.Length || (id.Length == before.Length && id.SequenceCompareTo(before) > 0);

    private bool TakePlain()
    {
        var rows = _rows;
        if (rows.IsOdd || rows.FieldCount < _fewestFields || rows.FieldCount > _words.Columns.HeadCount || rows.Fault is not null)
        {
            return false;
        }

        var date = Field(FactColumn.Date);
        var day = PlainFields.Day(ref date.Start, date.Length);
        var name = Field(FactColumn.Fact);
        var kindName = _words.KindNames.Find(ref name.Start, name.Length);
        if (day < 0 || kindName < 0)
        {
            return false;
        }

        var kind = _words.KindOfName[kindName];
        var words = _words.Kinds[kind];
        var quantity = Quantity(words);
        var member = Member();
        var id = Field(FactColumn.Id);
        var state = Field(FactColumn.State);
        if (quantity < 0 || member < 0 || !IsPlainId(id.Span) || (state.Length != 0 && !state.Span.SequenceEqual("确认"u8)))
        {
            return false;
        }

        var level = 0;
        var amount = FactSegment.NoAmount;
        var content = Field(FactColumn.Content);
        if (content.Length != 0 && (content.Length > LongestContent || !PlainFields.IsPlainText(content.Span)))
        {
            return false;
        }

        if (!words.IsSimple || Field(FactColumn.Level).Length != 0 || Field(FactColumn.Amount).Length != 0 || quantity > EverydayQuantity)
        {
            if (!TryCarried(words, out level, out amount)
                || _check.Check(kind, _words.Roster.Members[member], day, quantity, level, content.Length != 0, amount) is not null)
            {
                return false;
            }
        }
        else if (words.IsCounted && (quantity < 100 || quantity % 100 != 0))
        {
            return false;
        }

        Segment.Add(member, kind, day, quantity, level, amount, 1, id.Span, content.Span);
        Remember(id.Span);
        return true;
    }

    private int Quantity(KindWords words)
    {
        var field = Field(FactColumn.Quantity);
        return field.Length == 0 ? 100 : PlainFields.Number(field.Span, words.Unit);
    }

    // Tables are mostly sorted by member, or turn through the same members day by day.
    private int Member()
    {
        var field = Field(FactColumn.Member);
        var members = _words.Members;
        if (_lastMember < _words.Roster.Count && members[_lastMember].SequenceEqual(field.Span))
        {
            return _lastMember;
        }

        var member = members.Find(ref field.Start, field.Length);
        _lastMember = Math.Max(0, member);
        return member;
    }

    private bool TryCarried(KindWords words, out int level, out int amount)
    {
        level = 0;
        amount = FactSegment.NoAmount;
        var levelField = Field(FactColumn.Level).Span;
        if (levelField.Length != 0)
        {
            while (level < words.Levels.Length && !levelField.SequenceEqual(words.Levels[level]))
            {
                level++;
            }

            if (level++ == words.Levels.Length)
            {
                return false;
            }
        }

        var amountField = Field(FactColumn.Amount).Span;
        if (amountField.Length != 0)
        {
            amount = PlainFields.Number(amountField, default);
            return amount >= 0;
        }

        return true;
    }

    private static bool IsPlainId(ReadOnlySpan<byte> id)
    {
        if (id.Length is 0 or > LongestId || id[0] <= 0x20 || id[^1] <= 0x20)
        {
            return false;
        }

        return Ascii.IsValid(id) ? !id.Contains((byte)0x7F) : PlainFields.IsPlainText(id);
    }

    private void Remember(ReadOnlySpan<byte> id)
    {
        if (!IsAscending)
        {
            return;
        }

        if (_lastIdLength == 0)
        {
            FirstId = id.ToArray();
        }

        if (id.Length > LongestId || !ComesAfter(id, LastId))
        {
            IsAscending = false;
            return;
        }

        id.CopyTo(_lastId);
        _lastIdLength = id.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private FieldBytes Field(int column)
    {
        var at = _at[column];
        return (uint)at < (uint)_rows.FieldCount
            ? new FieldBytes(ref _rows.Buffer[_rows.Starts[at]], _rows.Ends[at] - _rows.Starts[at])
            : new FieldBytes(ref _lastId[0], 0);
    }

    /// <summary>A field with readable bytes behind it.</summary>
    private readonly ref struct FieldBytes(ref byte start, int length)
    {
        public readonly ref byte Start = ref start;
        public readonly int Length = length;

        public ReadOnlySpan<byte> Span => System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(ref Start, Length);
    }
}
