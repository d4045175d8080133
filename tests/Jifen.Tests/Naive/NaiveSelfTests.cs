using System.Globalization;
using Xunit;

namespace Jifen.Tests.Naive;

/// <summary>Examples worked by hand from the sentences of docs/scheme-language.md, so that the oracle can be trusted.</summary>
public sealed class NaiveSelfTests
{
    private static readonly NaiveMember Li = new("li", "一", "正式党员", null, null, null, null, Exempt: false);
    private static readonly NaiveMember Wang = Li with { Id = "wang" };
    private static readonly NaiveMember Zhao = Li with { Id = "zhao" };
    private static readonly Dictionary<string, NaivePrevious> NoPrevious = new(StringComparer.Ordinal);

    private int _facts;

    [Fact]
    public void The_small_scheme_of_section_1()
    {
        const string Items = """
            - { 编号: base, 名称: 基础积分, 依据: 一, 起分: 满分, 满分: 20, 项目: [ { 编号: meetings, 名称: 组织生活, 满分: 20, 记分: [ { 编号: 基1, 每次: 甲, 扣: 2, 依据: 一 } ] } ] }
            - 编号: bonus
              名称: 加分
              起分: 零分
              封顶: 10
              项目: [ { 编号: volunteer, 名称: 志愿, 记分: [ { 编号: 加1, 每满: 2, 事实: 乙, 加: 1, 零头: 舍去, 逐次: 是, 限额: [ { 每: 月, 至多: 2 } ] } ] } ]
            """;
        const string Rest = """
            总分: [ { 加: 基础积分 }, { 加: 加分 }, { 保底: { 分: 0, 依据: 一 } } ]
            等次: [ { 等次: 优秀, 总分: 20以上 }, { 等次: 合格, 总分: 低于20 } ]
            结果运用: [ { 编号: 用1, 条件: { 等次: 优秀 }, 结果: 表彰, 效力: 优先 } ]
            """;
        var li = Score(Scheme("", Items, Rest), Fact("甲", "2025-03-01"), Fact("fact-b", "2025-03-05", 7m), Fact("乙", "2025-04-01", 3m));
        Assert.Equal(18m, li.Sections["base"]);
        Assert.Equal(3m, li.Sections["bonus"]);
        Assert.Equal(21m, li.Total);
        Assert.Equal("优秀", li.Grade);
        Assert.Equal(["用1"], li.Outcomes);
        Assert.Equal(1, li.Rank);
    }

    [Theory]
    [InlineData("不足: 甲, 应达: 32, 每少: 1, 扣: 0.5", 25.5, -3.5)]
    [InlineData("不足: 甲, 应达: 32, 每少: 1, 扣: 0.5, 零头: 舍去", 25.5, -3)]
    [InlineData("不足: 甲, 应达: 支部定, 每少: 1, 扣: 0.5", 25.5, 0)]
    [InlineData("每满: 10, 事实: 甲, 加: 1, 零头: 进一", 21, 3)]
    [InlineData("分段: 甲, 按: 数量, 表: [ { 值: 1, 扣: 1 }, { 值: 2, 扣: 2.5 }, { 值: 3以上, 扣: 4 } ]", 2, -2.5)]
    [InlineData("逐段: 甲, 表: [ { 到: 10, 每满: 1, 加: 1 }, { 到: 30, 每满: 2, 加: 1 }, { 每满: 5, 加: 1, 至多: 3 } ], 零头: 舍去", 25, 17)]
    [InlineData("逐段: 甲, 表: [ { 到: 10, 每满: 1, 加: 1 }, { 到: 30, 每满: 2, 加: 1 }, { 每满: 5, 加: 1, 至多: 3 } ], 零头: 舍去", 60, 23)]
    [InlineData("比率: 甲, 应达: 12, 表: [ { 值: 95%以上, 加: 3 }, { 值: 低于80%, 扣: 4 } ]", 9.59, -4)]
    [InlineData("比率: 甲, 应达: 12, 表: [ { 值: 95%以上, 加: 3 }, { 值: 低于80%, 扣: 4 } ]", 11.4, 3)]
    [InlineData("累计: 甲, 满: 3, 扣: 2", 7, -2)]
    [InlineData("按月: 甲, 满: 12, 加: 6", 7, 3.5)]
    [InlineData("按月: 在册, 满: 12, 加: 6", 1, 6)]
    [InlineData("出现: 甲, 此项: 不得分", 1, 0)]
    public void One_fact_and_one_form(string rule, double quantity, double expected) =>
        Assert.Equal((decimal)expected, Score(OneRule(rule), Fact("甲", "2025-07-31", (decimal)quantity)).Total);

