namespace Jifen.Tests.Naive;

/// <summary>The 事实, 解释 and 条款 blocks of a random scheme, filled while its rules are being invented.</summary>
internal sealed class RandomFacts(RandomSchemeFrame frame)
{
    private static readonly string[] Sources = ["记录员", "申报", "支委会认定", "支部认定", "党员大会", "考评小组", "群众", "上级"];
    private static readonly string[] Clauses = ["一", "二", "三（一）", "三（二）", "附一·说明"];
    private static readonly string[] LevelNames = ["校级", "市级", "省级"];
    private static readonly string[] PlaceNames = ["一等奖", "二等奖"];
    private static readonly string[] Gatherings = ["党员大会", "议决会议", "支委会", "党小组会", "党课", "主题党日", "集中学习", "志愿服务"];
    private static readonly string[] Attendances = ["到会", "迟到", "早退", "缺席", "请假", "补课"];
    private static readonly string[] DuesStates = ["按时", "未按时", "未足额", "补缴"];

    private readonly List<string> _facts = [];
    private readonly List<string> _recordedTimes = [];
    private readonly List<string> _recordedHours = [];
    private readonly List<string> _readings = ["{ 编号: J1, 类: 空白, 问题: 原文未写, 采用: 按次, 理由: 惯例, 状态: 确认, 决定人: 某某, 日期: 2024-01-05 }"];

    /// <summary>Facts that a single plain 每次 prices, so that a second rule may price them again with 兼计.</summary>
    public List<string> PricedOnce { get; } = [];

    public string FactBlock => string.Concat(_facts.Select(fact => "  " + fact + "\n"));

    public string ReadingBlock => string.Concat(_readings.Select(reading => "- " + reading + "\n"));

    public static string ClauseBlock => string.Concat(Clauses.Select(clause => $"  {clause}: 某项规定的要点\n"));

    public string Clause() => frame.Dice.Chance(20) ? $"[{Clauses[0]}, {frame.Dice.Pick(Clauses[1..])}]" : frame.Dice.Pick(Clauses);

    /// <summary>A fact counted in whole 次 (or 人, 篇).</summary>
    public string Counted(params IReadOnlyList<string> extras) => Declare(frame.Dice.Chance(80) ? "次" : frame.Dice.Pick("人", "篇"), extras);

    /// <summary>A fact measured with two places, or counted.</summary>
    public string Measured(params IReadOnlyList<string> extras) => Declare(frame.Dice.Pick("学时", "小时", "分钟", "天", "元", "分", "次"), extras);

    public string InMonths() => Declare("月", []);

    public string InPeople() => Declare("人", []);

    /// <summary>A mark somebody gives, inside a 范围 that is sometimes written and otherwise 0~100.</summary>
    public string Marked() => frame.Dice.Chance(50)
        ? Counted("带: [分值]")
        : Counted("带: [分值]", frame.Dice.Pick("范围: 0~100", "范围: 0~10", "范围: 60~95"));

    /// <summary>A fact nobody prices; other blocks may still ask for it.</summary>
    public string Unpriced(params IReadOnlyList<string> extras) => Counted([.. extras, "不记分: 只留记录"]);

    /// <summary>A fact with levels (and often places), and the complete table that prices every one of them.</summary>
    public (string Name, string Table, IReadOnlyList<string> Levels) Levelled(bool withContent, decimal step)
    {
        var levels = LevelNames[..frame.Dice.Range(2, 3)];
        var withPlaces = frame.Dice.Chance(40);
        var carried = withContent ? "带: [级别, 内容]" : "带: [级别]";
        var name = withPlaces
            ? Counted(carried, $"级别: [{string.Join(", ", levels)}]", $"等第: [{string.Join(", ", PlaceNames)}]")
            : Counted(carried, $"级别: [{string.Join(", ", levels)}]");
        string Points() => frame.Dice.Chance(10) ? "0" : SeededDice.Text(frame.Dice.Multiple(step, 6m));
        string Row(string level) => withPlaces
            ? $"{level}: {{ {string.Join(", ", PlaceNames.Select(place => place + ": " + Points()))} }}"
            : $"{level}: {Points()}";
        return (name, $"{{ {string.Join(", ", levels.Select(Row))} }}", levels);
    }

    /// <summary>“见J…” on a contradiction whose adopted number is a multiple of the step.</summary>
    public string Reading(decimal step)
    {
        var id = $"J{_readings.Count + 1}";
        var adopted = SeededDice.Text(frame.Dice.Multiple(step, 5m));
        _readings.Add(
            $"{{ 编号: {id}, 类: 矛盾, 问题: 加减几分, 说法: [ {{ 依据: {Clauses[0]}, 值: {adopted} }}, {{ 依据: {Clauses[1]}, 值: {SeededDice.Text(frame.Unit)} }} ], "
            + $"采用: {adopted}, 理由: 正文为准, 状态: 暂行 }}");
        return "见" + id;
    }

    /// <summary>登记 over the facts a recorder may record; moves no points, so it has dice of its own and the rest of the scheme stays as it was.</summary>
    public string RecordBlock(SeededDice dice)
    {
        string Some(IReadOnlyList<string> facts)
        {
            var some = facts.Count == 0 || dice.Chance(30) ? ["不记"] : dice.Some(facts);
            return some is [var single] ? single : $"[{string.Join(", ", some)}]";
        }

        string Ground() => dice.Pick("依据: 一", "依据: [一, 二]");
        var rows = new List<string>();
        foreach (var kind in dice.Some(Gatherings))
        {
            var attendances = dice.Chance(30) ? "出席: 不记" : string.Join(", ", Attendances.Select(attendance => $"{attendance}: {Some(_recordedTimes)}"));
            rows.Add($"活动: {dice.Pick(kind, $"[{kind}]")}, {attendances}{(dice.Chance(50) ? $", 学时: {Some(_recordedHours)}" : "")}");
        }

        if (dice.Chance(60))
        {
            rows.Add($"党费: {{ {string.Join(", ", DuesStates.Select(state => $"{state}: {Some(_recordedTimes)}"))} }}");
            rows.Add($"思想汇报: {Some(_recordedTimes)}");
            rows.Add($"在外学习: {Some(_recordedHours)}");
        }

        return "登记:\n" + string.Concat(rows.Select(row => $"- {{ {row}, {Ground()} }}\n"));
    }

    private string Declare(string measure, IReadOnlyList<string> extras)
    {
        var number = _facts.Count + 1;
        var name = (frame.InRefinement ? "细则事项" : "事项") + SeededDice.Text(number);
        var idPrefix = frame.InRefinement ? "own-fact-" : "fact-";
        var source = frame.Dice.Pick(Sources);
        List<string> keys = [$"编号: {idPrefix}{number}", "记: " + measure, "谁记: " + source, .. extras];
        if (source == "记录员" && extras.All(extra => !extra.StartsWith('带')))
        {
            (measure switch { "次" => _recordedTimes, "学时" or "小时" or "分钟" => _recordedHours, _ => [] }).Add(name);
        }

        if (frame.Dice.Chance(10))
        {
            keys.Add("每期: " + frame.Dice.Pick("月", "季度", "半年", "学期", "年"));
        }

        _facts.Add($"{name}: {{ {string.Join(", ", keys)} }}");
        return name;
    }
}
