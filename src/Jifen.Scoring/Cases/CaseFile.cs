using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;
using Jifen.Scoring.Schemes.Forms;
using Jifen.Scoring.Schemes.Yaml;

namespace Jifen.Scoring.Cases;

/// <summary>算例: cases worked by hand from the document, beside its scheme. docs/scheme-language.md, section 7.</summary>
/// <param name="SchemeId">办法: 编号 of the scheme; null when the file does not say</param>
/// <param name="Refinement">细则: the name of the refinement's file; null for the document alone</param>
public sealed record CaseFile(string Name, string? SchemeId, string? Refinement, int Year, IReadOnlyList<Case> Cases)
{
    private const int DefaultYear = 2025;

    public static Loaded<CaseFile> Load(SchemeSource source)
    {
        var problems = new Problems();
        if (YamlReader.Read(source, problems) is not { } document)
        {
            return new Loaded<CaseFile>(null, problems.Sorted());
        }

        var top = new Fields(document, "算例文件", problems);
        var scheme = top.Text("办法");
        var refinement = top.Text("细则");
        var year = top.Whole("年", Scheme.FirstDayOfTheWorld.Year + 1, Scheme.LastDayOfTheWorld.Year - 1) ?? DefaultYear;
        var cases = new List<Case>();
        if (top.RequiredNode("算例") is Scalar)
        {
            // One case alone: its name under 算例, the rest at the top.
            cases.Add(CaseReader.Read(top, "算例"));
        }
        else
        {
            foreach (var fields in top.Maps("算例", "算例"))
            {
                cases.Add(CaseReader.Read(fields, "名称"));
                fields.Done();
            }
        }

        top.Done();
        foreach (var twice in cases.GroupBy(entry => entry.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            problems.Error(twice.Last().Place, $"算例“{twice.Key}”写了{twice.Count()}次", "换一个名称");
        }

        return new Loaded<CaseFile>(
            problems.HasErrors ? null : new CaseFile(source.Name, scheme, refinement, year, cases), problems.Sorted());
    }

    /// <summary>Runs every case and says what it did not come to, and what no case has touched.</summary>
    public CaseReport Run(Scheme scheme) => CaseRun.Of(scheme, this);
}

/// <param name="Colleagues">同支部: totals of others of the branch (and category), with how many have them</param>
/// <param name="OtherCategory">别类: the same for people of another category</param>
/// <param name="ColleagueFacts">同支部事实: facts of one more colleague, for 提示 and 排位</param>
public sealed record Case(
    string Name,
    Member Member,
    IReadOnlyList<(Points Total, int People)> Colleagues,
    IReadOnlyList<(Points Total, int People)> OtherCategory,
    PreviousResult? Previous,
    IReadOnlyList<CaseFact> Facts,
    IReadOnlyList<CaseFact> ColleagueFacts,
    IReadOnlyList<Expectation> Expected,
    Place Place);

/// <param name="On">null: some day of the year that the case does not care about</param>
/// <param name="Quantity">hundredths</param>
/// <param name="Amount">hundredths, or <see cref="FactSegment.NoAmount"/></param>
public sealed record CaseFact(
    string Fact, string? Id, DateOnly? On, long Quantity, string? Level, string? Content, long Amount, bool Counts, Place Place);

/// <param name="What">总分, 等次, a section's name, an item's 编号 … or, for 各行, the 编号 of a rule</param>
public sealed record Expectation(string What, string? Rule, string Value, IReadOnlyList<string>? List, Place Place);

/// <summary>Turns the nodes of one case into a <see cref="Case"/>.</summary>
internal static class CaseReader
{
    public const string MemberId = "本人";

    public static Case Read(Fields fields, string nameKey)
    {
        var place = fields.Place;
        var name = fields.RequiredText(nameKey);
        fields.What = $"算例“{name}”";
        var member = fields.Map("党员", $"算例“{name}”的党员") is { } person
            ? ReadMember(person)
            : new Member(MemberId, MemberId, "本支部");
        var colleagues = ReadTotals(fields, "同支部");
        var others = ReadTotals(fields, "别类");
        var previous = fields.Map("上年", "上年") is { } before ? ReadPrevious(before) : null;
        var facts = ReadFacts(fields, "事实");
        var colleagueFacts = ReadFacts(fields, "同支部事实");
        fields.RequiredNode("应得");
        var expected = fields.Map("应得", "应得") is { } results ? ReadExpected(results) : [];
        return new Case(name, member, colleagues, others, previous, facts, colleagueFacts, expected, place);
    }

    private static Member ReadMember(Fields fields)
    {
        var standing = fields.OneOf("身份", "正式党员", "预备党员", "入党积极分子") is { } name
            ? RuleReading.StandingOf(name)!.Value
            : Standing.Full;
        var category = fields.Text("类别");
        var office = fields.Texts("任职");
        var from = ReadDate(fields, "参加自");
        var to = ReadDate(fields, "参加至");
        var exempt = fields.Flag("免予");
        fields.Done();
        return new Member(
            MemberId, MemberId, "本支部", standing, category, office.Count == 0 ? null : string.Join("；", office), from, to, exempt);
    }