    [Fact]
    public void Highest_of_the_same_content_counts_once_whatever_the_quantity()
    {
        var scheme = OneRule("按级别: 甲, 加: { 校级: 1, 市级: { 一等奖: 3, 二等奖: 2 } }, 同一内容: 取最高");
        var li = Score(
            scheme,
            Fact("甲", "2025-01-05", 4m) with { Level = "校级", Content = "竞赛" },
            Fact("甲", "2025-02-05") with { Level = "市级·二等奖", Content = "竞赛" },
            Fact("甲", "2025-03-05", 2m) with { Level = "校级", Content = "共建" });
        Assert.Equal(3m, li.RuleSums["规1"]);
    }

    [Fact]
    public void Multiplier_then_repeat_then_at_most()
    {
        // March: 2 × 2 = 4; the second record of the quarter is doubled again: 8; the third would be 8 per 次, but only one 次 is left of 3.
        var scheme = OneRule("每次: 甲, 扣: 2, 倍数: [ { 自: 03-01, 至: 05-31, 倍: 2 } ], 再犯: { 内: 季度, 倍: 2 }, 最多: 3");
        var li = Score(scheme, Fact("甲", "2025-03-01"), Fact("甲", "2025-03-02"), Fact("甲", "2025-03-03", 5m), Fact("甲", "2025-12-01"));
        Assert.Equal(-20m, li.Total);
    }

    [Fact]
    public void A_mending_not_earlier_and_of_the_same_content_gives_half_back_rounded_to_the_unit()
    {
        var scheme = OneRule("每次: 甲, 扣: 2.5, 整改: { 事实: 乙, 退还: 50% }");
        var deduction = Fact("甲", "2025-03-02") with { Content = "卫生" };
        Assert.Equal(-1m, Score(scheme, deduction, Fact("乙", "2025-03-02") with { Content = "卫生" }).Total);
        Assert.Equal(-2.5m, Score(scheme, deduction, Fact("乙", "2025-03-01") with { Content = "卫生" }).Total);
        Assert.Equal(-2.5m, Score(scheme, deduction, Fact("乙", "2025-03-03") with { Content = "安全" }).Total);
    }

    [Fact]
    public void Valid_for_18_months_before_the_day_of_assessment()
    {
        var scheme = OneRule("每次: 甲, 扣: 1, 有效: 18个月");
        Assert.Equal(-1m, Score(scheme, Fact("甲", "2024-06-30"), Fact("甲", "2024-07-01")).Total);
    }

    [Fact]
    public void A_later_limit_sees_the_earlier_adjustments()
    {
        var scheme = OneRule("每次: 甲, 加: 2, 限额: [ { 每: 月, 至多: 3 }, { 每: 年, 至多: 5 } ]");
        Assert.Equal(5m, Score(scheme, Fact("甲", "2025-01-01", 4m), Fact("甲", "2025-02-01", 4m)).Total);
        Assert.Equal(4m, Score(OneRule("每次: 甲, 加: 2, 限额: [ { 每: 月, 次: 1 } ]"), Fact("甲", "2025-01-01", 3m), Fact("甲", "2025-02-01")).Total);
    }

