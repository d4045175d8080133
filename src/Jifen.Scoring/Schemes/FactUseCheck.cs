using Jifen.Scoring.Outcomes;
using Jifen.Scoring.Schemes.Forms;
using Jifen.Scoring.Schemes.Yaml;

namespace Jifen.Scoring.Schemes;

/// <summary>Each fact is used or marked 不记分; no two rules price the same fact for the same person.</summary>
internal sealed class FactUseCheck
{
    private readonly Scheme _scheme;
    private readonly Problems _problems;

    // A rule that could not be read may be the one that uses the fact: then nothing is said of it.
    private readonly bool _isReadable;

    private FactUseCheck(Scheme scheme, Problems problems, bool isReadable)
    {
        _scheme = scheme;
        _problems = problems;
        _isReadable = isReadable;
    }

    /// <param name="isReadable">every part of the file could be read</param>
    public static void Run(Scheme scheme, Problems problems, bool isReadable)
    {
        var check = new FactUseCheck(scheme, problems, isReadable);
        check.UsedOrUnscored();
        check.PricedTwice();
    }

    private void UsedOrUnscored()
    {
        var used = new HashSet<int>();
        foreach (var use in _scheme.Rules.SelectMany(rule => rule.Uses))
        {
            used.Add(use.Kind);
        }

        var elsewhere = UsedOutsideRules();
        foreach (var kind in _scheme.FactKinds)
        {
            if (used.Contains(kind.Index) && kind.Unscored is not null)
            {
                _problems.Error(kind.Place, $"事实“{kind.Name}”写了“不记分”，却有记分用它", "删去“不记分”，或删去那条记分");
            }
            else if (!used.Contains(kind.Index) && !elsewhere.Contains(kind.Index) && kind.Unscored is null && _isReadable)
            {
                _problems.Error(kind.Place, $"事实“{kind.Name}”没有一处用到", "写一条记分，或写“不记分: 理由”");
            }

            var looksAtAmount = _scheme.Rules.Any(rule => rule.AmountRange(kind, null) is not null);
            if (kind.Carries.HasFlag(Carried.Amount) && used.Contains(kind.Index) && !looksAtAmount)
            {
                _problems.Error(kind.Place, $"事实“{kind.Name}”带分值，却没有记分用它的分值", "记分写区间如“5~10”，或用“评定”“折算”“合评”，或删去“带: [分值]”");
            }
            else if (looksAtAmount && !kind.Carries.HasFlag(Carried.Amount))
            {
                _problems.Error(kind.Place, $"事实“{kind.Name}”的分值要在区间里定，但它不带分值", "写“带: [分值]”");
            }
        }
    }

    private HashSet<int> UsedOutsideRules()
    {
        var used = new HashSet<int>(WatchList.Of(_scheme).Kinds);
        foreach (var step in _scheme.TotalSteps)
        {
            if (step.Kind == TotalStepKind.Veto)
            {
                used.Add(step.Fact);
            }
        }

        foreach (var limit in _scheme.GradeLimits)
        {
            used.Add(limit.Fact);
        }

        foreach (var hint in _scheme.Hints)
        {
            used.UnionWith(hint.Without);
            used.Add(hint.Suggests);
        }

        foreach (var referral in _scheme.Referrals)
        {
            used.Add(referral.Fact);
        }

        return used;
    }

    private void PricedTwice()
    {
        var pricing = _scheme.Sections
            .SelectMany(section => section.Items.SelectMany(item => item.Rules.SelectMany(rule => rule.Uses
                .Where(use => use.Use == FactUse.Prices)
                .Select(use => _scheme.FactKinds[use.Kind])
                .Distinct<FactKind>(ReferenceEqualityComparer.Instance)
                .Select(kind => new Pricing(section, item, rule, kind)))))
            .GroupBy(pricing => pricing.Kind, ReferenceEqualityComparer.Instance);
        foreach (var group in pricing)
        {
            var rules = group.ToList();
            for (var i = 1; i < rules.Count; i++)
            {
                var (section, item, rule, kind) = rules[i];
                var first = rules.Take(i).FirstOrDefault(other =>
                    other.Rule.Head.Applies.Overlaps(rule.Head.Applies)
                    && other.Item.Applies.Overlaps(item.Applies)
                    && other.Section.Applies.Overlaps(section.Applies)
                    && other.Rule.Head.Applies.Overlaps(item.Applies)
                    && other.Item.Applies.Overlaps(rule.Head.Applies));
                if (first is not null && !rule.Head.AlsoPriced)
                {
                    _problems.Error(
                        rule.Head.Place,
                        $"事实“{kind.Name}”已由记分“{first.Rule.Id}”（第{first.Rule.Head.Place.Line}行）计分，“{rule.Id}”又计一次",
                        "删去一条；确要另计的，写“兼计: 是”");
                }
            }
        }
    }

    // Of reference type: docs/decisions/0005.
    private sealed record Pricing(Section Section, ScoringItem Item, Rule Rule, FactKind Kind);
}
