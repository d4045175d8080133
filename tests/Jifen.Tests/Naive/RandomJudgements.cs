namespace Jifen.Tests.Naive;

/// <summary>Writes 等次, 不评等次, 定档, 定义, 结果运用, 提示, 转办 and 累计账户 of a random scheme.</summary>
internal sealed class RandomJudgements(SeededDice dice, RandomFacts facts, RandomSchemeFrame frame, IReadOnlyList<RandomSection> sections)
{
    private static readonly string[] Grades = ["优秀", "良好", "合格", "不合格"];

    private bool _hasGrades;
    private bool _hasTop;
    private bool _hasBottom;
    private int _outcomes;

    public string Write()
    {
        var ranking = dice.Chance(40) ? $"  排名: {{ 范围: {Scope()}{(dice.Chance(50) ? ", 不含: [入党积极分子]" : "")} }}\n" : "";
        _hasTop = dice.Chance(50);
        _hasBottom = dice.Chance(50);
        var definitions = ranking + (_hasTop ? "  排名靠前: " + Edge("前") : "") + (_hasBottom ? "  排名靠后: " + Edge("末") : "");
        return GradeBlock() + (definitions.Length > 0 ? "定义:\n" + definitions : "") + OutcomeBlock() + NoticeBlock() + AccountBlock();
    }

    private string Scope() => frame.Categories.Count > 0 ? dice.Pick("支部", "支部内同类别") : "支部";

    private string Rounding() => dice.Pick("舍去", "进一");

    private string Edge(string side) =>
        $"{{ 范围: {Scope()}, {side}: {dice.Pick("10%", "25%", "50%", "2人")}, 取整: {Rounding()}, 至少: {dice.Range(0, 2)}, "
        + $"并列: {dice.Pick("计入", "不计入")}, 解释: J1 }}\n";

    private string Quota() =>
        $"名额: {{ 不超过: {dice.Pick("5%", "20%", "50%", "1人", "3人")}, 范围: {Scope()}, 取整: {Rounding()}, 超出: {dice.Pick("停", "取前", "提示")} }}";

    private string GradeBlock()
    {
        _hasGrades = dice.Chance(75);
        if (!_hasGrades)
        {
            return "";
        }

        List<string> yaml = ["等次:\n"];
        if (dice.Chance(50))
        {
            var gate = dice.Chance(50) ? Quota() : $"条件: {{ {Condition(mayAskGrade: false)} }}";
            yaml.Add($"- {{ 等次: 优秀, 总分: {Points(20m)}以上, {gate}, 依据: 一 }}\n");
        }

        if (frame.Categories.Count > 0 && dice.Chance(40))
        {
            yaml.AddRange(frame.Categories.Select(category => CoveringRows($", 类别: [{category}]")));
        }
        else
        {
            yaml.Add(CoveringRows(""));
        }

        if (dice.Chance(30))
        {
            var people = dice.Pick(
                "身份: [入党积极分子]", "任职: [党员干部]", "身份: [预备党员, 入党积极分子]", "身份: [预备党员], 任职: [组长]");
            yaml.Add($"不评等次: {{ {people} }}\n");
        }

        if (dice.Chance(40))
        {
            var fixing = dice.Pick("至多: 合格", "定为: 不合格", "至多: 不合格");
            yaml.Add($"定档:\n- {{ 编号: 档1, 累计: {facts.Counted()}, 满: {dice.Range(1, 3)}, {fixing}, 依据: 一 }}\n");
        }

        return string.Concat(yaml);
    }

    /// <summary>From the top down without a gap: each line begins where the one above it ends, in either wording.</summary>
    private string CoveringRows(string category)
    {
        var high = dice.Multiple(frame.Unit, 30m) + 20m;
        var middle = dice.Multiple(frame.Unit, 15m);
        var (highText, middleText) = (SeededDice.Text(high), SeededDice.Text(middle));
        var second = dice.Chance(30) ? $"{middleText}～{highText}" : $"{middleText}以上";
        var last = frame.BelowIncludes ? dice.Pick("低于", "未达到", "不满") + middleText : dice.Pick($"低于{middleText}", $"{middleText}以下");
        string Row(string grade, string line) => $"- {{ 等次: {grade}, 总分: {line}{category}, 依据: {facts.Clause()} }}\n";
        return Row(Grades[1], dice.Pick($"超过{highText}", $"{highText}以上")) + Row(Grades[2], second) + Row(Grades[3], last);
    }

