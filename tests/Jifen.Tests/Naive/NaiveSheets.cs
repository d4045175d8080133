namespace Jifen.Tests.Naive;

/// <summary>The sheet of one member for one round (4.1–4.3).</summary>
internal sealed record NaiveSheet(
    IReadOnlyDictionary<string, decimal> Sections,
    IReadOnlyDictionary<string, decimal> Items,
    decimal Total,
    IReadOnlyList<NaiveLine> Lines,
    IReadOnlySet<string> HasScored);

/// <summary>Adds up items, sections and the total, step by step as section 4 numbers them.</summary>
internal sealed class NaiveSheets
{
    private readonly NaiveScheme _scheme;
    private readonly NaiveLedger _ledger;
    private readonly IReadOnlyDictionary<string, NaivePrevious> _previous;
    private readonly Span _cycle;
    private readonly NaivePerFactRules _perFact;
    private readonly NaiveAccumulatedRules _accumulated;
    private readonly NaiveJudgedRules _judged;

    public NaiveSheets(NaiveScheme scheme, NaiveLedger ledger, IReadOnlyDictionary<string, NaivePrevious> previous, Span cycle)
    {
        _scheme = scheme;
        _ledger = ledger;
        _previous = previous;
        _cycle = cycle;
        _perFact = new NaivePerFactRules(scheme, ledger);
        _accumulated = new NaiveAccumulatedRules(scheme, ledger, _perFact);
        _judged = new NaiveJudgedRules(scheme, ledger);
    }

    private sealed record ItemInProgress(Node Item, decimal? Full, List<NaiveLine> Lines, bool Forfeited)
    {
        public decimal Sum => Lines.Sum(line => line.Points);
    }

    private sealed record SectionResult(IReadOnlyList<NaiveLine> Lines, IReadOnlyDictionary<string, decimal> Items, IReadOnlySet<string> HasScored)
    {
        public static SectionResult Empty { get; } =
            new([], new Dictionary<string, decimal>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));

