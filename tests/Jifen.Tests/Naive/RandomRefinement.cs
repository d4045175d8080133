namespace Jifen.Tests.Naive;

/// <summary>
/// Writes a refinement that fills everything a scheme leaves to the branch (section 5): the points and counts of rules, the caps of items and
/// sections, and – with facts and rules of its own – whole 项目.
/// </summary>
internal sealed class RandomRefinement
{
    private const string Slot = "支部定";
    private static readonly string[] AmountSlots = ["扣", "加"];
    private static readonly string[] CountSlots = ["应达", "每少", "每满", "满"];
    private static readonly string[] CapSlots = ["封顶", "保底"];

    private readonly SeededDice _dice;
    private readonly SeededDice _recordDice;
    private readonly NaiveScheme _scheme;
    private readonly RandomFacts _facts;
    private readonly RandomRules _rules;
    private readonly RandomItems _items;

    private RandomRefinement(ulong seed, NaiveScheme scheme)
    {
        _dice = new SeededDice(seed);
        _recordDice = new SeededDice(~seed);
        _scheme = scheme;
        var frame = new RandomSchemeFrame(
            _dice, scheme.Unit, scheme.Root.Has("年度合成"), scheme.Root.TextsOf("类别"), BelowIncludes: true, InRefinement: true);
        _facts = new RandomFacts(frame);
        _rules = new RandomRules(_dice, _facts, frame);
        _items = new RandomItems(frame, _rules);
    }

    public static string Write(ulong seed, string schemeYaml) => new RandomRefinement(seed, NaiveScheme.Read(schemeYaml, null)).Write();

    private string Write()
    {
        var fillings = _scheme.Rules.Select(rule => Filling("记分", rule, [.. Fill(rule, AmountSlots, Amount), .. Fill(rule, CountSlots, Count)]))
            .Concat(_scheme.Sections.SelectMany(NaiveScheme.Items).Select(item => Filling("项目", item, [.. Fill(item, CapSlots, Amount)])))
            .Concat(_scheme.Sections.Select(section => Filling("部分", section, [.. Fill(section, CapSlots, Amount), .. Items(section)])))
            .ToList();
        var filled = string.Concat(fillings);
        return $"细则: {{ 编号: random-branch, 名称: 随机细则, 细化: {_scheme.Root.Need("办法").TextOf("编号")}, 通过: {{ 会议: 支部党员大会, 日期: 2023-01-10 }} }}\n"
            + "语言版本: 1\n文件版本: 1\n"
            + (_facts.FactBlock.Length == 0 ? "" : "事实:\n" + _facts.FactBlock)
            + (filled.Length == 0 ? "填: []\n" : "填:\n" + filled)
            + (_scheme.Root["登记"] is null or { Text: Slot } ? _facts.RecordBlock(_recordDice) : "");
    }

    /// <summary>项目: 支部定 becomes one to three items; in a section that starts full their maxima add up to its 满分.</summary>
    private IEnumerable<string> Items(Node section)
    {
        if (section.TextOf("项目") != Slot)
        {
            return [];
        }

        _rules.StartSection();
        var ids = new List<string>();
        if (section.TextOf("起分") != "满分")
        {
            IReadOnlyList<string> signs = IsTakenAway(section) ? ["扣"] : ["加"];
            return [ItemList(Enumerable.Range(0, _dice.Range(1, 3)).Select(_ => _items.Open(signs, ids)))];
        }

        var fulls = Split(_scheme.Number(section["满分"]) ?? _dice.Multiple(_scheme.Unit, 100m));
        var items = ItemList(fulls.Select(full => _items.Falling(full, "", ids)));
        return section.TextOf("满分") == Slot ? ["满分: " + SeededDice.Text(fulls.Sum()), items] : [items];
    }

    private bool IsTakenAway(Node section) => _scheme.Root.ListOf("总分").Any(step => step.TextOf("减") == section.TextOf("名称"));

    private List<decimal> Split(decimal whole)
    {
        var parts = new List<decimal>();
        for (var left = whole; left > 0m; left -= parts[^1])
        {
            parts.Add(parts.Count == 3 ? left : Math.Min(left, _dice.Multiple(_scheme.Unit, whole / 2m)));
        }

        return parts;
    }

    /// <summary>The items of a block list as a list in brackets.</summary>
    private static string ItemList(IEnumerable<string> items) =>
        $"项目: [\n{string.Join(",\n", items.Select(item => "    " + item.Trim().TrimStart('-', ' ')))} ]";

    /// <summary>Four units, so that a multiplier of 1.5 twice over still lands on the grid.</summary>
    private string Amount() => SeededDice.Text(_dice.Multiple(4 * _scheme.Unit, 5m));

    private string Count() => SeededDice.Text(_dice.Range(1, 12));

    private static IEnumerable<string> Fill(Node entry, string[] slots, Func<string> value) =>
        slots.Where(slot => entry.TextOf(slot) == Slot).Select(slot => $"{slot}: {value()}");

    private string Filling(string kind, Node entry, List<string> values) => values.Count == 0
        ? ""
        : $"- {{ {kind}: {entry.TextOf("编号")}, {string.Join(", ", values)}, 依据: {_facts.Clause()} }}\n";
}
