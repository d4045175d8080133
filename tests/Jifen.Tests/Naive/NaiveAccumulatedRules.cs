namespace Jifen.Tests.Naive;

/// <summary>累计的量 (3.2): the forms that add quantities up and look the sum up or cut it into shares.</summary>
internal sealed class NaiveAccumulatedRules(NaiveScheme scheme, NaiveLedger ledger, NaivePerFactRules perFact)
{
    public NaiveRuleLines Shortfall(Node rule, NaiveMember member, Span window)
    {
        if (scheme.Number(rule["应达"]) is not { } required || scheme.Number(rule["每少"]) is not { } per)
        {
            return NaiveRuleLines.None;
        }

        if (rule.TextOf("在册折算") == "是")
        {
            required = ProRata(required, ledger.MonthsOnRoll(member, window), scheme.Calendar.Periods(window, "月").Count);
        }

        var missing = required - ledger.Total(member, rule.Need("不足").Text, window);
        var rest = rule.Has("零头") ? rule.TextOf("零头") : "进一";
        if (missing <= 0m)
        {
            return NaiveRuleLines.None;
        }

        var points = NaiveNumbers.Shares(missing, per, rest) * scheme.SignedPoints(rule, null);
        return Summary(rule, window, points) with { Forfeits = NaiveScheme.Forfeits(rule) };
    }

    public NaiveRuleLines PerFull(Node rule, NaiveMember member, Span window)
    {
        if (scheme.Number(rule["每满"]) is not { } per)
        {
            return NaiveRuleLines.None;
        }

        var rest = rule.Need("零头").Text;
        var factName = rule.Need("事实").Text;
        if (rule.TextOf("逐次") != "是")
        {
            var total = ledger.Total(member, factName, window);
            return Summary(rule, window, NaiveNumbers.Shares(total, per, rest) * scheme.SignedPoints(rule, null));
        }

        var lines = ledger.Facts(member, factName, window)
            .Select(fact => FactLine(rule, fact, NaiveNumbers.Shares(fact.Quantity, per, rest) * scheme.SignedPoints(rule, fact)))
            .ToList();
        var template = new NaiveLine(NaiveLineKind.RuleAdjustment, window.To, 0m) { RuleId = rule.TextOf("编号") };
        return new(NaiveLimits.Apply(scheme, rule.ListOf("限额"), lines, window.To, template, onlyGains: false), Forfeits: false);
    }

    public NaiveRuleLines Banded(Node rule, NaiveMember member, Span window)
    {
        var facts = ledger.Facts(member, rule.Need("分段").Text, window);
        if (rule.TextOf("逐次") == "是")
        {
            var hits = facts.Select(fact => (Fact: fact, Row: Row(rule, fact.Quantity))).ToList();
            var lines = hits.Where(hit => hit.Row is not null).Select(hit => FactLine(rule, hit.Fact, scheme.SignedPoints(hit.Row!, hit.Fact)));
            return new(lines.ToList(), hits.Any(hit => hit.Row is { } row && NaiveScheme.Forfeits(row)));
        }

        if (rule.TextOf("按") == "分值")
        {
            return facts is [.., { Amount: { } mark }] ? Hit(rule, window, Row(rule, mark)) : NaiveRuleLines.None;
        }

        return Hit(rule, window, Row(rule, facts.Sum(fact => fact.Quantity)));
    }

    /// <summary>逐段: each row takes the part of the sum that lies between the row before and its own 到, and cuts it by itself.</summary>
    public NaiveRuleLines Marginal(Node rule, NaiveMember member, Span window)
    {
        var total = ledger.Total(member, rule.Need("逐段").Text, window);
        var points = 0m;
        var bottom = 0m;
        foreach (var row in rule.ListOf("表"))
        {
            var top = scheme.Number(row["到"]) ?? decimal.MaxValue;
            var inside = Math.Max(0m, Math.Min(total, top) - bottom);
            var per = NaiveNumbers.Decimal(row.Need("每满").Text);
            var earned = NaiveNumbers.Shares(inside, per, rule.TextOf("零头")) * scheme.SignedPoints(row, null);
            var most = scheme.Number(row["至多"]) ?? decimal.MaxValue;
            points += Math.Clamp(earned, -most, most);
            bottom = top;
        }

        return Summary(rule, window, points);
    }

    public NaiveRuleLines Rate(Node rule, NaiveMember member, Span window)
    {
        var part = ledger.Total(member, rule.Need("比率").Text, window);
        var whole = rule.Has("占") ? ledger.Total(member, rule.TextOf("占"), window) : scheme.Number(rule["应达"]) ?? 0m;
        var row = rule.ListOf("表").FirstOrDefault(candidate => scheme.Line(candidate.Need("值").Text).HoldsPercent(part, whole));
        return whole == 0m ? NaiveRuleLines.None : Hit(rule, window, row);
    }