    [Fact]
    public void Marks_of_several_parties_are_rounded_once()
    {
        const string Parties = "合评: [ { 事实: 甲, 占: 50% }, { 事实: 乙, 占: 50%, 有效: { 应参加: 丙, 达: 80% } } ], 乘: 0.1, 缺项: ";
        NaiveFact[] marks = [Mark("甲", 100m), Mark("甲", 100m), Mark("甲", 75m), Mark("乙", 60m), Fact("丙", "2025-06-30", 2m)];

        // One of two took part, fewer than 80 %: the mean of the other party (275 ÷ 3) stands alone, or beside a 0.
        Assert.Equal(9m, Score(OneRule(Parties + "折算"), marks).Total);
        Assert.Equal(4.5m, Score(OneRule(Parties + "不计"), marks).Total);
    }

    [Fact]
    public void The_place_in_the_branch_counts_only_those_who_have_the_fact()
    {
        var scheme = OneRule("排位: 甲, 表: [ { 名次: 前10%, 加: 5 }, { 名次: 末1名, 扣: 1 } ]");
        NaiveFact[] facts =
        [
            Fact("甲", "2025-01-01", 5m),
            Fact("甲", "2025-01-01", 5m) with { Member = "wang" },
            Fact("甲", "2025-01-01", 1m) with { Member = "zhao" },
        ];
        Assert.Equal([5m, 5m, -1m], Totals(Everyone(scheme, [Li, Wang, Zhao], facts)));
    }

    [Fact]
    public void On_one_day_the_fact_comes_before_what_breaks_the_row()
    {
        var scheme = OneRule("连续: 甲, 满: 2, 按: 次, 中断: 乙, 加: 3");
        Assert.Equal(3m, Score(scheme, Fact("甲", "2025-01-01"), Fact("乙", "2025-01-02"), Fact("甲", "2025-01-02")).Total);
        Assert.Equal(0m, Score(scheme, Fact("甲", "2025-01-01"), Fact("乙", "2025-01-01"), Fact("甲", "2025-01-02")).Total);
    }

    [Fact]
    public void The_better_of_two_exclusive_rules_counts_for_each_content()
    {
        const string Section = """
            - 编号: bonus
              名称: 加分
              起分: 零分
              不兼得: [ { 记分: [规1, 规2], 同一: 内容, 依据: 一 } ]
              项目:
              - { 编号: x, 名称: x, 记分: [ { 编号: 规1, 每次: 甲, 加: 1 } ] }
              - { 编号: y, 名称: y, 记分: [ { 编号: 规2, 每次: 乙, 加: 3 }, { 编号: 规3, 另加: 丙, 随: 规1, 加: 0.5 } ] }
            """;
        var li = Score(
            Scheme("", Section, "总分: [ { 加: 加分 } ]"),
            Fact("甲", "2025-01-01") with { Content = "竞赛" },
            Fact("甲", "2025-01-02") with { Content = "共建" },
            Fact("乙", "2025-01-03") with { Content = "竞赛" },
            Fact("丙", "2025-01-04") with { Content = "共建" });
        Assert.Equal(4.5m, li.Total);
        Assert.Equal(2m, li.RuleSums["规1"]);
    }

    [Fact]
    public void Quarters_on_the_roll_are_averaged_and_rounded_to_the_unit()
    {
        var scheme = OneRule("每次: 甲, 加: 1", "考评期: 季度\n年度合成: { 方式: 平均, 依据: 一 }\n");
        var sinceJune = Li with { From = new DateOnly(2025, 6, 30) };

        // Three quarters, 4 points in all: 1.333 is 1.5 on a grid of 0.5.
        Assert.Equal(1.5m, Everyone(scheme, [sinceJune], Fact("甲", "2025-07-01", 4m))[0].Total);
    }

    [Fact]
    public void Year_to_date_looks_back_to_the_first_day_of_the_cycle()
    {
        var scheme = OneRule("累计: 甲, 满: 2, 扣: 1, 计期: 年初至今", "考评期: 半年\n年度合成: { 方式: 合计, 依据: 一 }\n");
        Assert.Equal(-1m, Score(scheme, Fact("甲", "2025-01-01"), Fact("甲", "2025-12-01")).Total);
    }

