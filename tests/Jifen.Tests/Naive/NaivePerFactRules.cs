namespace Jifen.Tests.Naive;

/// <summary>单条事实 (3.1) with its options in the order in which they act.</summary>
internal sealed class NaivePerFactRules(NaiveScheme scheme, NaiveLedger ledger)
{
    /// <summary>A fact that a rule prices: how much one 次 is worth, and how many 次 count.</summary>
    private sealed record Priced(NaiveFact Fact, decimal PointsEach, decimal Times);

    public NaiveRuleLines PerOccurrence(Node rule, NaiveMember member, Span window) =>
        Lines(rule, member, window, rule.Need("每次").Text, fact => scheme.SignedPoints(rule, fact));

    public NaiveRuleLines ByLevel(Node rule, NaiveMember member, Span window)
    {
        var table = NaiveScheme.Amount(rule)!;
        return Lines(rule, member, window, rule.Need("按级别").Text, fact => NaiveScheme.Sign(rule) * scheme.Points(LevelValue(table, fact), fact));
    }

    /// <summary>多人: 均分 divides what the fact is worth among the members it names, 四舍五入 (2.2, section 4).</summary>
    public decimal Share(NaiveFact fact, decimal points) =>
        fact.Sharers > 1 && scheme.FactDefinition(fact.Fact).TextOf("多人") == "均分"
            ? scheme.Round(Fraction.Of(points) / Fraction.Of(fact.Sharers))
            : points;

    /// <summary>
    /// 有效: 18个月 – a fact of 30 June 2024 has run out on 31 December 2025, one of 1 July has not: the window is the 18 months up to
    /// the day of assessment, whatever the cycle.
    /// </summary>
    public static Span Validity(Node rule, Span window) => rule.Has("有效")
        ? new Span(window.To.AddDays(1).AddMonths(-NaiveNumbers.Leading(rule.TextOf("有效"))), window.To)
        : window;

    private static Node? LevelValue(Node table, NaiveFact fact)
    {
        var parts = (fact.Level ?? "").Split('·');
        var value = table.IsMap ? table[parts[0]] : table;
        return value is { IsMap: true } ? value[parts.Length > 1 ? parts[1] : ""] : value;
    }

    private NaiveRuleLines Lines(Node rule, NaiveMember member, Span period, string factName, Func<NaiveFact, decimal> value)
    {
        var window = Validity(rule, period);
        var priced = ledger.Facts(member, factName, window).Select(fact => new Priced(fact, value(fact), fact.Quantity)).ToList();
        if (rule.TextOf("同一内容") == "取最高")
        {
            priced = HighestPerContent(priced);
        }

        priced = priced.Select(entry => entry with { PointsEach = entry.PointsEach * Multiplier(rule, member, entry.Fact) }).ToList();
        priced = Repeated(rule, priced);
        priced = AtMost(rule, priced);

        var lines = priced.Select(entry => Line(rule, entry)).ToList();
        lines.AddRange(Repairs(rule, member, window, priced));
        var template = new NaiveLine(NaiveLineKind.RuleAdjustment, period.To, 0m) { RuleId = rule.TextOf("编号") };
        var limited = NaiveLimits.Apply(scheme, rule.ListOf("限额"), lines, period.To, template, onlyGains: false);
        return new(limited, priced.Count > 0 && NaiveScheme.Forfeits(rule));
    }

    private NaiveLine Line(Node rule, Priced entry)
    {
        decimal PointsFor(decimal times) => Share(entry.Fact, times * entry.PointsEach);
        return new NaiveLine(NaiveLineKind.Scored, entry.Fact.Date, PointsFor(entry.Times))
        {
            RuleId = rule.TextOf("编号"),
            Content = entry.Fact.Content,
            Times = entry.Times,
            PointsFor = PointsFor,
        };
    }

    /// <summary>同一内容: 取最高 – one fact per content, counted once whatever its quantity; facts without content stand alone.</summary>
    private static List<Priced> HighestPerContent(IEnumerable<Priced> priced)
    {
        var once = priced.Select((entry, order) => (Entry: entry with { Times = 1m }, Order: order)).ToList();
        return once
            .Where(candidate => candidate.Entry.Fact.Content is null || !once.Any(other =>
                other.Entry.Fact.Content == candidate.Entry.Fact.Content && Beats(other, candidate)))
            .Select(candidate => candidate.Entry)
            .ToList();
    }

