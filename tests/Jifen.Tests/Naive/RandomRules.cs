namespace Jifen.Tests.Naive;

/// <summary>What a rule may do depends on where it stands.</summary>
/// <param name="Signs">扣, 加, or both.</param>
/// <param name="StartsFull">The item falls from 满分.</param>
/// <param name="MarkLimit">The 满分 or 封顶 a 评定 may not exceed; null when there is none.</param>
internal sealed record RulePlace(IReadOnlyList<string> Signs, bool StartsFull, decimal? MarkLimit);

/// <summary>Invents one 记分 after the other, in every form of section 3 and with every option that is allowed there.</summary>
internal sealed class RandomRules(SeededDice dice, RandomFacts facts, RandomSchemeFrame frame)
{
    private static readonly string[] Periods = ["日", "月", "季度", "半年", "学期", "年"];
    private bool _limitsAllowed = true;

    private readonly string _idPrefix = frame.InRefinement ? "细规" : "规";
    private int _rules;
    private string _lastRuleWithContent = "";

    /// <summary>有效 reaches back over the cycle and may not stand beside 年度合成 (3.1).</summary>
    private bool MayLookBack => !frame.HasRounds;

    /// <summary>另加 must stand behind the rule it follows and in the same section.</summary>
    public void StartSection() => _lastRuleWithContent = "";

    public string Any(RulePlace place)
    {
        var sign = dice.Pick(place.Signs);
        var forms = Forms(sign, place);
        return forms[dice.Range(0, forms.Count - 1)]();
    }

    /// <summary>
    /// A rule of which every line is dated on a fact, for items that carry a 限额 on short periods; without a 限额 of its own, which would
    /// have to be the shorter one (section 3.3).
    /// </summary>
    public string PerFact(RulePlace place)
    {
        _limitsAllowed = false;
        var rule = dice.Chance(60) ? PerOccurrence(dice.Pick(place.Signs)) : ByLevel(dice.Pick(place.Signs));
        _limitsAllowed = true;
        return rule;
    }

    /// <summary>Two rules of which only the better counts per content, and their ids.</summary>
    public (string First, string Second, string Ids) ExclusiveByContent()
    {
        string OneOf()
        {
            var (name, table, _) = facts.Levelled(withContent: true, frame.Unit);
            return $"按级别: {name}, 加: {table}, 同一内容: 取最高";
        }

        return (Rule(OneOf()), Rule(OneOf()), $"[{_idPrefix}{_rules - 1}, {_idPrefix}{_rules}]");
    }

    /// <summary>Two rules of which only the better counts for the member.</summary>
    public (string First, string Second, string Ids) ExclusiveByMember()
    {
        var first = Rule(PerFullBody("加"));
        var second = Rule($"累计: {facts.Counted()}, 满: {dice.Range(1, 3)}, 加: {Points()}");
        return (first, second, $"[{_idPrefix}{_rules - 1}, {_idPrefix}{_rules}]");
    }

    public string Limit(IReadOnlyList<string> periods, bool mayCountTimes)
    {
        string One() => mayCountTimes && dice.Chance(25)
            ? $"{{ 每: {dice.Pick(periods)}, 次: {dice.Range(1, 3)} }}"
            : $"{{ 每: {dice.Pick(periods)}, 至多: {Points(8m)} }}";
        return dice.Chance(30) ? $"[ {One()}, {{ 每: 年, 至多: {Points(12m)} }} ]" : $"[ {One()} ]";
    }

