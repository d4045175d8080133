using System.Globalization;
using Jifen.Cycle.Notices;
using Xunit;

namespace Jifen.Tests.Notices;

/// <summary>Working days as the State Council's notices fix them.</summary>
public sealed class CalendarTests
{
    private static readonly WorkingCalendar Official = new(Directory.GetFiles(Path.Combine(World.Root, "calendars"), "*.csv").Select(file => Known(File.ReadAllText(file))));

    [Theory]
    [InlineData("2025-09-30", 5, "2025-10-14")] // over the National Day holiday, with the working Saturday of 11 October
    [InlineData("2025-09-26", 5, "2025-10-10")] // with the working Sunday of 28 September
    [InlineData("2024-02-23", 5, "2024-03-01")] // with 29 February
    [InlineData("2024-02-08", 1, "2024-02-09")] // the eve of 2024 was a working day
    [InlineData("2024-02-09", 1, "2024-02-18")] // a working Sunday
    [InlineData("2025-12-31", 1, "2026-01-04")] // into the next year, a working Sunday
    [InlineData("2026-02-13", 5, "2026-02-27")]
    public void So_many_working_days_after_a_day_which_itself_is_not_counted(string from, int days, string last) =>
        Assert.Equal(Day(last), Official.After(Day(from), days, working: true));

    [Fact]
    public void Plain_days_end_on_a_working_day()
    {
        Assert.Equal(Day("2025-10-09"), Official.After(Day("2025-09-30"), 5, working: false));
        Assert.Equal(Day("2025-10-15"), Official.After(Day("2025-10-10"), 5, working: false));
    }

    [Fact]
    public void A_year_without_a_calendar_counts_Monday_to_Friday_and_is_named()
    {
        Assert.False(Official.Knows(2027));
        Assert.Equal([2027], Official.Unknown(Day("2026-12-31"), Day("2027-01-08")));
        Assert.Equal(Day("2027-10-07"), Official.After(Day("2027-09-30"), 5, working: true));
    }

    [Fact]
    public void The_days_of_the_years_that_come_with_the_program_are_as_many_as_the_notices_say()
    {
        foreach (var (year, off, working) in new[] { (2024, 28, 8), (2025, 28, 5), (2026, 33, 6) })
        {
            var calendar = Known(File.ReadAllText(Path.Combine(World.Root, "calendars", $"{year}.csv")));
            Assert.Equal((year, off, working), (calendar.Year, calendar.Off.Count, calendar.Working.Count));
            Assert.Contains("国务院办公厅", calendar.Source, StringComparison.Ordinal);
        }

        // 2024, 2025 and 2026 had 251, 248 and 248 working days.
        Assert.Equal([251, 248, 248], new[] { 2024, 2025, 2026 }.Select(year => Enumerable.Range(0, DateTime.IsLeapYear(year) ? 366 : 365)
            .Count(day => Official.IsWorking(new DateOnly(year, 1, 1).AddDays(day)))));
    }

    [Theory]
    [InlineData("2025-13-01,休", "读不懂")]
    [InlineData("2025-10-01,休\n2025-10-01,班", "前面写过")]
    [InlineData("2025-10-01,休\n2026-10-01,休\n2025-10-02,休\n2025-10-03,休\n2025-10-04,休", "一个文件写一年")]
    [InlineData("2025-10-01,休\n2025-10-02,休\n2025-10-03,休\n2025-10-06,休\n2025-10-07,休\n2025-10-09,班", "本来就上班")]
    [InlineData("2025-10-01,休", "不像一年")]
    public void What_is_no_calendar_is_refused_with_the_line(string lines, string said)
    {
        var (calendar, faults) = CalendarText.Read($"# 某通知一二三\n日期,安排,节日\n{lines}\n");
        Assert.Null(calendar);
        Assert.Contains(faults, fault => fault.Message.Contains(said, StringComparison.Ordinal));
    }

    private static CalendarYear Known(string text) => CalendarText.Read(text).Calendar!;

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
