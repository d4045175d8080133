using System.Text;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;
using Jifen.Scoring.Scorecards;

namespace Jifen.Scoring.Cases;

/// <summary>Runs the cases of one file against its scheme: the same scorer as everywhere.</summary>
internal sealed class CaseRun
{
    private readonly Scheme _scheme;
    private readonly Plan _plan;
    private readonly FactCheck _check;
    private readonly HashSet<string> _rules = new(StringComparer.Ordinal);
    private readonly HashSet<string> _bounds = new(StringComparer.Ordinal);
    private readonly HashSet<string> _held = new(StringComparer.Ordinal);
    private readonly HashSet<string> _notHeld = new(StringComparer.Ordinal);
    private readonly HashSet<string> _grades = new(StringComparer.Ordinal);

    private CaseRun(Scheme scheme, int year)
    {
        _scheme = scheme;
        _plan = Plan.Compile(scheme, year);
        _check = new FactCheck(scheme);
    }

    public static CaseReport Of(Scheme scheme, CaseFile file)
    {
        var run = new CaseRun(scheme, file.Year);
        var results = file.Cases.Select(run.Run).ToList();
        return new CaseReport(file, results, new CaseCoverage(run._rules, run._bounds, run._held, run._notHeld, run._grades));
    }

    private CaseResult Run(Case entry)
    {
        var failures = new List<CaseFailure>();
        var members = new List<Member> { entry.Member };
        var given = new Dictionary<int, Points>();
        AddColleagues(entry.Colleagues, entry.Member.Category, members, given);
        AddColleagues(entry.OtherCategory, _scheme.Categories.FirstOrDefault(category => category != entry.Member.Category), members, given);
        var segment = new FactSegment();
        AddFacts(entry.Facts, entry.Member, 0, segment, failures);
        if (entry.ColleagueFacts.Count > 0)
        {
            var colleague = new Member("同事", "同事", entry.Member.Branch, Category: entry.Member.Category);
            members.Add(colleague);
            AddFacts(entry.ColleagueFacts, colleague, members.Count - 1, segment, failures);
        }

        CheckPerson(entry, failures);
        if (failures.Count > 0)
        {
            return new CaseResult(entry, failures);
        }

        var roster = new Roster(members);
        var scorer = new Scorer(
            _plan,
            roster,
            FactTable.Of(roster.Count, segment),
            entry.Previous is null ? null : new PreviousYear([entry.Previous]))
        { GivenTotals = given };
        var totals = scorer.Score();
        var card = scorer.Explain(totals, 0);
        Cover(entry, card);
        foreach (var expectation in entry.Expected)
        {
            if (Compare(expectation, card, totals) is { } failure)
            {
                failures.Add(new CaseFailure(expectation.Place, failure));
            }
        }

        return new CaseResult(entry, failures);
    }

    private void CheckPerson(Case entry, List<CaseFailure> failures)
    {
        if (_scheme.Categories.Count > 0 && (entry.Member.Category is not { } category || !_scheme.Categories.Contains(category)))
        {
            failures.Add(new CaseFailure(entry.Place, $"党员要写类别：{string.Join("、", _scheme.Categories)}"));
        }
    }

    private static void AddColleagues(
        IReadOnlyList<(Points Total, int People)> colleagues, string? category, List<Member> members, Dictionary<int, Points> given)
    {
        foreach (var (total, people) in colleagues)
        {
            for (var i = 0; i < people; i++)
            {
                given.Add(members.Count, total);
                members.Add(new Member($"同支部{members.Count}", $"同支部{members.Count}", "本支部", Category: category));
            }
        }
    }

    private void AddFacts(IReadOnlyList<CaseFact> facts, Member member, int index, FactSegment segment, List<CaseFailure> failures)
    {
        var someDay = new DateOnly(_plan.Calendar.Year, _scheme.StartsInSeptember ? 12 : 6, _scheme.StartsInSeptember ? 31 : 30);
        for (var i = 0; i < facts.Count; i++)
        {
            var fact = facts[i];
            if (_scheme.FactKindNamed(fact.Fact) is not { } kind)
            {
                failures.Add(new CaseFailure(
                    fact.Place, $"事实“{fact.Fact}”没有定义。改法：{Spelling.SuggestFrom(fact.Fact, _scheme.FactKinds.Select(known => known.Name).ToList(), "事实")}"));
                continue;
            }

            var level = fact.Level is null ? 0 : kind.LevelIndex(fact.Level);
            var day = (fact.On ?? someDay).DayNumber;
            if (fact.Level is not null && level == 0)
            {
                failures.Add(new CaseFailure(
                    fact.Place, $"事实“{fact.Fact}”没有级别“{fact.Level}”。改法：{Spelling.SuggestFrom(fact.Level, kind.Levels, "级别")}"));
            }
            else if (_check.Check(kind.Index, member, day, fact.Quantity, level, fact.Content is not null, fact.Amount) is { } fault)
            {
                failures.Add(new CaseFailure(fact.Place, $"事实“{fact.Fact}”：{fault.Cause}。改法：{fault.Remedy}"));
            }
            else if (fact.Counts)
            {
                segment.Add(
                    index,
                    kind.Index,
                    day,
                    (int)fact.Quantity,
                    level,
                    (int)fact.Amount,
                    1,
                    Encoding.UTF8.GetBytes(fact.Id ?? $"{index}-{i + 1:0000}"),
                    Encoding.UTF8.GetBytes(fact.Content ?? ""));
            }
        }
    }

