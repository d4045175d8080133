using System.Globalization;
using Jifen.Cycle.Records;

namespace Jifen.Cycle.Notices;

/// <summary>
/// A calendar as a text: first “# ” and where it was taken from, then 日期,安排,节日 – a line for every day off (休) and every weekend day on
/// which people work (班). The files of calendars/ are written so.
/// </summary>
public static class CalendarText
{
    private const string Head = "日期,安排";
    private const int FewestDaysOff = 5;
    private const int MostDays = 80;

    /// <returns>the calendar, or what is wrong with it, line by line</returns>
    public static (CalendarYear? Calendar, IReadOnlyList<RowFault> Faults) Read(string text)
    {
        var faults = new List<RowFault>();
        var (off, working) = (new SortedSet<DateOnly>(), new SortedSet<DateOnly>());
        string? source = null;
        var number = 0;
        foreach (var line in text.TrimStart('\uFEFF').Split('\n').Select(line => line.Trim()))
        {
            number++;
            if (line.StartsWith('#'))
            {
                source ??= line.TrimStart('#').Trim();
            }
            else if (line.Length > 0 && !line.StartsWith(Head, StringComparison.Ordinal))
            {
                var parts = line.Split(',');
                if (parts.Length < 2 || !DateOnly.TryParseExact(parts[0].Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                    || parts[1].Trim() is not ("休" or "班"))
                {
                    faults.Add(Fault(number, $"第{number}行读不懂：{line[..Math.Min(line.Length, 30)]}。写成“2025-10-01,休,国庆节”"));
                }
                else if (off.Contains(day) || working.Contains(day))
                {
                    faults.Add(Fault(number, $"第{number}行的{day:yyyy-MM-dd}前面写过了，删去一行"));
                }
                else
                {
                    (parts[1].Trim() == "休" ? off : working).Add(day);
                }
            }
        }

        if (faults.Count > 0)
        {
            return (null, faults);
        }

        var calendar = new CalendarYear(off.Count == 0 ? 0 : off.Min.Year, source ?? "", [.. off], [.. working]);
        faults.AddRange(FaultsOf(calendar));
        return faults.Count > 0 ? (null, faults) : (calendar, []);
    }

    /// <summary>What cannot be right in a calendar, whoever wrote it.</summary>
    internal static List<RowFault> FaultsOf(CalendarYear calendar)
    {
        var faults = new List<RowFault>();
        if (calendar.Off.Count < FewestDaysOff || calendar.Off.Count + calendar.Working.Count > MostDays)
        {
            faults.Add(Fault(0, "这不像一年的节假日：休息的日子要逐天写，一天一行"));
        }

        if (calendar.Source.Length < 4)
        {
            faults.Add(Fault(0, "没有写出处。第一行写“# 国务院办公厅关于某年部分节假日安排的通知”"));
        }

        if (calendar.Off.Concat(calendar.Working).FirstOrDefault(day => day.Year != calendar.Year) is { Year: > 1 } other)
        {
            faults.Add(Fault(0, $"{other:yyyy-MM-dd}不在{calendar.Year}年。一个文件写一年"));
        }

        if (calendar.Working.FirstOrDefault(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)) is { Year: > 1 } weekday)
        {
            faults.Add(Fault(0, $"{weekday:yyyy-MM-dd}不是周末，本来就上班，不用写“班”"));
        }

        return faults;
    }

    private static RowFault Fault(int line, string message) => new(line - 1, "file", message);
}
