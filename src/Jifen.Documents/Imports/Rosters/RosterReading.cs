using Jifen.Cycle.Members;
using Jifen.Cycle.Members.Rosters;
using Jifen.Documents.Imports.Tables;
using Jifen.Scoring.Facts;

namespace Jifen.Documents.Imports.Rosters;

/// <summary>The lines of a roster and what in them cannot be read.</summary>
/// <param name="Notes">by <see cref="RosterLine.Row"/></param>
public sealed record RosterReading(IReadOnlyList<RosterLine> Lines, ILookup<int, LineNote> Notes)
{
    /// <summary>A whole college; larger ones are imported in parts.</summary>
    public const int MostRows = 20_000;

    /// <param name="table">read with <see cref="RosterMapping.IsKnownHead"/></param>
    public static RosterReading Of(TableFile table, RosterMapping mapping)
    {
        var notes = new List<LineNote>();
        var lines = table.Rows.Select((row, at) => new LineReader(mapping, row, at, notes).Read()).ToList();
        return new RosterReading(lines, notes.ToLookup(note => note.Row));
    }

    private sealed class LineReader(RosterMapping mapping, TableRow row, int at, List<LineNote> notes)
    {
        public RosterLine Read()
        {
            var name = RosterWords.PersonName(Text(RosterField.Name) ?? "");
            if (name.Length == 0)
            {
                Refuse(RosterField.Name, "", "没有写姓名", "写上姓名；不要的行整行删去");
            }
            else if (name.Length > PersonName.Longest)
            {
                Refuse(RosterField.Name, name, "姓名太长", $"至多 {PersonName.Longest} 个字");
            }

            return new RosterLine(
                at,
                ReadNumber(),
                name,
                Text(RosterField.Branch),
                ReadStanding(),
                Text(RosterField.Category),
                Text(RosterField.PartyGroup),
                ReadDay());
        }

        private string? ReadNumber()
        {
            var number = Text(RosterField.Number);
            if (number is null)
            {
                return null;
            }

            if (PersonName.LooksLikeIdentityNumber(number))
            {
                // Not even in the message: what is not collected is not shown either.
                Refuse(RosterField.Number, $"{number[..2]}…", "这一格像身份证号；本系统不收集身份证号", "改用工号、学号或支部自编的号");
                return null;
            }

            if (number.Length > PersonName.Longest)
            {
                Refuse(RosterField.Number, number, "编号太长", $"至多 {PersonName.Longest} 个字");
                return null;
            }

            return number;
        }

        private Standing? ReadStanding()
        {
            if (Text(RosterField.Standing) is not { } word)
            {
                return null;
            }

            if (RosterWords.StandingOf(word) is { } standing)
            {
                return standing;
            }

            var all = Enum.GetValues<Standing>().Select(Member.StandingName).ToList();
            Refuse(
                RosterField.Standing,
                word,
                "这个身份不认识",
                Scoring.Spelling.Nearest(word, all) is { } near ? $"是不是“{near}”？" : $"写{string.Join("、", all)}之一");
            return null;
        }

        private DateOnly? ReadDay()
        {
            if (Text(RosterField.ArrivedOn) is not { } text)
            {
                return null;
            }

            if (Values.TryDate(text, out var day))
            {
                return day;
            }

            Refuse(RosterField.ArrivedOn, text, "日期读不懂", "写成“2025-07-31”或“2025年7月31日”；不清楚的留空");
            return null;
        }

        private string? Text(RosterField field)
        {
            var column = mapping[field];
            if (row.Faults is { } faults && faults.TryGetValue(column, out var error))
            {
                Refuse(field, error, $"这一格是错误值 {error}", "改好公式，或写上值");
                return null;
            }

            var text = row.Text(column);
            if (text.AsSpan().ContainsAnyInRange('\0', '\x1F') || text.AsSpan().ContainsAny('\uFFFD', '\uFFFE', '\uFFFF'))
            {
                Refuse(field, "", $"{field.Name()}里有换行或读不出的字符", "重新写这一格");
                return null;
            }

            return text.Length == 0 ? null : text;
        }

        private void Refuse(RosterField field, string value, string cause, string remedy) =>
            notes.Add(new LineNote(at, field, Columns.Shortened(value), cause, remedy));
    }
}
