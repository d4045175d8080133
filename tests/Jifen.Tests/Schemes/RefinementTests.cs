using Jifen.Scoring.Schemes;
using Xunit;

namespace Jifen.Tests.Schemes;

/// <summary>细则 fills what the document leaves to the branch (支部定), and changes nothing else.</summary>
public sealed class RefinementTests
{
    private const string Head =
        "细则: { 编号: b1, 名称: 某支部细则, 细化: jsit-2020, 通过: { 会议: 支部党员大会, 日期: 2025-01-10 } }\n语言版本: 1\n文件版本: 1\n";

    [Fact]
    public void It_fills_the_three_slots_of_jsit_and_the_warnings_go()
    {
        var open = Load("填: []\n");
        var filled = Load("填:\n- { 记分: 学1, 扣: 0.5, 依据: 细则1 }\n- { 记分: 会1, 扣: 2, 依据: 细则2 }\n- { 记分: 组3, 扣: 2, 依据: 细则3 }\n");

        Assert.Equal(3, open.Value!.Slots.Count);
        Assert.Empty(filled.Value!.Slots);
        Assert.NotEqual(open.Value.Fingerprint, filled.Value.Fingerprint);
        Assert.Equal("支部党员大会", filled.Value.Refinement!.Meeting);
    }

    [Fact]
    public void A_line_of_a_filled_rule_cites_the_document_and_the_refinement()
    {
        var scheme = Load("填:\n- { 记分: 会1, 扣: 2, 依据: 细则2 }\n").Value!;

        var rule = scheme.Rules.Single(rule => rule.Id == "会1");

        Assert.Equal(["三（一）2", "细则2"], rule.Head.Clauses.Where(clause => clause is "三（一）2" or "细则2"));
    }

    [Theory]
    [InlineData("- { 记分: 组1, 扣: 1, 依据: 细则1 }", "记分“组1”的“扣”是办法定的“2”，细则不能改")]
    [InlineData("- { 记分: 学1, 应达: 30, 依据: 细则1 }", "“应达”是办法定的“32”，细则不能改")]
    [InlineData("- { 记分: 学1, 扣: 0.5, 最多: 3, 依据: 细则1 }", "细则不能改记分“学1”的“最多”")]
    [InlineData("- { 记分: 学9, 扣: 0.5, 依据: 细则1 }", "办法里没有记分“学9”")]
    [InlineData("- { 记分: 学1, 扣: 0.3, 依据: 细则1 }", "0.3 不是记分单位 0.5 的整数倍")]
    [InlineData("- { 记分: 学1, 扣: 0.5 }", "缺“依据”")]
    [InlineData("- { 记分: 学1, 扣: 0.5, 依据: 细则1 }\n- { 记分: 学1, 扣: 1, 依据: 细则1 }", "填了两次")]
    [InlineData("- { 部分: bonus, 封顶: 20, 依据: 细则1 }", "部分“bonus”的“封顶”是办法定的“10”，细则不能改")]
    [InlineData("- { 扣: 0.5, 依据: 细则1 }", "没有说填哪里")]
    public void It_may_not_change_what_the_document_settles(string fill, string cause)
    {
        var problem = Assert.Single(Load($"填:\n{fill}\n").Errors, error => error.Cause.Contains(cause, StringComparison.Ordinal));

        Assert.Equal("refinement.yaml", problem.Source);
        Assert.True(problem.Line >= 5, $"第{problem.Line}行");
    }

    [Fact]
    public void It_may_not_bring_facts_of_its_own_unless_it_fills_items()
    {
        var loaded = Load("事实:\n  点赞: { 编号: like, 记: 次, 谁记: 申报, 不记分: 不记 }\n填: []\n");

        Assert.Contains(loaded.Errors, error => error.Cause.Contains("不能加事实“点赞”", StringComparison.Ordinal));
    }

    [Fact]
    public void A_refinement_of_another_scheme_is_refused()
    {
        var loaded = World.LoadText(SchemeCheckTests.Small, Head + "填: []\n");

        Assert.Contains(loaded.Errors, error => error.Cause.Contains("细化的是“jsit-2020”，不是“small-branch”", StringComparison.Ordinal));
    }

    [Fact]
    public void Anything_else_in_it_is_refused()
    {
        var loaded = Load("填: []\n总分: []\n");

        Assert.Contains(loaded.Errors, error => error.Cause.Contains("细则文件里不认识“总分”", StringComparison.Ordinal));
    }

    private static Loaded<Scheme> Load(string body) => SchemeLoader.Load(
        World.Source(World.SchemePath("jsit-2020")),
        new SchemeSource("refinement.yaml", System.Text.Encoding.UTF8.GetBytes(Head + body)));
}
