using Jifen.Cli;
using Xunit;

namespace Jifen.Tests.Cli;

public sealed class ExplainTests
{
    [Theory]
    // M04: deductions in both sections; M14: an outcome of two years running, a reading behind it.
    [InlineData("M04")]
    [InlineData("M14")]
    // M17 is exempt.
    [InlineData("M17")]
    public void A_score_sheet_reads_as_approved(string member)
    {
        var run = CommandLine.Run(["explain", .. CommandLine.ExampleYear, "--member", member]);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Golden.Matches($"explain-{member}.txt", run.Out);
    }

    [Fact]
    public void A_year_made_of_terms_shows_each_term_as_a_sheet_of_its_own()
    {
        using var folder = new TemporaryFolder();
        var members = folder.Write("members.csv", "编号,姓名,支部,身份,类别\nT1,江南,法学一支部,正式党员,教职工\nT2,江北,法学一支部,正式党员,教职工\n");
        var facts = folder.Write("facts.csv", """
            编号,党员,日期,事实,数量
            F1,T1,2025-03-05,集中学习,14
            F2,T1,2025-09-10,集中学习,16
            F3,T1,2025-10-09,党费逾期,1

            """);

        var run = CommandLine.Run(
            "explain", "--scheme", "jsu-law-2017", "--refine", "example.refinement.yaml", "--members", members, "--facts", facts, "--year", "2025", "--member", "T1");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Golden.Matches("explain-terms.txt", run.Out);
    }

    [Fact]
    public void For_programs_it_is_the_line_of_the_sheets()
    {
        using var folder = new TemporaryFolder();
        CommandLine.Run(["score", .. CommandLine.ExampleYear, "--out", folder["totals.csv"], "--sheets", folder["sheets.jsonl"]]);

        var run = CommandLine.Run(["explain", .. CommandLine.ExampleYear, "--member", "M14", "--json"]);

        Assert.Equal(File.ReadAllLines(folder["sheets.jsonl"])[13] + "\n", run.Out);
    }

    [Fact]
    public void A_name_that_only_one_member_bears_will_do()
    {
        var byName = CommandLine.Run(["explain", .. CommandLine.ExampleYear, "--member", "许望舒"]);
        var byId = CommandLine.Run(["explain", .. CommandLine.ExampleYear, "--member", "M04"]);

        Assert.Equal(byId.Out, byName.Out);
    }

    [Fact]
    public void A_member_nobody_knows_is_the_inputs_fault()
    {
        var run = CommandLine.Run(["explain", .. CommandLine.ExampleYear, "--member", "M99"]);

        Assert.Equal(ExitCode.InputAtFault, run.ExitCode);
        Assert.Contains("名册里没有编号“M99”的党员。改法：照抄名册“编号”列", run.Error, StringComparison.Ordinal);
    }
}
