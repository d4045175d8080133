using System.Text;

namespace Jifen.Tests.Naive;

/// <summary>The choices of a random scheme (or of the refinement of one) that every block of it must respect.</summary>
internal sealed record RandomSchemeFrame(
    SeededDice Dice, decimal Unit, bool HasRounds, IReadOnlyList<string> Categories, bool BelowIncludes, bool InRefinement = false)
{
    public static IReadOnlyList<string> Standings { get; } = ["正式党员", "预备党员", "入党积极分子"];

    public static IReadOnlyList<string> Offices { get; } = ["党员干部", "组长"];

    /// <summary>One of the keys that narrow an entry to some people.</summary>
    public string SomePeople() => Dice.Range(1, 3) switch
    {
        1 when Categories.Count > 0 => $"类别: [{Dice.Pick(Categories)}]",
        2 => $"任职: [{string.Join(", ", Dice.Some(Offices))}]",
        _ => $"身份: [{string.Join(", ", Dice.Some(Standings))}]",
    };
}

/// <summary>A section as the later blocks need to know it.</summary>
internal sealed record RandomSection(string Name, string Yaml, bool IsDeduction, IReadOnlyList<string> ItemIds);

/// <summary>
/// Writes a valid scheme (section 9) from a seed: each seed a random part of the language, all seeds together all of it.
/// </summary>
internal sealed class RandomScheme
{
    private readonly SeededDice _dice;
    private readonly SeededDice _recordDice;
    private readonly RandomSchemeFrame _frame;
    private readonly RandomFacts _facts;
    private readonly RandomRules _rules;
    private readonly RandomItems _items;

    private RandomScheme(ulong seed)
    {
        _dice = new SeededDice(seed);
        _recordDice = new SeededDice(~seed);
        var unit = _dice.Pick(0.01m, 0.05m, 0.1m, 0.25m, 0.5m, 0.5m, 1m);
        IReadOnlyList<string> categories = _dice.Chance(40) ? ["甲类", "乙类"] : [];
        _frame = new RandomSchemeFrame(_dice, unit, HasRounds: _dice.Chance(35), categories, BelowIncludes: _dice.Chance(75));
        _facts = new RandomFacts(_frame);
        _rules = new RandomRules(_dice, _facts, _frame);
        _items = new RandomItems(_frame, _rules);
    }

    public static string Write(ulong seed) => new RandomScheme(seed).Write();

    private string Write()
    {
        var sections = Enumerable.Range(1, _dice.Range(1, 4)).Select(Section).ToList();
        var totalBlock = TotalBlock(sections);
        var judgements = new RandomJudgements(_dice, _facts, _frame, sections).Write();
        var yaml = new StringBuilder();
        yaml.Append("办法: { 编号: random, 名称: 随机办法, 印发: 2020-01-03 }\n语言版本: 1\n文件版本: 1\n适用周期: { 自: 2018, 至: 至今 }\n");
        yaml.Append(CycleBlock());
        yaml.Append("记分单位: ").Append(SeededDice.Text(_frame.Unit)).Append('\n');
        yaml.Append(_frame.BelowIncludes ? _dice.Pick("", "用语: 以上以下含本数\n") : "用语: 以上含以下不含\n");
        yaml.Append(_frame.Categories.Count > 0 ? $"类别: [{string.Join(", ", _frame.Categories)}]\n" : "");
        yaml.Append("任职: [").AppendJoin(", ", RandomSchemeFrame.Offices).Append("]\n条款:\n").Append(RandomFacts.ClauseBlock);
        yaml.Append(_facts.FactBlock.Length == 0 ? "事实: {}\n" : "事实:\n" + _facts.FactBlock);
        yaml.Append("部分:\n").AppendJoin("", sections.Select(section => section.Yaml));
        yaml.Append(totalBlock).Append(judgements);
        yaml.Append("解释:\n").Append(_facts.ReadingBlock);
        yaml.Append(_recordDice.Chance(60) ? _facts.RecordBlock(_recordDice) : _recordDice.Pick("", "登记: 支部定\n"));
        return yaml.ToString();
    }

    private string CycleBlock()
    {
        var schoolYear = _dice.Chance(30);
        var cycle = schoolYear ? "周期: 学年\n" : "周期: 自然年\n";
        var terms = _dice.Chance(25) ? $"学期起: {(schoolYear ? "[09-01, 02-20]" : "[01-01, 07-16]")}\n" : "";
        var period = $"考评期: {_dice.Pick("月", "季度", "半年", "学期", "年")}\n";
        return cycle + period + terms + (_frame.HasRounds ? $"年度合成: {{ 方式: {_dice.Pick("合计", "平均", "末期")}, 依据: 一 }}\n" : "");
    }

    private RandomSection Section(int number)
    {
        _rules.StartSection();
        var head = $"- 编号: part-{number}\n  名称: 部分{number}\n  依据: {_facts.Clause()}\n";
        var forSome = _dice.Chance(10) ? $"  {_frame.SomePeople()}\n" : "";
        return _dice.Range(1, 4) switch
        {
            1 => FallingSection(number, head + forSome),
            2 => OpenSection(number, head + forSome, "零分", ["加"]),
            3 => OpenSection(number, head + forSome, "零分", ["扣"]),
            _ => OpenSection(number, head + forSome, Start(), ["加", "扣"]),
        };
    }

