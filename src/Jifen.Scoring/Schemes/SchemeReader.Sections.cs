using Jifen.Scoring.Schemes.Forms;
using Jifen.Scoring.Schemes.Yaml;

namespace Jifen.Scoring.Schemes;

/// <summary>部分, 项目, 记分 and 总分.</summary>
internal sealed partial class SchemeReader
{
    private static readonly Form[] Forms =
    [
        new(PerOccurrence.Key, PerOccurrence.Read),
        new(ByLevel.Key, ByLevel.Read),
        new(Shortfall.Key, Shortfall.Read),
        new(PerUnit.Key, PerUnit.Read),
        new(BandTable.Key, BandTable.Read),
        new(MarginalBands.Key, MarginalBands.Read),
        new(RateTable.Key, RateTable.Read),
        new(PlacingTable.Key, PlacingTable.Read),
        new(CountTrigger.Key, CountTrigger.Read),
        new(RunTrigger.Key, RunTrigger.Read),
        new(Occurs.Key, Occurs.Read),
        new(Assessed.Key, Assessed.Read),
        new(Converted.Key, Converted.Read),
        new(JointAssessment.Key, JointAssessment.Read),
        new(ByMonths.Key, ByMonths.Read),
        new(Supplement.Key, Supplement.Read),
    ];

    private static readonly string[] NotWhenFull = ["起分", "封顶", "保底"];

    private List<Section> ReadSections()
    {
        _top.RequiredNode("部分");
        var sections = new List<Section>();
        foreach (var fields in _top.Maps("部分", "部分"))
        {
            sections.Add(ReadSection(sections.Count, fields));
        }

        if (sections.Count == 0 && _top.Has("部分"))
        {
            _problems.Error(_top.PlaceOf("部分"), "“部分”是空的", "至少写一个部分");
        }

        return sections;
    }

    private Section ReadSection(int index, Fields fields)
    {
        var place = fields.Place;
        var id = ReadId(fields);
        var name = fields.RequiredText("名称");
        fields.What = $"部分“{name}”";
        var (clauses, reading) = ReadGround(fields);
        var start = ReadStart(fields);
        var max = ReadBound(fields, "满分", $"部分“{name}”的满分", clauses);
        var cap = ReadBound(fields, "封顶", $"部分“{name}”的封顶", clauses);
        var floor = ReadBound(fields, "保底", $"部分“{name}”的保底", clauses);
        if (start.Kind == StartKind.Full && max is null)
        {
            _problems.Error(place, $"部分“{name}”起分是满分，要写“满分”", "写“满分: 100”或“满分: 支部定”");
        }

        var limits = _reading.Limits(fields, timesAllowed: false);
        var exclusive = new List<ExclusiveRules>();
        foreach (var group in fields.Maps("不兼得", "不兼得"))
        {
            var rules = group.RequiredTexts("记分");
            var same = group.RequiredOneOf("同一", "内容", "党员");
            var (ground, explained) = ReadGround(group);
            group.Done();
            exclusive.Add(new ExclusiveRules(rules, same == "内容", ground, explained, group.Place));
        }

        var applies = _reading.Applies(fields, _categories);
        var node = fields.RequiredNode("项目");
        var open = node is Scalar { Text: "支部定" };
        var items = new List<ScoringItem>();
        if (open)
        {
            _slots.Add(new Slot($"部分“{name}”的项目", clauses, node!.Place));
        }
        else
        {
            foreach (var item in fields.Maps("项目", "项目"))
            {
                items.Add(ReadItem(item, start.Kind == StartKind.Full, clauses));
            }
        }

        fields.Done();
        return new Section(
            index, id, name, clauses, reading, start, max, cap, floor, limits, exclusive, applies, items, open, place);
    }

    private Start ReadStart(Fields fields)
    {
        switch (fields.RequiredNode("起分"))
        {
            case Scalar { Text: "满分" }:
                return new Start(StartKind.Full, 0, 0);
            case Scalar { Text: "零分" }:
                return new Start(StartKind.Base, 0, 0);
            case Mapping:
                var share = fields.Map("起分", "起分")!;
                share.RequiredNode("上年总分");
                share.RequiredNode("首年");
                var percent = share.Percent("上年总分") ?? 0;
                var first = share.Hundredths("首年") ?? 0;
                _reading.CheckGrid(share.PlaceOf("首年"), first);
                share.Done();
                return new Start(StartKind.ShareOfLastYear, first, percent);
            case Scalar { IsPlain: true } scalar when Fields.TryHundredths(scalar.Text, out var value) && value >= 0:
                _reading.CheckGrid(scalar, value);
                return new Start(StartKind.Base, value, 0);
            case { } node:
                _problems.Error(node, "“起分”读不懂", "写“满分”“零分”、一个数，或“{ 上年总分: 25%, 首年: 40 }”");
                break;
        }

        return new Start(StartKind.Base, 0, 0);
    }

