using Jifen.Scoring;
using Jifen.Scoring.Schemes;
using Jifen.Scoring.Schemes.Forms;
using Jifen.Scoring.Scorecards;

namespace Jifen.Cycle.Scorecards;

/// <summary>还差: what a rule 不足 of the scheme requires of somebody in the running round, and how much is there. All amounts in hundredths.</summary>
/// <param name="Required">应达, shrunk to the months on the roll where the rule says so</param>
/// <param name="ByNow">what would be there by now, had it grown evenly since the round began; whole units of counted facts; none in its first part</param>
/// <param name="Until">the last day on which it can still be made up</param>
/// <param name="Costs">by how much the total lies below what it would be with the missing part; not positive</param>
public sealed record Shortage(
    Shortfall Rule, ScoringItem Item, FactKind Kind, long Required, long Had, long ByNow, DateOnly Until, Points Costs)
{
    public long Missing => Math.Max(0, Required - Had);

    public bool IsMet => Missing == 0;

    /// <summary>Less than an even pace would have brought.</summary>
    public bool IsBehind => Had < ByNow;

    /// <summary>每 of 应达, in the kind's own unit.</summary>
    public string Of(long hundredths) => $"{new Points(hundredths)}{Kind.Unit}";

    /// <summary>The facts there are, and for everybody who is short one more with what is missing by this rule.</summary>
    internal static Totals WithMadeUp(BranchScores scores, Shortfall rule) => Outlook.With(scores, index =>
    {
        var profile = Profile.Of(scores.Roster.Members[index]);
        return scores.Totals.HasScorecard(index) && rule.Head.Applies.Covers(profile) && Measure(scores, index, rule) is { } one && one.Required > one.Had
            ? [(scores.Plan.Scheme.FactKinds[rule.Fact], one.Required - one.Had, one.Until)]
            : [];
    });

    /// <summary>All rules 不足 that hold for one person, met or not; empty for somebody without a score sheet.</summary>
    public static IReadOnlyList<Shortage> Of(BranchScores scores, PersonId person)
    {
        var index = scores.IndexOf(person);
        if (index < 0 || !scores.Totals.HasScorecard(index))
        {
            return [];
        }

        var profile = Profile.Of(scores.Roster.Members[index]);
        return scores.Plan.Scheme.Sections.Where(section => section.Applies.Covers(profile))
            .SelectMany(section => section.Items)
            .Where(item => item.Applies.Covers(profile))
            .SelectMany(item => item.Rules.OfType<Shortfall>()
                .Where(rule => rule is { Required: > 0, Portion: > 0 } && rule.Head.Applies.Covers(profile))
                .Select(rule => Of(scores, index, item, rule)))
            .ToList();
    }

    private static Shortage Of(BranchScores scores, int index, ScoringItem item, Shortfall rule)
    {
        var (required, had, byNow, until) = Measure(scores, index, rule);
        var costs = had >= required ? Points.Zero : scores.Totals.TotalOf(index) - scores.IfMadeUp(rule).TotalOf(index);
        return new Shortage(rule, item, scores.Plan.Scheme.FactKinds[rule.Fact], required, had, byNow, until, costs > Points.Zero ? Points.Zero : costs);
    }

    private static (long Required, long Had, long ByNow, DateOnly Until) Measure(BranchScores scores, int index, Shortfall rule)
    {
        var calendar = scores.Plan.Calendar;
        var day = Math.Clamp(scores.Day.DayNumber, calendar.Cycle.First, calendar.Cycle.Last);
        var round = calendar.Rounds.First(candidate => candidate.Contains(day));
        var window = rule.ToDate ? new Days(calendar.Cycle.First, round.Last) : round;
        var member = scores.Roster.Members[index];
        var counted = window.Within(new Days(member.EnrolledFrom?.DayNumber ?? 0, member.EnrolledTo?.DayNumber ?? int.MaxValue));
        var required = rule.ByMonthsOnRoll
            ? rule.Required * Calendar.MonthsTouched(counted) / Calendar.MonthsTouched(window)
            : rule.Required;
        var person = scores.People[index].Person;
        var had = scores.FactsOf(person).Where(fact => fact.Kind.Index == rule.Fact && counted.Contains(fact.On.DayNumber)).Sum(fact => fact.Quantity);
        var byNow = Outlook.IsEarly(day, window) ? 0 : required * (day - window.First + 1) / (window.Last - window.First + 1);
        return (
            required,
            had,
            scores.Plan.Scheme.FactKinds[rule.Fact].IsCounted ? byNow / 100 * 100 : byNow,
            DateOnly.FromDayNumber(counted.IsEmpty ? window.Last : counted.Last));
    }
}

/// <summary>党费 of a month that is owed, or was not paid in order.</summary>
public sealed record OwedDues(BookedDues Dues, DuesStanding Standing)
{
    public bool IsStillOwed => Standing is DuesStanding.Open or DuesStanding.Unpaid or DuesStanding.TooLittle or DuesStanding.LateAndTooLittle;

    /// <summary>Yuan.</summary>
    public decimal Missing => Math.Max(0, Dues.Due - Dues.Paid);

    /// <summary>Months of the cycle, up to the day, that are not paid, the earliest first.</summary>
    public static IReadOnlyList<OwedDues> Of(BranchScores scores, PersonId person)
    {
        var cycle = scores.Plan.Calendar.Cycle;
        return scores.Books.Dues
            .Where(dues => dues.Person == person && dues.Month <= scores.Day && cycle.Contains(dues.Month.DayNumber))
            .Select(dues => new OwedDues(dues, DuesMonth.StandingOf(dues, scores.Day)))
            .Where(owed => owed.IsStillOwed)
            .OrderBy(owed => owed.Dues.Month)
            .ToList();
    }
}
