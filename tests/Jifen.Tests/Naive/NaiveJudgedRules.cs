namespace Jifen.Tests.Naive;

/// <summary>The forms of 3.2 that take over marks given by people, months in office, and supplements.</summary>
internal sealed class NaiveJudgedRules(NaiveScheme scheme, NaiveLedger ledger)
{
    /// <summary>
    /// 评定: the mark is the score. In an item that starts full the line therefore takes the item from full to the mark; without a
    /// mark nothing happens.
    /// </summary>
    public NaiveRuleLines Assessed(Node rule, NaiveMember member, Span window, decimal itemStartsFullAt) =>
        LatestMark(member, rule.Need("评定").Text, window) is { } mark
            ? NaiveAccumulatedRules.Summary(rule, window, mark - itemStartsFullAt)
            : NaiveRuleLines.None;

    public NaiveRuleLines Converted(Node rule, NaiveMember member, Span window) =>
        LatestMark(member, rule.Need("折算").Text, window) is { } mark
            ? NaiveAccumulatedRules.Summary(rule, window, scheme.Round(mark * NaiveNumbers.Decimal(rule.Need("乘").Text)))
            : NaiveRuleLines.None;

    /// <summary>合评: the weighted mean of the means of the parties, rounded once at the very end.</summary>
    public NaiveRuleLines Combined(Node rule, NaiveMember member, Span window)
    {
        var heard = rule.ListOf("合评").Where(party => IsHeard(party, member, window)).ToList();
        if (heard.Count == 0)
        {
            return NaiveRuleLines.None;
        }

        var weighted = heard.Aggregate(Fraction.Zero, (sum, party) => sum + (Mean(party, member, window) * Weight(party)));
        if (rule.TextOf("缺项") == "折算")
        {
            weighted /= heard.Aggregate(Fraction.Zero, (sum, party) => sum + Weight(party));
        }

        var factor = rule.Has("乘") ? NaiveNumbers.Decimal(rule.TextOf("乘")) : 1m;
        return NaiveAccumulatedRules.Summary(rule, window, scheme.Round(weighted * Fraction.Of(factor)));
    }

    /// <summary>按月: F – the months are the sum of F; 按月: 在册 – the months with a day on the roll.</summary>
    public NaiveRuleLines ByMonths(Node rule, NaiveMember member, Span window)
    {
        if (scheme.Number(rule["满"]) is not { } full)
        {
            return NaiveRuleLines.None;
        }

        var source = rule.Need("按月").Text;
        var months = source == "在册" ? ledger.MonthsOnRoll(member, window) : ledger.Total(member, source, window);
        var exact = Fraction.Of(scheme.SignedPoints(rule, null)) * Fraction.Of(Math.Min(months, full)) / Fraction.Of(full);
        return NaiveAccumulatedRules.Summary(rule, window, scheme.Round(exact));
    }

    /// <summary>另加: once for each content that the rule it follows has scored with something other than 0.</summary>
    public NaiveRuleLines Supplement(Node rule, NaiveMember member, Span window, IReadOnlyList<NaiveLine> sectionLines)
    {
        var scoredContents = sectionLines
            .Where(line => line.Kind == NaiveLineKind.Scored && line.RuleId == rule.TextOf("随"))
            .Where(line => line.Points != 0m && line.Content is not null)
            .Select(line => line.Content)
            .ToHashSet(StringComparer.Ordinal);
        var lines = ledger.Facts(member, rule.Need("另加").Text, window)
            .Where(fact => scoredContents.Contains(fact.Content))
            .DistinctBy(fact => fact.Content, StringComparer.Ordinal)
            .Select(fact => new NaiveLine(NaiveLineKind.Scored, fact.Date, scheme.SignedPoints(rule, fact))
            {
                RuleId = rule.TextOf("编号"),
                Content = fact.Content,
            });
        return new(lines.ToList(), Forfeits: false);
    }

    private static Fraction Weight(Node party) => Fraction.Of(NaiveNumbers.Percent(party.Need("占").Text));

    private decimal? LatestMark(NaiveMember member, string factName, Span window) =>
        ledger.Facts(member, factName, window) is [.., var latest] ? latest.Amount : null;

    /// <summary>A party that gave no mark is missing; one under its quorum (有效) counts as missing too.</summary>
    private bool IsHeard(Node party, NaiveMember member, Span window)
    {
        var marks = ledger.Facts(member, party.Need("事实").Text, window).Count;
        if (marks == 0 || party["有效"] is not { } quorum)
        {
            return marks > 0;
        }

        return marks >= ledger.Total(member, quorum.Need("应参加").Text, window) * NaiveNumbers.Percent(quorum.Need("达").Text);
    }

    private Fraction Mean(Node party, NaiveMember member, Span window)
    {
        var marks = ledger.Facts(member, party.Need("事实").Text, window);
        return Fraction.Of(marks.Sum(fact => fact.Amount ?? 0m)) / Fraction.Of(marks.Count);
    }
}
