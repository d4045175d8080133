using System.Text;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Scorecards;

namespace Jifen.Cli.Outputs;

/// <summary>Facts of a member that are on record and move no points, with the reason.</summary>
internal static class UncountedFacts
{
    private const int DaysNamed = 3;

    public static IEnumerable<string> Of(Scorer scorer, Scorecard card)
    {
        var index = scorer.Roster.IndexOf(card.Member.Id);
        var cited = card.Sections
            .SelectMany(section => section.Items)
            .SelectMany(item => item.Lines)
            .Select(line => line.FactId)
            .OfType<string>()
            .Concat(card.Referrals.Select(referral => referral.FactId))
            .ToHashSet(StringComparer.Ordinal);
        var (first, count) = scorer.Facts.OfMember(index).GetOffsetAndLength(scorer.Facts.Count);
        return Enumerable.Range(first, count)
            .Where(fact => !cited.Contains(Encoding.UTF8.GetString(scorer.Facts.IdOf(fact))))
            .Select(fact => (Kind: scorer.Facts.KindOf(fact), Day: scorer.Facts.DayOf(fact), Why: Why(scorer, card.Member, fact)))
            .Where(fact => fact.Why is not null)
            .GroupBy(fact => (fact.Kind, fact.Why))
            .OrderBy(group => group.Key.Kind)
            .Select(group => $"{scorer.Plan.Scheme.FactKinds[group.Key.Kind].Name} {group.Count()}条{Days(group.Select(fact => fact.Day))}：{group.Key.Why}");
    }

    private static string? Why(Scorer scorer, Member member, int fact)
    {
        var day = DateOnly.FromDayNumber(scorer.Facts.DayOf(fact));
        if (!scorer.Plan.Calendar.Cycle.Contains(day.DayNumber))
        {
            return "不在本周期内";
        }

        if (day < member.EnrolledFrom || day > member.EnrolledTo)
        {
            return "当时不在册";
        }

        return scorer.Plan.Scheme.FactKinds[scorer.Facts.KindOf(fact)].Unscored is { } reason ? $"不记分（{reason}）" : null;
    }

    private static string Days(IEnumerable<int> days)
    {
        var all = days.Order().Select(day => DateOnly.FromDayNumber(day).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)).ToList();
        return all.Count > DaysNamed ? "" : $"（{string.Join("、", all)}）";
    }
}
