using Jifen.Scoring;
using Jifen.Scoring.Schemes;
using Jifen.Scoring.Schemes.Forms;

namespace Jifen.Cycle.Records;

/// <summary>What a fact leads to by one rule, shown before it is saved.</summary>
/// <param name="Item">项目: 模范带头作用</param>
/// <param name="Rule">the rule in the words of the scheme: 未佩戴标识每次扣0.5</param>
/// <param name="Points">what this one fact comes to, before caps and limits; null where it depends on what else there is</param>
/// <param name="Sign">−1 takes away, +1 gives, 0 neither: it counts towards what is required</param>
/// <param name="IsOpen">支部定, and nobody has decided yet</param>
/// <param name="Forfeits">此项不得分</param>
/// <param name="IsTooLittle">每满, and this one is less than a portion</param>
/// <param name="Vetoes">否决 of the total</param>
public sealed record FactEffect(
    string Item, string Rule, Points? Points, int Sign, IReadOnlyList<string> Clauses, bool IsOpen, bool Forfeits = false, bool IsTooLittle = false, bool Vetoes = false);

/// <summary>The consequences of a fact, read from the rules that price it. Computes no totals: caps and limits come with all facts of the year.</summary>
public static class FactMeaning
{
    /// <param name="profile">null: whoever it concerns</param>
    /// <param name="quantity">hundredths</param>
    /// <param name="points">分值 the branch chose, hundredths; null for none</param>
    /// <returns>empty: it moves no points by itself</returns>
    public static IReadOnlyList<FactEffect> Of(Scheme scheme, FactKind kind, Profile? profile, long quantity, string? level, long? points)
    {
        var effects = new List<FactEffect>();
        foreach (var (section, item, rule) in RulesOf(scheme, kind, profile))
        {
            var amount = AmountOf(rule, kind, level);
            var isChosen = amount is { IsRange: true };
            var each = amount switch
            {
                null or { IsLeftToBranch: true } => null,
                { IsRange: true } => points,
                _ => amount.Low,
            };
            effects.Add(new FactEffect(
                item.Name == section.Name ? item.Name : $"{section.Name}·{item.Name}",
                RuleText(scheme, rule),
                each is { } value ? new Points(SignOf(rule) * (isChosen ? value : value * quantity / 100)) : null,
                SignOf(rule),
                rule.Head.Clauses,
                amount is { IsLeftToBranch: true } || (isChosen && points is null),
                rule is Occurs,
                rule is PerUnit { EachFact: true, RoundsUp: false } portions && quantity < portions.Portion));
        }

        effects.AddRange(VetoesOf(scheme, kind).Select(step =>
            new FactEffect("总分", $"一票否决，总分为{new Points(step.Points)}", null, -1, step.Clauses, IsOpen: false, Vetoes: true)));
        return effects;
    }

    /// <summary>The rules that set others against the fact, as how many were to take part: it moves no points by itself, and they need it.</summary>
    public static IReadOnlyList<(ScoringItem Item, string Rule)> NeededBy(Scheme scheme, FactKind kind) =>
    [
        .. from section in scheme.Sections
           from item in section.Items
           from rule in item.Rules
           where rule is not Occurs && rule.Uses.Any(use => use.Kind == kind.Index && use.Use == FactUse.Watches)
           select (item, RuleText(scheme, rule)),
    ];

    /// <summary>否决 of the total that rests on the fact.</summary>
    public static IEnumerable<TotalStep> VetoesOf(Scheme scheme, FactKind kind) =>
        scheme.TotalSteps.Where(step => step.Kind == TotalStepKind.Veto && step.Fact == kind.Index);

    /// <summary>The clause a fact rests on: of the first rule that prices it, or of what else the scheme does with it.</summary>
    public static string? ClauseOf(Scheme scheme, FactKind kind) =>
        RulesOf(scheme, kind, null).SelectMany(found => found.Rule.Head.Clauses).FirstOrDefault()
        ?? scheme.Referrals.Where(referral => referral.Fact == kind.Index).SelectMany(referral => referral.Clauses).FirstOrDefault()
        ?? VetoesOf(scheme, kind).SelectMany(step => step.Clauses).FirstOrDefault();

    /// <summary>Gatherings, dues and reports make this fact by themselves: by hand it would be written twice.</summary>
    public static bool ComesByItself(Scheme scheme, FactKind kind)
    {
        var records = scheme.DailyRecords;
        return records.Gatherings.Any(row => row.Facts.Any(facts => facts.Any(fact => fact.FactKindIndex == kind.Index)))
            || records.DuesOnTime.Concat(records.DuesLate).Concat(records.DuesShort).Concat(records.DuesMadeGood).Contains(kind.Index)
            || records.ThoughtReport.Contains(kind.Index)
            || records.OutsideStudy.Contains(kind.Index);
    }

    /// <summary>The items under which a form lists the fact: where it is priced first.</summary>
    public static (Section Section, ScoringItem Item)? PlaceOf(Scheme scheme, FactKind kind) =>
        RulesOf(scheme, kind, null).Select(found => ((Section, ScoringItem)?)(found.Section, found.Item)).FirstOrDefault();

    // The people know the fact another rule prices, not the number the rule has in the file.
    private static string RuleText(Scheme scheme, Rule rule) =>
        rule is Supplement supplement && scheme.Rules.FirstOrDefault(other => other.Id == supplement.After) is { } after
            ? supplement.DescribeAfter(scheme.FactKinds, string.Join("、", after.Uses.Where(use => use.Use == FactUse.Prices).Select(use => scheme.FactKinds[use.Kind].Name)))
            : rule.Describe(scheme.FactKinds);

    private static IEnumerable<(Section Section, ScoringItem Item, Rule Rule)> RulesOf(Scheme scheme, FactKind kind, Profile? profile) =>
        from section in scheme.Sections
        where profile is null || section.Applies.Covers(profile)
        from item in section.Items
        where profile is null || item.Applies.Covers(profile)
        from rule in item.Rules
        where (profile is null || rule.Head.Applies.Covers(profile)) && rule.Uses.Any(use => use.Kind == kind.Index && (use.Use == FactUse.Prices || rule is Occurs))
        select (section, item, rule);

    /// <summary>What one fact counts; null for rules that look at many facts together.</summary>
    private static Amount? AmountOf(Rule rule, FactKind kind, string? level) => rule switch
    {
        PerOccurrence each => each.Amount.Amount,
        ByLevel levels => level is not null && kind.LevelIndex(level) is > 0 and var index && index <= levels.Levels.Count
            ? levels.Levels[index - 1]
            : levels.Levels is [{ IsLeftToBranch: true } open] ? open : null,
        _ => null,
    };

    private static int SignOf(Rule rule) => rule switch
    {
        PerOccurrence each => each.Amount.Sign,
        ByLevel levels => levels.Sign,
        // What is missing costs points: one more takes none.
        Shortfall => 0,
        Occurs => -1,
        _ => rule.Amounts.Select(amount => amount.Sign).FirstOrDefault(),
    };
}
