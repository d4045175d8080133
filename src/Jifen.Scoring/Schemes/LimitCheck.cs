using Jifen.Scoring.Schemes.Forms;
using Jifen.Scoring.Schemes.Yaml;

namespace Jifen.Scoring.Schemes;

/// <summary>
/// Limits are laid from the short span to the long one, within a list and from rule to item to section: an adjustment stands on the last
/// day of its span, and must lie in the next.
/// </summary>
internal sealed class LimitCheck
{
    private readonly Scheme _scheme;
    private readonly Problems _problems;

    private LimitCheck(Scheme scheme, Problems problems)
    {
        _scheme = scheme;
        _problems = problems;
    }

    public static void Run(Scheme scheme, Problems problems)
    {
        var check = new LimitCheck(scheme, problems);
        check.WithinRound(scheme);
        foreach (var section in scheme.Sections)
        {
            var ofSection = new List<Span>();
            foreach (var item in section.Items)
            {
                var ofItem = new List<Span>();
                foreach (var rule in item.Rules)
                {
                    ofItem.AddRange(check.InOrder(rule.Head.Limits, [], $"记分“{rule.Id}”", rule.Head.Place));
                }

                ofSection.AddRange(ofItem);
                ofSection.AddRange(check.InOrder(item.Limits, ofItem, $"项目“{item.Name}”", item.Place));
            }

            check.InOrder(section.Limits, ofSection, $"部分“{section.Name}”", section.Place);
        }
    }

    // Each round is scored by itself: what is said of a year is then said of each quarter.
    private void WithinRound(Scheme scheme)
    {
        if (scheme.Composition is null)
        {
            return;
        }

        foreach (var (limits, what, place) in scheme.Sections.Select(section => new Limited(section.Limits, $"部分“{section.Name}”", section.Place))
            .Concat(scheme.Items.Select(item => new Limited(item.Limits, $"项目“{item.Name}”", item.Place)))
            .Concat(scheme.Rules.Select(rule => new Limited(rule.Head.Limits, $"记分“{rule.Id}”", rule.Head.Place))))
        {
            foreach (var limit in limits.Where(limit => limit.Every > scheme.RoundLength))
            {
                Longer(place, $"{what}的限额“{limit}”", scheme);
            }
        }

        foreach (var rule in scheme.Rules)
        {
            var counting = rule switch { PerOccurrence once => once.Counting, ByLevel level => level.Counting, _ => null };
            if (counting?.Repeat?.Within > scheme.RoundLength)
            {
                Longer(rule.Head.Place, $"记分“{rule.Id}”的再犯（{counting.Repeat.Within.Value.Name()}内）", scheme);
            }
        }
    }

    private void Longer(Place place, string what, Scheme scheme) => _problems.Warning(
        place,
        $"{what}比考评期（{scheme.RoundLength.Name()}）长；写了“年度合成”，各期各算，它在每一期里各管各的",
        "改成不长于考评期的期；原文管全年的，写一条解释说明");

    private List<Span> InOrder(IReadOnlyList<Limit> limits, List<Span> below, string what, Place place)
    {
        var seen = new List<Span>(below);
        foreach (var limit in limits.Where(limit => limit.Points is not null))
        {
            if (seen.Any(shorter => !Holds(limit.Every, shorter)))
            {
                _problems.Error(place, $"{what}的限额“{limit}”比前面（或它下面）的限额的期短，或对不齐", "限额按日、月、季度、半年、年从短到长写；学期只与日、月、年同用");
            }

            seen.Add(limit.Every);
        }

        return seen[below.Count..];
    }

    private bool Holds(Span every, Span shorter) => (every, shorter) switch
    {
        _ when every == shorter => true,
        (Span.Term, Span.Month) => _scheme.TermStarts.All(start => start.Day == 1),
        (Span.Term, _) => shorter == Span.Day,
        (Span.Year, _) => true,
        (_, Span.Term) => false,
        _ => shorter < every,
    };

    private sealed record Limited(IReadOnlyList<Limit> Limits, string What, Place Place);
}
