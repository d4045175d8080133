using Jifen.Scoring.Schemes.Forms;
using Jifen.Scoring.Schemes.Yaml;

namespace Jifen.Scoring.Schemes;

/// <summary>Turns the nodes of a scheme file into a <see cref="Scheme"/>: section 2 of the language, block by block, in its order.</summary>
internal sealed partial class SchemeReader
{
    private static readonly string[] Recorders = ["记录员", "申报", "支委会认定", "支部认定", "党员大会", "考评小组", "群众", "上级"];
    private static readonly string[] Units = ["次", "人", "篇", "学时", "小时", "分钟", "天", "月", "元", "分"];

    private readonly Fields _top;
    private readonly Problems _problems;
    private readonly IReadOnlyList<SchemeSource> _sources;
    private readonly RefinementHead? _refinement;
    private readonly List<Slot> _slots = [];
    private RuleReading _reading = null!;
    private List<string> _categories = [];
    private List<string> _offices = [];

    public SchemeReader(Mapping document, IReadOnlyList<SchemeSource> sources, RefinementHead? refinement, Problems problems)
    {
        _top = new Fields(document, "办法文件", problems);
        _problems = problems;
        _sources = sources;
        _refinement = refinement;
    }

    /// <returns>null when so much is missing that nothing can be said about the rest</returns>
    public Scheme? Read()
    {
        var head = _top.RequiredNode("办法") is null ? null : _top.Map("办法", "办法");
        if (head is null)
        {
            return null;
        }

        var id = ReadId(head);
        var name = head.RequiredText("名称");
        var number = head.Text("文号");
        var issued = head.Text("印发");
        var parent = head.Text("上位");
        var original = head.Text("原文");
        head.Done();

        if (_top.RequiredNode("语言版本") is not null)
        {
            _top.Whole("语言版本", Scheme.LanguageVersion, Scheme.LanguageVersion);
        }

        _top.RequiredNode("文件版本");
        var fileVersion = _top.Whole("文件版本", 1, 100_000) ?? 1;
        var (firstYear, lastYear) = ReadYears();
        var september = _top.RequiredOneOf("周期", "自然年", "学年") == "学年";
        var round = _top.OneOf("考评期", "月", "季度", "半年", "学期", "年") is { } length ? SpanNames.Of(length) : Span.Year;
        var terms = ReadTerms(september);
        var composition = ReadComposition();
        var unit = ReadUnit();
        var lowerWordExcludes = _top.OneOf("用语", "以上以下含本数", "以上含以下不含") == "以上含以下不含";
        _categories = Unique("类别", _top.Texts("类别"));
        _offices = Unique("任职", _top.Texts("任职"));
        var clauses = ReadClauses();
        var kinds = ReadFactKinds();
        var readings = ReadReadings();
        _reading = new RuleReading(
            kinds,
            readings.GroupBy(reading => reading.Id, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal),
            unit,
            lowerWordExcludes,
            _problems);
        var sections = ReadSections();
        var steps = ReadTotalSteps(sections);
        var (scope, front, back) = ReadDefinitions();
        var grades = ReadGrades(sections);
        var ungraded = _top.Map("不评等次", "不评等次") is { } who ? Close(who, _reading.Applies(who, _categories)) : null;
        var gradeLimits = ReadGradeLimits(grades);
        var outcomes = ReadOutcomes(sections);
        var hints = ReadHints();
        var referrals = ReadReferrals();
        var running = ReadRunningAccount();
        var cycle = ReadCycleSteps();
        var records = ReadDailyRecords(cycle);
        var exemptions = ReadExemptions();
        _top.Done();
        return new Scheme(
            id,
            name,
            number,
            issued,
            parent,
            original,
            _sources,
            fileVersion,
            firstYear,
            lastYear,
            september,
            round,
            terms,
            composition,
            unit,
            _categories,
            _offices,
            clauses,
            kinds,
            sections,
            steps,
            grades,
            ungraded,
            gradeLimits,
            scope,
            front,
            back,
            outcomes,
            hints,
            referrals,
            readings,
            running,
            cycle,
            records,
            exemptions,
            _refinement,
            _slots);
    }

    private static T Close<T>(Fields fields, T value)
    {
        fields.Done();
        return value;
    }

