using System.Text;
using Jifen.Scoring;
using Jifen.Scoring.Facts;

namespace Jifen.Documents.Imports.Facts;

/// <summary>
/// Takes a fact in from its text: every row of a workbook, and the csv rows that are not plain. What is refused here is refused nowhere
/// else; the fast way only lets through what this would take in the same way. One a thread.
/// </summary>
/// <param name="taken">told of every fact that is right, also of those that wait; null where only points are wanted</param>
internal sealed class FactIntake(FactWords words, FactCheck check, FactSegment segment, ImportProblems problems, Action<FactRow>? taken = null)
{
    private const int LongestId = 255;
    private const int LongestContent = 65_535;
    private const int MostSharers = 255;

    // Far beyond any points; keeps a slip of the pen inside 32 bits.
    private const long MostAmount = 1_000_000_00;

    private readonly MemberNames _names = new(words, problems);
    private RowCursor _row = null!;
    private bool _isFine;

    /// <returns>the id of the fact, or null when the row has none to compare (it is blank, or the id is a problem itself)</returns>
    public string? Take(RowCursor row)
    {
        _row = row;
        _isFine = true;
        if (row.Fault is { } fault)
        {
            Refuse(row.Place(fault.Column), fault.Cause, fault.Remedy);
            return null;
        }

        if (row.IsBlank())
        {
            return null;
        }

        RefuseFieldsBeyondHead();
        var id = Id();
        var members = _names.Read(row, words.Columns[FactColumn.Member]);
        _isFine &= members.Count > 0;
        var day = Day();
        var kind = Kind();
        var quantity = Quantity(kind);
        var level = Level(kind);
        var content = Encoding.UTF8.GetBytes(Content());
        var amount = Amount();
        var state = Text(FactColumn.State);
        if (!_isFine)
        {
            return id;
        }

        if (words.Scheme.FactKinds[kind].IsShared && members.Count > MostSharers)
        {
            Refuse(FactColumn.Member, $"一条均分的事实写了{members.Count}人，至多{MostSharers}人", "分成几条写");
            return id;
        }

        foreach (var member in members)
        {
            if (check.Check(kind, words.Roster.Members[member], day, quantity, level, content.Length > 0, amount) is { } refusal)
            {
                Refuse(ColumnOf(refusal.Field), refusal.Cause, refusal.Remedy);
                return id;
            }
        }

        taken?.Invoke(new FactRow(
            id!,
            [.. members],
            DateOnly.FromDayNumber(day),
            words.Scheme.FactKinds[kind],
            quantity,
            level == 0 ? null : words.Scheme.FactKinds[kind].Levels[level - 1],
            content.Length == 0 ? null : Encoding.UTF8.GetString(content),
            amount == FactSegment.NoAmount ? null : amount,
            state.Length > 0 && state != FactWords.Confirmed));
        if (state.Length == 0 || state == FactWords.Confirmed)
        {
            var sharers = Math.Min(members.Count, MostSharers);
            var idBytes = Encoding.UTF8.GetBytes(id!);
            foreach (var member in members)
            {
                segment.Add(member, kind, day, (int)quantity, level, (int)amount, sharers, idBytes, content);
            }
        }

        return id;
    }

    private static int ColumnOf(FactField field) => field switch
    {
        FactField.Date => FactColumn.Date,
        FactField.Quantity => FactColumn.Quantity,
        FactField.Level => FactColumn.Level,
        FactField.Content => FactColumn.Content,
        FactField.Amount => FactColumn.Amount,
    };

    private string Text(int column) => _row.Text(words.Columns[column]);

    private void Refuse(int column, string cause, string remedy) => Refuse(_row.Place(words.Columns[column]), cause, remedy);

    private void Refuse(CellPlace place, string cause, string remedy)
    {
        _isFine = false;
        problems.Error(place, cause, remedy);
    }

    private void RefuseFieldsBeyondHead()
    {
        for (var column = words.Columns.HeadCount; column < _row.FieldCount; column++)
        {
            if (_row.Text(column).Length > 0)
            {
                Refuse(_row.Place(column), $"这一行比表头多出一列：“{Columns.Shortened(_row.Text(column))}”", "值里有逗号的，整个值用一对半角引号括起来；多余的删去");
                return;
            }
        }
    }