    private static List<(Points Total, int People)> ReadTotals(Fields fields, string key)
    {
        var totals = new List<(Points, int)>();
        if (fields.Node(key) is not { } node)
        {
            return totals;
        }

        if (node is not Mapping map)
        {
            fields.Problems.Error(node, $"“{key}”应当写成“总分: 人数”", "如“{ 100: 9, 65: 1 }”");
            return totals;
        }

        foreach (var entry in map.Entries)
        {
            if (Fields.TryHundredths(entry.Key.Text, out var total)
                && new Fields(map, key, fields.Problems).Whole(entry.Key.Text, 1, 100_000) is { } people)
            {
                totals.Add((new Points(total), people));
            }
            else
            {
                fields.Problems.Error(entry.Key, $"“{key}”读不懂：{entry.Key.Text}", "如“{ 100: 9, 65: 1 }”");
            }
        }

        return totals;
    }

    private static PreviousResult ReadPrevious(Fields fields)
    {
        var total = fields.Hundredths("总分", least: -100_000_00) ?? 0;
        var outcomes = fields.Texts("运用");
        var running = fields.Hundredths("累计", least: -100_000_00);
        fields.Done();
        return new PreviousResult(MemberId, new Points(total), outcomes, running is { } points ? new Points(points) : null);
    }

    private static List<CaseFact> ReadFacts(Fields fields, string key)
    {
        var facts = new List<CaseFact>();
        foreach (var entry in fields.Maps(key, "事实"))
        {
            var on = ReadDate(entry, "日期");
            var id = entry.Text("编号");
            var quantity = entry.Hundredths("数量");
            var level = entry.Text("级别");
            var content = entry.Text("内容");
            var amount = entry.Hundredths("分值");
            var state = entry.Text("状态");
            var names = entry.TakeUnknown();
            if (names.Count != 1)
            {
                entry.Problems.Error(entry.Place, $"一条事实要写且只写一个事实名称，这里有{names.Count}个", "如“{ 组织生活迟到: 2025-07-31 }”；句子里的逗号用全角");
                continue;
            }

            ReadFactValue(entry, names[0], ref on, ref quantity);
            facts.Add(new CaseFact(
                names[0].Key.Text, id, on, quantity ?? 100, level, content, amount ?? FactSegment.NoAmount, state is null or "确认", entry.Place));
        }

        return facts;
    }

    // A date, or a quantity with or without its unit.
    private static void ReadFactValue(Fields fields, Entry entry, ref DateOnly? on, ref long? quantity)
    {
        if (entry.Value is Scalar { IsEmpty: true })
        {
            return;
        }

        if (entry.Value is Scalar scalar)
        {
            if (TryDate(scalar.Text, out var date))
            {
                on = date;
                return;
            }

            var number = scalar.Text.TrimEnd('次', '人', '篇', '学', '时', '小', '分', '钟', '天', '个', '月', '元', ' ');
            if (Fields.TryHundredths(number, out var value))
            {
                quantity = value;
                return;
            }
        }

        fields.Problems.Error(entry.Value, $"事实“{entry.Key.Text}”的值读不懂", "写日期“2025-07-31”，或数量“4次”");
    }

    private static List<Expectation> ReadExpected(Fields fields)
    {
        var expected = new List<Expectation>();
        foreach (var entry in fields.TakeUnknown())
        {
            switch (entry.Value)
            {
                case Mapping rules when entry.Key.Text == "各行":
                    expected.AddRange(rules.Entries.Select(rule => new Expectation(
                        "各行", rule.Key.Text, (rule.Value as Scalar)?.Text ?? "", null, rule.Key.Place)));
                    break;
                case Sequence list:
                    expected.Add(new Expectation(
                        entry.Key.Text, null, "", list.Items.OfType<Scalar>().Select(item => item.Text).ToList(), entry.Key.Place));
                    break;
                case Scalar scalar:
                    expected.Add(new Expectation(entry.Key.Text, null, scalar.Text, null, entry.Key.Place));
                    break;
                default:
                    fields.Problems.Error(entry.Value, $"应得“{entry.Key.Text}”读不懂", "写数、等次，或“[用1, 用2]”");
                    break;
            }
        }

        return expected;
    }

    private static DateOnly? ReadDate(Fields fields, string key)
    {
        if (fields.Text(key) is not { } text)
        {
            return null;
        }

        if (TryDate(text, out var date))
        {
            return date;
        }

        fields.Problems.Error(fields.PlaceOf(key), $"“{key}”不是日期：{text}", "写成“2025-07-31”");
        return null;
    }

    private static bool TryDate(string text, out DateOnly date) => DateOnly.TryParseExact(
        text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out date);
}
