using Jifen.Scoring;
using Jifen.Scoring.Schemes;
using Xunit;

namespace Jifen.Tests.Schemes;

/// <summary>Every fault of a scheme file is named with its line, its column, its cause and its mend.</summary>
public sealed class SchemeCheckTests
{
    [Fact]
    public void The_example_of_the_language_document_loads_without_a_word()
    {
        var loaded = World.LoadText(Small);

        Assert.DoesNotContain(loaded.Problems, problem => problem.Severity > Severity.Note);
        Assert.Equal("small-branch", loaded.Value!.Id);
    }

    [Theory]
    [InlineData("每次: 迟到", "每次: 迟倒", "迟倒", "事实“迟倒”没有定义", "是不是“迟到”")]
    [InlineData("扣: 2", "扣: 2.3", "2.3", "2.3 不是记分单位 0.5 的整数倍", "整数倍")]
    [InlineData("扣: 2", "扣: 两分", "两分", "“扣”的分值读不懂", "支部定")]
    [InlineData("满分: 20\n", "满分: 21\n", "编号: base", "“基础积分”满分 21，各项之和是 20", "改部分的满分")]
    [InlineData("依据: 三, 解释: J1", "依据: 三, 解释: J7", "{ 等次: 合格", "解释“J7”没有写", "J1")]
    [InlineData("加: 1, 零头: 舍去", "加: 1", "{ 编号: 加1", "缺“零头”", "写上")]
    [InlineData("加: 1,", "加: 1, 奖励: 3,", "奖励", "记分“加1”里不认识“奖励”", "docs/scheme-language.md")]
    [InlineData("问题: 20以下是什么等次", "问题: 20以下, 是什么等次", "是什么等次", "解释“J1”里不认识“是什么等次”", "全角“，”")]
    [InlineData("总分: 低于20", "总分: 低于19", "{ 等次: 优秀, 总分", "总分 19 不属于任何等次", "首尾相接")]
    [InlineData("总分: 20以上", "总分: 二十以上", "二十以上", "“总分”的线读不懂", "90以上")]
    [InlineData("编号: late,", "编号: Late,", "Late", "编号“Late”不合写法", "小写英文")]
    [InlineData("- 加: 加分\n", "", "编号: bonus", "部分“加分”没有进“总分”", "恰好写一次")]
    [InlineData("语言版本: 1", "语言版本: 2", "2", "“语言版本”要写 1 到 1 之间的整数", "改成整数")]
    [InlineData("记: 次,", "记: 回,", "回", "“记”不能是“回”", "“次”")]
    [InlineData("效力: 优先,", "效力: 优先, 择一: [表彰],", "[表彰]", "“择一”要写至少两样", "只有一样的不用写")]
    [InlineData("条件: { 等次: 优秀 }", "条件: { 等次: 优等 }", "优等", "等次“优等”没有定义", "优秀")]
    [InlineData("条件: { 等次: 优秀 }", "条件: { 连续两年: 用2 }", "用2", "“连续两年”要写前面的一条结果运用", "写在前面")]
    [InlineData("条件: { 等次: 优秀 }", "条件: { 排名: 靠后 }", "靠后", "“排名: 靠后”没有定义", "定义")]
    [InlineData("状态: 暂行", "状态: 确认", "{ 编号: J1", "已确认，要写“决定人”和“日期”", "暂行")]
    [InlineData("类: 空白", "类: 矛盾", "{ 编号: J1", "要写明至少两种说法", "说法")]
    [InlineData("文件版本: 1", "文件版本: 1\n文件版本: 1", "文件版本: 1\n适用", "键“文件版本”重复", "删去一个")]
    [InlineData("限额: [ { 每: 月, 至多: 2 } ]", "限额: [ { 每: 年, 至多: 2 }, { 每: 月, 至多: 1 } ]", "{ 编号: 加1", "比前面（或它下面）的限额的期短", "从短到长")]
    [InlineData("起分: 满分", "起分: &a 满分", "满分", "不许用锚点", "删去")]
    [InlineData("每次: 迟到, 扣: 2", "每次: 志愿服务, 扣: 2", "志愿服务, 扣", "“每次”用在按“小时”记的事实", "每满")]
    public void A_fault_is_named_with_its_place_its_cause_and_its_mend(string was, string now, string place, string cause, string mend)
    {
        Assert.Contains(was, Small, StringComparison.Ordinal);
        var broken = ReplaceFirst(Small, was, now);
        var problem = Assert.Single(World.LoadText(broken).Errors, error => error.Cause.Contains(cause, StringComparison.Ordinal));
        var (line, column) = PlaceOf(broken, place, after: broken.IndexOf(now.Length == 0 ? place : now, StringComparison.Ordinal));

        Assert.Equal(line, problem.Line);
        Assert.True(problem.Column == column || column == 0, $"第{problem.Column}列，应为第{column}列");
        Assert.Contains(mend, problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void One_fact_priced_by_two_rules_is_refused_unless_said_on_purpose()
    {
        var twice = Small.Replace(
            "{ 编号: 基1, 每次: 迟到, 扣: 2, 依据: 一 }",
            "{ 编号: 基1, 每次: 迟到, 扣: 2, 依据: 一 }, { 编号: 基2, 每次: 迟到, 扣: 1, 依据: 一 }",
            StringComparison.Ordinal);
        var meant = twice.Replace("扣: 1, 依据: 一", "扣: 1, 兼计: 是, 依据: 一", StringComparison.Ordinal);

        Assert.Contains(World.LoadText(twice).Errors, error => error.Cause.Contains("已由记分“基1”", StringComparison.Ordinal));
        Assert.NotNull(World.LoadText(meant).Value);
    }

    [Fact]
    public void A_fact_nobody_uses_must_say_why_it_moves_no_points()
    {
        var idle = Small.Replace("事实:\n", "事实:\n  点赞: { 编号: like, 记: 次, 谁记: 申报 }\n", StringComparison.Ordinal);
        var told = idle.Replace("谁记: 申报 }\n  迟到", "谁记: 申报, 不记分: 不以点赞记分 }\n  迟到", StringComparison.Ordinal);

        Assert.Contains(World.LoadText(idle).Errors, error => error.Cause.Contains("“点赞”没有一处用到", StringComparison.Ordinal));
        Assert.NotNull(World.LoadText(told).Value);
    }

    [Fact]
    public void A_clause_with_a_figure_that_nothing_cites_is_pointed_out()
    {
        var forgotten = Small.Replace("条款:\n", "条款:\n  四: 每季度公示5天\n", StringComparison.Ordinal);

        var warning = Assert.Single(World.LoadText(forgotten).Problems, problem => problem.Severity == Severity.Warning);
        Assert.Contains("条款“四”里有数字", warning.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_found_in_one_reading()
    {
        var broken = Small
            .Replace("每次: 迟到", "每次: 迟倒", StringComparison.Ordinal)
            .Replace("总分: 20以上", "总分: 二十以上", StringComparison.Ordinal)
            .Replace("效力: 优先", "效力: 优选", StringComparison.Ordinal);

        var causes = World.LoadText(broken).Errors.Select(error => error.Cause).ToList();

        Assert.Contains(causes, cause => cause.Contains("迟倒", StringComparison.Ordinal));
        Assert.Contains(causes, cause => cause.Contains("线读不懂", StringComparison.Ordinal));
        Assert.Contains(causes, cause => cause.Contains("优选", StringComparison.Ordinal));
    }

    [Fact]
    public void At_most_fifty_faults_are_listed_and_the_rest_is_counted()
    {
        var many = Small + string.Concat(Enumerable.Range(1, 80).Select(i => $"多余{i}: 1\n"));

        var problems = World.LoadText(many).Problems.Where(problem => problem.Severity == Severity.Error).ToList();

        Assert.Equal(Problem.Most + 1, problems.Count);
        Assert.Contains("还有30处", problems[^1].Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_utf_8_is_refused_with_its_line()
    {
        byte[] bytes = [.. "办法: {}\n"u8, 0xB0, 0xEC, 0xB7, 0xA8, (byte)'\n'];

        var problem = Assert.Single(SchemeLoader.Load(new SchemeSource("gbk.yaml", bytes)).Problems);

        Assert.Equal(("gbk.yaml", 2, "不是 UTF-8 文字"), (problem.Source, problem.Line, problem.Cause));
    }

    [Theory]
    [InlineData("- { 步骤: 评定, 每: 季度, 谁: 党员大会, 先: 公示, 依据: 一 }\n- { 步骤: 公示, 每: 季度, 先: 评定, 依据: 一 }", "绕了一圈")]
    [InlineData("- { 步骤: 评定, 每: 季度, 谁: 党员大会, 先: 初评, 依据: 一 }", "“先”里没有“初评”")]
    [InlineData("- { 步骤: 评定, 每: 季度, 依据: 一 }", "没有人能做")]
    [InlineData("- { 步骤: 评定, 每: 季度, 谁: 校长, 依据: 一 }", "不认识“校长”")]
    [InlineData("- { 步骤: 汇总, 每: 年, 依据: 一 }\n- { 步骤: 公示, 每: 月, 先: 汇总, 依据: 一 }", "做不到")]
    [InlineData("- { 步骤: 公示, 每: 季度, 天: 5工作日, 依据: 一 }", "“天”读不懂")]
    [InlineData("- { 步骤: 备案, 每: 年, 谁: 上级党组织, 期限: 次年13-10, 依据: 一 }", "“期限”读不懂")]
    [InlineData("- { 步骤: 汇总, 每: 半年, 依据: 一 }\n- { 步骤: 定等次, 每: 年, 谁: 党员大会, 先: 汇总, 依据: 一 }", "要在年度汇总定分以后")]
    [InlineData("- { 步骤: 汇总, 每: 年, 依据: 一 }\n- { 步骤: 定等次, 每: 半年, 谁: 党员大会, 先: 汇总, 依据: 一 }", "每年只定一次")]
    [InlineData("- { 步骤: 汇总, 每: 年, 依据: 一 }\n- { 步骤: 定等次, 每: 年, 谁: 党员大会, 先: 汇总, 依据: 一 }\n- { 步骤: 定等次, 名称: 再定, 每: 年, 谁: 支部, 先: 汇总, 依据: 一 }", "写了两步定等次")]
    [InlineData("- { 步骤: 记录, 谁: 记录员, 另: { 记录员本人: 记录员 }, 依据: 一 }", "不能由记录员自己记")]
    public void The_steps_of_the_cycle_are_checked(string steps, string cause)
    {
        var loaded = World.LoadText(Small + "流程:\n" + steps + "\n");

        Assert.Contains(loaded.Errors, error => error.Cause.Contains(cause, StringComparison.Ordinal) && error.Line > 40);
    }

    [Fact]
    public void Grades_are_decided_only_where_the_scheme_has_grades()
    {
        const string Steps = "流程:\n- { 步骤: 汇总, 每: 年, 依据: 一 }\n- { 步骤: 测评, 每: 年, 谁: 党员大会, 先: 汇总, 依据: 一 }\n- { 步骤: 定等次, 每: 年, 谁: 党员大会, 先: 测评, 依据: 一 }\n";
        Assert.Empty(World.LoadText(Small + Steps).Errors);

        var without = Small.Remove(Small.IndexOf("等次:\n", StringComparison.Ordinal), Small.IndexOf("解释:\n", StringComparison.Ordinal) - Small.IndexOf("等次:\n", StringComparison.Ordinal));
        Assert.Contains(World.LoadText(without + Steps).Errors, error => error.Cause.Contains("没有“等次”", StringComparison.Ordinal));
    }

    internal static string Small { get; } = FromLanguageDocument();

    private static string FromLanguageDocument()
    {
        var document = File.ReadAllText(Path.Combine(World.Root, "docs", "scheme-language.md"));
        var start = document.IndexOf("办法: { 编号: small-branch", StringComparison.Ordinal);
        return document[start..document.IndexOf("```", start, StringComparison.Ordinal)];
    }

    private static string ReplaceFirst(string text, string was, string now)
    {
        var at = text.IndexOf(was, StringComparison.Ordinal);
        return text[..at] + now + text[(at + was.Length)..];
    }

    private static (int Line, int Column) PlaceOf(string text, string fragment, int after)
    {
        var near = text.IndexOf(fragment, Math.Max(0, after), StringComparison.Ordinal);
        var at = near >= 0 && near - after < 60 ? near : text.IndexOf(fragment, StringComparison.Ordinal);
        var before = text[..at];
        var column = at - before.LastIndexOf('\n');
        return (before.Count(c => c == '\n') + 1, fragment.StartsWith('{') || fragment.StartsWith("编号", StringComparison.Ordinal) ? column : 0);
    }
}
