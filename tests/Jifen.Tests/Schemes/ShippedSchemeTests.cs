using Jifen.Scoring;
using Jifen.Scoring.Cases;
using Xunit;

namespace Jifen.Tests.Schemes;

public sealed class ShippedSchemeTests
{
    public static TheoryData<string> Ids() => new(World.SchemeIds);

    public static TheoryData<string, string> CaseFiles() => new(
        World.SchemeIds.SelectMany(id => World.CasePaths(id).Select(path => (id, Path.GetFileName(path)))));

    [Theory, MemberData(nameof(Ids))]
    public void Every_shipped_scheme_loads_without_error_or_warning_of_its_own(string id)
    {
        var loaded = World.Load(id, refined: true);

        // Notes (暂行 readings) are what the document leaves open; warnings would be ours to mend.
        Assert.DoesNotContain(loaded.Problems, problem => problem.Severity > Severity.Note);
        Assert.NotNull(loaded.Value);
    }

    [Theory, MemberData(nameof(Ids))]
    public void Without_its_refinement_a_scheme_warns_of_nothing_but_open_slots(string id)
    {
        var loaded = World.Load(id, refined: false);

        Assert.NotNull(loaded.Value);
        Assert.All(loaded.Problems.Where(problem => problem.Severity > Severity.Note), problem => Assert.Contains("支部定", problem.Cause, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(CaseFiles))]
    public void Every_case_worked_by_hand_comes_out(string id, string file)
    {
        var cases = World.Cases(Path.Combine(World.Root, "schemes", id, file));
        var scheme = World.Scheme(id, refined: cases.Refinement is not null);

        var failures = cases.Run(scheme).Results
            .SelectMany(result => result.Failures.Select(failure => $"第{failure.Place.Line}行 {result.Case.Name}：{failure.Text}"));

        Assert.Equal([], failures);
        Assert.NotEmpty(cases.Cases);
    }

    [Theory, MemberData(nameof(Ids))]
    public void The_cases_of_a_scheme_reach_every_rule_bound_outcome_and_grade(string id)
    {
        var scheme = World.Scheme(id);
        var coverage = World.CasePaths(id)
            .Select(World.Cases)
            .Where(cases => cases.Refinement is not null)
            .Select(cases => cases.Run(scheme).Coverage)
            .Aggregate(CaseCoverage.None, (all, one) => all.Join(one));

        Assert.Equal([], coverage.Missing(scheme));
    }
}
