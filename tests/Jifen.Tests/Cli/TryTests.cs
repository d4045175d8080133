using System.Text.Json;
using Jifen.Cli;
using Xunit;

namespace Jifen.Tests.Cli;

public sealed class TryTests
{
    private static readonly string[] Year =
        ["--members", CommandLine.Example("members.csv"), "--facts", CommandLine.Example("facts.csv"), "--year", "2025"];

    [Fact]
    public void A_scheme_changes_nobody_against_itself()
    {
        var run = CommandLine.Run(["scheme", "try", "jsit-2020", "jsit-2020", .. Year]);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("24人：0人总分不同，0人等次不同，0人结果运用不同，24人不变。", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_changes_and_why_reads_as_approved()
    {
        var run = CommandLine.Run(["scheme", "try", "jsit-2020", "jsit-2020", "--refine-b", "example.refinement.yaml", .. Year]);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Golden.Matches("scheme-try.txt", run.Out);
    }

    [Fact]
    public void Facts_that_one_scheme_does_not_know_are_named_and_left_out_on_its_side()
    {
        using var folder = new TemporaryFolder();
        var other = folder.Write("other.scheme.yaml", File.ReadAllText(World.SchemePath("jsit-2020"))
            .Replace("组织生活早退", "提前离会", StringComparison.Ordinal));
        var facts = folder.Write("facts.csv", """
            编号,党员,日期,事实
            F1,M01,2025-03-01,组织生活早退
            F2,M02,2025-03-01,提前离会
            F3,M03,2025-03-01,组织生活迟到

            """);

        var run = CommandLine.Run(
            "scheme", "try", "jsit-2020", other, "--members", CommandLine.Example("members.csv"), "--facts", facts, "--year", "2025", "--json");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("按甲（jsit-2020）：提醒：这份办法没有这些事实，这一边都不计：提前离会1条", run.Error, StringComparison.Ordinal);
        Assert.Contains("按乙（jsit-2020）：提醒：这份办法没有这些事实，这一边都不计：组织生活早退1条", run.Error, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(run.Out);
        Assert.Equal(["M01", "M02"], json.RootElement.GetProperty("changed").EnumerateArray().Select(change => change.GetProperty("member").GetString()));
    }

    [Fact]
    public void A_fact_neither_knows_is_refused_by_both()
    {
        using var folder = new TemporaryFolder();
        var facts = folder.Write("facts.csv", "编号,党员,日期,事实\nF1,M01,2025-03-01,没有这种事\n");

        var run = CommandLine.Run(
            "scheme", "try", "jsit-2020", "wuxi-2020", "--members", CommandLine.Example("members.csv"), "--facts", facts, "--year", "2025");

        Assert.Equal(ExitCode.InputAtFault, run.ExitCode);
        Assert.Contains("按甲（jsit-2020）：", run.Error, StringComparison.Ordinal);
        Assert.Contains("按乙（wuxi-2020）：", run.Error, StringComparison.Ordinal);
        Assert.Contains("只有两边都能算，才能比较。", run.Error, StringComparison.Ordinal);
    }
}
