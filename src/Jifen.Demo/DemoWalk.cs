using Jifen.Cycle;
using Jifen.Cycle.Notices;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Rounds;
using Jifen.Store.Reads;

namespace Jifen.Demo;

/// <summary>
/// Carries rounds on as the people of the branch would: whatever the board says can be done next is done by whom the scheme names; while a notice
/// hangs out, days pass.
/// </summary>
/// <param name="filing">what becomes of the year's filing</param>
/// <param name="concludes">consequences of the settled year are drawn</param>
internal sealed partial class DemoWalk(LivedBranch branch, DemoFiling filing, bool concludes)
{
    // Far more than a year has: a walk that does not come to an end is a fault.
    private const int MostSteps = 200;

    private static readonly TimeOnly Afternoon = new(14, 30);

    /// <param name="year">of the cycle</param>
    /// <param name="isOurs">steps that are taken</param>
    /// <param name="target">the round that is looked at</param>
    /// <param name="until">the stage at which to stop; null: to the end</param>
    public async Task GoAsync(int year, Func<PlannedStep, bool> isOurs, RoundKey target, Stage? until, CancellationToken cancel)
    {
        var hanging = new Dictionary<PlannedStep, DateOnly>();
        var board = await branch.BoardAsync(year, cancel);
        for (var taken = 0; until is null || board.StageOf(target) < until; taken++)
        {
            if (taken > MostSteps)
            {
                throw new InvalidOperationException($"{branch.Organization.Key}: the year {year} does not come to an end");
            }

            var open = board.Current.Where(step => !step.Step.IsWindow() && isOurs(step) && !IsPut(step)).ToList();
            if (open.Find(step => !(hanging.TryGetValue(step, out var last) && branch.Today <= last)) is { } next)
            {
                await branch.MoveToAsync(NextHour(next), cancel);
                var isTarget = next.Round.Key == target;
                if (board.StateOf(next) == StepState.Begun && next.Step.IsNoticeOfPoints())
                {
                    await branch.TakeAsync(id => branch.Notices.EndAsync(branch.Id, new EndNotice(next.Round.Key, next.Name), branch.Secretary, id, cancel), branch.Deputy, cancel);
                }
                else
                {
                    await WorkAsync(board, next, isTarget && until is { } stage && IsStageOfWork(next, stage), cancel);
                    if (next.Step.IsNoticeOfPoints())
                    {
                        hanging[next] = await OverAfterAsync(next, cancel);
                    }
                }
            }
            else if (open.Count > 0 && CivilTime.At(hanging.Values.Where(day => day >= branch.Today).Min().AddDays(1), new TimeOnly(9, 0)) is var over)
            {
                await branch.MoveToAsync(over, cancel);
                if (branch.Time < over)
                {
                    return;
                }
            }
            else
            {
                return;
            }

            board = await branch.BoardAsync(year, cancel);
        }
    }

    /// <summary>A filing that went up and is not taken ends no step of the branch: it is waited for.</summary>
    private bool IsPut(PlannedStep step) => _put.Contains(step);

    /// <summary>The stage lasts as long as the work on this step.</summary>
    private static bool IsStageOfWork(PlannedStep step, Stage stage) => (step.Step.Kind, stage) switch
    {
        (StepKinds.Review or StepKinds.GroupEvaluation, Stage.Reviewing) => true,
        (StepKinds.MassEvaluation, Stage.MassEvaluation) => true,
        (StepKinds.Decision, Stage.Meeting) => true,
        _ => false,
    };

    // What needs people to come together is done on another day; the rest follows within the hour.
    private DateTimeOffset NextHour(PlannedStep step)
    {
        if (step.Step.Kind is StepKinds.Notice or StepKinds.Feedback or StepKinds.Archive or StepKinds.DailyRecord)
        {
            return branch.Time.AddHours(1);
        }

        var day = branch.Today.AddDays(1);
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
        {
            day = day.AddDays(1);
        }

        return CivilTime.At(day, Afternoon);
    }

    private async Task<DateOnly> OverAfterAsync(PlannedStep step, CancellationToken cancel) =>
        (await branch.ReadAsync(scope => BranchNotices.OfStepAsync(scope, branch.Id, step.Round.Key.ToString(), step.Name, cancel: cancel), cancel))
            .Where(notice => notice.IsPublished && notice.ReplacedBy is null).Select(notice => notice.OverAfter).Max() ?? branch.Today;

    /// <param name="isBegunOnly">the work is left in the middle</param>
    private Task WorkAsync(YearBoard board, PlannedStep step, bool isBegunOnly, CancellationToken cancel) => step.Step.Kind switch
    {
        StepKinds.Review or StepKinds.GroupEvaluation => ReviewAsync(step, isBegunOnly, cancel),
        StepKinds.Feedback => FeedbackAsync(step, cancel),
        StepKinds.MassEvaluation or StepKinds.DemocraticEvaluation => EvaluateAsync(board, step, isBegunOnly, cancel),
        StepKinds.Decision => MeetAsync(step, isBegunOnly, cancel),
        StepKinds.Notice => PublishAsync(step, cancel),
        StepKinds.Summary => SumUpAsync(step, cancel),
        StepKinds.GradeDecision => DecideGradesAsync(step, cancel),
        StepKinds.Filing => FileAsync(step, cancel),
        _ => branch.TakeAsync(id => branch.Rounds.EndAsync(branch.Id, new EndRoundStep(step.Round.Key, step.Name), branch.Secretary, id, cancel), branch.Deputy, cancel),
    };
}