    private List<Func<string>> Forms(string sign, RulePlace place)
    {
        List<Func<string>> forms =
        [
            () => PerOccurrence(sign), () => PerOccurrence(sign), () => ByLevel(sign), () => Shortfall(sign), () => Rule(PerFullBody(sign)),
            () => PerFullEach(sign), () => Banded(sign), () => Marginal(sign), () => Rate(sign), () => Placed(sign),
            () => Reached(sign), () => InARow(sign), () => Rule($"出现: {facts.Counted()}, 此项: 不得分"), () => Again(sign),
        ];
        if (sign == "加")
        {
            forms.AddRange([Converted, Combined, ByMonths]);
            forms.AddRange(Enumerable.Repeat(Supplement, _lastRuleWithContent.Length > 0 ? 6 : 0));
        }

        if (place.MarkLimit is not null && sign == "加")
        {
            forms.AddRange(Enumerable.Repeat(Assessed, 3));
        }

        return forms;
    }

    private string PerOccurrence(string sign)
    {
        var inRange = dice.Chance(12);
        var multiplied = dice.Chance(20);
        var repeated = dice.Chance(20);
        var repaired = dice.Chance(12);
        var shared = dice.Chance(12);
        List<string> carried = [];
        if (repaired || dice.Chance(20))
        {
            carried.Add("内容");
        }

        if (inRange)
        {
            carried.Add("分值");
        }

        List<string> extras = carried.Count > 0 ? [$"带: [{string.Join(", ", carried)}]"] : [];
        if (shared)
        {
            extras.Add("多人: " + dice.Pick("均分", "均分", "各计"));
        }

        var fact = facts.Counted(extras);
        var options = Options(inRange, multiplied, repeated, repaired, levels: []);
        if (options.Length == 0 && extras.Count == 0)
        {
            facts.PricedOnce.Add(fact);
        }

        var value = inRange ? RangeOfPoints() : Value();
        return Rule($"每次: {fact}, {sign}: {value}{options}", givesContent: carried.Contains("内容", StringComparer.Ordinal));
    }

    private string ByLevel(string sign)
    {
        var highest = dice.Chance(50);
        var repaired = !highest && dice.Chance(12);
        var multiplied = dice.Chance(15);
        var (fact, table, levels) = facts.Levelled(withContent: highest || repaired, 4 * frame.Unit);
        var options = Options(inRange: false, multiplied, repeated: dice.Chance(15), repaired, levels);
        return Rule($"按级别: {fact}, {sign}: {table}{(highest ? ", 同一内容: 取最高" : "")}{options}", givesContent: highest);
    }

    /// <summary>The options of 3.1. A range takes whole multiples only, since any number on the grid may be chosen inside it.</summary>
    private string Options(bool inRange, bool multiplied, bool repeated, bool repaired, IReadOnlyList<string> levels)
    {
        string Times() => inRange ? dice.Pick("2", "3") : dice.Pick("2", "1.5", "0.5", "3");
        List<string> options = [];
        if (multiplied)
        {
            List<string> rows =
            [
                $"{{ 自: 03-01, 至: 05-31, 倍: {Times()} }}",
                $"{{ 任职: [组长], 倍: {Times()} }}",
                $"{{ 自: 11-15, 至: 02-10, 任职: [党员干部], 倍: {Times()} }}",
            ];
            if (levels.Count > 0)
            {
                rows.Insert(dice.Range(0, rows.Count), $"{{ 级别: [{dice.Pick(levels)}], 倍: {Times()} }}");
            }

            options.Add($"倍数: [ {string.Join(", ", dice.Some(rows))} ]");
        }

        if (repeated)
        {
            options.Add($"再犯: {{ 内: {dice.Pick("月", "季度", "半年", "学期", "年", "30天", "10天")}, 倍: {Times()} }}");
        }

        if (dice.Chance(15))
        {
            options.Add("最多: " + SeededDice.Text(dice.Range(1, 5)));
        }

        if (repaired)
        {
            options.Add($"整改: {{ 事实: {facts.Counted("带: [内容]")}, 退还: {dice.Pick("50%", "100%", "30%")} }}");
        }

        if (_limitsAllowed && dice.Chance(20))
        {
            options.Add("限额: " + Limit(Periods, mayCountTimes: true));
        }

        if (MayLookBack && dice.Chance(12))
        {
            options.Add($"有效: {dice.Pick(6, 12, 18, 24)}个月");
        }

        return string.Concat(options.Select(option => ", " + option));
    }

