using System.Globalization;
using Jifen.Cycle.Rounds;
using Jifen.Cycle.Scorecards;
using Jifen.Scoring;
using Jifen.Scoring.Scorecards;

namespace Jifen.Cycle.Reviews;

/// <summary>
/// What a review looks at first: who lost points in the round, of whom records are missing that others have, whose total moved much, who would cross
/// a line of grades or outcomes.
/// </summary>
public static class NotablePoints
{
    /// <summary>A change against the round before that is looked at; said on the page. Hundredths.</summary>
    public const long BigChange = 5_00;

    /// <param name="scores">as the round leaves them</param>
    /// <param name="before">as the round before left them; null where there is none</param>
    /// <returns>reasons in words, by person; empty for whoever shows nothing unusual</returns>
    public static IReadOnlyDictionary<PersonId, IReadOnlyList<string>> Of(BranchScores scores, BranchScores? before, Round round) => scores.People
        .Where(person => person.Presence == Presence.OnRoll && scores.CardOf(person.Person).HasScorecard)
        .ToDictionary(person => person.Person, person => (IReadOnlyList<string>)[.. ReasonsOf(scores.CardOf(person.Person), CardBefore(before, person.Person), round)]);

    /// <summary>The round of the same length before this one, in the same cycle.</summary>
    public static Round? Before(YearPlan plan, Round round) =>
        plan.Rounds.FirstOrDefault(other => other.Key.Span == round.Key.Span && other.Last.AddDays(1) == round.First);

    private static IEnumerable<string> ReasonsOf(Scorecard card, Scorecard? before, Round round)
    {
        var lost = card.Sections.SelectMany(section => section.Items)
            .Select(item => (item.Name, Points: item.Lines.Where(line => line.FactId is not null && line.Points.Hundredths < 0 && round.Contains(line.Date)).Sum(line => line.Points.Hundredths)))
            .Where(item => item.Points < 0)
            .ToList();
        if (lost.Count > 0)
        {
            yield return $"本期扣分：{string.Join("；", lost.Select(item => $"{item.Name} −{new Points(-item.Points)}"))}";
        }

        // 提示: what the branch is asked to look at is looked at in the round in which it shows first, and settled there before points are.
        foreach (var hint in card.Hints.Where(hint => before is null || before.Hints.All(known => known.Text != hint.Text)))
        {
            yield return hint.Text;
        }

        if (before is null)
        {
            yield break;
        }

        var change = card.Total.Hundredths - before.Total.Hundredths;
        if (Math.Abs(change) >= BigChange)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"比上期{(change > 0 ? "多" : "少")}{new Points(Math.Abs(change))}分");
        }

        if (card.Grade != before.Grade && card.Grade is not null)
        {
            yield return before.Grade is null ? $"等次线：{card.Grade}" : $"等次线：{before.Grade} → {card.Grade}";
        }

        var held = before.Outcomes.Select(one => one.Outcome.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var outcome in card.Outcomes.Where(one => !held.Contains(one.Outcome.Id) && Outlook.IsAdverse(card.Scheme, one.Outcome)))
        {
            yield return $"会达到：{outcome.Outcome.Result}";
        }
    }

    private static Scorecard? CardBefore(BranchScores? before, PersonId person) =>
        before?.PersonOf(person) is { Presence: Presence.OnRoll } && before.CardOf(person) is { HasScorecard: true } card ? card : null;
}