    private void Cover(Case entry, Scorecard card)
    {
        foreach (var section in card.Sections)
        {
            foreach (var item in section.Items)
            {
                foreach (var line in item.Lines)
                {
                    _rules.Add(line.Rule);
                    _bounds.Add(BoundsOf.Id(OwnerOf(section, item), line.Rule));
                    if (line.ForfeitedBy is { } rule)
                    {
                        _rules.Add(rule);
                    }
                }
            }
        }

        if (card.Grade is { } grade)
        {
            _grades.Add(grade);
        }

        if (entry.Expected.Any(expectation => expectation.What == "运用"))
        {
            foreach (var outcome in _scheme.Outcomes)
            {
                (card.Outcomes.Any(held => held.Outcome.Id == outcome.Id) ? _held : _notHeld).Add(outcome.Id);
            }
        }
    }

    // Adjustments of a section stand in its subtotal item; those of the total in theirs.
    private static string OwnerOf(ScorecardSection section, ScorecardItem item) =>
        item.Id == $"{section.Id}-total" ? section.Id : item.Id;

    private string? Compare(Expectation expected, Scorecard card, Totals totals)
    {
        switch (expected.What)
        {
            case "得分单":
                return Same(expected, card.HasScorecard ? "有" : "无");
            case "总分":
                return Same(expected, card.HasScorecard ? card.Total.ToString() : "无", card);
            case "等次":
                return Same(expected, card.Grade ?? (expected.Value == "不评" ? "不评" : "无"));
            case "排名":
                return Same(expected, card.Rank == 0 ? "无" : card.Rank.ToString(System.Globalization.CultureInfo.InvariantCulture));
            case "累计":
                return Same(expected, card.Running?.ToString() ?? "无");
            case "运用":
                return SameList(expected, card.Outcomes.Select(outcome => outcome.Outcome.Id));
            case "提示":
                return SameList(expected, card.Hints.Select(hint => hint.Hint.Id));
            case "转办":
                return SameList(expected, card.Referrals.Select(referral => _scheme.FactKinds[referral.Referral.Fact].Name));
            case "名额":
                return SameList(expected, totals.Findings.Select(finding => finding.What));
            case "各行":
                return CompareRule(expected, card);
            default:
                return CompareSectionOrItem(expected, card);
        }
    }

    private string? CompareRule(Expectation expected, Scorecard card)
    {
        if (_scheme.Rules.All(rule => rule.Id != expected.Rule))
        {
            return $"办法里没有记分“{expected.Rule}”";
        }

        var lines = card.Sections.SelectMany(section => section.Items).SelectMany(item => item.Lines).Where(line => line.Rule == expected.Rule).ToList();
        return Same(expected, new Points(lines.Sum(line => line.Points.Hundredths)).ToString(), lines);
    }

    private string? CompareSectionOrItem(Expectation expected, Scorecard card)
    {
        if (_scheme.SectionNamed(expected.What) is { } known)
        {
            var section = card.Sections.FirstOrDefault(candidate => candidate.Id == known.Id);
            return Same(expected, section?.Points.ToString() ?? "无", section?.Items.SelectMany(item => item.Lines) ?? []);
        }

        if (_scheme.Items.All(item => item.Id != expected.What))
        {
            return $"应得里不认识“{expected.What}”：不是部分名、项目编号，也不是总分、等次、排名、运用、提示、转办、名额、累计、得分单、各行";
        }

        var lines = card.Sections.SelectMany(section => section.Items).Where(item => item.Id == expected.What).SelectMany(item => item.Lines).ToList();
        return Same(expected, new Points(lines.Sum(line => line.Points.Hundredths)).ToString(), lines);
    }

    private static string? Same(Expectation expected, string actual, Scorecard card) =>
        Same(expected, actual, card.Sections.SelectMany(section => section.Items).SelectMany(item => item.Lines));

    private static string? Same(Expectation expected, string actual, IEnumerable<ScoreLine>? lines = null)
    {
        var wanted = Points.TryParse(expected.Value, out var points) ? points.ToString() : expected.Value;
        if (wanted == actual)
        {
            return null;
        }

        var name = expected.Rule is { } rule ? $"记分“{rule}”" : $"“{expected.What}”";
        var behind = lines is null ? "" : string.Concat(lines.Select(line => $"\n    {line.Text} 〔{line.Clause}〕"));
        return $"{name}应得 {wanted}，算出 {actual}{behind}";
    }

    private static string? SameList(Expectation expected, IEnumerable<string> actual)
    {
        var wanted = expected.List ?? (expected.Value.Length == 0 ? [] : [expected.Value]);
        var came = actual.ToList();
        return wanted.SequenceEqual(came, StringComparer.Ordinal)
            ? null
            : $"“{expected.What}”应得 [{string.Join(", ", wanted)}]，算出 [{string.Join(", ", came)}]";
    }
}