    private string Shortfall(string sign)
    {
        List<string> extras = [];
        if (dice.Chance(60))
        {
            extras.Add("零头: " + dice.Pick("进一", "舍去"));
        }

        if (dice.Chance(30))
        {
            extras.Add("在册折算: 是");
        }

        var required = dice.Chance(frame.InRefinement ? 0 : 6) ? "支部定" : SeededDice.Text(dice.Range(1, 32));
        var body = $"不足: {facts.Measured()}, 应达: {required}, 每少: {dice.Pick("1", "2", "0.5", "3")}, {sign}: {Value()}";
        return Rule(body + string.Concat(extras.Select(extra => ", " + extra)) + YearToDate());
    }

    private string PerFullBody(string sign) =>
        $"每满: {dice.Pick("1", "2", "10", "2.5", "0.3")}, 事实: {facts.Measured()}, {sign}: {Value()}, 零头: {dice.Pick("舍去", "进一")}";

    private string PerFullEach(string sign) =>
        Rule(PerFullBody(sign) + ", 逐次: 是" + (dice.Chance(50) ? ", 限额: " + Limit(Periods, mayCountTimes: false) : ""));

    private string Banded(string sign)
    {
        if (dice.Chance(30))
        {
            var lowest = dice.Pick($"{sign}: {Points()}", "此项: 不得分");
            var rows = $"{{ 值: 90以上, {sign}: {Points()} }}, {{ 值: 60～80, {sign}: {Points()} }}, {{ 值: 低于60, {lowest} }}";
            return Rule($"分段: {facts.Marked()}, 按: 分值, 表: [ {rows} ]{YearToDate()}");
        }

        var last = dice.Pick($"{sign}: {Points()}", "此项: 不得分");
        var each = dice.Chance(30);
        var table = $"表: [ {{ 值: 1, {sign}: {Points()} }}, {{ 值: 2, {sign}: {Points()} }}, {{ 值: {dice.Pick("3以上", "超过2", "2～6")}, {last} }} ]";
        return Rule($"分段: {facts.Counted()}, 按: 数量, {table}{(each ? ", 逐次: 是" : YearToDate())}");
    }

    private string Marginal(string sign)
    {
        var top = dice.Pick($", 至多: {Points()}", "");
        string[] rows =
        [
            $"{{ 到: {dice.Range(2, 10)}, 每满: 1, {sign}: {Points(2m)} }}",
            $"{{ 到: 30, 每满: {dice.Pick("2", "2.5")}, {sign}: {Points(2m)} }}",
            $"{{ 每满: 5, {sign}: {Points(2m)}{top} }}",
        ];
        return Rule($"逐段: {facts.Measured()}, 表: [ {string.Join(", ", rows)} ], 零头: {dice.Pick("舍去", "进一")}");
    }

    private string Rate(string sign)
    {
        var against = dice.Chance(50) ? $"占: {facts.Counted()}" : $"应达: {dice.Range(1, 12)}";
        var low = dice.Pick($"低于80%, {sign}: {Points()}", $"60%～80%, {sign}: {Points()}", "不满60%, 此项: 不得分");
        var high = $"{dice.Pick("95%以上", "超过90%")}, {sign}: {Points()}";
        return Rule($"比率: {facts.Counted()}, {against}, 表: [ {{ 值: {high} }}, {{ 值: {low} }} ]{YearToDate()}");
    }

    private string Placed(string sign)
    {
        var rows = sign == "加"
            ? $"{{ 名次: {dice.Pick("前10%", "前1名")}, 加: {Points()} }}, {{ 名次: {dice.Pick("前30%", "前3名")}, 加: {Points()} }}"
            : $"{{ 名次: 末1名, 扣: {Points()} }}, {{ 名次: {dice.Pick("末30%", "末3名")}, 扣: {Points()} }}";
        return Rule($"排位: {facts.Measured()}, 表: [ {rows} ]", mayBeForSome: false);
    }

