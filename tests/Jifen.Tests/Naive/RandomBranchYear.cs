namespace Jifen.Tests.Naive;

/// <summary>What a branch did in one cycle, ready to be scored.</summary>
internal sealed record NaiveBranchYear(
    int Year, IReadOnlyList<NaiveMember> Members, IReadOnlyList<NaiveFact> Facts, IReadOnlyDictionary<string, NaivePrevious> Previous);

/// <summary>
/// Invents members, facts and a previous year that are valid for a scheme: it reads the kinds of fact from the file, so it serves random
/// and hand-written schemes alike. A joint fact appears once per member under the same id, with the number of sharers.
/// </summary>
internal sealed class RandomBranchYear
{
    private static readonly string[] Contents = ["先进典型", "技能竞赛", "社区共建", "课题研究"];
    private static readonly string[] WholeMeasures = ["次", "人", "篇"];

    private readonly SeededDice _dice;
    private readonly NaiveScheme _scheme;
    private readonly int _year;
    private readonly Span _cycle;

    private RandomBranchYear(SeededDice dice, NaiveScheme scheme, int year)
    {
        _dice = dice;
        _scheme = scheme;
        _year = year;
        _cycle = scheme.Calendar.Cycle(year);
    }

    public static NaiveBranchYear Invent(ulong seed, string schemeYaml, string? refinementYaml = null) =>
        Invent(seed, NaiveScheme.Read(schemeYaml, refinementYaml));

    public static NaiveBranchYear Invent(ulong seed, NaiveScheme scheme)
    {
        var dice = new SeededDice(seed);
        return new RandomBranchYear(dice, scheme, dice.Pick(2023, 2024, 2025)).Invent();
    }

    private NaiveBranchYear Invent()
    {
        var members = Enumerable.Range(1, _dice.Range(2, 14)).Select(Member).ToList();
        return new NaiveBranchYear(_year, members, Facts(members), Previous(members));
    }

    private NaiveMember Member(int number)
    {
        var categories = _scheme.Root.TextsOf("类别");
        var offices = _scheme.Root.TextsOf("任职");
        return new NaiveMember(
            "m" + SeededDice.Text(number),
            _dice.Pick("第一支部", "第一支部", "第二支部"),
            _dice.Pick("正式党员", "正式党员", "正式党员", "预备党员", "入党积极分子"),
            categories.Count > 0 ? _dice.Pick(categories) : null,
            offices.Count > 0 && _dice.Chance(40) ? _dice.Pick(offices) : null,
            _dice.Chance(20) ? _cycle.From.AddDays(_dice.Range(-400, 360)) : null,
            _dice.Chance(12) ? _cycle.From.AddDays(_dice.Range(-20, 500)) : null,
            Exempt: _dice.Chance(5));
    }

    private List<NaiveFact> Facts(List<NaiveMember> members)
    {
        var busyDays = Enumerable.Range(0, 6).Select(_ => _cycle.From.AddDays(_dice.Range(0, 364))).ToList();
        var facts = new List<NaiveFact>();
        foreach (var (name, definition) in _scheme.Root.Need("事实").Fields)
        {
            // A kind of fact is frequent or rare for the whole branch, so that streaks and empty months both occur.
            var most = _dice.Pick(0, 1, 2, 4, 9);
            foreach (var member in members)
            {
                for (var left = _dice.Range(0, most); left > 0; left--)
                {
                    facts.AddRange(Fact(SeededDice.Text(1000 + facts.Count), member, members, name, definition, busyDays));
                }
            }
        }

        return facts;
    }

