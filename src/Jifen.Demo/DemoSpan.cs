using Jifen.Cycle.Permissions;
using Jifen.Cycle.Rounds;
using Jifen.Scoring.Schemes;

namespace Jifen.Demo;

/// <summary>The years of the demo, seen from its day: which is finished, which rounds were over last.</summary>
/// <param name="Today">the day on which the demo is loaded</param>
internal sealed record DemoSpan(DateOnly Today)
{
    // Two notices with their days, one after the other, take some branches into February; and from April on a quarter of the year after is over.
    private const int MonthInWhichAllIsDone = 4;

    /// <summary>The year whose results are settled and filed; the books begin with it.</summary>
    public int Finished => Today.Month < MonthInWhichAllIsDone ? Today.Year - 2 : Today.Year - 1;

    public IEnumerable<int> Years => Enumerable.Range(Finished, Today.Year - Finished + 1);

    /// <summary>The last day of a year that is told of.</summary>
    public DateOnly End(int year) => year < Today.Year ? new DateOnly(year, 12, 31) : Today;

    /// <summary>The round that was over last of each span shorter than a year in which points are reviewed, decided or put on notice.</summary>
    public IReadOnlyList<Round> LastOver(Func<int, YearPlan> planOf) =>
    [
        .. Years.SelectMany(year => planOf(year).Rounds)
            .Where(round => round.Key.Span != Span.Year && round.Last < Today && planOf(round.Key.Year).In(round.Key).Any(IsOfPoints))
            .GroupBy(round => round.Key.Span)
            .Select(rounds => rounds.MaxBy(round => round.Last)!),
    ];

    /// <summary>Steps that are not entered as bare marks: the program's own steps take them, or they are left open.</summary>
    public bool IsPlayed(YearPlan plan, PlannedStep step, IReadOnlyCollection<RoundKey> lastOver, DemoCourse course) =>
        !IsOpening(step)
        && (step.Round.Last >= Today || (plan.Year == Finished
            ? step.Round.Last == plan.WholeYear.Last && (course.IsFull || step.Round.Key.Span == Span.Year)
            : step.Round.Key.Span == Span.Year || (course.Last is not null && lastOver.Contains(step.Round.Key))));

    /// <summary>Of those, the ones in which a round comes to a stage: where it is decided how far a branch goes.</summary>
    public static RoundKey? Target(Stage stage, YearPlan plan, IReadOnlyCollection<RoundKey> lastOver) => plan.Scheme.Steps
        .Where(step => step.Every is not null && step.Every != Span.Year && LeadsTo(step, stage))
        .SelectMany(step => lastOver.Where(round => round.Span == step.Every))
        .Select(round => (RoundKey?)round)
        .FirstOrDefault();

    private static bool IsOfPoints(PlannedStep step) =>
        step.Step.Kind is StepKinds.Review or StepKinds.GroupEvaluation or StepKinds.Decision || step.Step.IsNoticeOfPoints();

    /// <summary>定项目, 承诺 and what makes them known: done as the year begins.</summary>
    private static bool IsOpening(PlannedStep step) => step.Step.OpensTheYear() && step.After.All(IsOpening);

    private static bool LeadsTo(CycleStep step, Stage stage) => stage switch
    {
        Stage.Meeting or Stage.Decided => step.Kind == StepKinds.Decision,
        Stage.OnNotice => step.IsNoticeOfPoints(),
        _ => step.Kind is StepKinds.Review or StepKinds.GroupEvaluation,
    };
}