    [Theory]
    [InlineData("满分: 10, 记分: [ { 编号: 规1, 每次: 甲, 扣: 4 }, { 编号: 规2, 出现: 乙, 此项: 不得分 } ]", 0)]
    [InlineData("满分: 10, 记分: [ { 编号: 规1, 每次: 甲, 扣: 4 } ]", 2)]
    public void An_item_is_clamped_and_only_then_forfeited(string item, double expected)
    {
        var scheme = Scheme("", $"- {{ 编号: base, 名称: 基础, 起分: 满分, 满分: 10, 项目: [ {{ 编号: x, 名称: x, {item} }} ] }}", "总分: [ { 加: 基础 } ]");
        Assert.Equal((decimal)expected, Score(scheme, Fact("甲", "2025-01-01", 2m), Fact("乙", "2025-01-01")).Total);
    }

    [Fact]
    public void The_order_of_the_steps_is_the_arithmetic_and_a_veto_ends_it()
    {
        const string Sections = """
            - { 编号: up, 名称: 加分, 起分: 99, 项目: [ { 编号: x, 名称: x, 记分: [ { 编号: 规1, 每次: 甲, 加: 5 } ] } ] }
            - { 编号: down, 名称: 扣分, 起分: 零分, 项目: [ { 编号: y, 名称: y, 记分: [ { 编号: 规2, 每次: 乙, 扣: 3 } ] } ] }
            """;
        const string Steps = "总分: [ { 加: 加分 }, { 封顶: { 分: 100, 依据: 一 } }, { 减: 扣分 }, { 否决: { 事实: 丙, 总分: 0, 依据: 一 } } ]";
        var scheme = Scheme("", Sections, Steps);
        Assert.Equal(97m, Score(scheme, Fact("甲", "2025-01-01"), Fact("乙", "2025-01-01")).Total);
        Assert.Equal(0m, Score(scheme, Fact("甲", "2025-01-01"), Fact("丙", "2025-01-01")).Total);
    }

    [Fact]
    public void Last_year_gives_the_start_the_running_number_and_the_second_year()
    {
        const string Section = "- { 编号: x, 名称: 总评, 起分: { 上年总分: 25%, 首年: 40 }, 项目: [] }";
        const string Rest = """
            总分: [ { 加: 总评 } ]
            结果运用:
            - { 编号: 用1, 条件: { 总分: 低于30 }, 结果: 谈话, 效力: 应当 }
            - { 编号: 用2, 条件: { 连续两年: 用1 }, 结果: 处置, 效力: 应当 }
            累计账户: { 编号: a, 名称: 滚存, 上年: 50% }
            """;
        var previous = new Dictionary<string, NaivePrevious>(StringComparer.Ordinal)
        {
            ["li"] = new(77m, new HashSet<string>(["用1"], StringComparer.Ordinal), 80.5m),
        };
        var results = NaiveScorer.Score(Scheme("", Section, Rest), null, 2025, [Li, Wang], [], previous);

        // 77 × 25 % = 19.25 → 19.5; 80.5 × 50 % = 40.25 → 40.5.
        Assert.Equal([19.5m, 40m], Totals(results));
        Assert.Equal(["用1", "用2"], results[0].Outcomes);
        Assert.Equal(60m, results[0].Running);
        Assert.Empty(results[1].Outcomes);
        Assert.Equal(40m, results[1].Running);
    }

    [Theory]
    [InlineData("并列: 计入", 2)]
    [InlineData("并列: 不计入", 0)]
    public void Ties_at_the_bottom_count_or_do_not(string ties, int expected)
    {
        var scheme = OneRule("每次: 甲, 加: 1")
            + $"定义: {{ 排名靠后: {{ 范围: 支部, 末: 10%, 取整: 舍去, 至少: 1, {ties} }} }}\n结果运用: [ {{ 编号: 用1, 条件: {{ 排名: 靠后 }}, 结果: 谈话, 效力: 应当 }} ]\n";
        Assert.Equal(expected, Everyone(scheme, [Li, Wang, Zhao], Fact("甲", "2025-01-01")).Count(result => result.Outcomes.Count > 0));
    }