    private string OutcomeBlock()
    {
        var count = dice.Range(0, 6);
        if (count == 0)
        {
            return "";
        }

        List<string> yaml = ["结果运用:\n"];
        for (; _outcomes < count; _outcomes++)
        {
            var conditions = Enumerable.Range(0, dice.Range(1, 2))
                .Select(_ => Condition(_hasGrades))
                .DistinctBy(condition => condition.Split(':')[0], StringComparer.Ordinal);
            var quota = dice.Chance(25) ? ", " + Quota() : "";
            var force = dice.Pick("应当", "可以", "优先", "不得", "参考");
            yaml.Add($"- {{ 编号: 用{_outcomes + 1}, 条件: {{ {string.Join(", ", conditions)} }}, 结果: 某种结果, 效力: {force}{quota}, 依据: {facts.Clause()} }}\n");
        }

        return string.Concat(yaml);
    }

    private string Condition(bool mayAskGrade)
    {
        List<Func<string>> conditions =
        [
            () => "总分: " + Line(), () => "总分: " + Line(), SectionCondition, SectionCondition, RankCondition,
            () => "身份: " + dice.Pick("预备党员", "[正式党员, 预备党员]", "党员干部"),
            () => "任职: " + dice.Pick("党员干部", "[党员干部, 组长]"),
            () => "有事实: " + facts.Unpriced(),
            () => $"无事实: [{facts.Unpriced()}, {facts.Unpriced()}]",
            () => $"任一: [ {{ 总分: {Line()} }}, {{ {SectionCondition()} }} ]",
        ];
        if (mayAskGrade)
        {
            conditions.Add(() => "等次: " + dice.Pick("不合格", "[良好, 合格]"));
        }

        if (frame.Categories.Count > 0)
        {
            conditions.Add(() => "类别: " + dice.Pick(frame.Categories));
        }

        if (_outcomes > 0)
        {
            conditions.Add(() => $"连续两年: 用{dice.Range(1, _outcomes)}");
        }

        conditions.Add(() => $"有事实: [{facts.Unpriced()}, {facts.Unpriced()}]");
        return conditions[dice.Range(0, conditions.Count - 1)]();
    }

    private string SectionCondition()
    {
        var section = dice.Pick(sections);
        var key = section.ItemIds.Count > 0 && dice.Chance(30) ? dice.Pick(section.ItemIds) : section.Name;
        return $"{key}: {dice.Pick("有", "无", Line())}";
    }

    private string RankCondition()
    {
        List<string> places = [$"前{dice.Range(1, 4)}名", $"末{dice.Range(1, 3)}名"];
        if (_hasTop)
        {
            places.Add("靠前");
        }

        if (_hasBottom)
        {
            places.Add("靠后");
        }

        return "排名: " + dice.Pick(places);
    }

    private string Line()
    {
        var low = dice.Multiple(frame.Unit, 40m);
        return dice.Range(1, 7) switch
        {
            1 => $"{SeededDice.Text(low)}以上",
            2 => $"{SeededDice.Text(low)}以下",
            3 => $"低于{SeededDice.Text(low)}",
            4 => $"未达到{SeededDice.Text(low)}",
            5 => $"不满{SeededDice.Text(low)}",
            6 => $"超过{SeededDice.Text(low)}",
            _ => $"{SeededDice.Text(low)}～{SeededDice.Text(low + dice.Multiple(frame.Unit, 30m))}",
        };
    }

    private string NoticeBlock()
    {
        List<string> yaml = [];
        if (dice.Chance(30))
        {
            yaml.Add($"提示:\n- {{ 编号: 提1, 连续: {dice.Range(1, 3)}, 单位: 月, 无: [{facts.Unpriced()}], 提示: {facts.Unpriced()}, 依据: {facts.Clause()} }}\n");
        }

        if (dice.Chance(30))
        {
            yaml.Add($"转办:\n- {{ 事实: {facts.Unpriced()}, 转: 纪律处分, 依据: {facts.Clause()} }}\n");
        }

        return string.Concat(yaml);
    }

    private string AccountBlock() => dice.Chance(30)
        ? $"累计账户: {{ 编号: running, 名称: 累计积分, 上年: {dice.Pick("100%", "50%", "33%")}, 依据: 一 }}\n"
        : "";

    private string Points(decimal most) => SeededDice.Text(dice.Multiple(frame.Unit, most));
}
