using Jifen.Scoring.Schemes;
using Jifen.Scoring.Scorecards;

namespace Jifen.Cycle.Rounds;

/// <summary>考评期: a stretch of the cycle in which a step of 流程 is taken once.</summary>
/// <param name="Name">2025年第三季度</param>
public sealed record Round(RoundKey Key, string Name, DateOnly First, DateOnly Last)
{
    public bool Contains(DateOnly day) => day >= First && day <= Last;

    public bool Overlaps(Round other) => First <= other.Last && other.First <= Last;
}

/// <summary>A step of 流程 in one round: what has to be taken, after what, by when.</summary>
/// <param name="After">steps that must be done before it, in their rounds</param>
/// <param name="Earliest">from this day on it may be taken</param>
/// <param name="Due">期限 of the scheme; null where it sets none</param>
public sealed record PlannedStep(CycleStep Step, Round Round, IReadOnlyList<PlannedStep> After, DateOnly Earliest, DateOnly? Due)
{
    public string Name => Step.Name;

    /// <summary>季度公示（2025年第三季度）</summary>
    public string FullName => $"{Step.Name}（{Round.Name}）";

    /// <summary>谁, in words; the branch where the scheme leaves it open.</summary>
    public string By => Step.By.Count == 0 ? "支部" : string.Join("、", Step.By);

    public string? Clause => Step.Clauses is [var clause, ..] ? clause : null;

    // By what it is, not by what it holds: a record would compare the whole chain.
    public bool Equals(PlannedStep? other) => other is not null && other.Name == Name && other.Round.Key == Round.Key;

    public override int GetHashCode() => HashCode.Combine(Name, Round.Key);
}

/// <summary>The steps of one cycle as the 流程 of a scheme lays them out: nothing of it is in the program.</summary>
public sealed class YearPlan
{
    // A step that looks back on its round may begin a little before its end: deadlines stand on the last day (06-30, 12-31).
    private const int LeastDaysBeforeTheEnd = 7;
    private const int PartOfTheRound = 10;
    private const int MonthsBeforeTheYear = 2;

    private YearPlan(Scheme scheme, int year, IReadOnlyList<Round> rounds, IReadOnlyList<PlannedStep> steps)
    {
        Scheme = scheme;
        Year = year;
        Rounds = rounds;
        Steps = steps;
    }

    public Scheme Scheme { get; }

    public int Year { get; }

    /// <summary>Every round a step is taken in, the shorter first, each in order of time; the year is the last.</summary>
    public IReadOnlyList<Round> Rounds { get; }

    /// <summary>In order of the rounds' ends, within a round in the order of the scheme.</summary>
    public IReadOnlyList<PlannedStep> Steps { get; }

    public Round WholeYear => Rounds[^1];

    /// <param name="plan">compiled for the cycle</param>
    public static YearPlan Of(Plan plan)
    {
        var scheme = plan.Scheme;
        var spans = scheme.Steps.Select(step => step.Every).OfType<Span>().Append(scheme.RoundLength).Append(Span.Year).Distinct().Order().ToList();
        var rounds = spans.SelectMany(span => RoundsOf(plan, span)).ToList();
        var made = new Dictionary<(CycleStep, RoundKey), PlannedStep>();
        PlannedStep Make(CycleStep step, Round round)
        {
            if (made.TryGetValue((step, round.Key), out var known))
            {
                return known;
            }

            // 流程 has no circles: CycleCheck.
            var after = step.After
                .SelectMany(name => Named(scheme, name))
                .Where(before => before.Every is not null)
                .SelectMany(before => rounds.Where(candidate => candidate.Key.Span == before.Every && Precedes(candidate, round)).Select(candidate => Make(before, candidate)))
                .ToList();
            return made[(step, round.Key)] = new PlannedStep(step, round, after, EarliestOf(step, round), DueOf(step, round, plan.Calendar.Year));
        }

        var steps = rounds
            .OrderBy(round => round.Last)
            .ThenBy(round => round.Key.Span)
            .SelectMany(round => scheme.Steps.Where(step => step.Every == round.Key.Span).Select(step => Make(step, round)))
            .ToList();
        return new YearPlan(scheme, plan.Calendar.Year, rounds, steps);
    }

