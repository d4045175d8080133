using Jifen.Scoring.Outcomes;
using Jifen.Scoring.Schemes.Forms;
using Jifen.Scoring.Schemes.Yaml;

namespace Jifen.Scoring.Schemes;

/// <summary>等次, 定档, 定义, 结果运用, 提示 and 转办.</summary>
internal sealed partial class SchemeReader
{
    private (RankScope Scope, Tail? Front, Tail? Back) ReadDefinitions()
    {
        var scope = new RankScope(false, [], [], null, _top.Place);
        if (_top.Map("定义", "定义") is not { } fields)
        {
            return (scope, null, null);
        }

        if (fields.Map("排名", "排名") is { } rank)
        {
            rank.RequiredNode("范围");
            var byCategory = ReadScope(rank);
            var without = new List<Facts.Standing>();
            foreach (var name in rank.Texts("不含"))
            {
                if (RuleReading.StandingOf(name) is { } standing)
                {
                    without.Add(standing);
                }
                else
                {
                    _problems.Error(rank.PlaceOf("不含"), $"身份不能是“{name}”", "写“正式党员”“预备党员”“入党积极分子”");
                }
            }

            var (clauses, reading) = ReadGround(rank, required: false);
            rank.Done();
            scope = new RankScope(byCategory, without.ToArray(), clauses, reading, rank.Place);
        }

        var front = fields.Map("排名靠前", "排名靠前") is { } top ? ReadTail(top, "前") : null;
        var back = fields.Map("排名靠后", "排名靠后") is { } bottom ? ReadTail(bottom, "末") : null;
        fields.Done();
        return (scope, front, back);
    }

    private bool ReadScope(Fields fields)
    {
        var byCategory = fields.RequiredOneOf("范围", "支部", "支部内同类别") == "支部内同类别";
        if (byCategory && _categories.Count == 0)
        {
            _problems.Error(fields.PlaceOf("范围"), "没有写“类别”，不能按同类别", "先写“类别: […]”，或改成“范围: 支部”");
        }

        return byCategory;
    }

    private Tail? ReadTail(Fields fields, string key)
    {
        var byCategory = ReadScope(fields);
        var (share, people) = ReadPortion(fields, key);
        var roundsUp = fields.RequiredOneOf("取整", "舍去", "进一") == "进一";
        fields.RequiredNode("至少");
        var atLeast = fields.Whole("至少", 0, 10_000) ?? 0;
        var ties = fields.RequiredOneOf("并列", "计入", "不计入") == "计入";
        var (clauses, reading) = ReadEitherGround(fields);
        fields.Done();
        return share is null && people is null ? null : new Tail(byCategory, share, people, roundsUp, atLeast, ties, clauses, reading, fields.Place);
    }

    private (int? Share, int? People) ReadPortion(Fields fields, string key)
    {
        var text = fields.RequiredText(key);
        if (text.EndsWith('%') && Fields.TryHundredths(text[..^1], out var share) && share is > 0 and <= 100_00)
        {
            return ((int)share, null);
        }

        if (text.EndsWith('人')
            && int.TryParse(text.AsSpan()[..^1], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var people)
            && people is > 0 and < 100_000)
        {
            return (null, people);
        }

        if (text.Length > 0)
        {
            _problems.Error(fields.PlaceOf(key), $"“{key}”读不懂：{text}", "写成“10%”或“3人”");
        }

        return (null, null);
    }

    private Quota? ReadQuota(Fields fields)
    {
        if (fields.Map("名额", "名额") is not { } quota)
        {
            return null;
        }

        var (share, people) = ReadPortion(quota, "不超过");
        var byCategory = ReadScope(quota);
        var roundsUp = quota.RequiredOneOf("取整", "舍去", "进一") == "进一";
        var excess = quota.RequiredOneOf("超出", "停", "取前", "提示") switch
        {
            "取前" => QuotaExcess.TakeFirst,
            "提示" => QuotaExcess.Warn,
            _ => QuotaExcess.Stop,
        };
        quota.Done();
        return share is null && people is null ? null : new Quota(share, people, byCategory, roundsUp, excess);
    }

    private List<GradeRow> ReadGrades(List<Section> sections)
    {
        var rows = new List<GradeRow>();
        foreach (var fields in _top.Maps("等次", "等次"))
        {
            var name = fields.RequiredText("等次");
            fields.What = $"等次“{name}”";
            var total = fields.Has("总分") ? _reading.Threshold(fields, "总分") : null;
            var condition = fields.Map("条件", $"等次“{name}”的条件") is { } map ? ReadConditions(map, sections, rows, forGrade: true) : null;
            var categories = _reading.Applies(fields, _categories).Categories;
            var quota = ReadQuota(fields);
            var (clauses, reading) = ReadGround(fields);
            fields.Done();
            if (total is null && condition is null && !fields.Has("总分") && !fields.Has("条件"))
            {
                _problems.Error(fields.Place, $"等次“{name}”没有条件", "写“总分: 90以上”，或“条件: { … }”");
            }

            rows.Add(new GradeRow(name, total, condition, categories, quota, clauses, reading, fields.Place));
        }

        return rows;
    }