    private string Start() => _dice.Chance(50) ? Points(60m) : $"{{ 上年总分: {_dice.Pick("25%", "33%", "50%")}, 首年: {Points(40m)} }}";

    /// <summary>起分: 满分 – the items' maxima add up to the section's, in each category by itself.</summary>
    private RandomSection FallingSection(int number, string head)
    {
        if (_dice.Chance(5))
        {
            var left = $"{head}  起分: 满分\n  满分: {_dice.Pick("支部定", Points(60m))}\n  项目: 支部定\n";
            return new RandomSection($"部分{number}", left, IsDeduction: false, []);
        }

        var items = new List<string>();
        var ids = new List<string>();
        var common = 0m;
        foreach (var _ in Enumerable.Range(0, _dice.Range(1, 3)))
        {
            var full = _dice.Multiple(_frame.Unit, 24m);
            common += full;
            items.Add(_items.Falling(full, "", ids));
        }

        var whole = SeededDice.Text(common);
        if (_frame.Categories.Count > 0 && _dice.Chance(50))
        {
            var own = _frame.Categories.Select(category => (Category: category, Full: _dice.Multiple(_frame.Unit, 12m))).ToList();
            items.AddRange(own.Select(entry => _items.Falling(entry.Full, $", 类别: [{entry.Category}]", ids)));
            whole = $"{{ {string.Join(", ", own.Select(entry => $"{entry.Category}: {SeededDice.Text(common + entry.Full)}"))} }}";
        }

        var yaml = $"{head}  起分: 满分\n  满分: {whole}\n  项目:\n{string.Concat(items)}";
        return new RandomSection($"部分{number}", yaml, IsDeduction: false, ids);
    }

    private RandomSection OpenSection(int number, string head, string start, IReadOnlyList<string> signs)
    {
        var ids = new List<string>();
        var isLeftOpen = _dice.Chance(5);
        var items = Enumerable.Range(0, isLeftOpen ? 0 : _dice.Range(1, 3)).Select(_ => _items.Open(signs, ids)).ToList();
        var exclusive = !isLeftOpen && signs.Contains("加", StringComparer.Ordinal) && _dice.Chance(25) ? ExclusiveItems(items, ids) : "";
        var yaml = new StringBuilder($"{head}  起分: {start}\n");
        if (_dice.Chance(40))
        {
            yaml.Append("  封顶: ").Append(PerCategory(20m)).Append('\n');
        }

        if (signs.Contains("扣", StringComparer.Ordinal) && _dice.Chance(40))
        {
            yaml.Append("  保底: ").Append(_dice.Pick("0", "-5", "-20")).Append('\n');
        }

        // Below it there may be limits on any span, and a limit must not be shorter than those below it: so on the year.
        if (_dice.Chance(15))
        {
            yaml.Append("  限额: ").Append(_rules.Limit(["年"], mayCountTimes: false)).Append('\n');
        }

        yaml.Append(exclusive).Append(isLeftOpen ? "  项目: 支部定\n" : "  项目:\n").AppendJoin("", items);
        return new RandomSection($"部分{number}", yaml.ToString(), IsDeduction: signs is ["扣"], ids);
    }

    private string ExclusiveItems(List<string> items, List<string> ids)
    {
        var byContent = _dice.Chance(60);
        var (first, second, rules) = byContent ? _rules.ExclusiveByContent() : _rules.ExclusiveByMember();
        items.Add(_items.Item("", [first], ids));
        items.Add(_items.Item("", [second], ids));
        return $"  不兼得: [ {{ 记分: {rules}, 同一: {(byContent ? "内容" : "党员")}, 依据: {_facts.Clause()} }} ]\n";
    }

    private string PerCategory(decimal most) => _frame.Categories.Count > 0 && _dice.Chance(40)
        ? $"{{ {string.Join(", ", _frame.Categories.Select(category => category + ": " + Points(most)))} }}"
        : Points(most);

    private string TotalBlock(IReadOnlyList<RandomSection> sections)
    {
        var steps = new List<string>();
        foreach (var section in sections.OrderBy(_ => _dice.Range(0, 1000)))
        {
            steps.Add($"{(section.IsDeduction ? "减" : "加")}: {section.Name}");
            if (_dice.Chance(20))
            {
                steps.Add($"封顶: {{ 分: {Points(100m)}, 依据: {_facts.Clause()} }}");
            }

            if (_dice.Chance(15))
            {
                steps.Add($"保底: {{ 分: {_dice.Pick("0", "10", "-10")}, 解释: J1 }}");
            }

            if (_dice.Chance(20))
            {
                steps.Add($"限额: {{ 每: 年, 至多: {Points(40m)}, 依据: {_facts.Clause()} }}");
            }
        }

        if (_dice.Chance(60))
        {
            steps.Add("保底: { 分: 0, 依据: 一 }");
        }

        foreach (var veto in Enumerable.Range(0, _dice.Chance(30) ? _dice.Range(1, 2) : 0))
        {
            steps.Add($"否决: {{ 事实: {_facts.Counted()}, 总分: {(veto == 0 ? "0" : Points(10m))}, 依据: {_facts.Clause()} }}");
        }

        return "总分:\n" + string.Concat(steps.Select(step => "- " + step + "\n"));
    }

    private string Points(decimal most) => SeededDice.Text(_dice.Multiple(_frame.Unit, most));
}