    /// <summary>编号 in English: small letters, digits and hyphens.</summary>
    private string ReadId(Fields fields)
    {
        var id = fields.RequiredText("编号");
        if (id.Length > 0 && !(char.IsAsciiLetterLower(id[0]) && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')))
        {
            _problems.Error(fields.PlaceOf("编号"), $"编号“{id}”不合写法", "用小写英文字母、数字、短横线，字母开头，如“group-study”");
        }

        return id;
    }

    private List<string> Unique(string key, IReadOnlyList<string> words)
    {
        foreach (var twice in words.GroupBy(word => word, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            _problems.Error(_top.PlaceOf(key), $"“{key}”里“{twice.Key}”写了两次", "删去一个");
        }

        return words.Distinct(StringComparer.Ordinal).ToList();
    }

    private (int First, int? Last) ReadYears()
    {
        _top.RequiredNode("适用周期");
        if (_top.Map("适用周期", "适用周期") is not { } years)
        {
            return (Scheme.FirstDayOfTheWorld.Year, null);
        }

        years.RequiredNode("自");
        var first = years.Whole("自", Scheme.FirstDayOfTheWorld.Year, Scheme.LastDayOfTheWorld.Year) ?? Scheme.FirstDayOfTheWorld.Year;
        var last = years.RequiredNode("至") is Scalar { Text: "至今" } or null ? null : years.Whole("至", first, Scheme.LastDayOfTheWorld.Year);
        years.Done();
        return (first, last);
    }

    private List<MonthDay> ReadTerms(bool september)
    {
        var terms = new List<MonthDay>();
        foreach (var text in _top.Texts("学期起"))
        {
            if (Counting.TryMonthDay(text, out var day) && day != new MonthDay(2, 29))
            {
                terms.Add(day);
            }
            else
            {
                _problems.Error(_top.PlaceOf("学期起"), $"“学期起”里“{text}”不是月日", "写成“[01-01, 08-01]”");
            }
        }

        var first = new MonthDay(september ? 9 : 1, 1);
        if (terms.Count == 0)
        {
            return [first, new MonthDay(september ? 2 : 8, 1)];
        }

        if (terms.Count != 2 || terms[0] != first || terms[1] == first)
        {
            _problems.Error(
                _top.PlaceOf("学期起"), "“学期起”要写两个不同的日子，第一个是周期的首日", $"如“[{first.Month:00}-01, {(september ? "02" : "08")}-01]”");
            return [first, new MonthDay(september ? 2 : 8, 1)];
        }

        return terms;
    }

    private Composition? ReadComposition()
    {
        if (_top.Map("年度合成", "年度合成") is not { } fields)
        {
            return null;
        }

        var way = fields.RequiredOneOf("方式", "合计", "平均", "末期");
        // Kept from the first proposal of the language, where the one rounding was spelled out.
        fields.OneOf("舍入", "四舍五入到记分单位");
        var (clauses, reading) = ReadGround(fields, required: false);
        fields.Done();
        return new Composition(
            way switch { "平均" => CompositionKind.Average, "末期" => CompositionKind.Last, _ => CompositionKind.Sum }, clauses, reading, fields.Place);
    }

    private long ReadUnit()
    {
        var unit = _top.RequiredOneOf("记分单位", "0.01", "0.05", "0.1", "0.25", "0.5", "1");
        return unit is not null && Fields.TryHundredths(unit, out var hundredths) ? hundredths : 1;
    }

    private Dictionary<string, Clause> ReadClauses()
    {
        var clauses = new Dictionary<string, Clause>(StringComparer.Ordinal);
        if (_top.RequiredNode("条款") is not Mapping map)
        {
            if (_top.Has("条款"))
            {
                _problems.Error(_top.PlaceOf("条款"), "“条款”应当写成“位置: 要点”", "如“三（一）1: 学习12”");
            }

            return clauses;
        }

        foreach (var entry in map.Entries)
        {
            if (_top.AsText(entry.Key, "条款的位置") is { } key && _top.AsText(entry.Value, $"条款“{entry.Key.Text}”") is { } text)
            {
                clauses[key] = new Clause(key, text, entry.Key.Place);
            }
        }

        return clauses;
    }

    private List<FactKind> ReadFactKinds()
    {
        var kinds = new List<FactKind>();
        if (_top.RequiredNode("事实") is not Mapping map)
        {
            if (_top.Has("事实"))
            {
                _problems.Error(_top.PlaceOf("事实"), "“事实”应当写成“名称: { … }”", "没有的话写“事实: {}”");
            }

            return kinds;
        }

        foreach (var entry in map.Entries)
        {
            if (entry.Value is not Mapping body)
            {
                _problems.Error(entry.Key, $"事实“{entry.Key.Text}”应当写成 {{ 编号: …, 记: …, 谁记: … }}", "若是句子里的逗号，请改成全角“，”");
            }
            else if (_top.AsText(entry.Key, "事实的名称") is { } name)
            {
                kinds.Add(ReadFactKind(kinds.Count, name, entry.Key.Place, new Fields(body, $"事实“{name}”", _problems)));
            }
        }

        foreach (var twice in kinds.GroupBy(kind => kind.Id, StringComparer.Ordinal).Where(group => group.Key.Length > 0 && group.Count() > 1))
        {
            _problems.Error(twice.Last().Place, $"事实编号“{twice.Key}”写了{twice.Count()}次", "一个编号只用一次");
        }

        return kinds;
    }

    private FactKind ReadFactKind(int index, string name, Place place, Fields fields)
    {
        var id = ReadId(fields);
        var unit = fields.RequiredOneOf("记", Units) ?? "次";
        var recordedBy = fields.RequiredOneOf("谁记", Recorders) ?? "记录员";
        var every = fields.OneOf("每期", "月", "季度", "半年", "学期", "年");
        var carries = Carried.None;
        foreach (var word in fields.Texts("带"))
        {
            carries |= word switch { "级别" => Carried.Level, "内容" => Carried.Content, "分值" => Carried.Amount, _ => Carried.None };
            if (word is not ("级别" or "内容" or "分值"))
            {
                _problems.Error(fields.PlaceOf("带"), $"“带”里不能写“{word}”", "写“级别”“内容”“分值”");
            }
        }

        var levels = fields.Texts("级别");
        var places = fields.Texts("等第");
        if (carries.HasFlag(Carried.Level) != levels.Count > 0 || (places.Count > 0 && levels.Count == 0))
        {
            _problems.Error(place, $"事实“{name}”的“带: [级别]”与“级别”要一起写", "两处都写上，或都删去");
        }

        var all = places.Count == 0 ? levels : levels.SelectMany(level => places.Select(rank => $"{level}·{rank}")).ToList();
        var (from, to) = ReadMarks(fields);
        var shared = fields.OneOf("多人", "各计", "均分") == "均分";
        var unscored = fields.Text("不记分");
        fields.Done();
        return new FactKind(index, name, id, unit, recordedBy, every, carries, all, from, to, shared, unscored, place);
    }

    private (long From, long To) ReadMarks(Fields fields)
    {
        if (fields.Text("范围") is not { } text)
        {
            return (0, 100_00);
        }

        var parts = text.Split('~', '～');
        if (parts.Length == 2 && Fields.TryHundredths(parts[0], out var from) && Fields.TryHundredths(parts[1], out var to) && from >= 0 && from < to)
        {
            return (from, to);
        }

        _problems.Error(fields.PlaceOf("范围"), $"“范围”读不懂：{text}", "写成“0~100”");
        return (0, 100_00);
    }

    private List<Reading> ReadReadings()
    {
        var readings = new List<Reading>();
        foreach (var fields in _top.Maps("解释", "解释"))
        {
            var place = fields.Place;
            var id = fields.RequiredText("编号");
            fields.What = $"解释“{id}”";
            if (id.Length < 2 || id[0] is not ('J' or 'X') || !id.AsSpan(1).ContainsAnyInRange('0', '9') || id.AsSpan(1).ContainsAnyExceptInRange('0', '9'))
            {
                _problems.Error(fields.PlaceOf("编号"), $"解释编号“{id}”不合写法", "办法的解释写“J1”“J2”……，细则的写“X1”“X2”……");
            }

            var kind = fields.RequiredOneOf("类", "矛盾", "空白", "歧义", "笔误") ?? "";
            var question = fields.RequiredText("问题");
            var wordings = new List<(string, string)>();
            foreach (var wording in fields.Maps("说法", "说法"))
            {
                wordings.Add((string.Join("；", wording.RequiredTexts("依据")), wording.RequiredText("值")));
                wording.Done();
            }

            var adopted = fields.RequiredText("采用");
            var reason = fields.RequiredText("理由");
            var state = fields.RequiredOneOf("状态", "暂行", "确认");
            var by = fields.Text("决定人");
            var on = fields.Text("日期");
            fields.Done();
            if (kind == "矛盾" && wordings.Count < 2)
            {
                _problems.Error(place, $"解释“{id}”是矛盾，要写明至少两种说法", "写“说法: [ { 依据: …, 值: … }, { 依据: …, 值: … } ]”");
            }

            if (state == "确认" && (by is null || on is null))
            {
                _problems.Error(place, $"解释“{id}”已确认，要写“决定人”和“日期”", "写上，或改成“状态: 暂行”");
            }

            if (readings.Any(other => other.Id == id))
            {
                _problems.Error(fields.PlaceOf("编号"), $"解释编号“{id}”重复", "换一个编号");
            }

            readings.Add(new Reading(id, kind, question, wordings, adopted, reason, state == "确认", by, on, place));
        }

        return readings;
    }

    /// <summary>依据 and 解释 of anything. Whether they exist is checked when all is read.</summary>
    private static (IReadOnlyList<string> Clauses, string? Reading) ReadGround(Fields fields, bool required = true) =>
        (required ? fields.RequiredTexts("依据") : fields.Texts("依据"), fields.Text("解释"));

    private RunningAccount? ReadRunningAccount()
    {
        if (_top.Map("累计账户", "累计账户") is not { } fields)
        {
            return null;
        }

        var id = ReadId(fields);
        var name = fields.RequiredText("名称");
        fields.RequiredNode("上年");
        var share = fields.Percent("上年") ?? 0;
        var (clauses, reading) = ReadGround(fields);
        fields.Done();
        return new RunningAccount(id, name, share, clauses, reading, fields.Place);
    }
}
