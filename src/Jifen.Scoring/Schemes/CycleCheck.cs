using Jifen.Scoring.Schemes.Yaml;

namespace Jifen.Scoring.Schemes;

/// <summary>流程: no circles, no step that can never be reached, grades decided once and on settled points.</summary>
internal static class CycleCheck
{
    private const string GradeDecision = "定等次";
    private const string Summary = "汇总";

    public static void Run(Scheme scheme, Problems problems)
    {
        var steps = scheme.Steps;
        foreach (var group in steps.GroupBy(step => new Occasion(step.Name, step.Every?.Name() ?? "")).Where(group => group.Count() > 1))
        {
            problems.Error(group.Last().Place, $"流程“{group.Key.Name}”写了{group.Count()}次", "用“名称”区分");
        }

        foreach (var step in steps)
        {
            foreach (var name in step.After)
            {
                var before = Named(steps, name).ToList();
                if (before.Count == 0)
                {
                    problems.Error(
                        step.Place, $"流程“{step.Name}”的“先”里没有“{name}”这一步", Spelling.SuggestFrom(name, steps.Select(known => known.Name).Distinct().ToList(), "流程"));
                }
                else if (before.All(earlier => IsRarer(earlier, step)))
                {
                    problems.Error(
                        step.Place,
                        $"流程“{step.Name}”每{step.Every!.Value.Name()}一次，先要的“{name}”却每{before[0].Every!.Value.Name()}才一次，做不到",
                        "改“每”，或改“先”");
                }
            }
        }

        foreach (var step in steps)
        {
            if (Rests(steps, step, before => ReferenceEquals(before, step), NoneYet()))
            {
                problems.Error(step.Place, $"流程“{step.Name}”绕了一圈又要先做它自己", "改“先”");
                return;
            }
        }

        CheckGradeDecisions(scheme, problems);
    }

    private static void CheckGradeDecisions(Scheme scheme, Problems problems)
    {
        var deciding = scheme.Steps.Where(step => step.Kind == GradeDecision).ToList();
        foreach (var step in deciding)
        {
            if (scheme.Grades.Count == 0)
            {
                problems.Error(step.Place, $"流程“{step.Name}”要定等次，办法却没有“等次”", "写上“等次”，或去掉这一步");
            }
            else if (step.Every != Span.Year)
            {
                problems.Error(step.Place, $"流程“{step.Name}”每年只定一次", "写“每: 年”");
            }
            else if (!Rests(scheme.Steps, step, before => before is { Kind: Summary, Every: Span.Year }, NoneYet()))
            {
                problems.Error(step.Place, $"流程“{step.Name}”要在年度汇总定分以后，定的是那时的分算出的等次", "在“先”里写上年度的汇总，或在它以后的步骤");
            }
        }

        if (deciding.Count > 1)
        {
            problems.Error(deciding[1].Place, "等次一年定一次，流程里写了两步定等次", "留一步");
        }
    }

    private static IEnumerable<CycleStep> Named(IReadOnlyList<CycleStep> steps, string name) =>
        steps.Any(step => step.Name == name) ? steps.Where(step => step.Name == name) : steps.Where(step => step.Kind == name);

    // A yearly step that comes first is no hindrance when it opens the year (定项目, 承诺).
    private static bool IsRarer(CycleStep earlier, CycleStep step) =>
        earlier.Every is { } rare && step.Every is { } often && rare > often && earlier.Kind is not ("定项目" or "承诺");

    // By reference: what a step says is long, and two that say the same are still two.
    private static HashSet<CycleStep> NoneYet() => new(ReferenceEqualityComparer.Instance);

    private static bool Rests(IReadOnlyList<CycleStep> steps, CycleStep from, Func<CycleStep, bool> isGoal, HashSet<CycleStep> seen)
    {
        foreach (var before in from.After.SelectMany(name => Named(steps, name)))
        {
            if (isGoal(before) || (seen.Add(before) && Rests(steps, before, isGoal, seen)))
            {
                return true;
            }
        }

        return false;
    }

    private sealed record Occasion(string Name, string Every);
}