    [Fact]
    public void Whoever_a_quota_leaves_out_is_graded_by_the_next_row()
    {
        var scheme = OneRule("每次: 甲, 加: 1") + """
            等次:
            - { 等次: 优秀, 总分: 1以上, 名额: { 不超过: 50%, 范围: 支部, 取整: 舍去, 超出: 取前 } }
            - { 等次: 合格, 总分: 0以上 }
            - { 等次: 不合格, 总分: 低于0 }
            定档: [ { 编号: 档1, 累计: 乙, 满: 2, 定为: 不合格 } ]
            结果运用: [ { 编号: 用1, 条件: { 总分: 1以上 }, 名额: { 不超过: 1人, 范围: 支部, 取整: 舍去, 超出: 停 }, 结果: 推荐, 效力: 可以 } ]
            """;
        var results = Everyone(
            scheme,
            [Li, Wang, Zhao],
            Fact("甲", "2025-01-01", 3m),
            Fact("甲", "2025-01-01", 2m) with { Member = "wang" },
            Fact("乙", "2025-01-01", 2m) with { Member = "zhao" });
        Assert.Equal(["优秀", "合格", "不合格"], results.Select(result => result.Grade), StringComparer.Ordinal);
        Assert.Equal(["用1:停"], results[1].Findings);
        Assert.Empty(results[2].Findings);
    }

    [Fact]
    public void A_refinement_fills_the_slots_and_nothing_filled_counts_zero()
    {
        var scheme = OneRule("每次: 甲, 扣: 支部定");
        const string Refinement = "{ 填: [ { 记分: 规1, 扣: 2, 依据: 细则1 } ] }";
        NaiveFact[] facts = [Fact("甲", "2025-01-01")];
        Assert.Equal(0m, Score(scheme, facts).Total);
        Assert.Equal(-2m, NaiveScorer.Score(scheme, Refinement, 2025, [Li], facts, NoPrevious)[0].Total);
    }

    [Fact]
    public void Three_hundred_random_schemes_can_be_scored_with_a_random_branch_year()
    {
        var seen = 0;
        for (ulong seed = 0; seed < 300; seed++)
        {
            var scheme = RandomScheme.Write(seed);
            var refinement = seed % 2 == 0 ? RandomRefinement.Write(seed, scheme) : null;
            var branch = RandomBranchYear.Invent(seed, scheme, refinement);
            var results = NaiveScorer.Score(scheme, refinement, branch.Year, branch.Members, branch.Facts, branch.Previous);
            Assert.Equal(branch.Members.Count, results.Count);
            seen += results.Count(result => result.HasScorecard);
        }

        Assert.InRange(seen, 1000, 3000);
    }

    private static string OneRule(string rule, string head = "") => Scheme(
        head,
        $"- {{ 编号: part, 名称: 部分, 起分: 零分, 项目: [ {{ 编号: item, 名称: 项目, 记分: [ {{ 编号: 规1, {rule} }} ] }} ] }}",
        "总分: [ { 加: 部分 } ]");

    private static string Scheme(string head, string sections, string rest) =>
        $"周期: 自然年\n记分单位: 0.5\n{head}事实: {{ 甲: {{ 编号: fact-a }}, 乙: {{ 编号: fact-b }}, 丙: {{ 编号: fact-c }} }}\n部分:\n{sections}\n{rest}\n";

    private static NaiveResult Score(string scheme, params NaiveFact[] facts) => Everyone(scheme, [Li], facts)[0];

    private static IReadOnlyList<NaiveResult> Everyone(string scheme, NaiveMember[] members, params NaiveFact[] facts) =>
        NaiveScorer.Score(scheme, null, 2025, members, facts, NoPrevious);

    private static decimal[] Totals(IEnumerable<NaiveResult> results) => results.Select(result => result.Total).ToArray();

    private NaiveFact Fact(string name, string date, decimal quantity = 1m) => new(
        $"f{++_facts:000}", "li", DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture), name, quantity, null, null, null, 1);

    private NaiveFact Mark(string name, decimal points) => Fact(name, "2025-06-30") with { Amount = points };
}
