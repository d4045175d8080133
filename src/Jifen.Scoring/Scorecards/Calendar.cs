using Jifen.Scoring.Schemes;

namespace Jifen.Scoring.Scorecards;

/// <summary>A stretch of days, both ends included, as <see cref="DateOnly.DayNumber"/>.</summary>
public readonly record struct Days(int First, int Last)
{
    public bool IsEmpty => First > Last;

    public bool Contains(int day) => (uint)(day - First) <= (uint)(Last - First) && !IsEmpty;

    public Days Within(Days other) => new(Math.Max(First, other.First), Math.Min(Last, other.Last));
}

/// <summary>The cycle of one year and its spans. All spans are counted from the first day of the cycle.</summary>
public sealed class Calendar
{
    private readonly IReadOnlyList<MonthDay> _terms;
    private readonly int _firstMonth;

    internal Calendar(Scheme scheme, int year)
    {
        Year = year;
        _terms = scheme.TermStarts;
        _firstMonth = scheme.StartsInSeptember ? 9 : 1;
        Cycle = new Days(new DateOnly(year, _firstMonth, 1).DayNumber, new DateOnly(year + 1, _firstMonth, 1).DayNumber - 1);
        Rounds = scheme.Composition is null ? [Cycle] : SpansOf(scheme.RoundLength).ToArray();
    }

    public int Year { get; }

    public Days Cycle { get; }

    /// <summary>What is scored by itself: the rounds of a scheme that composes its year, otherwise the whole cycle.</summary>
    public Days[] Rounds { get; }

    /// <summary>The span in which a day lies; days of other cycles lie in spans of their own.</summary>
    public Days SpanOf(Span span, int day)
    {
        if (span == Span.Day)
        {
            return new Days(day, day);
        }

        var date = DateOnly.FromDayNumber(day);
        if (span == Span.Term)
        {
            return TermOf(date);
        }

        var length = span switch { Span.Month => 1, Span.Quarter => 3, Span.HalfYear => 6, _ => 12 };
        var months = (date.Year * 12) + date.Month - _firstMonth;
        var first = months - (months % length) + _firstMonth - 1;
        return new Days(FirstOfMonth(first), FirstOfMonth(first + length) - 1);
    }

    /// <summary>How many calendar months the stretch touches.</summary>
    public static int MonthsTouched(Days days)
    {
        if (days.IsEmpty)
        {
            return 0;
        }

        var first = DateOnly.FromDayNumber(days.First);
        var last = DateOnly.FromDayNumber(days.Last);
        return ((last.Year - first.Year) * 12) + last.Month - first.Month + 1;
    }

    /// <summary>1 for the first month of the cycle.</summary>
    public int MonthOfCycle(int day)
    {
        var date = DateOnly.FromDayNumber(day);
        return ((date.Year - Year) * 12) + date.Month - _firstMonth + 1;
    }

    private List<Days> SpansOf(Span span)
    {
        var spans = new List<Days>();
        for (var day = Cycle.First; day <= Cycle.Last; day = spans[^1].Last + 1)
        {
            spans.Add(SpanOf(span, day));
        }

        return spans;
    }

    private Days TermOf(DateOnly date)
    {
        // The starts of the terms of three years around the day, in order; the day lies between two of them.
        var starts = new List<int>();
        for (var year = date.Year - 1; year <= date.Year + 1; year++)
        {
            foreach (var term in _terms)
            {
                starts.Add(new DateOnly(year, term.Month, term.Day).DayNumber);
            }
        }

        starts.Sort();
        var next = starts.FindIndex(start => start > date.DayNumber);
        return new Days(starts[next - 1], starts[next] - 1);
    }

    private static int FirstOfMonth(int months) => new DateOnly(months / 12, (months % 12) + 1, 1).DayNumber;
}
