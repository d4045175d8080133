using Jifen.Bench.Generation;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;
using Jifen.Tests.Naive;

namespace Jifen.Bench.Rivals;

/// <summary>
/// The second implementation of the tests, written from docs/scheme-language.md to be obviously right and not to be fast, on the first
/// branches of the year.
/// </summary>
internal sealed class NaiveYear
{
    private readonly string _scheme;
    private readonly string _refinement;
    private readonly List<NaiveMember> _members = [];
    private readonly List<NaiveFact> _facts = [];

    public NaiveYear(JsitScheme jsit, BranchYears years, int members)
    {
        _scheme = jsit.SchemeText;
        _refinement = jsit.RefinementText;
        var made = new MadeFact[BranchYears.MostFacts];
        for (var m = 0; m < members; m++)
        {
            var member = years.MemberAt(m);
            _members.Add(new NaiveMember(
                member.Id,
                member.Branch,
                Member.StandingName(member.Standing),
                member.Category,
                member.Office,
                member.EnrolledFrom,
                member.EnrolledTo,
                member.IsExempt));
            foreach (var fact in made.Take(years.FactsOf(m, made)).Where(fact => !fact.IsPending))
            {
                _facts.Add(FactOf(jsit.Scheme.FactKinds[(int)fact.Kind], fact, member.Id));
            }
        }
    }

    public int FactCount => _facts.Count;

    public IReadOnlyList<SectionPoints> Score() =>
        NaiveScorer.Score(_scheme, _refinement, BranchYears.Year, _members, _facts, new Dictionary<string, NaivePrevious>(StringComparer.Ordinal))
            .Select(result => result.HasScorecard
                ? new SectionPoints(
                    Hundredths(result.Sections["base"]),
                    Hundredths(result.Sections["bonus"]),
                    Hundredths(result.Sections["deduction"]),
                    Hundredths(result.Total))
                : default)
            .ToList();

    private NaiveFact FactOf(FactKind kind, MadeFact fact, string member) => new(
        Figures($"F{_facts.Count + 1:D8}"),
        member,
        DateOnly.FromDayNumber(fact.Day),
        kind.Name,
        fact.Quantity / 100m,
        fact.Level == 0 ? null : kind.Levels[fact.Level - 1],
        fact.Content == 0 ? null : System.Text.Encoding.UTF8.GetString(Contents.All[fact.Content]),
        fact.Amount == FactSegment.NoAmount ? null : fact.Amount / 100m,
        1);

    private static int Hundredths(decimal points) => (int)(points * 100);

    private static string Figures(FormattableString text) => text.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