    public Round? Find(RoundKey key) => Rounds.FirstOrDefault(round => round.Key == key);

    public PlannedStep? Find(RoundKey round, string name) => Steps.FirstOrDefault(step => step.Round.Key == round && step.Name == name);

    public IEnumerable<PlannedStep> In(RoundKey round) => Steps.Where(step => step.Round.Key == round);

    /// <summary>The first step of this kind whose round the day lies in.</summary>
    public PlannedStep? OnDay(string kind, DateOnly day) => Steps.FirstOrDefault(step => step.Step.Kind == kind && step.Round.Contains(day));

    /// <summary>Steps that rest on this one directly.</summary>
    public IEnumerable<PlannedStep> RestingOn(PlannedStep step) => Steps.Where(later => later.After.Contains(step));

    /// <summary>Steps that rest on this one, directly or by others; in the order of the plan.</summary>
    public IEnumerable<PlannedStep> AllRestingOn(PlannedStep step)
    {
        var seen = new HashSet<PlannedStep>();
        var waiting = new Queue<PlannedStep>([step]);
        while (waiting.TryDequeue(out var one))
        {
            foreach (var later in RestingOn(one).Where(seen.Add))
            {
                waiting.Enqueue(later);
            }
        }

        return Steps.Where(seen.Contains);
    }

    private static IEnumerable<CycleStep> Named(Scheme scheme, string name) =>
        scheme.Steps.Any(step => step.Name == name) ? scheme.Steps.Where(step => step.Name == name) : scheme.Steps.Where(step => step.Kind == name);

    // What a yearly step rests on must be done in each quarter of it; what a quarterly one rests on, in the year around it.
    private static bool Precedes(Round before, Round round) => before.Overlaps(round);

    private static IEnumerable<Round> RoundsOf(Plan plan, Span span)
    {
        var (scheme, calendar) = (plan.Scheme, plan.Calendar);
        var number = 0;
        for (var day = calendar.Cycle.First; day <= calendar.Cycle.Last;)
        {
            var days = calendar.SpanOf(span, day).Within(calendar.Cycle);
            var first = DateOnly.FromDayNumber(days.First);
            yield return new Round(new RoundKey(calendar.Year, span, ++number), RoundName.Of(scheme, span, first), first, DateOnly.FromDayNumber(days.Last));
            day = days.Last + 1;
        }
    }

    private static DateOnly EarliestOf(CycleStep step, Round round)
    {
        if (step.OpensTheYear())
        {
            return round.First.AddMonths(-MonthsBeforeTheYear);
        }

        var length = round.Last.DayNumber - round.First.DayNumber + 1;
        return step.IsWindow() ? round.First : round.Last.AddDays(-Math.Max(LeastDaysBeforeTheEnd, length / PartOfTheRound));
    }

    // 期限 names a day of the year, or of the next; of several, the one that belongs to the round.
    private static DateOnly? DueOf(CycleStep step, Round round, int year)
    {
        var days = step.Deadlines.Select(text => DayOf(text, round, year)).Order().ToList();
        return days.Count == 0 ? null : days.Where(day => day >= round.First).Select(day => (DateOnly?)day).FirstOrDefault() ?? days[^1];
    }

    private static DateOnly DayOf(string text, Round round, int year)
    {
        var isNext = text.StartsWith("次年", StringComparison.Ordinal);
        var parts = (isNext ? text[2..] : text).Split('-');
        var (month, day) = (int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));
        var of = isNext ? round.Last.Year + 1 : year;
        return new DateOnly(of, month, Math.Min(day, DateTime.DaysInMonth(of, month)));
    }
}
