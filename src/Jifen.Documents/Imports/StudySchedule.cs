using Jifen.Scoring.Schemes;

namespace Jifen.Documents.Imports;

/// <summary>One line of a study schedule as it was written.</summary>
/// <param name="Hours">hundredths; null: none named</param>
public sealed record ScheduledStudy(
    int Line, int? Week, DateOnly HeldOn, string Theme, string? Purpose, string? Readings, string? Topic, long? Hours);

/// <summary>Reads the table of a study schedule (周次,日期,主题,目的,学习篇目,讨论题,学时) from csv, xlsx or what was pasted from a sheet.</summary>
public static class StudySchedule
{
    private const int Week = 0;
    private const int Day = 1;
    private const int Theme = 2;
    private const int Purpose = 3;
    private const int Readings = 4;
    private const int Topic = 5;
    private const int Hours = 6;

    private static readonly ColumnName[] Names =
    [
        new("周次", "week"),
        new("日期", "date", IsRequired: true),
        new("主题", "theme", IsRequired: true, AlsoChinese: "学习主题"),
        new("目的", "purpose", AlsoChinese: "学习目的"),
        new("学习篇目", "readings", AlsoChinese: "学习内容"),
        new("讨论题", "topic", AlsoChinese: "讨论"),
        new("学时", "hours"),
    ];

    /// <summary>The heads in their usual order, for an empty table.</summary>
    public static string Heads => string.Join('\t', Names.Select(name => name.Chinese));

    /// <returns>the lines in the order of the table, or every reason why there are none</returns>
    public static Loaded<IReadOnlyList<ScheduledStudy>> Read(InputFile file)
    {
        var problems = new ImportProblems(file.Name);
        var studies = new List<ScheduledStudy>();
        TableReading.Run(file, Names, problems, (row, columns) =>
        {
            if (Take(row, columns, problems) is { } study)
            {
                studies.Add(study);
            }
        });
        if (!problems.HasErrors && studies.Count == 0)
        {
            problems.Error(CellPlace.WholeFile, "表里一项学习也没有", "一行写一次学习");
        }

        return new Loaded<IReadOnlyList<ScheduledStudy>>(problems.HasErrors ? null : studies, problems.Listed());
    }

    /// <summary>What is pasted from a sheet has tabs between its cells; a cell with a line break stands in quotes already.</summary>
    /// <param name="name">what problems call it</param>
    public static InputFile Pasted(string name, string text)
    {
        var commas = text.Contains('\t')
            ? string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => string.Join(',', line.Split('\t').Select(Quoted))))
            : text;
        return new InputFile(name, System.Text.Encoding.UTF8.GetBytes(commas));
    }

    private static string Quoted(string cell) =>
        cell.AsSpan().ContainsAny(',', '"') && !(cell.Length > 1 && cell[0] == '"' && cell[^1] == '"')
            ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : cell;

    private static ScheduledStudy? Take(RowCursor row, Columns columns, ImportProblems problems)
    {
        var isRight = true;
        var day = default(DateOnly);
        if (!Values.TryDate(row.Text(columns[Day]), out day))
        {
            Refuse(Day, $"“{row.Text(columns[Day])}”不是日期", "写成 2025-09-18 这样");
        }

        var theme = row.Text(columns[Theme]);
        if (theme.Length == 0)
        {
            Refuse(Theme, "没有写主题", "写上这次学什么");
        }

        int? week = null;
        if (row.Text(columns[Week]) is { Length: > 0 } weekText)
        {
            // 第3周 and 3 are the same week.
            if (int.TryParse(Values.Plain(weekText).Trim('第', '周', ' '), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number))
            {
                week = number;
            }
            else
            {
                Refuse(Week, $"周次“{weekText}”不是数", "写 3，或留空");
            }
        }

        long? hours = null;
        if (row.Text(columns[Hours]) is { Length: > 0 } hoursText)
        {
            if (Values.TryNumber(hoursText.Replace("学时", "", StringComparison.Ordinal), out var hundredths) && hundredths > 0)
            {
                hours = hundredths;
            }
            else
            {
                Refuse(Hours, $"学时“{hoursText}”不是数", "写 2 或 1.5，不计就留空");
            }
        }

        return isRight
            ? new ScheduledStudy(row.Place(-1).Line, week, day, theme, Optional(Purpose), Optional(Readings), Optional(Topic), hours)
            : null;

        string? Optional(int column) => row.Text(columns[column]) is { Length: > 0 } text ? text : null;

        void Refuse(int column, string cause, string remedy)
        {
            isRight = false;
            problems.Error(row.Place(columns[column]), cause, remedy);
        }
    }
}
