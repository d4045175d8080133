using System.Globalization;
using Jifen.Scoring.Schemes.Forms;
using Jifen.Scoring.Schemes.Yaml;

namespace Jifen.Scoring.Schemes;

/// <summary>流程: the steps of the year. Read and checked here, run by the cycle.</summary>
internal sealed partial class SchemeReader
{
    private static readonly string[] StepKinds =
        ["定项目", "承诺", "记录", "申报", "自评", "初评", "考评", "反馈", "群评", "测评", "评定", "定等次", "公示", "汇总", "备案", "归档"];

    private static readonly string[] Actors =
    [
        "记录员", "党员", "支委会", "党员大会", "书记", "副书记", "书记或副书记", "考评小组", "群众代表", "受惠群众", "领导小组", "支部", "上级党组织",
    ];

    /// <summary>After the application, in the order in which they are taken.</summary>
    private static readonly string[] ExemptionCourse = ["支部同意", "支委会审核", "党员大会通过", "公示", "上级备案"];

    private List<CycleStep> ReadCycleSteps()
    {
        var steps = new List<CycleStep>();
        foreach (var fields in _top.Maps("流程", "流程的一步"))
        {
            var kind = fields.RequiredOneOf("步骤", StepKinds) ?? "";
            var name = fields.Text("名称") ?? kind;
            fields.What = $"流程“{name}”";
            var every = fields.OneOf("每", "月", "季度", "半年", "学期", "年");
            var by = ReadActors(fields, "谁");
            if (by.Count == 0 && !fields.Has("谁"))
            {
                if (kind is "公示" or "汇总" or "归档" or "反馈")
                {
                    by = ["支部"];
                }
                else if (kind.Length > 0)
                {
                    _problems.Error(fields.Place, $"流程“{name}”没有人能做", "写“谁: 支委会”之类");
                }
            }

            string? forRecorder = null;
            if (fields.Map("另", "另") is { } other)
            {
                forRecorder = other.RequiredOneOf("记录员本人", Actors);
                if (forRecorder == "记录员")
                {
                    _problems.Error(other.PlaceOf("记录员本人"), "记录员本人的积分不能由记录员自己记", "写“书记或副书记”");
                }

                other.Done();
            }

            var others = fields.Flag("可报他人");
            var after = fields.Texts("先");
            var (days, working) = ReadDays(fields, "天");
            var deadlines = ReadDeadlines(fields);
            var objections = ReadObjections(fields);
            var voting = ReadVoting(fields, by);
            var (clauses, reading) = ReadGround(fields);
            fields.Done();
            steps.Add(new CycleStep(
                kind,
                name,
                every is null ? null : SpanNames.Of(every),
                by,
                forRecorder,
                others,
                after,
                days,
                working,
                deadlines,
                objections,
                clauses,
                reading,
                fields.Place)
            {
                Voting = voting,
            });
        }

        return steps;
    }

    private IReadOnlyList<string> ReadActors(Fields fields, string key)
    {
        var actors = fields.Texts(key);
        foreach (var actor in actors.Where(actor => !Actors.Contains(actor)))
        {
            _problems.Error(fields.PlaceOf(key), $"“{key}”里不认识“{actor}”", Spelling.SuggestFrom(actor, Actors, "谁"));
        }

        return actors;
    }

    private (int? Days, bool Working) ReadDays(Fields fields, string key)
    {
        if (fields.Text(key) is not { } text)
        {
            return (null, false);
        }

        var working = text.EndsWith("个工作日", StringComparison.Ordinal);
        var number = working ? text[..^4] : text.EndsWith('天') ? text[..^1] : "";
        if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= 366)
        {
            return (days, working);
        }