    private List<NaiveFact> Fact(
        string number, NaiveMember member, List<NaiveMember> members, string name, Node definition, List<DateOnly> busyDays)
    {
        var carried = definition.TextsOf("带");
        var fact = new NaiveFact(
            "f" + number,
            member.Id,
            Date(busyDays),
            _dice.Chance(30) ? definition.TextOf("编号") : name,
            Quantity(definition, isMark: carried.Contains("分值", StringComparer.Ordinal)),
            carried.Contains("级别", StringComparer.Ordinal) ? Level(definition) : null,
            carried.Contains("内容", StringComparer.Ordinal) || _dice.Chance(10) ? _dice.Pick(Contents) : null,
            carried.Contains("分值", StringComparer.Ordinal) ? Mark(name, definition) : null,
            Sharers: 1);
        var others = members.Where(other => other != member && other.Branch == member.Branch).ToList();
        if (others.Count == 0 || !_dice.Chance(definition.TextOf("多人") == "均分" ? 60 : 8))
        {
            return [fact];
        }

        var sharers = others.Take(_dice.Range(1, Math.Min(3, others.Count))).Append(member).ToList();
        return sharers.Select(sharer => fact with { Member = sharer.Id, Sharers = sharers.Count }).ToList();
    }

    /// <summary>Mostly inside the cycle and often on the same few days; some in the two years before, some just outside.</summary>
    private DateOnly Date(List<DateOnly> busyDays) => _dice.Range(1, 20) switch
    {
        <= 5 => _dice.Pick(busyDays),
        6 => _dice.Pick(_cycle.From, _cycle.To, _cycle.From.AddDays(-1), _cycle.To.AddDays(1)),
        <= 8 => _cycle.From.AddDays(-_dice.Range(1, 730)),
        _ => _cycle.From.AddDays(_dice.Range(0, 364)),
    };

    private decimal Quantity(Node definition, bool isMark)
    {
        if (isMark)
        {
            return 1m;
        }

        if (WholeMeasures.Contains(definition.TextOf("记"), StringComparer.Ordinal))
        {
            return _dice.Chance(80) ? 1m : _dice.Range(2, 5);
        }

        return _dice.Pick(0.5m, 0.25m, 0.01m, 1m) * _dice.Range(0, 20);
    }

    private string Level(Node definition)
    {
        var level = _dice.Pick(definition.TextsOf("级别"));
        return definition.Has("等第") ? $"{level}·{_dice.Pick(definition.TextsOf("等第"))}" : level;
    }

    /// <summary>
    /// The 分值 a fact may carry: inside the range of the rule that prices it, from 0 to what a 评定 may give, else inside the 范围 of the
    /// fact, 0~100 when none is written (2.2, 3.2).
    /// </summary>
    private decimal Mark(string name, Node definition)
    {
        foreach (var section in _scheme.Sections)
        {
            foreach (var item in NaiveScheme.Items(section))
            {
                if (item.ListOf("记分").Select(rule => OwnRange(rule, item, name)).FirstOrDefault(range => range is not null) is var (low, high))
                {
                    return OnGrid(low, high, _scheme.Unit);
                }
            }
        }

        var (least, most) = NaiveNumbers.Range(definition.TextOf("范围")) ?? (0m, 100m);
        return OnGrid(least, most, _dice.Pick(1m, 0.5m, 5m));
    }

    private (decimal Low, decimal High)? OwnRange(Node rule, Node item, string name)
    {
        if (rule.TextOf("每次") == name)
        {
            return NaiveNumbers.Range(NaiveScheme.Amount(rule)?.Text ?? "");
        }

        return rule.TextOf("评定") == name ? (0m, _scheme.Number(item["满分"] ?? item["封顶"]) ?? 100m) : null;
    }

    private decimal OnGrid(decimal low, decimal high, decimal step) => low + (step * _dice.Range(0, (int)((high - low) / step)));

    private Dictionary<string, NaivePrevious> Previous(List<NaiveMember> members)
    {
        var outcomes = _scheme.Root.ListOf("结果运用").Select(outcome => outcome.TextOf("编号")).ToList();
        return members.Where(_ => _dice.Chance(60)).ToDictionary(
            member => member.Id,
            _ => new NaivePrevious(
                _scheme.Round(_dice.Range(0, 120)),
                outcomes.Where(_ => _dice.Chance(50)).ToHashSet(StringComparer.Ordinal),
                _dice.Chance(60) ? _scheme.Round(_dice.Range(-1000, 20000) / 100m) : null),
            StringComparer.Ordinal);
    }
}