    private string? Id()
    {
        var id = Text(FactColumn.Id);
        if (id.Length == 0)
        {
            Refuse(FactColumn.Id, "没有写编号", "每条事实写一个不重复的编号，如“F0001”");
            return null;
        }

        if (Encoding.UTF8.GetByteCount(id) > LongestId)
        {
            Refuse(FactColumn.Id, "编号太长", $"编号至多{LongestId}个字节（约{LongestId / 3}个汉字）");
            return null;
        }

        if (id.AsSpan().ContainsAnyInRange('\0', '\x1F'))
        {
            Refuse(FactColumn.Id, "编号里有看不见的控制字符", "重新写这个编号");
            return null;
        }

        return id;
    }

    private int Day()
    {
        var text = Text(FactColumn.Date);
        if (text.Length == 0)
        {
            Refuse(FactColumn.Date, "没有写日期", "写事实发生的那一天，如“2025-07-31”");
            return 0;
        }

        if (!Values.TryDate(text, out var date))
        {
            Refuse(FactColumn.Date, $"日期“{Columns.Shortened(text)}”读不懂", "写成“2025-07-31”或“2025年7月31日”");
            return 0;
        }

        return date.DayNumber;
    }

    private int Kind()
    {
        var text = Text(FactColumn.Fact);
        var kind = words.KindNamed(text);
        if (text.Length == 0)
        {
            Refuse(FactColumn.Fact, "没有写是什么事实", $"写办法里的事实名称，如“{words.AllKindNames.FirstOrDefault()}”");
        }
        else if (kind < 0)
        {
            var remedy = problems.IsListening ? Spelling.Suggest(text, words.AllKindNames, "办法里的事实有") : "";
            Refuse(FactColumn.Fact, $"办法里没有“{Columns.Shortened(text)}”这种事实", remedy);
        }

        return kind;
    }

    private long Quantity(int kind)
    {
        var text = Text(FactColumn.Quantity);
        if (text.Length == 0)
        {
            return 100;
        }

        var unit = kind < 0 ? "" : words.Scheme.FactKinds[kind].Unit;
        var number = unit.Length > 0 && text.EndsWith(unit, StringComparison.Ordinal) ? text[..^unit.Length] : text;
        if (Values.TryNumber(number, out var quantity))
        {
            return quantity;
        }

        if (kind >= 0)
        {
            Refuse(FactColumn.Quantity, $"数量“{Columns.Shortened(text)}”读不懂", $"写数，最多两位小数，可带单位“{unit}”，如“{(words.Kinds[kind].IsCounted ? "2" : "1.5")}{unit}”");
        }

        return 100;
    }

    private int Level(int kind)
    {
        var text = Text(FactColumn.Level);
        if (text.Length == 0 || kind < 0)
        {
            return 0;
        }

        var level = words.LevelNamed(kind, text);
        var what = words.Scheme.FactKinds[kind];
        if (level == 0 && what.Levels.Count == 0)
        {
            Refuse(FactColumn.Level, $"“{what.Name}”不分级别", "把级别删去");
        }
        else if (level == 0)
        {
            Refuse(FactColumn.Level, $"“{what.Name}”没有“{Columns.Shortened(text)}”这个级别", Spelling.Suggest(text, [.. what.Levels], "级别有"));
        }

        return level;
    }

    private string Content()
    {
        var content = Text(FactColumn.Content);
        if (Encoding.UTF8.GetByteCount(content) > LongestContent)
        {
            Refuse(FactColumn.Content, "内容太长", "内容写事项的名称，详情另存");
        }
        else if (content.Any(c => c < ' ' && c is not ('\n' or '\r' or '\t')))
        {
            Refuse(FactColumn.Content, "内容里有看不见的控制字符", "重新写内容");
        }

        return content;
    }

    private long Amount()
    {
        var text = Text(FactColumn.Amount);
        if (text.Length == 0)
        {
            return FactSegment.NoAmount;
        }

        var number = text.EndsWith('分') ? text[..^1] : text;
        if (Values.TryNumber(number, out var amount) && Math.Abs(amount) <= MostAmount)
        {
            return amount;
        }

        Refuse(FactColumn.Amount, $"分值“{Columns.Shortened(text)}”读不懂", "写数，最多两位小数，如“8.5”");
        return FactSegment.NoAmount;
    }
}