    private Bound? ReadBound(Fields fields, string key, string what, IReadOnlyList<string> clauses)
    {
        if (fields.Node(key) is not { } node)
        {
            return null;
        }

        if (node is Mapping map)
        {
            var byCategory = new Dictionary<string, long>(StringComparer.Ordinal);
            foreach (var entry in map.Entries)
            {
                if (!_categories.Contains(entry.Key.Text))
                {
                    _problems.Error(entry.Key, $"类别“{entry.Key.Text}”没有定义", Spelling.SuggestFrom(entry.Key.Text, _categories.ToList(), "类别"));
                }
                else if (new Fields(map, what, _problems).Hundredths(entry.Key.Text) is { } value)
                {
                    _reading.CheckGrid(entry.Value, value);
                    byCategory[entry.Key.Text] = value;
                }
            }

            foreach (var missing in _categories.Where(category => !byCategory.ContainsKey(category)))
            {
                _problems.Error(node, $"{what}缺类别“{missing}”", "每个类别都写上");
            }

            return new Bound(null, byCategory);
        }

        // A floor may lie below zero: 保底: -10.
        if (key == "保底" && node is Scalar { Text: ['-', ..] } && fields.Hundredths(key, least: -100_000_00) is { } below)
        {
            _reading.CheckGrid(node, below);
            return new Bound(new Amount(below, below), null);
        }

        if (_reading.Amount(fields, key, rangeAllowed: false) is not { } amount)
        {
            return null;
        }

        if (amount.IsLeftToBranch)
        {
            _slots.Add(new Slot(what, clauses, node.Place));
        }

        return new Bound(amount, null);
    }

    private ScoringItem ReadItem(Fields fields, bool startsFull, IReadOnlyList<string> sectionClauses)
    {
        var place = fields.Place;
        var id = ReadId(fields);
        var name = fields.RequiredText("名称");
        fields.What = $"项目“{name}”";
        var (own, reading) = ReadGround(fields, required: false);
        var clauses = own.Count > 0 ? own : sectionClauses;
        var max = ReadBound(fields, "满分", $"项目“{name}”的满分", clauses);
        var start = fields.Hundredths("起分") ?? 0;
        var cap = ReadBound(fields, "封顶", $"项目“{name}”的封顶", clauses);
        var floor = ReadBound(fields, "保底", $"项目“{name}”的保底", clauses);
        if (startsFull)
        {
            if (max is null)
            {
                _problems.Error(place, $"项目“{name}”在起分为满分的部分里，要写“满分”", "写“满分: 12”");
            }

            foreach (var key in NotWhenFull.Where(fields.Has))
            {
                _problems.Error(fields.PlaceOf(key), $"项目“{name}”从满分起，夹在 0 与满分之间，不能再写“{key}”", "删去");
            }
        }
        else if (max is not null)
        {
            _problems.Error(fields.PlaceOf("满分"), $"项目“{name}”不从满分起，不写“满分”", "至多几分写“封顶”");
        }

        _reading.CheckGrid(fields.PlaceOf("起分"), start);
        var limits = _reading.Limits(fields, timesAllowed: false);
        var applies = _reading.Applies(fields, _categories);
        fields.RequiredNode("记分");
        var rules = new List<Rule>();
        foreach (var rule in fields.Maps("记分", "记分"))
        {
            if (ReadRule(rule) is { } read)
            {
                rules.Add(read);
            }
        }

        fields.Done();
        return new ScoringItem(id, name, clauses, reading, max, start, cap, floor, limits, applies, rules, place);
    }

    private Rule? ReadRule(Fields fields)
    {
        var id = fields.RequiredText("编号");
        fields.What = $"记分“{id}”";
        var (clauses, reading) = ReadGround(fields);
        var applies = _reading.Applies(fields, _categories);
        var alsoPriced = fields.Flag("兼计");
        var forms = Forms.Where(form => fields.Has(form.Key)).ToList();

        // 每满 names its fact under 事实; every other form names it under its own key.
        if (forms.Count != 1)
        {
            _problems.Error(
                fields.Place,
                forms.Count == 0 ? $"记分“{id}”没有写法" : $"记分“{id}”用了{forms.Count}种写法：{string.Join("、", forms.Select(form => form.Key))}",
                $"写且只写一种：{string.Join("、", Forms.Select(form => form.Key))}");
            return null;
        }

        var timesAllowed = forms[0].Key is PerOccurrence.Key or ByLevel.Key;
        var limits = _reading.Limits(fields, timesAllowed);
        var head = new RuleHead(id, clauses, reading, applies, limits, alsoPriced, fields.Place);
        var rule = forms[0].Read(head, fields, _reading);
        fields.Done();
        if (rule is null)
        {
            return null;
        }

        if (limits.Count > 0 && !rule.HasDatedLines)
        {
            _problems.Error(fields.PlaceOf("限额"), $"“限额”不能用在“{forms[0].Key}”的这种写法上", "写在项目上，或用“每次”“按级别”、逐次的“每满”“分段”");
        }

        if (rule.HasOpenFigures || rule.Amounts.Any(amount => amount.Amount.IsLeftToBranch))
        {
            _slots.Add(new Slot($"记分“{id}”（{rule.Describe(_reading.Kinds)}）", clauses, fields.Place));
        }

        return rule;
    }