    private List<GradeLimit> ReadGradeLimits(List<GradeRow> grades)
    {
        var limits = new List<GradeLimit>();
        foreach (var fields in _top.Maps("定档", "定档"))
        {
            var id = fields.RequiredText("编号");
            fields.What = $"定档“{id}”";
            var kind = _reading.Fact(fields, "累计");
            fields.RequiredNode("满");
            var count = fields.Hundredths("满", least: 1);
            if (fields.Has("至多") == fields.Has("定为"))
            {
                _problems.Error(fields.Place, $"定档“{id}”要写“至多”或“定为”，只写一个", "如“至多: 基本合格”");
            }

            var key = fields.Has("定为") ? "定为" : "至多";
            var grade = fields.Text(key) ?? "";
            fields.Node("至多");
            fields.Node("定为");
            CheckGrade(fields.PlaceOf(key), grade, grades);
            var (clauses, reading) = ReadGround(fields);
            fields.Done();
            if (kind is not null && count is { } reach)
            {
                limits.Add(new GradeLimit(id, kind.Index, reach, grade, key == "定为", clauses, reading, fields.Place));
            }
        }

        return limits;
    }

    private void CheckGrade(Place place, string grade, IReadOnlyList<GradeRow> grades)
    {
        if (grade.Length > 0 && grades.All(row => row.Name != grade))
        {
            _problems.Error(place, $"等次“{grade}”没有定义", Spelling.SuggestFrom(grade, grades.Select(row => row.Name).Distinct().ToList(), "等次"));
        }
    }

    private List<Outcome> ReadOutcomes(List<Section> sections)
    {
        var outcomes = new List<Outcome>();
        var grades = _top.Has("等次") ? ReadGradeNames() : [];
        foreach (var fields in _top.Maps("结果运用", "结果运用"))
        {
            var id = fields.RequiredText("编号");
            fields.What = $"结果运用“{id}”";
            fields.RequiredNode("条件");
            var condition = fields.Map("条件", $"结果运用“{id}”的条件") is { } map
                ? ReadConditions(map, sections, grades, forGrade: false, outcomes)
                : new AllOf([]);
            var quota = ReadQuota(fields);
            var result = fields.RequiredText("结果");
            var force = fields.RequiredOneOf("效力", "应当", "可以", "优先", "不得", "参考") ?? "";
            var alternatives = fields.Texts("择一");
            if (fields.Has("择一") && alternatives.Distinct(StringComparer.Ordinal).Count() < 2)
            {
                _problems.Error(fields.PlaceOf("择一"), $"结果运用“{id}”的“择一”要写至少两样不同的", "如 [延长预备期, 取消预备党员资格]；只有一样的不用写");
            }

            var (clauses, reading) = ReadGround(fields);
            fields.Done();
            outcomes.Add(new Outcome(outcomes.Count, id, condition, result, force, quota, clauses, reading, fields.Place) { Alternatives = alternatives });
        }

        return outcomes;
    }

    // The names alone: the rows were read, with their messages, before.
    private List<GradeRow> ReadGradeNames()
    {
        var names = new List<GradeRow>();
        if (_top.Node("等次") is Sequence rows)
        {
            foreach (var row in rows.Items.OfType<Mapping>())
            {
                if (row.Find("等次") is Scalar name)
                {
                    names.Add(new GradeRow(name.Text, null, null, [], null, [], null, row.Place));
                }
            }
        }

        return names;
    }

    private List<Hint> ReadHints()
    {
        var hints = new List<Hint>();
        foreach (var fields in _top.Maps("提示", "提示"))
        {
            var id = fields.RequiredText("编号");
            fields.What = $"提示“{id}”";
            fields.RequiredNode("连续");
            var months = fields.Whole("连续", 1, 12);
            fields.RequiredOneOf("单位", "月");
            var without = _reading.Facts(fields, "无");
            var suggests = _reading.Fact(fields, "提示");
            var applies = _reading.Applies(fields, _categories);
            var (clauses, reading) = ReadGround(fields);
            fields.Done();
            if (months is { } length && suggests is not null && without.Count > 0)
            {
                hints.Add(new Hint(id, length, without, suggests.Index, applies, clauses, reading, fields.Place));
            }
        }

        return hints;
    }

    private List<Referral> ReadReferrals()
    {
        var referrals = new List<Referral>();
        foreach (var fields in _top.Maps("转办", "转办"))
        {
            var kind = _reading.Fact(fields, "事实");
            var to = fields.RequiredText("转");
            var (clauses, reading) = ReadGround(fields);
            fields.Done();
            if (kind is not null)
            {
                referrals.Add(new Referral(kind.Index, to, clauses, reading, fields.Place));
            }
        }

        return referrals;
    }
}