    /// <summary>排位: only those of the branch who have the fact are in the order; ties all count (3.2).</summary>
    public NaiveRuleLines Placed(Node rule, NaiveMember member, Span window)
    {
        var factName = rule.Need("排位").Text;
        var totals = ledger.Members
            .Where(other => other.Branch == member.Branch && ledger.Facts(other, factName, window).Count > 0)
            .ToDictionary(other => other.Id, other => ledger.Total(other, factName, window), StringComparer.Ordinal);
        if (!totals.TryGetValue(member.Id, out var own))
        {
            return NaiveRuleLines.None;
        }

        var higher = totals.Values.Count(total => total > own);
        var lower = totals.Values.Count(total => total < own);
        bool Holds(string place)
        {
            var heads = NaiveNumbers.HeadCount(place[1..], totals.Count, "舍去");
            var most = place.EndsWith('%') ? Math.Max(1, heads) : heads;
            return place.StartsWith('前') ? higher + 1 <= most : lower < most;
        }

        return Hit(rule, window, rule.ListOf("表").FirstOrDefault(row => Holds(row.Need("名次").Text)));
    }

    public NaiveRuleLines Reached(Node rule, NaiveMember member, Span window) =>
        scheme.Number(rule["满"]) is { } full && ledger.Total(member, rule.Need("累计").Text, window) >= full
            ? Hit(rule, window, rule)
            : NaiveRuleLines.None;

    public NaiveRuleLines InARow(Node rule, NaiveMember member, Span window)
    {
        if (scheme.Number(rule["满"]) is not { } full)
        {
            return NaiveRuleLines.None;
        }

        var factName = rule.Need("连续").Text;
        var steps = rule.Need("按").Text == "次"
            ? UnbrokenRecords(rule, member, window, factName)
            : scheme.Calendar.Periods(window, rule.TextOf("按")).Select(period => HasFact(member, factName, period, window));
        return LongestRun(steps) >= full ? Hit(rule, window, rule) : NaiveRuleLines.None;
    }

    public NaiveRuleLines Occurred(Node rule, NaiveMember member, Span window) =>
        ledger.Facts(member, rule.Need("出现").Text, window).Count > 0 ? new([], Forfeits: true) : NaiveRuleLines.None;

    /// <summary>The one line of a form that looks at the whole period; it is dated on the last day (3.3 needs a date to group by).</summary>
    public static NaiveRuleLines Summary(Node rule, Span window, decimal points) =>
        new([new NaiveLine(NaiveLineKind.Scored, window.To, points) { RuleId = rule.TextOf("编号") }], Forfeits: false);

    /// <summary>The consequence (扣, 加 or 此项: 不得分) of the row that was met, or of the rule itself.</summary>
    private NaiveRuleLines Hit(Node rule, Span window, Node? row) => row is null
        ? NaiveRuleLines.None
        : Summary(rule, window, scheme.SignedPoints(row, null)) with { Forfeits = NaiveScheme.Forfeits(row) };

    /// <summary>应达 × 在册月数 ÷ 周期月数, cut to 0.01.</summary>
    private static decimal ProRata(decimal required, int months, int monthsOfPeriod) =>
        Math.Floor(required * months * 100m / monthsOfPeriod) / 100m;

    private static int LongestRun(IEnumerable<bool> steps)
    {
        var longest = 0;
        var run = 0;
        foreach (var step in steps)
        {
            run = step ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    private Node? Row(Node rule, decimal value) => rule.ListOf("表").FirstOrDefault(row => scheme.Line(row.Need("值").Text).Holds(value));

    private bool HasFact(NaiveMember member, string factName, Span period, Span window) =>
        ledger.Facts(member, factName, period).Any(fact => window.Contains(fact.Date));

    /// <summary>连续·按次: on one day the fact comes before what breaks the row (3.2).</summary>
    private List<bool> UnbrokenRecords(Node rule, NaiveMember member, Span window, string factName)
    {
        var breaks = rule.Has("中断") ? ledger.Facts(member, rule.TextOf("中断"), window) : [];
        return ledger.Facts(member, factName, window).Select(fact => (fact.Date, Continues: true))
            .Concat(breaks.Select(fact => (fact.Date, Continues: false)))
            .OrderBy(step => step.Date)
            .ThenBy(step => step.Continues ? 0 : 1)
            .Select(step => step.Continues)
            .ToList();
    }

    private NaiveLine FactLine(Node rule, NaiveFact fact, decimal points)
    {
        decimal PointsFor(decimal times) => times > 0m ? perFact.Share(fact, points) : 0m;
        return new NaiveLine(NaiveLineKind.Scored, fact.Date, PointsFor(1m))
        {
            RuleId = rule.TextOf("编号"),
            Content = fact.Content,
            Times = 1m,
            PointsFor = PointsFor,
        };
    }
}
