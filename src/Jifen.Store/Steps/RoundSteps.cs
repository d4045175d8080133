using Jifen.Cycle;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Rounds;
using Jifen.Store.Reads;

namespace Jifen.Store.Steps;

/// <summary>Steps of 流程 that need nothing besides their turn; those with work of their own have their own steps and end with the same entry.</summary>
public sealed class RoundSteps(StepRunner steps, YearBoards boards)
{
    /// <summary>开始.</summary>
    public Task<StepResult> BeginAsync(OrganizationId branch, BeginRoundStep command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        TakeAsync(branch, command.Round, command.Step, command, $"开始{command.Step}", planned => planned.Step.ToBegin(), command.Decide, by, operation, null, cancel);

    /// <summary>办完.</summary>
    public Task<StepResult> EndAsync(OrganizationId branch, EndRoundStep command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        TakeAsync(branch, command.Round, command.Step, command, $"办完{command.Step}", planned => planned.Step.ToEnd(), command.Decide, by, operation, null, cancel);

    /// <summary>重新开启, confirmed from outside the branch.</summary>
    public Task<StepResult> ReopenAsync(OrganizationId branch, ReopenRoundStep command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        TakeAsync(
            branch, command.Round, command.Step, command, $"重新开启{command.Step}：{command.Reason}", _ => Actions.RN3ReopenStep, command.Decide, by, operation, command.Reason, cancel);

    /// <summary>
    /// Since it was asked somebody else may have opened the step, it may have been taken again, or more may rest on it: confirmed is what was
    /// asked, or nothing.
    /// </summary>
    public Recheck ReopeningRecheck => new(Actions.RN3ReopenStep, async (scope, branch, happenings, cancel) =>
    {
        // What rests on the step is opened before it.
        if (happenings.Select(one => one.Event).OfType<RoundStepReopened>().LastOrDefault() is not { } asked)
        {
            return null;
        }

        var round = RoundKey.Known(asked.Round);
        if (await boards.BoardAsync(scope, branch, round, cancel) is not { } board)
        {
            return new NoSuchRoundStep(asked.Step);
        }

        var now = new ReopenRoundStep(round, asked.Step, asked.Reason).Decide(board);
        return now.Refusal
            ?? (now.Happenings.Select(one => (one.Event, one.Corrects)).SequenceEqual(happenings.Select(one => (one.Event, one.Corrects))) ? null : new StateHasChanged());
    });

    private async Task<StepResult> TakeAsync(
        OrganizationId branch,
        RoundKey round,
        string name,
        object input,
        string summary,
        Func<PlannedStep, ActionRow?> actionOf,
        Func<YearBoard, Ruling> decide,
        PersonId by,
        OperationId operation,
        string? reason,
        CancellationToken cancel)
    {
        // Which action it is depends on the kind of step, which never changes: it may be read before the stream is held.
        if (await steps.ReadAsync(by, async scope => (await boards.BoardAsync(scope, branch, round, cancel))?.Plan.Find(round, name), cancel) is not { } planned
            || planned.Step.Kind == StepKinds.Notice
            || actionOf(planned) is not { } action)
        {
            return new StepResult(new NoSuchRoundStep(name), []);
        }

        return await steps.TakeAsync(
            new Step(by, action, branch, operation, input, $"{summary}（{planned.Round.Name}）")
            {
                FindStage = scope => boards.StageOfAsync(scope, branch, round, cancel),
                Reason = reason,
            },
            async context => await boards.BoardAsync(context.Scope, branch, round, cancel) is { } board ? decide(board) : new NoSuchRoundStep(name),
            cancel);
    }
}
