using Jifen.Scoring;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Outcomes;
using Jifen.Scoring.Schemes;
using Jifen.Scoring.Scorecards;

namespace Jifen.Cycle.Scorecards;

/// <summary>A 结果运用 somebody is heading for.</summary>
/// <param name="CanBeAverted">making up what is missing would be enough</param>
public sealed record Warning(Outcome Outcome, bool CanBeAverted);

/// <summary>Where one person stands and where it leads.</summary>
/// <param name="AtPace">the year's total if what is missing goes on growing as until now</param>
/// <param name="GradeAtPace">null also in the first part of the year, when a pace says nothing yet</param>
/// <param name="MadeUp">the year's total if all that is missing is made up and nothing else happens</param>
/// <param name="Nearest">how far <paramref name="MadeUp"/> lies above the nearest line below it, and of which consequence; null where there is none near</param>
public sealed record PersonOutlook(
    ScoredPerson Person,
    Points Now,
    Points AtPace,
    Points MadeUp,
    string? Grade,
    string? GradeAtPace,
    string? GradeMadeUp,
    IReadOnlyList<Warning> Warnings,
    IReadOnlyList<Shortage> Shortages,
    (Points Room, Outcome Outcome)? Nearest);

/// <summary>
/// 预警: what the year's rules would say at its end, by the same scorer over the facts there are and those still to come. It proposes
/// nothing; it says where to look while there is time.
/// </summary>
public static class Outlook
{
    private const int FirstPart = 8;
    private const long Near = 5_00;

    /// <summary>Of everybody who is ranked in the branch, in the order of the roster.</summary>
    public static IReadOnlyList<PersonOutlook> Of(BranchScores scores)
    {
        var shortages = scores.People
            .Select(person => person.Presence == Presence.OnRoll ? Shortage.Of(scores, person.Person) : [])
            .ToList();
        var atPace = With(scores, shortages, AtPace);
        var madeUp = With(scores, shortages, (_, shortage) => shortage.Missing);
        var adverse = scores.Plan.Scheme.Outcomes.Where(outcome => IsAdverse(scores.Plan.Scheme, outcome)).ToList();
        var saysGrade = !IsEarly(scores.Day.DayNumber, scores.Plan.Calendar.Cycle);
        var outlooks = new List<PersonOutlook>();
        for (var i = 0; i < scores.People.Count; i++)
        {
            if (scores.People[i].Presence == Presence.OnRoll && scores.Totals.HasScorecard(i))
            {
                var total = madeUp.TotalOf(i);
                outlooks.Add(new PersonOutlook(
                    scores.People[i],
                    scores.Totals.TotalOf(i),
                    atPace.TotalOf(i),
                    total,
                    scores.Totals.GradeOf(i),
                    saysGrade ? atPace.GradeOf(i) : null,
                    madeUp.GradeOf(i),
                    adverse.Where(outcome => madeUp.Holds(i, outcome.Index) || atPace.Holds(i, outcome.Index))
                        .Select(outcome => new Warning(outcome, !madeUp.Holds(i, outcome.Index)))
                        .ToList(),
                    shortages[i],
                    Nearest(adverse.Where(outcome => !madeUp.Holds(i, outcome.Index)), total)));
            }
        }

        return outlooks;
    }

    /// <summary>A consequence nobody wishes for: it asks for a low total, a place at the end, the last grade, a deduction.</summary>
    public static bool IsAdverse(Scheme scheme, Outcome outcome) =>
        outcome.Force is not ("优先" or "参考") && PartsOf(outcome.Condition).Any(part => part switch
        {
            TotalIs total => IsLow(total.Line),
            SectionIs section => section.Happened == true || (section.Line is { } line && IsLow(line)),
            ItemIs item => item.Happened == true || (item.Line is { } line && IsLow(line)),
            GradeIs grade => grade.Names.All(name => scheme.Grades.Any(row => row.Name == name && row.Total is { } line && IsLow(line))),
            RankIs rank => rank.Kind == RankKind.Back || rank.Text.StartsWith('末'),
            HasFact fact => fact.Wanted,
            TwoYears two => scheme.Outcomes.Any(other => other.Id == two.Outcome && other.Id != outcome.Id && IsAdverse(scheme, other)),
            _ => false,
        });

    private static IEnumerable<Condition> PartsOf(Condition condition) => condition switch
    {
        AllOf all => all.Parts.SelectMany(PartsOf),
        AnyOf any => any.Groups.SelectMany(PartsOf),
        _ => [condition],
    };

    private static bool IsLow(Threshold line) => line.Kind is ThresholdKind.Below or ThresholdKind.AtMost or ThresholdKind.Between;

    private static (Points, Outcome)? Nearest(IEnumerable<Outcome> outcomes, Points total)
    {
        var lines = outcomes
            .SelectMany(outcome => PartsOf(outcome.Condition).OfType<TotalIs>()
                .Where(part => IsLow(part.Line))
                .Select(part => (Room: total.Hundredths - (part.Line.Kind == ThresholdKind.Between ? part.Line.High : part.Line.Low), outcome)))
            .Where(one => one.Room is >= 0 and <= Near)
            .OrderBy(one => one.Room)
            .ToList();
        return lines.Count == 0 ? null : (new Points(lines[0].Room), lines[0].outcome);
    }

    /// <summary>A pace says nothing yet: less than the first part of the days is over.</summary>
    internal static bool IsEarly(int day, Days of) => (day - of.First + 1) * FirstPart < of.Last - of.First + 1;

    private static long AtPace(BranchScores scores, Shortage shortage)
    {
        var cycle = scores.Plan.Calendar.Cycle;
        var round = scores.Plan.Calendar.Rounds.FirstOrDefault(candidate => candidate.Contains(scores.Day.DayNumber), cycle);
        if (IsEarly(scores.Day.DayNumber, round))
        {
            return shortage.Missing;
        }

        var elapsed = Math.Min(scores.Day.DayNumber, round.Last) - round.First + 1;
        var length = round.Last - round.First + 1;
        var more = shortage.Had * (length - elapsed) / elapsed;
        return Math.Min(shortage.Missing, shortage.Kind.IsCounted ? more / 100 * 100 : more);
    }

    /// <summary>Totals over the facts there are and those still to come.</summary>
    /// <param name="toCome">of a member (index in the roster): kind, quantity in hundredths, day</param>
    internal static Totals With(BranchScores scores, Func<int, IEnumerable<(FactKind Kind, long Quantity, DateOnly On)>> toCome)
    {
        var segment = new FactSegment(64);
        for (var i = 0; i < scores.People.Count; i++)
        {
            foreach (var (kind, quantity, on) in toCome(i))
            {
                segment.Add(
                    i,
                    kind.Index,
                    on.DayNumber,
                    checked((int)quantity),
                    kind.Carries.HasFlag(Carried.Level) ? 1 : 0,
                    kind.Carries.HasFlag(Carried.Amount) ? (int)kind.MarksFrom : FactSegment.NoAmount,
                    1,
                    "to-come"u8,
                    default);
            }
        }

        return new Scorer(scores.Plan, scores.Roster, FactTable.Of(scores.Roster.Count, scores.Segment, segment), scores.Previous).Score();
    }

    private static Totals With(BranchScores scores, List<IReadOnlyList<Shortage>> shortages, Func<BranchScores, Shortage, long> more) =>
        With(scores, index => shortages[index]
            .Select(shortage => (shortage.Kind, Quantity: more(scores, shortage), shortage.Until))
            .Where(one => one.Quantity > 0));
}