    private List<TotalStep> ReadTotalSteps(List<Section> sections)
    {
        _top.RequiredNode("总分");
        var steps = new List<TotalStep>();
        foreach (var fields in _top.Maps("总分", "总分的一步"))
        {
            if (ReadTotalStep(fields, sections) is { } step)
            {
                steps.Add(step);
            }

            fields.Done();
        }

        return steps;
    }

    private TotalStep? ReadTotalStep(Fields fields, List<Section> sections)
    {
        string[] keys = ["加", "减", "封顶", "保底", "限额", "否决"];
        var used = keys.Where(fields.Has).ToList();
        if (used.Count != 1)
        {
            _problems.Error(fields.Place, "总分的一步要写且只写一个动作", $"写{Fields.Join(keys)}之一");
            foreach (var key in used)
            {
                fields.Node(key);
            }

            return null;
        }

        switch (used[0])
        {
            case "加" or "减":
                var name = fields.RequiredText(used[0]);
                var section = sections.FindIndex(candidate => candidate.Name == name || candidate.Id == name);
                if (section < 0)
                {
                    _problems.Error(
                        fields.PlaceOf(used[0]), $"部分“{name}”没有定义", Spelling.SuggestFrom(name, sections.Select(known => known.Name).ToList(), "部分"));
                    return null;
                }

                return new TotalStep(TotalStepKind.Join, section, 0, -1, null, [], null, fields.Place);
            case "否决":
                return ReadVeto(fields);
            case "限额":
                if (fields.Map("限额", "限额") is not { } limited)
                {
                    return null;
                }

                var limit = _reading.Limit(limited, timesAllowed: false);
                var (clauses, reading) = ReadEitherGround(limited);
                limited.Done();
                return limit is null ? null : new TotalStep(TotalStepKind.Limit, -1, 0, -1, limit, clauses, reading, fields.Place);
            default:
                return ReadTotalBound(fields, used[0]);
        }
    }

    private TotalStep? ReadTotalBound(Fields fields, string key)
    {
        if (fields.Map(key, key) is not { } bound)
        {
            return null;
        }

        bound.RequiredNode("分");
        var points = bound.Hundredths("分", least: key == "保底" ? -100_000_00 : 0);
        var (clauses, reading) = ReadEitherGround(bound);
        bound.Done();
        if (points is not { } value)
        {
            return null;
        }

        _reading.CheckGrid(bound.PlaceOf("分"), value);
        return new TotalStep(
            key == "封顶" ? TotalStepKind.Cap : TotalStepKind.Floor, -1, value, -1, null, clauses, reading, fields.Place);
    }

    private TotalStep? ReadVeto(Fields fields)
    {
        if (fields.Map("否决", "否决") is not { } veto)
        {
            return null;
        }

        var kind = _reading.Fact(veto, "事实");
        veto.RequiredNode("总分");
        var points = veto.Hundredths("总分");
        var (clauses, reading) = ReadGround(veto);
        veto.Done();
        if (kind is null || points is not { } value)
        {
            return null;
        }

        _reading.CheckGrid(veto.PlaceOf("总分"), value);
        return new TotalStep(TotalStepKind.Veto, -1, value, kind.Index, null, clauses, reading, fields.Place);
    }

    /// <summary>A clause, or a reading where the document is silent; one of them.</summary>
    private (IReadOnlyList<string> Clauses, string? Reading) ReadEitherGround(Fields fields)
    {
        var ground = ReadGround(fields, required: false);
        if (ground.Clauses.Count == 0 && ground.Reading is null)
        {
            _problems.Error(fields.Place, $"{fields.What}要写“依据”或“解释”", "办法没写的，在“解释”里记下怎样读");
        }

        return ground;
    }

    /// <param name="Key">the word that says it is this form</param>
    private sealed record Form(string Key, Func<RuleHead, Fields, RuleReading, Rule?> Read);
}
