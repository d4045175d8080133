using System.Text.Json;
using Jifen.Cli;
using Jifen.Cli.Inputs;
using Xunit;

namespace Jifen.Tests.Cli;

public sealed class SchemeVerbTests
{
    [Fact]
    public void The_list_names_every_scheme_that_comes_along()
    {
        var run = CommandLine.Run("scheme", "list");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.All(World.SchemeIds, id => Assert.Contains(id, run.Out, StringComparison.Ordinal));
        Golden.Matches("scheme-list.txt", run.Out);
    }

    [Fact]
    public void The_list_for_programs_names_the_same()
    {
        var run = CommandLine.Run("scheme", "list", "--json");

        using var json = JsonDocument.Parse(run.Out);
        Assert.Equal(World.SchemeIds, json.RootElement.GetProperty("schemes").EnumerateArray().Select(scheme => scheme.GetProperty("id").GetString()));
        Assert.All(json.RootElement.GetProperty("schemes").EnumerateArray(), scheme => Assert.Equal(64, scheme.GetProperty("fingerprint").GetString()!.Length));
    }

    [Fact]
    public void A_scheme_is_shown_line_by_line_with_its_clauses()
    {
        var run = CommandLine.Run("scheme", "show", "jsit-2020", "--refine", "example.refinement.yaml");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Golden.Matches("scheme-show.txt", run.Out);
    }

    [Fact]
    public void A_scheme_shown_for_programs_says_the_same_lines()
    {
        using var json = JsonDocument.Parse(CommandLine.Run("scheme", "show", "jsit-2020", "--json").Out);

        var late = json.RootElement.GetProperty("entries").EnumerateArray().Single(entry => entry.GetProperty("path").GetString() == "记分/组1");
        Assert.Equal("组织生活迟到每次扣2", late.GetProperty("text").GetString());
        Assert.Equal("附1·组织生活", Assert.Single(late.GetProperty("clauses").EnumerateArray()).GetString());
    }

    [Fact]
    public void Two_schemes_are_compared_line_by_line()
    {
        var run = CommandLine.Run("scheme", "diff", "wuxi-2020", "jsit-2020");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Golden.Matches("scheme-diff.txt", run.Out);
    }

    [Fact]
    public void A_scheme_does_not_differ_from_itself_and_differs_from_its_refinement_by_what_that_fills()
    {
        Assert.Equal("两份办法说的一样。\n", CommandLine.Run("scheme", "diff", "jsit-2020", "jsit-2020").Out);

        using var json = JsonDocument.Parse(
            CommandLine.Run("scheme", "diff", "jsit-2020", "jsit-2020", "--refine-b", "example.refinement.yaml", "--json").Out);
        Assert.Equal(
            ["记分/学1", "记分/会1", "记分/组3"],
            json.RootElement.GetProperty("differences").EnumerateArray().Select(difference => difference.GetProperty("path").GetString()));
    }

    [Fact]
    public void A_broken_file_is_told_where_and_how_to_mend_it()
    {
        using var folder = new TemporaryFolder();
        var broken = File.ReadAllText(World.SchemePath("jsit-2020"))
            .Replace("每次: 组织生活迟到", "每次: 组织生活迟倒", StringComparison.Ordinal)
            .Replace("满分: 24", "满分: 23", StringComparison.Ordinal)
            .Replace("依据: 附1·学习 }", "依据: 附9 }", StringComparison.Ordinal);
        var file = folder.Write("broken.scheme.yaml", broken);

        var run = CommandLine.Run("scheme", "check", file);

        Assert.Equal(ExitCode.InputAtFault, run.ExitCode);
        Golden.Matches("scheme-check-broken.txt", (run.Error + run.Out).Replace(folder.FullName + "/", "", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_checked_is_counted_in_the_last_line_and_for_programs()
    {
        var run = CommandLine.Run("scheme", "check", "jsit-2020", "--refine", "example.refinement.yaml");
        using var json = JsonDocument.Parse(CommandLine.Run("scheme", "check", "jsit-2020", "--refine", "example.refinement.yaml", "--json").Out);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        var file = Assert.Single(json.RootElement.GetProperty("files").EnumerateArray());
        Assert.Equal(file.GetProperty("errors").GetInt32() + file.GetProperty("warnings").GetInt32() + file.GetProperty("notes").GetInt32(), file.GetProperty("problems").GetArrayLength());
        Assert.EndsWith($"检查了1个文件：0处错误，0处提醒，{file.GetProperty("notes").GetInt32()}处说明。\n", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_child_is_held_against_its_parent()
    {
        var run = CommandLine.Run("scheme", "check", "jsit-2020");

        Assert.Contains("说明：离开上位：部分“加分项目”没有项目“公益活动”", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_figure_that_the_archived_text_does_not_have_is_pointed_out()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("jsit-2020.scheme.yaml", File.ReadAllText(World.SchemePath("jsit-2020")));
        var figures = string.Join(' ', World.Scheme("jsit-2020", refined: false).Clauses.Values.SelectMany(clause => Figures.In(clause.Text)).Where(figure => figure != "32"));
        folder.Write("000_ef5084d07076663c.txt", figures);

        var run = CommandLine.Run("scheme", "check", file);

        Assert.Contains("提醒：条款“三（一）1”里的数字32在原文“000_ef5084d07076663c.txt”里找不到", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("里的数字12", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("满分100，其中12.5分；第3、4条", "100 12.5 3 4")]
    [InlineData("７０分以下，1/2/3", "70 1 2 3")]
    [InlineData("到2020.6.28为止", "2020.6 28")]
    [InlineData("没有数", "")]
    public void Figures_are_whole_numbers_with_their_decimals(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', Figures.In(text)));

    [Fact]
    public void Refinements_and_cases_are_checked_as_what_they_are()
    {
        var run = CommandLine.Run("scheme", "check", World.ExampleRefinementPath("jsit-2020"), World.CasePaths("jsit-2020").First());

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("检查了2个文件：0处错误", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void All_cases_are_found_and_come_out()
    {
        var run = CommandLine.Run("scheme", "test", Path.Combine(World.Root, "schemes"));

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal("", run.Error);
        Assert.Contains("道对，0道不对，0处提醒。", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_case_that_does_not_come_out_is_told_with_its_line()
    {
        using var folder = new TemporaryFolder();
        File.Copy(World.SchemePath("jsit-2020"), folder["jsit-2020.scheme.yaml"]);
        folder.Write("x.算例.yaml", """
            办法: jsit-2020
            年: 2025
            算例:
            - 名称: 算错了的
              事实: [ { 组织生活迟到: 2025-07-31 }, { 思想汇报: 4次 } ]
              应得: { 总分: 97 }
            """);

        var run = CommandLine.Run("scheme", "test", folder["jsit-2020.scheme.yaml"]);

        Assert.Equal(ExitCode.InputAtFault, run.ExitCode);
        Assert.Contains("第6行", run.Error, StringComparison.Ordinal);
        Assert.Contains("算例“算错了的”", run.Error, StringComparison.Ordinal);
        Assert.Contains("1道算例：0道对，1道不对", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_to_test_is_a_fault()
    {
        using var folder = new TemporaryFolder();
        File.Copy(World.SchemePath("jsit-2020"), folder["jsit-2020.scheme.yaml"]);

        Assert.Contains("旁边没有算例", CommandLine.Run("scheme", "test", folder["jsit-2020.scheme.yaml"]).Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.InputAtFault, CommandLine.Run("scheme", "test", "nobody").ExitCode);
    }
}
