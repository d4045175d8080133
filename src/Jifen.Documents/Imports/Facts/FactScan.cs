using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Jifen.Documents.Imports.Csv;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;

namespace Jifen.Documents.Imports.Facts;

/// <summary>
/// Reads the facts of one stretch of a csv. Rows that are written plainly go straight from their bytes into the segment, the quickest way
/// where they end as others did; all others are taken in from their text by <see cref="FactIntake"/>. One a thread.
/// </summary>
internal sealed class FactScan
{
    private const int LongestId = 255;
    private const int LongestContent = 65_535;

    // Up to here every quantity of a kind that is not counted is fine; beyond it the check is asked.
    private const int EverydayQuantity = 1_000_00;

    private readonly CsvCursor _rows;
    private readonly BlockCursor? _block;
    private readonly bool _isQuick;
    private readonly FactWords _words;
    private readonly FactCheck _check;
    private readonly FactIntake _intake;
    private readonly Places _at;
    private readonly int _fewestFields;
    private readonly int _mostFields;
    private readonly int _firstDay = Scheme.FirstDayOfTheWorld.DayNumber;
    private readonly int _lastDay = Scheme.LastDayOfTheWorld.DayNumber;
    private readonly Months _months = new();
    private readonly KnownTexts _texts = new();
    private readonly KnownNumbers _quantities = new();
    private readonly KnownEndings _endings = new();
    private (ulong Head, ulong Tail, int Length) _lastName;
    private int _lastMember = -1;

    /// <param name="isQuick">rows that are written plainly go the quick way; otherwise all go the careful one</param>
    public FactScan(CsvCursor rows, FactWords words, FactSegment segment, ImportProblems problems, bool isQuick)
    {
        _rows = rows;
        _block = isQuick ? rows as BlockCursor : null;
        _isQuick = isQuick;
        _words = words;
        Segment = segment;
        Problems = problems;
        _check = new FactCheck(words.Scheme);
        _intake = new FactIntake(words, _check, segment, problems);
        _at = new Places(words.Columns);
        _fewestFields = 1 + Math.Max(Math.Max(_at.Id, _at.Member), Math.Max(_at.Date, _at.Fact));
        _mostFields = words.Columns.HeadCount;
    }

    public FactSegment Segment { get; }

    public ImportProblems Problems { get; }

    public IdWatch Ids { get; } = new();

