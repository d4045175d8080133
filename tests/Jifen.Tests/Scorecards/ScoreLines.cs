using System.Globalization;
using Jifen.Scoring;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;
using Jifen.Scoring.Scorecards;
using Jifen.Tests.Naive;

namespace Jifen.Tests.Scorecards;

/// <summary>One line a member of everything both implementations say, so that a difference reads at a glance.</summary>
internal static class ScoreLines
{
    public static IReadOnlyList<string> Of(Scheme scheme, Roster roster, Scorer scorer, Totals totals) =>
        Enumerable.Range(0, roster.Count).Select(member => Line(scheme, roster, scorer, totals, member)).ToList();

    public static IReadOnlyList<string> Of(IReadOnlyList<NaiveResult> results, Scheme scheme) => results.Select(result => !result.HasScorecard
        ? $"{result.Member} –"
        : string.Join(
            ' ',
            result.Member,
            string.Join(',', scheme.Sections.Select(section => $"{section.Id}={Text(result.Sections[section.Id])}")),
            $"total={Text(result.Total)} rank={result.Rank ?? 0} grade={result.Grade}",
            $"outcomes={string.Join(';', result.Outcomes)} running={(result.Running is { } running ? Text(running) : "")}",
            $"rules={string.Join(',', result.RuleSums.Where(rule => rule.Value != 0).OrderBy(rule => rule.Key, StringComparer.Ordinal).Select(rule => $"{rule.Key}:{Text(rule.Value)}"))}",
            $"referrals={string.Join(',', result.Referrals.Select(referral => referral.FactId).Order(StringComparer.Ordinal))} hints={string.Join(',', result.Hints)}")).ToList();

    public static string TotalsOf(Scheme scheme, Roster roster, Totals totals, int member) => !totals.HasScorecard(member)
        ? $"{roster.Members[member].Id} –"
        : string.Join(
            ' ',
            roster.Members[member].Id,
            string.Join(',', scheme.Sections.Select(section => $"{section.Id}={totals.SectionOf(member, section.Index)}")),
            $"total={totals.TotalOf(member)} rank={totals.RankOf(member).ToString(CultureInfo.InvariantCulture)} grade={totals.GradeOf(member)}",
            $"outcomes={string.Join(';', totals.OutcomesOf(member).Select(outcome => outcome.Id))} running={totals.RunningOf(member)}");

    private static string Line(Scheme scheme, Roster roster, Scorer scorer, Totals totals, int member)
    {
        if (!totals.HasScorecard(member))
        {
            return TotalsOf(scheme, roster, totals, member);
        }

        var card = scorer.Explain(totals, member);
        var ruleIds = scheme.Rules.Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal);
        var rules = card.Sections
            .SelectMany(section => section.Items)
            .SelectMany(item => item.Lines)
            .Where(line => ruleIds.Contains(line.Rule))
            .GroupBy(line => line.Rule, StringComparer.Ordinal)
            .Select(group => (group.Key, Sum: new Points(group.Sum(line => line.Points.Hundredths))))
            .Where(rule => rule.Sum != Points.Zero)
            .OrderBy(rule => rule.Key, StringComparer.Ordinal);
        return string.Join(
            ' ',
            TotalsOf(scheme, roster, totals, member),
            $"rules={string.Join(',', rules.Select(rule => $"{rule.Key}:{rule.Sum}"))}",
            $"referrals={string.Join(',', card.Referrals.Select(referral => referral.FactId).Order(StringComparer.Ordinal))} hints={string.Join(',', card.Hints.Select(hint => hint.Hint.Id))}");
    }

    private static string Text(decimal value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
