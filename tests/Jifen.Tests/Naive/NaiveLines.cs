namespace Jifen.Tests.Naive;

internal enum NaiveLineKind
{
    /// <summary>起分.</summary>
    Start,

    /// <summary>Points a rule worked out from the facts; these alone make a section “有” (4.6).</summary>
    Scored,

    /// <summary>A rule's own 整改 or 限额.</summary>
    RuleAdjustment,

    /// <summary>不兼得, 限额, 封顶, 保底, 满分, 不得分, 否决 of item, section and total.</summary>
    Adjustment,
}

/// <summary>One line of the sheet; the sum of all lines is the total (4.4).</summary>
internal sealed record NaiveLine(NaiveLineKind Kind, DateOnly Date, decimal Points)
{
    public string RuleId { get; init; } = "";

    public string? Content { get; init; }

    /// <summary>How many 次 of a 限额·次 this line uses up.</summary>
    public decimal Times { get; init; }

    /// <summary>What the line would be worth with fewer 次.</summary>
    public Func<decimal, decimal> PointsFor { get; init; } = _ => 0m;
}

/// <summary>What a rule yields: its lines, and whether it takes the whole item (此项: 不得分).</summary>
internal sealed record NaiveRuleLines(IReadOnlyList<NaiveLine> Lines, bool Forfeits)
{
    public static NaiveRuleLines None { get; } = new([], Forfeits: false);
}

/// <summary>限额 (3.3), the same on every level.</summary>
internal static class NaiveLimits
{
    /// <summary>The given lines followed by the adjustment lines of each limit in turn; a later limit sees the earlier adjustments.</summary>
    public static IReadOnlyList<NaiveLine> Apply(
        NaiveScheme scheme, IReadOnlyList<Node> limits, IReadOnlyList<NaiveLine> lines, DateOnly windowEnd, NaiveLine template, bool onlyGains)
    {
        var adjusted = lines.ToList();
        foreach (var limit in limits.Where(limit => limit.Has("至多")))
        {
            var adjustments = adjusted
                .GroupBy(line => scheme.Calendar.PeriodOf(line.Date, limit.Need("每").Text))
                .Select(group => template with
                {
                    Date = group.Key.To < windowEnd ? group.Key.To : windowEnd,
                    Points = -Excess(scheme, limit, group.ToList(), onlyGains),
                })
                .Where(line => line.Points != 0m)
                .ToList();
            adjusted.AddRange(adjustments);
        }

        return adjusted;
    }

    private static decimal Excess(NaiveScheme scheme, Node limit, IReadOnlyList<NaiveLine> group, bool onlyGains)
    {
        var sum = group.Sum(line => line.Points);
        var counts = sum > 0m || !onlyGains;
        return scheme.Number(limit["至多"]) is { } most && counts && Math.Abs(sum) > most ? sum - (Math.Sign(sum) * most) : 0m;
    }
}
