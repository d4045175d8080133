namespace Jifen.Tests.Naive;

/// <summary>A scheme file with the slots of a refinement filled in, still in the shape of the file.</summary>
internal sealed class NaiveScheme
{
    private static readonly string[] SlotAddress = ["记分", "项目", "部分", "依据", "解释"];

    private NaiveScheme(Node root)
    {
        Root = root;
        Unit = NaiveNumbers.Decimal(root.Need("记分单位").Text);
        Calendar = new NaiveCalendar(root.Need("周期").Text, root.TextsOf("学期起"));
    }

    public Node Root { get; }

    public decimal Unit { get; }

    public NaiveCalendar Calendar { get; }

    public IReadOnlyList<Node> Sections => Root.ListOf("部分");

    public IEnumerable<Node> Rules => Sections.SelectMany(Items).SelectMany(item => item.ListOf("记分"));

    public static NaiveScheme Read(string schemeYaml, string? refinementYaml)
    {
        var root = Node.Parse(schemeYaml);
        return new NaiveScheme(refinementYaml is null ? root : Fill(root, Node.Parse(refinementYaml)));
    }

    /// <summary>The items of a section; 项目: 支部定 that nobody filled counts as empty (4.11).</summary>
    public static IReadOnlyList<Node> Items(Node section) => section.Need("项目").Items;

    /// <summary>The Chinese name of a fact given by name or by id; null when the scheme does not know it.</summary>
    public string? FactName(string nameOrId) => Root.Need("事实").Fields
        .Where(field => field.Key == nameOrId || field.Value.TextOf("编号") == nameOrId)
        .Select(field => field.Key)
        .FirstOrDefault();

    public Node FactDefinition(string name) => Root.Need("事实").Need(name);

    public Threshold Line(string text) => Threshold.Parse(text, Root.TextOf("用语") != "以上含以下不含");

    /// <summary>A number, or the number adopted in a reading (见J1); null for 支部定 that nobody filled and for a missing key.</summary>
    public decimal? Number(Node? value)
    {
        var text = value?.Text ?? "";
        if (text.StartsWith('见'))
        {
            var reading = Root.ListOf("解释").First(entry => entry.TextOf("编号") == text[1..]);
            return Number(reading.Need("采用"));
        }

        return text.Length == 0 || text == "支部定" ? null : NaiveNumbers.Decimal(text);
    }

    /// <summary>The same, for values that may be written per 类别.</summary>
    public decimal? NumberFor(Node? value, NaiveMember member) =>
        value is { IsMap: true } ? Number(value[member.Category ?? ""]) : Number(value);

    /// <summary>一条分值: the points the assessor chose inside a range, else the number; 支部定 that nobody filled is 0 (4.11).</summary>
    public decimal Points(Node? value, NaiveFact? fact) =>
        NaiveNumbers.Range(value?.Text ?? "") is null ? Number(value) ?? 0m : fact?.Amount ?? 0m;

    /// <summary>扣 takes away, 加 gives: the sign of the rule or table row.</summary>
    public static decimal Sign(Node entry) => entry.Has("扣") ? -1m : 1m;

    public static Node? Amount(Node entry) => entry["扣"] ?? entry["加"];

    /// <summary>Points of an entry that says 扣 or 加, with the sign; 0 when it says neither.</summary>
    public decimal SignedPoints(Node entry, NaiveFact? fact) => Sign(entry) * Points(Amount(entry), fact);

    public static bool Forfeits(Node entry) => entry.TextOf("此项") == "不得分";

    /// <summary>“类别 身份 任职”: the entry applies only to those people (2.3, section 3); each key that is written must fit.</summary>
    public static bool AppliesTo(Node entry, NaiveMember member) =>
        Fits(entry, "身份", member.Standing) && Fits(entry, "类别", member.Category) && Fits(entry, "任职", member.Office);

    public decimal Round(decimal value) => Round(Fraction.Of(value));

    public decimal Round(Fraction value) => value.RoundTo(Unit);

    private static bool Fits(Node entry, string key, string? value) =>
        !entry.Has(key) || entry.TextsOf(key).Contains(value, StringComparer.Ordinal);

    /// <summary>Section 5: a refinement fills slots, adds the facts its own items need, and brings readings of its own.</summary>
    private static Node Fill(Node root, Node refinement)
    {
        var fillings = refinement.ListOf("填");
        var sections = root.ListOf("部分").Select(section => FillSection(section, fillings));
        return root
            .With("部分", Node.List(sections))
            .With("事实", root.Need("事实").With(refinement["事实"]?.Fields ?? []))
            .With("解释", Node.List([.. root.ListOf("解释"), .. refinement.ListOf("解释")]));
    }

    private static Node FillSection(Node section, IReadOnlyList<Node> fillings)
    {
        var filled = FillSlots(section, "部分", fillings);
        var items = Items(filled).Select(item => FillItem(item, fillings)).ToList();
        return items.Count == 0 ? filled : filled.With("项目", Node.List(items));
    }

    private static Node FillItem(Node item, IReadOnlyList<Node> fillings)
    {
        var rules = item.ListOf("记分").Select(rule => FillSlots(rule, "记分", fillings)).ToList();
        return FillSlots(rules.Count == 0 ? item : item.With("记分", Node.List(rules)), "项目", fillings);
    }

    private static Node FillSlots(Node entry, string kind, IReadOnlyList<Node> fillings) => entry.With(
        fillings
            .Where(filling => filling.TextOf(kind) == entry.TextOf("编号") && IsAddressOf(filling, kind))
            .SelectMany(filling => filling.Fields)
            .Where(field => field.Key == "项目" ? kind == "部分" : !SlotAddress.Contains(field.Key, StringComparer.Ordinal)));

    /// <summary>项目 is an address in “- { 项目: meetings }” and a value in “- { 部分: base, 项目: […] }”.</summary>
    private static bool IsAddressOf(Node filling, string kind) => kind != "项目" || !filling.Has("部分");
}