        _problems.Error(fields.PlaceOf(key), $"“{key}”读不懂：{text}", "写成“5个工作日”或“5天”");
        return (null, false);
    }

    private IReadOnlyList<string> ReadDeadlines(Fields fields)
    {
        var deadlines = fields.Texts("期限");
        foreach (var deadline in deadlines)
        {
            var day = deadline.StartsWith("次年", StringComparison.Ordinal) ? deadline[2..] : deadline;
            if (!Counting.TryMonthDay(day, out _))
            {
                _problems.Error(fields.PlaceOf("期限"), $"“期限”读不懂：{deadline}", "写成“12-10”或“次年01-10”");
            }
        }

        return deadlines;
    }

    private ObjectionTerms? ReadObjections(Fields fields)
    {
        if (fields.Map("异议", "异议") is not { } objections)
        {
            return null;
        }

        var to = objections.RequiredTexts("向");
        foreach (var place in to.Where(place => place is not ("支部" or "上级")))
        {
            _problems.Error(objections.PlaceOf("向"), $"异议不能向“{place}”提", "写“支部”“上级”");
        }

        var (days, working) = ReadDays(objections, "答复");
        var reportAt = objections.OneOf("通报", "下次党员大会");
        var (raise, raiseWorking) = ReadDays(objections, "提出");
        var (appeal, appealWorking) = ReadDays(objections, "申诉答复");
        objections.Done();
        return new ObjectionTerms(to, days, working, reportAt, raise, raiseWorking, appeal, appealWorking);
    }

    /// <summary>免予: who may ask not to be scored, and what it takes.</summary>
    private ExemptionRules? ReadExemptions()
    {
        if (_top.Map("免予", "免予") is not { } fields)
        {
            return null;
        }

        var kinds = new List<ExemptionKind>();
        foreach (var one in fields.Maps("情形", "免予的一种情形"))
        {
            var kind = one.RequiredOneOf("种类", "外出", "老病", "新到", "其他") ?? "其他";
            var text = one.RequiredText("名称");
            var clauses = one.RequiredTexts("依据");
            if (kinds.Exists(known => known.Kind == kind))
            {
                _problems.Error(one.Place, $"免予的情形“{kind}”写了两次", "合成一条");
            }

            one.Done();
            kinds.Add(new ExemptionKind(kind, text, clauses));
        }

        var course = fields.Texts("手续");
        foreach (var step in course.Where(step => !ExemptionCourse.Contains(step)))
        {
            _problems.Error(fields.PlaceOf("手续"), $"“手续”里不认识“{step}”", Spelling.SuggestFrom(step, ExemptionCourse, "手续"));
        }

        if (kinds.Count > 0 && course.Count == 0)
        {
            _problems.Error(fields.Place, "免予有情形，没有手续", "写“手续: [支委会审核, 党员大会通过, 公示]”，照原文写");
        }

        var (days, working) = ReadDays(fields, "公示");
        var (grounds, reading) = ReadGround(fields, required: kinds.Count > 0);
        fields.Done();
        return new ExemptionRules(kinds, [.. ExemptionCourse.Where(course.Contains)], days, working, grounds, reading, fields.Place);
    }

    private VotingTerms? ReadVoting(Fields fields, IReadOnlyList<string> by)
    {
        if (fields.Map("表决", "表决") is not { } voting)
        {
            return null;
        }

        var present = ShareOf(voting.OneOf("到会", Shares));
        var inFavour = ShareOf(voting.OneOf("赞成", Shares));
        var of = voting.OneOf("赞成按", "应到会", "实到会");
        var manner = voting.OneOf("方式", "举手", "无记名");
        var weights = new Dictionary<string, int>(StringComparer.Ordinal);
        if (voting.Map("权重", "权重") is { } weighed)
        {
            foreach (var voter in by.Where(weighed.Has))
            {
                weights[voter] = int.TryParse(weighed.Text(voter), NumberStyles.None, CultureInfo.InvariantCulture, out var percent) && percent is > 0 and <= 100 ? percent : 0;
            }

            if (weights.Count != by.Count || weights.ContainsValue(0) || weights.Values.Sum() != 100)
            {
                _problems.Error(voting.PlaceOf("权重"), "“权重”要给“谁”里的每一种人各写一个百分数，合起来100", "写“权重: { 党员大会: 70, 群众代表: 30 }”");
            }

            weighed.Done();
        }

        voting.Done();
        return new VotingTerms(present, inFavour, of is null ? null : of == "实到会", manner is null ? null : manner == "无记名", weights);
    }

    private static readonly string[] Shares = ["过半数", "三分之二以上", "五分之四以上", "全体"];

    private static VoteShare? ShareOf(string? text) => text is null ? null : (VoteShare)Array.IndexOf(Shares, text);
}
