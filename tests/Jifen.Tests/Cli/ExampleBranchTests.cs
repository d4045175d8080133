using Xunit;

namespace Jifen.Tests.Cli;

/// <summary>The example branch is kept twice, as a workbook and as csv, so that both ways in are tried by every newcomer.</summary>
public sealed class ExampleBranchTests
{
    [Fact]
    public void The_recorders_workbook_and_the_two_csv_files_give_the_same_totals() =>
        Assert.Equal(Totals("members.csv", "facts.csv"), Totals("支部.xlsx", "支部.xlsx"));

    private static string Totals(string members, string facts)
    {
        var run = CommandLine.Run(
            "score",
            "--scheme", "jsit-2020",
            "--refine", "example.refinement.yaml",
            "--members", CommandLine.Example(members),
            "--facts", CommandLine.Example(facts),
            "--previous", CommandLine.Example("totals-2024.csv"),
            "--year", "2025",
            "--out", "-");
        Assert.Equal(0, run.ExitCode);
        return run.Out;
    }
}