    private static bool Beats((Priced Entry, int Order) left, (Priced Entry, int Order) right)
    {
        var difference = Math.Abs(left.Entry.PointsEach) - Math.Abs(right.Entry.PointsEach);
        return difference > 0m || (difference == 0m && left.Order < right.Order);
    }

    /// <summary>倍数: the first row of which every key fits.</summary>
    private static decimal Multiplier(Node rule, NaiveMember member, NaiveFact fact)
    {
        var row = rule.ListOf("倍数").FirstOrDefault(candidate =>
            NaiveScheme.AppliesTo(candidate, member)
            && NaiveCalendar.InYearlyWindow(fact.Date, candidate.TextOf("自"), candidate.TextOf("至"))
            && FitsLevel(candidate, fact));
        return row is null ? 1m : NaiveNumbers.Decimal(row.Need("倍").Text);
    }

    private static bool FitsLevel(Node row, NaiveFact fact)
    {
        var level = fact.Level ?? "";
        return !row.Has("级别") || row.TextsOf("级别").Any(wanted => wanted == level || wanted == level.Split('·')[0]);
    }

    /// <summary>再犯: from the second record of the same period on, or within so many days of the record before.</summary>
    private List<Priced> Repeated(Node rule, List<Priced> priced)
    {
        if (rule["再犯"] is not { } repeat)
        {
            return priced;
        }

        var within = repeat.Need("内").Text;
        var times = NaiveNumbers.Decimal(repeat.Need("倍").Text);
        Span PeriodOf(Priced entry) => scheme.Calendar.PeriodOf(entry.Fact.Date, within);
        bool IsRepeat(int at) => within.EndsWith('天')
            ? at > 0 && priced[at].Fact.Date.DayNumber - priced[at - 1].Fact.Date.DayNumber <= NaiveNumbers.Leading(within)
            : priced.Take(at).Any(earlier => PeriodOf(earlier) == PeriodOf(priced[at]));
        return priced.Select((entry, at) => IsRepeat(at) ? entry with { PointsEach = entry.PointsEach * times } : entry).ToList();
    }

    /// <summary>
    /// 最多 and 限额·次 together: by date and id a record counts while every one of them has room; one that reaches over the edge counts
    /// in part.
    /// </summary>
    private List<Priced> AtMost(Node rule, IEnumerable<Priced> priced)
    {
        var kept = new List<Priced>();
        var limits = rule.ListOf("限额").Where(limit => limit.Has("次")).ToList();
        foreach (var entry in priced)
        {
            var room = rule.Has("最多") ? NaiveNumbers.Decimal(rule.TextOf("最多")) - kept.Sum(earlier => earlier.Times) : entry.Times;
            foreach (var limit in limits)
            {
                var period = scheme.Calendar.PeriodOf(entry.Fact.Date, limit.Need("每").Text);
                var used = kept
                    .Where(earlier => scheme.Calendar.PeriodOf(earlier.Fact.Date, limit.Need("每").Text) == period)
                    .Sum(earlier => earlier.Times);
                room = Math.Min(room, NaiveNumbers.Decimal(limit.Need("次").Text) - used);
            }

            kept.Add(entry with { Times = Math.Max(0m, Math.Min(entry.Times, room)) });
        }

        return kept;
    }

    /// <summary>整改: once per fact, dated on the fact it gives back.</summary>
    private IEnumerable<NaiveLine> Repairs(Node rule, NaiveMember member, Span window, IEnumerable<Priced> priced)
    {
        if (rule["整改"] is not { } repair)
        {
            yield break;
        }

        var mendings = ledger.Facts(member, repair.Need("事实").Text, window);
        var share = Fraction.Of(NaiveNumbers.Percent(repair.Need("退还").Text));
        foreach (var entry in priced)
        {
            var mending = mendings.FirstOrDefault(mended => mended.Date >= entry.Fact.Date && mended.Content == entry.Fact.Content);
            if (mending is not null)
            {
                var refund = -scheme.Round(Fraction.Of(Line(rule, entry).Points) * share);
                yield return new NaiveLine(NaiveLineKind.RuleAdjustment, entry.Fact.Date, refund)
                {
                    RuleId = rule.TextOf("编号"),
                    Content = entry.Fact.Content,
                };
            }
        }
    }
}
