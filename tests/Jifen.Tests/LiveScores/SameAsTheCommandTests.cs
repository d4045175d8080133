using System.Globalization;
using System.Text;
using Jifen.Cycle.Scorecards;
using Jifen.Scoring;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Scorecards;
using Jifen.Tests.Cli;
using Xunit;

namespace Jifen.Tests.LiveScores;

/// <summary>What the pages show of a branch and what <c>jifen score</c> makes of the same facts in files is the same.</summary>
public sealed class SameAsTheCommandTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Live_totals_are_those_of_the_command_over_the_exported_facts(int seed)
    {
        var scores = BranchScores.Of(Plan.Compile(World.Scheme("jsit-2020"), 2025), RandomBooks.Of(seed, 40).Build(), new DateOnly(2025, 12, 31));
        using var folder = new TemporaryFolder();
        var members = folder.Write("members.csv", "编号,姓名,支部,身份\n" + string.Concat(scores.Roster.Members.Select(member =>
            $"{member.Id},{member.Name},{member.Branch},{Member.StandingName(member.Standing)}\n")));
        var facts = folder.Write("facts.csv", "编号,党员,日期,事实,数量,级别,内容,分值\n" + string.Concat(scores.Facts.Select(Row)));

        var run = CommandLine.Run(
            "score", "--scheme", "jsit-2020", "--refine", "example.refinement.yaml", "--members", members, "--facts", facts, "--year", "2025", "--out", folder["totals.csv"]);

        Assert.True(run.ExitCode == 0, run.Error);
        var totals = File.ReadAllLines(folder["totals.csv"], Encoding.UTF8).Skip(1).Select(line => line.Split(',')).ToDictionary(row => row[0]);
        Assert.Equal(40, totals.Count);
        for (var member = 0; member < scores.Roster.Count; member++)
        {
            var row = totals[scores.Roster.Members[member].Id];
            Assert.Equal($"{scores.Totals.TotalOf(member)} {scores.Totals.RankOf(member)}", $"{row[5]} {row[6]}");
            Assert.Equal(string.Join(';', scores.Totals.OutcomesOf(member).Select(outcome => outcome.Id)), row[8]);
        }
    }

    private static string Row(DerivedFact fact) => string.Join(',',
        fact.Id,
        fact.Person.ToString(),
        fact.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        fact.Kind.Id,
        new Points(fact.Quantity).ToString(),
        fact.Level == 0 ? "" : fact.Kind.Levels[fact.Level - 1],
        fact.Content,
        fact.Amount == FactSegment.NoAmount ? "" : new Points(fact.Amount).ToString()) + "\n";
}
