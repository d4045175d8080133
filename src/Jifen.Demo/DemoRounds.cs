using Jifen.Cycle;
using Jifen.Cycle.Rounds;

namespace Jifen.Demo;

/// <summary>When a diligent branch takes each step of its year, as bare marks: what is long over and nobody asks about.</summary>
internal static class DemoRounds
{
    private const int DaysAfterTheRound = 28;
    private const int DaysOfWork = 2;

    /// <param name="today">steps after it have not been taken</param>
    /// <param name="isPlayed">steps that are taken otherwise, or not at all</param>
    /// <returns>beginnings and ends in the order of their days</returns>
    public static IEnumerable<(DateOnly On, Happening Happening)> Of(YearPlan plan, DateOnly today, Func<PlannedStep, bool> isPlayed)
    {
        var (begins, ends) = Schedule(plan);
        var done = new HashSet<PlannedStep>();
        foreach (var step in plan.Steps.Where(step => !step.Step.IsWindow() && ends[step] < today && !isPlayed(step)).OrderBy(step => ends[step]))
        {
            if (step.After.Any(before => !before.Step.IsWindow() && !done.Contains(before)))
            {
                continue;
            }

            done.Add(step);
            var (round, name) = (step.Round.Key.ToString(), step.Name);
            if (step.Step.HasBeginning())
            {
                yield return (begins[step], new Happening(new RoundStepBegun(round, name), On: begins[step], Clause: step.Clause));
            }

            yield return (ends[step], new Happening(new RoundStepEnded(round, name, null, null), On: ends[step], Clause: step.Clause));
        }
    }

    // What is made known at the year's end opens nothing, though it has no days either.
    private static bool Opens(PlannedStep step) => step.Step.OpensTheYear() && step.After.All(Opens);

    // From the end backwards: a step ends before what rests on it begins, and by the day the document sets.
    private static (Dictionary<PlannedStep, DateOnly> Begins, Dictionary<PlannedStep, DateOnly> Ends) Schedule(YearPlan plan)
    {
        var begins = new Dictionary<PlannedStep, DateOnly>();
        var ends = new Dictionary<PlannedStep, DateOnly>();
        void Place(PlannedStep step)
        {
            if (ends.ContainsKey(step))
            {
                return;
            }

            var target = step.Due ?? (Opens(step) ? step.Round.First.AddDays(DaysAfterTheRound) : step.Round.Last.AddDays(DaysAfterTheRound));
            foreach (var later in plan.RestingOn(step))
            {
                Place(later);
                target = begins[later].AddDays(-1) < target ? begins[later].AddDays(-1) : target;
            }

            ends[step] = target;
            begins[step] = target.AddDays(-(step.Step.IsNoticeOfPoints() ? step.Step.Days!.Value + DaysOfWork + DaysOfWork : step.Step.Kind == StepKinds.Decision ? 0 : DaysOfWork));
        }

        foreach (var step in plan.Steps)
        {
            Place(step);
        }

        return (begins, ends);
    }
}