    /// <param name="goOn">asked now and then with the bytes done so far; false ends the reading</param>
    public void Run(Func<long, bool> goOn)
    {
        var asked = 0;
        while (_block is { } block ? block.NextRow() : _rows.Next())
        {
            if ((!_isQuick || !TakeQuickly()) && !TakeCarefully())
            {
                return;
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

    /// <returns>false when the row is not UTF-8</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TakeCarefully()
    {
        if (_intake.Take(_rows) is { } id)
        {
            Ids.Add(Encoding.UTF8.GetBytes(id));
        }

        return !_rows.HasForeignBytes;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TakeQuickly()
    {
        if (_block is { } block)
        {
            if (_at.AreUsual && TakeKnown(block))
            {
                return true;
            }

            block.MarkFields();
        }

        return TakePlain();
    }

    private bool TakeKnown(BlockCursor rows)
    {
        ref var id = ref rows.Row;
        var length = rows.RowLength;
        var commas = Bytes64.Equal(ref id, (byte)',');
        var idLength = BitOperations.TrailingZeroCount(commas);
        commas &= commas - 1;
        var whoAt = idLength + 1;
        var whoLength = BitOperations.TrailingZeroCount(commas) - whoAt;
        commas &= commas - 1;
        var dateAt = whoAt + whoLength + 1;
        var dateLength = BitOperations.TrailingZeroCount(commas) - dateAt;
        var endingAt = dateAt + dateLength + 1;
        if (commas == 0 || rows.IsOdd)
        {
            return false;
        }

        ref readonly var ending = ref _endings.Find(ref Unsafe.Add(ref id, endingAt), length - endingAt);
        if (Unsafe.IsNullRef(in ending))
        {
            return false;
        }

        var day = _months.Day(ref Unsafe.Add(ref id, dateAt), dateLength);
        var member = Member(ref Unsafe.Add(ref id, whoAt), whoLength);
        if (day < _firstDay || day > _lastDay || member < 0 || !Ids.AddNext(ref id, idLength))
        {
            return false;
        }

        if (ending.IsPending)
        {
            return true;
        }

        if (ending.IsKeptWhole)
        {
            Segment.Add(
                member, ending.Kind, day, ending.Quantity, ending.Level, FactSegment.NoAmount, 1, Bytes(ref id, idLength),
                Bytes(ref Unsafe.Add(ref id, endingAt + ending.ContentAt), ending.ContentLength));
        }
        else
        {
            Segment.AddForSums(member, ending.Kind, day, ending.Quantity);
        }

        return true;
    }

    // What a row without 分值 comes to is the same for anybody on any day.
    private void Learn(BlockCursor rows, int kind, int quantity, int level, FieldBytes content, bool isPending)
    {
        var at = rows.Marks[Places.UsualDate + 1] - rows.Marks[0];
        ref var ending = ref Unsafe.Add(ref rows.Row, at);
        var contentAt = content.Length == 0 ? 0 : (int)Unsafe.ByteOffset(ref ending, ref content.Start);
        _endings.Learn(
            Bytes(ref ending, rows.RowLength - at), kind, quantity, level, contentAt..(contentAt + content.Length), isPending, Segment.KeepsWhole(kind));
    }

    private bool TakePlain()
    {
        var rows = _rows;
        if (rows.IsOdd || rows.Count < _fewestFields || rows.Count > _mostFields || rows.HasFault)
        {
            return false;
        }

        var row = new RowBytes(rows);
        var date = row.Field(_at.Date);
        var day = _months.Day(ref date.Start, date.Length);
        var name = row.Field(_at.Fact);
        var kindName = _words.KindNames.Find(ref name.Start, name.Length);
        if (day < _firstDay || day > _lastDay || kindName < 0)
        {
            return false;
        }

        var kind = _words.KindOfName[kindName];
        var words = _words.Kinds[kind];
        var howMuch = row.Field(_at.Quantity);
        var quantity = _quantities.Read(ref howMuch.Start, howMuch.Length, words.Unit);
        var who = row.Field(_at.Member);
        var member = Member(ref who.Start, who.Length);
        var id = row.Field(_at.Id);
        var state = row.Field(_at.State);
        var isPending = state.Length != 0 && !state.Span.SequenceEqual("确认"u8);
        var content = row.Field(_at.Content);
        if (quantity < 0 || member < 0
            || (isPending && !_texts.Knows(ref state.Start, state.Length))
            || content.Length > LongestContent || !_texts.Knows(ref content.Start, content.Length))
        {
            return false;
        }

        var level = 0;
        var amount = FactSegment.NoAmount;
        if (!words.IsSimple || row.Field(_at.Level).Length != 0 || row.Field(_at.Amount).Length != 0 || quantity > EverydayQuantity)
        {
            if (!TryCarried(row, words, out level, out amount)
                || _check.Check(kind, _words.Roster.Members[member], day, quantity, level, content.Length != 0, amount) is not null)
            {
                return false;
            }
        }
        else if (words.IsCounted && (quantity < 100 || quantity % 100 != 0))
        {
            return false;
        }

        // Of the same form as the id before, it is as plain as that one.
        if (!Ids.AddNext(ref id.Start, id.Length))
        {
            if (!IsPlainId(ref id.Start, id.Length))
            {
                return false;
            }

            Ids.Add(ref id.Start, id.Length);
        }

        if (!isPending)
        {
            if (Segment.KeepsWhole(kind))
            {
                Segment.Add(member, kind, day, quantity, level, amount, 1, id.Span, content.Span);
            }
            else
            {
                Segment.AddForSums(member, kind, day, quantity);
            }
        }

        if (_block is { } block && _at.AreUsual && amount == FactSegment.NoAmount)
        {
            Learn(block, kind, quantity, level, content, isPending);
        }

        return true;
    }

    // Tables are mostly sorted by member, so it is often the same again; eight to sixteen bytes are two words that overlap.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Member(ref byte id, int length)
    {
        if (length is < 8 or > 16)
        {
            return _words.Members.Find(ref id, length);
        }

        var name = (Unsafe.ReadUnaligned<ulong>(ref id), Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref id, length - 8)), length);
        if (name != _lastName)
        {
            _lastMember = _words.Members.Find(ref id, length);
            _lastName = name;
        }

        return _lastMember;
    }

    private bool TryCarried(RowBytes row, KindWords words, out int level, out int amount)
    {
        level = 0;
        amount = FactSegment.NoAmount;
        var levelField = row.Field(_at.Level).Span;
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

        var amountField = row.Field(_at.Amount).Span;
        if (amountField.Length != 0)
        {
            amount = PlainFields.Number(amountField, default);
            return amount >= 0;
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsPlainId(ref byte id, int length)
    {
        const ulong NotAscii = 0x8080_8080_8080_8080;
        if ((uint)(length - 1) >= LongestId || id <= 0x20 || Unsafe.Add(ref id, length - 1) <= 0x20)
        {
            return false;
        }

        if (length <= 8)
        {
            return (Unsafe.ReadUnaligned<ulong>(ref id) & (NotAscii >> (64 - (length * 8)))) == 0 || PlainFields.IsPlainText(Bytes(ref id, length));
        }

        return Ascii.IsValid(Bytes(ref id, length)) || PlainFields.IsPlainText(Bytes(ref id, length));
    }

    private static ReadOnlySpan<byte> Bytes(ref byte start, int length) => MemoryMarshal.CreateReadOnlySpan(ref start, length);

    /// <summary>Columns of the file, −1 for those it does not have.</summary>
    private readonly struct Places(Columns columns)
    {
        public readonly int Id = columns[FactColumn.Id];
        public readonly int Member = columns[FactColumn.Member];
        public readonly int Date = columns[FactColumn.Date];
        public readonly int Fact = columns[FactColumn.Fact];
        public readonly int Quantity = columns[FactColumn.Quantity];
        public readonly int Level = columns[FactColumn.Level];
        public readonly int Content = columns[FactColumn.Content];
        public readonly int Amount = columns[FactColumn.Amount];
        public readonly int State = columns[FactColumn.State];

        public const int UsualDate = 2;

        /// <summary>编号, 党员 and 日期 come first, in this order.</summary>
        public readonly bool AreUsual = columns[FactColumn.Id] == 0 && columns[FactColumn.Member] == 1 && columns[FactColumn.Date] == UsualDate;
    }

    /// <summary>The current row without checks of bounds: a cursor keeps its places inside its buffer.</summary>
    private readonly ref struct RowBytes(CsvCursor rows)
    {
        private readonly ref byte _text = ref MemoryMarshal.GetArrayDataReference(rows.Buffer);
        private readonly ref int _marks = ref rows.Marks[1];
        private readonly uint _count = (uint)rows.Count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public FieldBytes Field(int at)
        {
            if ((uint)at >= _count)
            {
                return new FieldBytes(ref _text, 0);
            }

            ref var end = ref Unsafe.Add(ref _marks, at);
            var start = Unsafe.Add(ref end, -1) + 1;
            return new FieldBytes(ref Unsafe.Add(ref _text, start), end - start);
        }
    }

    /// <summary>A field with readable bytes behind it.</summary>
    private readonly ref struct FieldBytes(ref byte start, int length)
    {
        public readonly ref byte Start = ref start;
        public readonly int Length = length;

        public ReadOnlySpan<byte> Span => Bytes(ref Start, Length);
    }
}
