using Jifen.Scoring.Facts;
using Jifen.Scoring.Scorecards;

namespace Jifen.Documents.Annexes;

/// <summary>Words that stand on every annex of one year.</summary>
internal sealed class AnnexTexts(Scorer scorer, Totals totals, DateOnly? printedOn, bool isSettled, Func<string, string>? numberOf)
{
    private readonly Jifen.Scoring.Schemes.Scheme _scheme = scorer.Plan.Scheme;

    /// <summary>2025年度, or 2025—2026学年.</summary>
    public string Cycle => scorer.Plan.Calendar.Year is var year && _scheme.StartsInSeptember ? $"{year}—{year + 1}学年" : $"{year}年度";

    public string Scheme => _scheme.DocumentNumber is { } number ? $"{_scheme.Name}（{number}）" : _scheme.Name;

    /// <summary>A scheme with tentative readings or empty slots may be tried, not settled: the sheet has to say so.</summary>
    public bool IsTrial => !isSettled && (_scheme.Slots.Count > 0 || _scheme.TentativeReadings.Any());

    public string NumberOf(Member member) => numberOf is null ? member.Id : numberOf(member.Id);

    /// <summary>With room to write it by hand when no day is given.</summary>
    public string Date => printedOn is { } day ? $"{day.Year}年{day.Month}月{day.Day}日" : "　　　　年　　月　　日";

    /// <summary>What the result leads to, as sentences; for those without a scorecard, why.</summary>
    public string OutcomesOf(int member) => totals.HasScorecard(member)
        ? string.Join("；", totals.OutcomesOf(member).Select(outcome => outcome.Result))
        : scorer.Roster.Members[member].IsExempt ? "免予积分" : "本周期不在册";

    public string RemarkOf(int member)
    {
        var outcomes = OutcomesOf(member);
        return totals.HasScorecard(member) && totals.GradeOf(member) is { } grade
            ? outcomes.Length == 0 ? grade : $"{grade}；{outcomes}"
            : outcomes;
    }

    public long? SectionOf(int member, int section) => totals.HasScorecard(member) ? totals.SectionOf(member, section).Hundredths : null;

    public long? TotalOf(int member) => totals.HasScorecard(member) ? totals.TotalOf(member).Hundredths : null;
}
