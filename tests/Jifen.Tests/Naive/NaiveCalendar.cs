using System.Globalization;

namespace Jifen.Tests.Naive;

/// <summary>Days from first to last, both in.</summary>
internal sealed record Span(DateOnly From, DateOnly To)
{
    public bool Contains(DateOnly date) => From <= date && date <= To;
}

/// <summary>
/// 周期 and its parts (2.1). Quarters and half years are counted from the first day of the cycle, so a school year has four
/// quarters of its own (9–11, 12–2, 3–5, 6–8).
/// </summary>
internal sealed class NaiveCalendar
{
    private readonly int _firstMonth;
    private readonly string _secondTerm;

    public NaiveCalendar(string cycle, IReadOnlyList<string> termStarts)
    {
        var schoolYear = cycle == "学年";
        _firstMonth = schoolYear ? 9 : 1;
        _secondTerm = termStarts.Count == 2 ? termStarts[1] : schoolYear ? "02-01" : "08-01";
    }

    public Span Cycle(int year)
    {
        var first = new DateOnly(year, _firstMonth, 1);
        return new(first, first.AddMonths(12).AddDays(-1));
    }

    /// <summary>The period of the given kind a day lies in, in whatever cycle the day belongs to.</summary>
    public Span PeriodOf(DateOnly date, string kind)
    {
        var cycle = Cycle(date.Month >= _firstMonth ? date.Year : date.Year - 1);
        return kind switch
        {
            "日" => new(date, date),
            "月" => Months(cycle, date, 1),
            "季度" => Months(cycle, date, 3),
            "半年" => Months(cycle, date, 6),
            "学期" => Term(cycle, date),
            "年" => cycle,
            _ => throw new InvalidOperationException("不认识的期：" + kind),
        };
    }

    /// <summary>The periods of the given kind that a stretch of days touches, in order; the ends may stick out.</summary>
    public IReadOnlyList<Span> Periods(Span span, string kind)
    {
        var periods = new List<Span>();
        for (var day = span.From; day <= span.To; day = periods[^1].To.AddDays(1))
        {
            periods.Add(PeriodOf(day, kind));
        }

        return periods;
    }

    /// <summary>Whether a day lies in a yearly window of MM-DD, which may run over the new year (倍数·自/至).</summary>
    public static bool InYearlyWindow(DateOnly date, string from, string to)
    {
        var day = date.ToString("MM-dd", CultureInfo.InvariantCulture);
        var afterFrom = string.CompareOrdinal(day, from.Length == 0 ? "01-01" : from) >= 0;
        var beforeTo = string.CompareOrdinal(day, to.Length == 0 ? "12-31" : to) <= 0;
        var runsOverNewYear = from.Length > 0 && to.Length > 0 && string.CompareOrdinal(from, to) > 0;
        return runsOverNewYear ? afterFrom || beforeTo : afterFrom && beforeTo;
    }

    private static Span Months(Span cycle, DateOnly date, int length)
    {
        var monthsIn = ((date.Year - cycle.From.Year) * 12) + date.Month - cycle.From.Month;
        var first = cycle.From.AddMonths(monthsIn / length * length);
        return new(first, first.AddMonths(length).AddDays(-1));
    }

    private Span Term(Span cycle, DateOnly date)
    {
        var month = NaiveNumbers.Integer(_secondTerm[..2]);
        var day = NaiveNumbers.Integer(_secondTerm[3..]);
        var second = new DateOnly(month >= _firstMonth ? cycle.From.Year : cycle.From.Year + 1, month, day);
        return date < second ? new(cycle.From, second.AddDays(-1)) : new(second, cycle.To);
    }
}
