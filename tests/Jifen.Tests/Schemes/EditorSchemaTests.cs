using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Jifen.Scoring.Cases;
using Jifen.Scoring.Schemes;
using Jifen.Tests.Naive;
using Xunit;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Jifen.Tests.Schemes;

/// <summary>The schemas that editors use say what the readers accept: no false alarm, and the usual slips are underlined.</summary>
public sealed partial class EditorSchemaTests
{
    // What the reader takes and then does nothing with: the schema underlines it.
    private static readonly string[] AcceptedInVain = ["gradeRow 身份", "gradeRow 任职"];

    private static readonly Dictionary<string, JsonSchema> Schemas = new[] { "scheme", "refinement", "cases" }
        .ToDictionary(name => name, name => new JsonSchema(Path.Combine(World.Root, "schemes", name + ".schema.json")), StringComparer.Ordinal);

    public static TheoryData<string> Files() => new(Directory.GetFiles(Path.Combine(World.Root, "schemes"), "*.yaml", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(World.Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal));

    [Fact]
    public void The_schemas_say_nothing_the_validator_does_not_know_and_every_key_has_its_words()
    {
        foreach (var (pointer, schema) in All())
        {
            Schemas["scheme"].Check(schema, null, "", pointer.Split('#')[0]);
            var isCondition = pointer.Split('/').Any(step => step is "if" or "then" or "else");
            foreach (var (key, value) in isCondition ? [] : schema["properties"] as JsonObject ?? [])
            {
                Assert.True(value is not JsonObject inner || HasWords(inner, pointer.Split('#')[0]), $"{pointer} {key}");
            }
        }
    }

    [Theory, MemberData(nameof(Files))]
    public void Every_shipped_file_is_valid(string file) => Valid(KindOf(file), File.ReadAllText(Path.Combine(World.Root, file)));

    [Fact]
    public void Three_hundred_random_schemes_and_their_refinements_are_valid()
    {
        foreach (var seed in Enumerable.Range(0, 300).Select(seed => (ulong)seed))
        {
            var yaml = RandomScheme.Write(seed);
            Valid("scheme", yaml);
            Valid("refinement", RandomRefinement.Write(seed, yaml));
        }
    }

    [Fact]
    public void The_examples_of_the_language_document_and_of_these_tests_are_valid_and_load()
    {
        Valid("scheme", SchemeCheckTests.Small);
        foreach (var kind in Schemas.Keys)
        {
            Valid(kind, Filled(Text(kind)));
            Assert.Equal([], Refusals(kind, Filled(Text(kind))));
        }
    }

    [Theory]
    [InlineData("scheme", "考评期: 季度", "考评周期: 季度")]
    [InlineData("scheme", "周期: 自然年", "周期: 公历年")]
    [InlineData("scheme", "记分单位: 0.5", "记分单位: 0.2")]
    [InlineData("scheme", "编号: late", "编号: Late")]
    [InlineData("scheme", "扣: 2, 依据: 一", "扣: 2")]
    [InlineData("scheme", "每次: 迟到, 扣: 2", "每次: 迟到, 扣: 2, 应达: 3")]
    [InlineData("scheme", "每次: 迟到, 扣: 2", "每次: 迟到, 扣: 2, 加: 1")]
    [InlineData("scheme", "每次: 迟到, 扣: 2", "每次: 迟到, 扣: 两分")]
    [InlineData("scheme", "每次: 迟到, 扣: 2", "扣: 2")]
    [InlineData("scheme", "每次: 迟到, 扣: 2", "每次: 迟到, 不足: 学习, 应达: 3, 每少: 1, 扣: 2")]
    [InlineData("scheme", "总分: 20以上, 条件", "总分: 二十以上, 条件")]
    [InlineData("scheme", "值: 95%以上", "值: 95以上")]
    [InlineData("scheme", "自: 03-01, 至: 05-31", "自: 03-01")]
    [InlineData("scheme", "起分: 零分", "起分: 满分")]
    [InlineData("scheme", "状态: 暂行", "状态: 确认")]
    [InlineData("scheme", "类: 空白", "类: 矛盾")]
    [InlineData("scheme", "步骤: 评定, 每: 季度, 谁: 党员大会", "步骤: 评定, 每: 季度")]
    [InlineData("scheme", "问题: 某处", "问题: 某处, 含不含")]
    [InlineData("scheme", "带: [级别], 级别: [校级, 市级]", "带: [级别]")]
    [InlineData("scheme", "分: 100, 依据: 一", "分: 100")]
    [InlineData("scheme", "活动: [党员大会]", "活动: [党员会]")]
    [InlineData("scheme", "缺席: 不记, 请假", "请假")]
    [InlineData("scheme", "活动: 集中学习, 出席: 不记", "活动: 集中学习, 出席: 记")]
    [InlineData("scheme", "在外学习: 学习, 依据: 一", "在外学习: 学习")]
    [InlineData("refinement", "扣: 0.5, 应达: 32", "倍: 2")]
    [InlineData("refinement", "封顶: 9, 项目: [], 依据: 细1", "封顶: 9, 项目: []")]
    [InlineData("refinement", "记分: 基8", "规则: 基8")]
    [InlineData("cases", "迟到: 2025-07-31", "迟到: 7月31日")]
    [InlineData("cases", "身份: 正式党员", "身份: 党员")]
    [InlineData("cases", "100: 9", "满分: 9")]
    [InlineData("cases", "应得:", "结果:")]
    public void A_slip_is_underlined_and_refused(string kind, string was, string now)
    {
        var whole = Filled(Text(kind));
        Assert.Contains(was, whole, StringComparison.Ordinal);
        var broken = whole.Replace(was, now, StringComparison.Ordinal);

        Assert.NotEmpty(Schemas[kind].Errors(FromYaml(broken)));
        Assert.NotEmpty(Refusals(kind, broken));
    }

    [Theory]
    [InlineData("perOccurrence", "每次: 迟到, 扣: 1")]
    [InlineData("byLevel", "按级别: 表彰, 扣: { 校级: 1, 市级: 2 }")]
    [InlineData("shortfall", "不足: 学习, 应达: 32, 每少: 1, 扣: 0.5")]
    [InlineData("perUnit", "每满: 10, 事实: 学习, 扣: 1, 零头: 舍去, 逐次: 是")]
    [InlineData("bandTable", "分段: 学习, 逐次: 是, 表: [ { 值: 1, 扣: 1 }, { 值: 3以上, 此项: 不得分 } ]")]
    [InlineData("marginalBands", "逐段: 学习, 表: [ { 到: 10, 每满: 1, 加: 1 }, { 每满: 5, 加: 1, 至多: 3 } ], 零头: 舍去")]
    [InlineData("rateTable", "比率: 学习, 应达: 12, 表: [ { 值: 95%以上, 加: 3 }, { 值: 低于80%, 扣: 4 } ]")]
    [InlineData("placingTable", "排位: 学习, 表: [ { 名次: 前10%, 加: 5 }, { 名次: 末1名, 扣: 1 } ]")]
    [InlineData("countTrigger", "累计: 迟到, 满: 3, 扣: 2")]
    [InlineData("runTrigger", "连续: 迟到, 满: 4, 按: 次, 中断: 谈话, 扣: 2")]
    [InlineData("occurs", "出现: 谈话, 此项: 不得分")]
    [InlineData("assessed", "评定: 评分")]
    [InlineData("converted", "折算: 评分, 乘: 0.25")]
    [InlineData("jointAssessment", "合评: [ { 事实: 评分, 占: 100% } ], 缺项: 折算")]
    [InlineData("byMonths", "按月: 在册, 满: 12, 扣: 6")]
    [InlineData("supplement", "另加: 迟到, 随: 基1, 扣: 2")]
    public void Each_form_loads_validates_and_has_the_very_keys_its_reader_knows(string form, string written)
    {
        var marked = Scheme.Replace(
            "- { 编号: 基8",
            $"- {{ 编号: 新1, {written}, 兼计: 是, 依据: 一 «scheme#/$defs/{form}» }}\n    - {{ 编号: 基8",
            StringComparison.Ordinal).Replace("不记分: 只作提示", "带: [内容]", StringComparison.Ordinal);
        Assert.Contains($"#/$defs/{form}", Schemas["scheme"].Root["$defs"]!["rule"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(16, Schemas["scheme"].Root["$defs"]!["rule"]!["oneOf"]!.AsArray().Count);

        Valid("scheme", Filled(marked));
        Assert.Equal([], Refusals("scheme", Filled(marked)));
        AssertKeysAgree("scheme", marked, $"scheme#/$defs/{form}");
    }

    [Theory]
    [InlineData("scheme")]
    [InlineData("refinement")]
    [InlineData("cases")]
    public void Every_mapping_has_the_very_keys_its_reader_knows(string kind)
    {
        foreach (var pointer in Marker().Matches(Text(kind)).Select(match => match.Groups["pointer"].Value))
        {
            AssertKeysAgree(kind, Text(kind), pointer);
        }
    }

    [Theory]
    [InlineData("properties/周期", "周期: 自然年")]
    [InlineData("$defs/period", "考评期: 季度")]
    [InlineData("$defs/period", "每期: 月")]
    [InlineData("$defs/period", "每: 季度")]
    [InlineData("properties/用语", "用语: 以上以下含本数")]
    [InlineData("properties/年度合成/properties/方式", "方式: 平均")]
    [InlineData("$defs/factKind/properties/记", "记: 次")]
    [InlineData("$defs/factKind/properties/谁记", "谁记: 记录员")]
    [InlineData("$defs/factKind/properties/多人", "多人: 各计")]
    [InlineData("$defs/carried", "带: [内容]")]
    [InlineData("$defs/limitSpan", "每: 月, 次")]
    [InlineData("$defs/exclusiveRules/properties/同一", "同一: 党员")]
    [InlineData("$defs/rest", "零头: 舍去")]
    [InlineData("$defs/alsoPriced", "兼计: 是")]
    [InlineData("$defs/jointAssessment/properties/缺项", "缺项: 不计")]
    [InlineData("$defs/standing", "身份: [入党积极分子]")]
    [InlineData("$defs/scope", "排名: { 范围: 支部")]
    [InlineData("$defs/rounding", "取整: 舍去")]
    [InlineData("$defs/ties", "并列: 计入")]
    [InlineData("$defs/outcome/properties/效力", "效力: 优先")]
    [InlineData("$defs/quota/properties/超出", "超出: 停")]
    [InlineData("$defs/hint/properties/单位", "单位: 月")]
    [InlineData("$defs/cycleStep/properties/步骤", "步骤: 评定")]
    [InlineData("$defs/actor", "谁: 党员大会")]
    [InlineData("$defs/cycleStep/properties/另/properties/记录员本人", "记录员本人: 书记")]
    [InlineData("$defs/cycleStep/properties/异议/properties/向/anyOf/0", "向: 支部")]
    [InlineData("$defs/gatheringKind", "活动: [党员大会]")]
    [InlineData("$defs/hoursRow/properties/出席", "出席: 不记")]
    [InlineData("$defs/reading/properties/类", "类: 空白")]
    [InlineData("$defs/reading/properties/状态", "状态: 暂行")]
    public void An_enumeration_has_the_very_words_its_reader_knows(string definition, string place)
    {
        var said = Schemas["scheme"].Find("#/" + definition, "scheme.schema.json").Schema;
        var value = LastWord().Match(place).Value;
        foreach (var word in Words().Append("某词"))
        {
            var text = ReplaceFirst(Filled(Scheme), place, ReplaceLast(place, value, word));
            var refused = Refusals("scheme", text).Any(cause =>
                (cause.Contains($"“{word}”", StringComparison.Ordinal) && Unknown().IsMatch(cause))
                || cause.Contains("不能由记录员自己记", StringComparison.Ordinal));
            Assert.True(refused == (Schemas["scheme"].Check(said, word, "", "scheme.schema.json").Count > 0), $"{place}：{word}");
        }
    }

    [Theory]
    [InlineData("line", "总分: 低于20")]
    [InlineData("lineOrNumber", "值: 3以上")]
    [InlineData("rateLine", "值: 95%以上")]
    [InlineData("placing", "名次: 前10%")]
    [InlineData("condition/properties/排名", "排名: 靠前")]
    [InlineData("portion", "不超过: 5%")]
    [InlineData("portion", "前: 10%")]
    [InlineData("percent", "退还: 50%")]
    [InlineData("percent", "上年总分: 25%")]
    [InlineData("monthDay", "自: 03-01")]
    [InlineData("deadline", "期限: 12-10")]
    [InlineData("days", "答复: 5天")]
    [InlineData("amountOrRange", "扣: 2")]
    [InlineData("amount", "每满: 3, 加: 2")]
    [InlineData("floor", "保底: -10")]
    [InlineData("figure", "应达: 支部定")]
    [InlineData("repeat/properties/内", "内: 月")]
    [InlineData("factor", "倍: 2")]
    [InlineData("limit/properties/至多", "至多: 90")]
    [InlineData("factKind/properties/范围", "范围: 0~100")]
    public void A_value_is_read_exactly_when_its_schema_takes_it(string definition, string place)
    {
        var said = Schemas["scheme"].Find("#/$defs/" + definition, "scheme.schema.json").Schema;
        var value = place[(place.LastIndexOf(' ') + 1)..];
        var key = place.Split(", ")[^1].Split(':')[0];
        foreach (var candidate in Values)
        {
            var text = ReplaceFirst(Filled(Scheme), place, ReplaceLast(place, value, candidate));
            var refused = Refusals("scheme", text).Any(cause =>
                (cause.Contains($"“{key}”", StringComparison.Ordinal) && Unreadable().IsMatch(cause))
                || cause.Contains("太大", StringComparison.Ordinal)
                || cause.Contains("解释“J9”", StringComparison.Ordinal));
            var taken = Schemas["scheme"].Check(said, FromYaml("值: " + candidate)!["值"], "", "scheme.schema.json").Count == 0;
            Assert.True(refused != (taken && candidate != "见J9"), $"{place}：{candidate}");
        }
    }

    // More than two decimals cannot be told in a schema without dividing binary fractions; the reader says it.
    private static readonly string[] Values =
    [
        "90以上", "60以下", "低于80", "未达到80", "不满80", "超过80", "60～70", "60~70", "60-70", "60—70", "60–70", "80", "80.5以上", "80.555以上", "90 以上", "大于80",
        "90%以上", "低于80%", "80%～90%", "80～90%", "低于80以上", "前10%", "前12.5%", "前101%", "前3名", "末1名", "末2人", "前0名", "前10", "靠后", "10%", "12.5%", "100%",
        "100.5%",
        "101%", "0%", "12.345%", "3人", "0人", "100000人", "03-01", "02-29", "02-30", "3-1", "13-01", "次年01-10", "明年01-10", "5天", "5个工作日", "0天", "366天",
        "367天", "3999天", "4000天", "5工作日", "季度", "每月", "5~10",
        "5～10", "5-10", "支部定", "见J1", "见J9", "0", "0.5", "2.5", "-5", "9000", "10001", "两分", "95.5%以上",
    ];

    /// <summary>Writes every key there is into the mapping marked with <paramref name="at"/>: its reader knows it when its schema does.</summary>
    private static void AssertKeysAgree(string kind, string text, string at)
    {
        var definition = at[(at.LastIndexOf('/') + 1)..];
        var properties = Schemas[kind].Find(at[at.IndexOf('#', StringComparison.Ordinal)..], kind + ".schema.json").Schema["properties"]!.AsObject();
        var mark = $"«{at}»";
        var isBlock = text[..text.IndexOf(mark, StringComparison.Ordinal)].TrimEnd(' ').EndsWith('\n');
        foreach (var key in Keys())
        {
            var entry = $"{key}: {(key == "限额" ? "{ 每: 年, 至多: 1 }" : "值")}";
            var causes = Refusals(kind, Filled(text.Replace(mark, isBlock ? entry : ", " + entry, StringComparison.Ordinal)));
            var isThere = causes.Any(cause => cause.StartsWith($"键“{key}”重复", StringComparison.Ordinal));
            if (!isThere && !AcceptedInVain.Contains($"{definition} {key}") && properties[key] is not JsonValue)
            {
                Assert.True(IsUnknown(causes, key) != properties.ContainsKey(key), $"{at}：{key}\n{string.Join('\n', causes)}");
            }
        }
    }

    // A second form, a second step of the total and a second place to fill are unknown to the mapping, whatever the reader calls them.
    private static bool IsUnknown(IEnumerable<string> causes, string key) => causes.Any(cause =>
        cause.Contains($"里不认识“{key}”", StringComparison.Ordinal)
        || cause.Contains("种写法：", StringComparison.Ordinal)
        || cause.Contains("只写一个动作", StringComparison.Ordinal)
        || cause.Contains("“限额”不能用在", StringComparison.Ordinal)
        || cause.StartsWith("细则不能改", StringComparison.Ordinal)
        || (cause.StartsWith("办法里没有", StringComparison.Ordinal) && cause.Contains("“值”", StringComparison.Ordinal)));

    private static bool HasWords(JsonObject schema, string file) => schema.ContainsKey("description") || schema.ContainsKey("title")
        || schema["const"] is not null || schema["enum"] is not null
        || (schema["$ref"] is { } to
            && Schemas["scheme"].Find(to.GetValue<string>(), file) is var (target, home)
            && HasWords(target.AsObject(), home));

    /// <summary>Every schema within the three files, with its place.</summary>
    private static IEnumerable<(string Pointer, JsonObject Schema)> All() =>
        Schemas.SelectMany(entry => Within(entry.Value.Root, entry.Key + ".schema.json#"));

    private static IEnumerable<(string Pointer, JsonObject Schema)> Within(JsonNode? node, string at)
    {
        if (node is not JsonObject schema)
        {
            return [];
        }

        var inner = schema.SelectMany(pair => (pair.Key, pair.Value) switch
        {
            ("properties" or "patternProperties" or "$defs", JsonObject map) => map.Select(entry => (entry.Value, $"{at}/{pair.Key}/{entry.Key}")),
            ("oneOf" or "anyOf" or "allOf", JsonArray list) => list.Select((entry, i) => (entry, $"{at}/{pair.Key}/{i}")),
            ("items" or "contains" or "additionalProperties" or "if" or "then" or "else", _) => [(pair.Value, $"{at}/{pair.Key}")],
            _ => [],
        });
        return [(at, schema), .. inner.SelectMany(entry => Within(entry.Item1, entry.Item2))];
    }

    private static List<string> Keys() => All()
        .SelectMany(entry => (entry.Schema["properties"] as JsonObject ?? []).Select(pair => pair.Key))
        .Append("某键")
        .Distinct(StringComparer.Ordinal)
        .ToList();

    private static List<string> Words() => All()
        .SelectMany(entry => entry.Schema["enum"] as JsonArray ?? []).Select(word => word!.ToString()).Distinct(StringComparer.Ordinal).ToList();

    private static string Text(string kind) => kind switch { "scheme" => Scheme, "refinement" => Refinement, _ => Cases };

    private static string KindOf(string file) =>
        file.EndsWith(".scheme.yaml", StringComparison.Ordinal) ? "scheme"
        : file.EndsWith(".refinement.yaml", StringComparison.Ordinal) ? "refinement"
        : "cases";

    private static string Filled(string text) => Marker().Replace(text, "");

    private static void Valid(string kind, string yaml) => Assert.Equal([], Schemas[kind].Errors(FromYaml(yaml)));

    private static List<string> Refusals(string kind, string yaml) => (kind switch
    {
        "scheme" => World.LoadText(yaml).Errors,
        "refinement" => World.LoadText(Filled(Scheme), yaml).Errors,
        _ => CaseFile.Load(new SchemeSource("test.算例.yaml", System.Text.Encoding.UTF8.GetBytes(yaml))).Errors,
    }).Select(error => error.Cause).ToList();

    private static string ReplaceFirst(string text, string was, string now)
    {
        var at = text.IndexOf(was, StringComparison.Ordinal);
        Assert.True(at >= 0, was);
        return text[..at] + now + text[(at + was.Length)..];
    }

    private static string ReplaceLast(string text, string was, string now)
    {
        var at = text.LastIndexOf(was, StringComparison.Ordinal);
        return text[..at] + now + text[(at + was.Length)..];
    }

    private static JsonNode? FromYaml(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return FromYaml(stream.Documents[0].RootNode);
    }

    private static JsonNode? FromYaml(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(
            map.Children.Select(child => KeyValuePair.Create(((YamlScalarNode)child.Key).Value!, FromYaml(child.Value)))),
        YamlSequenceNode list => new JsonArray(list.Children.Select(FromYaml).ToArray()),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => Plain(scalar.Value!),
        _ => JsonValue.Create(((YamlScalarNode)node).Value),
    };

    // The core schema of YAML 1.2, as editors read it: a date is a text, 是 is a text, 1 is a number.
    private static JsonValue? Plain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" => JsonValue.Create(true),
        "false" or "False" or "FALSE" => JsonValue.Create(false),
        _ when PlainNumber().IsMatch(text) => JsonValue.Create(decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)),
        _ => JsonValue.Create(text),
    };

    [GeneratedRegex("«(?<pointer>[^»]*)»", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Marker();

    [GeneratedRegex("[^ ,:\\[\\]]+(?=(\\]|, 次)?$)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LastWord();

    [GeneratedRegex("不能|不认识", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unknown();

    [GeneratedRegex("读不懂|不能是|不是月日|要写 0%|要写一个数", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unreadable();

    [GeneratedRegex("^[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PlainNumber();
}
