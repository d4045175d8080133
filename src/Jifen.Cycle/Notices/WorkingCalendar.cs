using Jifen.Cycle.Records;

namespace Jifen.Cycle.Notices;

/// <summary>节假日安排 of one year, as the State Council's notice fixes it.</summary>
/// <param name="Source">the notice it was taken from</param>
/// <param name="Off">public holidays and the days moved to them; weekends among them may be named</param>
/// <param name="Working">Saturdays and Sundays on which people work</param>
public sealed record CalendarYear(int Year, string Source, IReadOnlyList<DateOnly> Off, IReadOnlyList<DateOnly> Working);

/// <summary>工作日: by the calendars that are known; a year without one counts Monday to Friday, and whoever counts is told so.</summary>
public sealed class WorkingCalendar
{
    private readonly Dictionary<int, (HashSet<DateOnly> Off, HashSet<DateOnly> Working)> _years;

    /// <param name="years">of several for a year the last counts</param>
    public WorkingCalendar(IEnumerable<CalendarYear> years) => _years = years
        .GroupBy(year => year.Year)
        .ToDictionary(group => group.Key, group => (group.Last().Off.ToHashSet(), group.Last().Working.ToHashSet()));

    public bool Knows(int year) => _years.ContainsKey(year);

    public bool IsWorking(DateOnly day)
    {
        var isWeekday = day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
        return _years.TryGetValue(day.Year, out var year) ? year.Working.Contains(day) || (isWeekday && !year.Off.Contains(day)) : isWeekday;
    }

    /// <summary>The last of so many days after a day; the day itself is not counted (民法典 201).</summary>
    /// <param name="count">at least 1</param>
    /// <param name="working">working days; otherwise every day, and the last moves on to a working day (民法典 203)</param>
    public DateOnly After(DateOnly day, int count, bool working)
    {
        if (!working)
        {
            day = day.AddDays(count);
            while (!IsWorking(day))
            {
                day = day.AddDays(1);
            }

            return day;
        }

        while (count > 0)
        {
            day = day.AddDays(1);
            count -= IsWorking(day) ? 1 : 0;
        }

        return day;
    }

    /// <summary>Days still to come, counted like the term itself; 0 on its last day and later.</summary>
    public int Left(DateOnly today, DateOnly last, bool working) =>
        Enumerable.Range(1, Math.Max(0, last.DayNumber - today.DayNumber)).Count(ahead => !working || IsWorking(today.AddDays(ahead)));

    /// <summary>Years between two days for which nothing but Monday to Friday is known.</summary>
    public IReadOnlyList<int> Unknown(DateOnly from, DateOnly to) =>
        [.. Enumerable.Range(from.Year, to.Year - from.Year + 1).Where(year => !Knows(year))];
}

/// <summary>节假日日历 of a year was taken over; holds in the organization and below it.</summary>
public sealed record CalendarImported(int Year, string Source, IReadOnlyList<DateOnly> Off, IReadOnlyList<DateOnly> Working) : IEvent;

/// <summary>导入节假日日历. Terms that run already keep the last day they were given.</summary>
public sealed record ImportCalendar(CalendarYear Calendar)
{
    public Ruling Decide(CalendarYear? inForce)
    {
        if (CalendarText.FaultsOf(Calendar) is { Count: > 0 } faults)
        {
            return new InputIsWrong(faults);
        }

        return inForce is not null && inForce.Source == Calendar.Source && inForce.Off.SequenceEqual(Calendar.Off) && inForce.Working.SequenceEqual(Calendar.Working)
            ? Ruling.NothingToDo
            : new Happening(new CalendarImported(Calendar.Year, Calendar.Source, Calendar.Off, Calendar.Working), Ground: Calendar.Source);
    }
}