    private string Reached(string sign) => Rule($"累计: {facts.Measured()}, 满: {dice.Range(1, 6)}, {Consequence(sign)}{YearToDate()}");

    private string InARow(string sign)
    {
        var by = dice.Chance(35) ? $"按: 次, 中断: {facts.Counted()}" : dice.Pick("按: 月", "按: 季度");
        return Rule($"连续: {facts.Counted()}, 满: {dice.Range(2, 3)}, {by}, {Consequence(sign)}{YearToDate()}");
    }

    /// <summary>A second price for a fact that has one already must say 兼计 (section 9).</summary>
    private string Again(string sign) => facts.PricedOnce.Count == 0
        ? PerOccurrence(sign)
        : Rule($"累计: {dice.Pick(facts.PricedOnce)}, 满: {dice.Range(2, 3)}, {Consequence(sign)}, 兼计: 是");

    private string Converted() => Rule($"折算: {facts.Marked()}, 乘: {dice.Pick("0.25", "0.1", "0.05", "0.33")}");

    private string Combined()
    {
        string Party(string weight) => $"{{ 事实: {facts.Marked()}, 占: {weight}{Quorum()} }}";
        var parties = dice.Chance(50) ? $"{Party("20%")}, {Party("50%")}, {Party("30%")}" : $"{Party("65%")}, {Party("35%")}";
        var factor = dice.Chance(60) ? $", 乘: {dice.Pick("0.2", "0.1", "1")}" : "";
        return Rule($"合评: [ {parties} ]{factor}, 缺项: {dice.Pick("不计", "折算")}");
    }

    private string Quorum() => dice.Chance(30) ? $", 有效: {{ 应参加: {facts.InPeople()}, 达: {dice.Pick("80%", "50%")} }}" : "";

    private string ByMonths() => Rule($"按月: {(dice.Chance(50) ? "在册" : facts.InMonths())}, 满: {dice.Pick(12, 6, 7)}, 加: {Points(12m)}");

    private string Supplement() => Rule($"另加: {facts.Counted("带: [内容]")}, 随: {_lastRuleWithContent}, 加: {Points()}");

    private string Assessed() => Rule($"评定: {facts.Counted("带: [分值]")}");

    private string Consequence(string sign) => dice.Chance(20) ? "此项: 不得分" : $"{sign}: {Value()}";

    private string YearToDate() => frame.HasRounds && dice.Chance(40) ? ", 计期: 年初至今" : "";

    private string RangeOfPoints()
    {
        var low = dice.Multiple(frame.Unit, 4m);
        return $"{SeededDice.Text(low)}~{SeededDice.Text(low + dice.Multiple(frame.Unit, 5m))}";
    }

    private string Points(decimal most = 5m) => SeededDice.Text(dice.Multiple(frame.Unit, most));

    /// <summary>
    /// A number, a slot or a reading; always on four units, so that a multiplier of 1.5 twice over still lands on the grid. A refinement
    /// leaves nothing open itself.
    /// </summary>
    private string Value() => dice.Range(frame.InRefinement ? 3 : 1, 20) switch
    {
        1 => "支部定",
        2 => facts.Reading(4 * frame.Unit),
        _ => SeededDice.Text(dice.Multiple(4 * frame.Unit, 5m)),
    };

    private string Rule(string body, bool givesContent = false, bool mayBeForSome = true)
    {
        _rules++;
        if (givesContent)
        {
            _lastRuleWithContent = $"{_idPrefix}{_rules}";
        }

        var forSome = mayBeForSome && dice.Chance(10) ? ", " + frame.SomePeople() : "";
        var reading = !frame.InRefinement && dice.Chance(5) ? ", 解释: J1" : "";
        return $"{{ 编号: {_idPrefix}{_rules}, {body}{forSome}, 依据: {facts.Clause()}{reading} }}";
    }
}
