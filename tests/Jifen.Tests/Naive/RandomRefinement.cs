namespace Jifen.Tests.Naive;

/// <summary>Writes a refinement that fills the 支部定 of rules and the caps of items and sections; whole 项目 it leaves open.</summary>
internal static class RandomRefinement
{
    private static readonly string[] AmountSlots = ["扣", "加"];
    private static readonly string[] CountSlots = ["应达", "每少", "每满", "满"];
    private static readonly string[] CapSlots = ["封顶"];

    public static string Write(ulong seed, string schemeYaml)
    {
        var dice = new SeededDice(seed);
        var scheme = NaiveScheme.Read(schemeYaml, null);

        // Four units, so that a multiplier of 1.5 twice over still lands on the grid.
        string Points() => SeededDice.Text(dice.Multiple(4 * scheme.Unit, 5m));
        string Count() => SeededDice.Text(dice.Range(1, 12));
        var items = scheme.Sections.SelectMany(NaiveScheme.Items).ToList();
        var fillings = scheme.Rules.Select(rule => Filling("记分", rule, [.. Fill(rule, AmountSlots, Points), .. Fill(rule, CountSlots, Count)]))
            .Concat(items.Select(item => Filling("项目", item, Fill(item, CapSlots, Points))))
            .Concat(scheme.Sections.Select(section => Filling("部分", section, Fill(section, CapSlots, Points))))
            .Where(filling => filling is not null)
            .ToList();
        var head = $"细则: {{ 编号: random-branch, 名称: 随机细则, 细化: {scheme.Root.Need("办法").TextOf("编号")}, 通过: {{ 会议: 支部党员大会, 日期: 2023-01-10 }} }}\n"
            + "语言版本: 1\n文件版本: 1\n条款: { 细则1: 支部定的分值 }\n";
        return head + (fillings.Count == 0 ? "填: []\n" : "填:\n" + string.Concat(fillings));
    }

    private static List<string> Fill(Node entry, string[] slots, Func<string> value) =>
        slots.Where(slot => entry.TextOf(slot) == "支部定").Select(slot => $"{slot}: {value()}").ToList();

    private static string? Filling(string kind, Node entry, List<string> values) => values.Count == 0
        ? null
        : $"- {{ {kind}: {entry.TextOf("编号")}, {string.Join(", ", values)}, 依据: 细则1 }}\n";
}
