using System.Text;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Outcomes;
using Jifen.Scoring.Schemes;

namespace Jifen.Scoring.Scorecards;

/// <summary>得分单 of one member: every amount with its fact, its clause and its reading; the lines add up to the total.</summary>
/// <param name="HasScorecard">false for exempt members and those not on the roll: then everything else is empty</param>
/// <param name="Rank">0 when not ranked</param>
/// <param name="GradeLimit">定档 that moved the grade; <paramref name="GradeRow"/> is then the row it was moved to</param>
/// <param name="Findings">quotas that more people meet than they allow, this member among them: people must choose</param>
/// <param name="Hints">提示: what the branch is asked to look at; moves no points</param>
/// <param name="Referrals">转办</param>
public sealed record Scorecard(
    Member Member,
    Scheme Scheme,
    bool HasScorecard,
    IReadOnlyList<ScorecardSection> Sections,
    Points Total,
    int Rank,
    int RankedPeople,
    string? Grade,
    GradeRow? GradeRow,
    GradeLimit? GradeLimit,
    IReadOnlyList<Finding> Findings,
    Points? Running,
    IReadOnlyList<ScorecardOutcome> Outcomes,
    IReadOnlyList<ScorecardHint> Hints,
    IReadOnlyList<ScorecardReferral> Referrals)
{
    internal static Scorecard Of(
        Scorer scorer, Totals totals, int member, ReadOnlySpan<Line> lines, MemberOutcome outcome, BranchHints hints)
    {
        var plan = scorer.Plan;
        var scheme = plan.Scheme;
        var has = totals.HasScorecard(member);
        var rank = outcome.RankIn(scheme.RankScope.ByCategory);
        var gradeIndex = totals.GradeIndexOf(member);
        return new Scorecard(
            scorer.Roster.Members[member],
            scheme,
            has,
            has ? SectionsOf(scorer, totals, member, lines) : [],
            totals.TotalOf(member),
            totals.RankOf(member),
            rank.People,
            totals.GradeOf(member),
            gradeIndex < 0 ? null : scheme.Grades[gradeIndex],
            totals.GradeLimitOf(member),
            totals.Findings.Where(finding => finding.Members.Contains(member)).ToList(),
            has ? totals.RunningOf(member) : null,
            totals.OutcomesOf(member)
                .Select(held => new ScorecardOutcome(held, held.Condition.Because(outcome)))
                .ToList(),
            has ? hints.Of(member) : [],
            has ? BranchHints.ReferralsOf(scorer, member) : []);
    }

    private static List<ScorecardSection> SectionsOf(Scorer scorer, Totals totals, int member, ReadOnlySpan<Line> lines)
    {
        var plan = scorer.Plan;
        var scheme = plan.Scheme;
        var byItem = new List<ScoreLine>[plan.SheetItems.Count];
        foreach (ref readonly var line in lines)
        {
            (byItem[plan.Sources[line.Source].Item] ??= []).Add(ScoreLine.Of(plan, line, scorer.Facts));
        }

        var sections = new List<ScorecardSection>();
        for (var s = 0; s <= scheme.Sections.Count; s++)
        {
            var items = new List<ScorecardItem>();
            foreach (var sheetItem in plan.SheetItems)
            {
                if (sheetItem.Section == s && byItem[sheetItem.Index] is { } itemLines)
                {
                    items.Add(new ScorecardItem(
                        sheetItem.Id, sheetItem.Name, new Points(itemLines.Sum(line => line.Points.Hundredths)), itemLines));
                }
            }

            if (s < scheme.Sections.Count)
            {
                sections.Add(new ScorecardSection(scheme.Sections[s].Id, scheme.Sections[s].Name, totals.SectionOf(member, s), items));
            }
            else if (items.Count > 0)
            {
                sections.Add(new ScorecardSection("total", "总分", new Points(items.Sum(item => item.Points.Hundredths)), items));
            }
        }

        return sections;
    }
}

/// <summary>A section of the sheet; the last one, <c>total</c>, holds what the steps of 总分 adjusted.</summary>
public sealed record ScorecardSection(string Id, string Name, Points Points, IReadOnlyList<ScorecardItem> Items);

public sealed record ScorecardItem(string Id, string Name, Points Points, IReadOnlyList<ScoreLine> Lines);

/// <summary>得分明细: one amount, its fact, its clause.</summary>
/// <param name="Rule">编号 of the rule, or what the adjustment is called: 起分, 封顶, 保底, 限额 …</param>
/// <param name="FactId">null for a line that rests on no single fact</param>
/// <param name="Text">the form's fixed sentence</param>
/// <param name="ForfeitedBy">for a 不得分 line the rule that says so</param>
public sealed record ScoreLine(
    string Rule, string? FactId, DateOnly Date, Points Points, string Text, string Clause, string? Reading, string? ForfeitedBy)
{
    internal static ScoreLine Of(Plan plan, in Line line, FactTable facts)
    {
        var source = plan.Sources[line.Source];
        var text = new SentenceText(new byte[256]);
        source.Say(ref text, line, facts, plan);
        return new ScoreLine(
            source.Rule,
            line.Fact < 0 ? null : Encoding.UTF8.GetString(facts.IdOf(line.Fact)),
            DateOnly.FromDayNumber(line.Day),
            new Points(line.Points),
            text.ToString(),
            source.Clause,
            source.Reading,
            source.IsForfeit ? plan.Sources[(int)line.A].Rule : null);
    }
}

/// <param name="Because">the member's figures against the conditions</param>
public sealed record ScorecardOutcome(Outcome Outcome, string Because);

public sealed record ScorecardHint(Hint Hint, string Text);

public sealed record ScorecardReferral(Referral Referral, string FactId, DateOnly Date, string Text);
