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
        var example = Path.Combine(World.Root, "schemes", "jsit-2020", "example");
        var run = CommandLine.Run(
            "score",
            "--scheme", "jsit-2020",
            "--refine", "example.refinement.yaml",
            "--members", Path.Combine(example, members),
            "--facts", Path.Combine(example, facts),
            "--previous", Path.Combine(example, "totals-2024.csv"),
            "--year", "2025",
            "--out", "-");
        Assert.Equal(0, run.Code);
        return run.Out;
    }
}