        public decimal Sum => Lines.Sum(line => line.Points);
    }

    public NaiveSheet Score(NaiveMember member, Span round)
    {
        var sections = _scheme.Sections.ToDictionary(
            section => section.TextOf("名称"),
            section => NaiveScheme.AppliesTo(section, member) ? Section(section, member, round) : SectionResult.Empty,
            StringComparer.Ordinal);
        var lines = TotalLines(sections, member, round);
        return new NaiveSheet(
            _scheme.Sections.ToDictionary(section => section.TextOf("编号"), section => sections[section.TextOf("名称")].Sum, StringComparer.Ordinal),
            sections.Values.SelectMany(section => section.Items).ToDictionary(StringComparer.Ordinal),
            lines.Sum(line => line.Points),
            lines,
            sections.Values.SelectMany(section => section.HasScored).ToHashSet(StringComparer.Ordinal));
    }

    private static NaiveLine Adjustment(Span round, decimal points) => new(NaiveLineKind.Adjustment, round.To, points);

    /// <summary>4.3: from 0, the steps in file order; 减 joins a subtotal that is negative already (2.4).</summary>
    private List<NaiveLine> TotalLines(Dictionary<string, SectionResult> sections, NaiveMember member, Span round)
    {
        var lines = new List<NaiveLine>();
        foreach (var (kind, step) in _scheme.Root.ListOf("总分").SelectMany(entry => entry.Fields))
        {
            var total = lines.Sum(line => line.Points);
            switch (kind)
            {
                case "加" or "减":
                    lines.AddRange(sections[step.Text].Lines);
                    break;
                case "封顶":
                    lines.Add(Adjustment(round, Math.Min(0m, _scheme.NumberFor(step["分"], member) - total ?? 0m)));
                    break;
                case "保底":
                    lines.Add(Adjustment(round, Math.Max(0m, _scheme.NumberFor(step["分"], member) - total ?? 0m)));
                    break;
                case "限额":
                    lines.AddRange(LimitAdjustments([step], lines, round, onlyGains: true));
                    break;
                case "否决" when _ledger.Facts(member, step.Need("事实").Text, round).Count > 0:
                    lines.Add(Adjustment(round, (_scheme.Number(step["总分"]) ?? 0m) - total));
                    break;
            }
        }

        return lines;
    }

    /// <summary>4.2: 起分 and items, then 限额, 封顶, 保底.</summary>
    private SectionResult Section(Node section, NaiveMember member, Span round)
    {
        var startsFull = section.TextOf("起分") == "满分";
        var items = new List<ItemInProgress>();
        foreach (var item in NaiveScheme.Items(section).Where(item => NaiveScheme.AppliesTo(item, member)))
        {
            items.Add(StartAndRules(item, startsFull, member, round, items.SelectMany(earlier => earlier.Lines).ToList()));
        }

        var scored = items.SelectMany(item => item.Lines).Where(line => line.Kind == NaiveLineKind.Scored && line.Points != 0m).ToList();
        var hasScored = items
            .Where(item => item.Lines.Intersect(scored).Any())
            .Select(item => item.Item.TextOf("编号"))
            .ToHashSet(StringComparer.Ordinal);
        if (scored.Count > 0)
        {
            hasScored.Add(section.TextOf("名称"));
        }

        DropExclusive(section, items, round);
        foreach (var item in items)
        {
            Finish(item, member, round);
        }

        List<NaiveLine> lines = [new(NaiveLineKind.Start, round.From, SectionStart(section, member)), .. items.SelectMany(item => item.Lines)];
        lines.AddRange(LimitAdjustments(section.ListOf("限额"), lines, round, onlyGains: true));
        Clamp(lines, _scheme.NumberFor(section["封顶"], member), _scheme.NumberFor(section["保底"], member), round);
        return new SectionResult(lines, items.ToDictionary(item => item.Item.TextOf("编号"), item => item.Sum, StringComparer.Ordinal), hasScored);
    }

    /// <summary>4.1 ① and ②.</summary>
    private ItemInProgress StartAndRules(Node item, bool startsFull, NaiveMember member, Span round, List<NaiveLine> earlierLines)
    {
        var full = startsFull ? _scheme.NumberFor(item["满分"], member) : null;
        var start = full ?? _scheme.Number(item["起分"]) ?? 0m;
        var lines = new List<NaiveLine> { new(NaiveLineKind.Start, round.From, start) };
        var forfeited = false;
        foreach (var rule in item.ListOf("记分").Where(rule => NaiveScheme.AppliesTo(rule, member)))
        {
            var window = rule.TextOf("计期") == "年初至今" ? new Span(_cycle.From, round.To) : round;
            var yielded = Rule(rule, member, window, full ?? 0m, [.. earlierLines, .. lines]);
            lines.AddRange(yielded.Lines);
            forfeited |= yielded.Forfeits;
        }

        return new ItemInProgress(item, full, lines, forfeited);
    }

    private NaiveRuleLines Rule(Node rule, NaiveMember member, Span window, decimal itemFull, IReadOnlyList<NaiveLine> sectionLines) => rule switch
    {
        _ when rule.Has("每次") => _perFact.PerOccurrence(rule, member, window),
        _ when rule.Has("按级别") => _perFact.ByLevel(rule, member, window),
        _ when rule.Has("不足") => _accumulated.Shortfall(rule, member, window),
        _ when rule.Has("每满") => _accumulated.PerFull(rule, member, window),
        _ when rule.Has("分段") => _accumulated.Banded(rule, member, window),
        _ when rule.Has("逐段") => _accumulated.Marginal(rule, member, window),
        _ when rule.Has("比率") => _accumulated.Rate(rule, member, window),
        _ when rule.Has("排位") => _accumulated.Placed(rule, member, window),
        _ when rule.Has("累计") => _accumulated.Reached(rule, member, window),
        _ when rule.Has("连续") => _accumulated.InARow(rule, member, window),
        _ when rule.Has("出现") => _accumulated.Occurred(rule, member, window),
        _ when rule.Has("评定") => _judged.Assessed(rule, member, window, itemFull),
        _ when rule.Has("折算") => _judged.Converted(rule, member, window),
        _ when rule.Has("合评") => _judged.Combined(rule, member, window),
        _ when rule.Has("按月") => _judged.ByMonths(rule, member, window),
        _ when rule.Has("另加") => _judged.Supplement(rule, member, window, sectionLines),
        _ => throw new InvalidOperationException("没有这种写法：" + rule.TextOf("编号")),
    };

    /// <summary>
    /// 4.1 ③ 不兼得: per content (or for the member as a whole) the rule that earned most stays, the earlier in the list on a tie; every
    /// line of the others gets its opposite in its own item.
    /// </summary>
    private static void DropExclusive(Node section, List<ItemInProgress> items, Span round)
    {
        foreach (var exclusion in section.ListOf("不兼得"))
        {
            var ruleIds = exclusion.TextsOf("记分");
            var byContent = exclusion.TextOf("同一") == "内容";
            var groups = items
                .SelectMany(item => item.Lines)
                .Where(line => ruleIds.Contains(line.RuleId, StringComparer.Ordinal) && (!byContent || line.Content is not null))
                .GroupBy(line => byContent ? line.Content! : "", StringComparer.Ordinal)
                .ToList();
            foreach (var group in groups)
            {
                var kept = group.GroupBy(line => line.RuleId, StringComparer.Ordinal)
                    .OrderByDescending(rule => Math.Abs(rule.Sum(line => line.Points)))
                    .ThenBy(rule => ruleIds.ToList().IndexOf(rule.Key))
                    .First().Key;
                foreach (var item in items)
                {
                    var dropped = item.Lines.Where(line => group.Contains(line) && line.RuleId != kept).ToList();
                    item.Lines.AddRange(dropped.Select(line => Adjustment(round, -line.Points) with { Date = line.Date }));
                }
            }
        }
    }

    /// <summary>4.1 ④ 限额, ⑤ one clamping line, ⑥ 不得分.</summary>
    private void Finish(ItemInProgress item, NaiveMember member, Span round)
    {
        item.Lines.AddRange(LimitAdjustments(item.Item.ListOf("限额"), item.Lines, round, onlyGains: true));
        var cap = item.Full ?? _scheme.NumberFor(item.Item["封顶"], member);
        var floor = item.Full is null ? _scheme.NumberFor(item.Item["保底"], member) : 0m;
        Clamp(item.Lines, cap, floor, round);
        if (item.Forfeited)
        {
            item.Lines.Add(Adjustment(round, -item.Sum));
        }
    }

    /// <summary>起分 is not something earned, so it is outside every 限额 (3.3: 只管加出来的多).</summary>
    private List<NaiveLine> LimitAdjustments(IReadOnlyList<Node> limits, IReadOnlyList<NaiveLine> lines, Span round, bool onlyGains)
    {
        var earned = lines.Where(line => line.Kind != NaiveLineKind.Start).ToList();
        return NaiveLimits.Apply(_scheme, limits, earned, round.To, Adjustment(round, 0m), onlyGains).Skip(earned.Count).ToList();
    }

    private static void Clamp(List<NaiveLine> lines, decimal? cap, decimal? floor, Span round)
    {
        var sum = lines.Sum(line => line.Points);
        lines.Add(Adjustment(round, Math.Min(0m, cap - sum ?? 0m)));
        sum = lines.Sum(line => line.Points);
        lines.Add(Adjustment(round, Math.Max(0m, floor - sum ?? 0m)));
    }

    private decimal SectionStart(Node section, NaiveMember member)
    {
        var start = section.Need("起分");
        if (start.IsMap)
        {
            return _previous.TryGetValue(member.Id, out var previous)
                ? _scheme.Round(previous.Total * NaiveNumbers.Percent(start.Need("上年总分").Text))
                : _scheme.Number(start["首年"]) ?? 0m;
        }

        return NaiveNumbers.IsNumber(start.Text) ? NaiveNumbers.Decimal(start.Text) : 0m;
    }
}
