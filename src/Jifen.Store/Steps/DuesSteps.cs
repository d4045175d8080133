using Jifen.Cycle;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Records;
using Jifen.Scoring.Schemes;
using Jifen.Store.Reads;

namespace Jifen.Store.Steps;

/// <summary>Steps about dues.</summary>
public sealed class DuesSteps(StepRunner steps, SchemesInForce schemes)
{
    /// <summary>登记党费: all lines or none; what is on record already is passed over.</summary>
    public Task<StepResult> RecordAsync(
        OrganizationId branch, RecordDues command, PersonId by, OperationId operation, CancellationToken cancel = default)
    {
        var step = new Step(by, Actions.DU1EnterDues, branch, operation, command, $"登记党费{command.Lines.Count}条")
        {
            Concerned = command.Lines.Select(line => line.Person).Distinct().ToList(),
            Days = command.Lines.Select(line => line.Month).Distinct().ToList(),
        };
        return steps.TakeAsync(
            step,
            async context => command.Decide(
                await RecordDesks.OfAsync(schemes, context.Scope, branch, context.Today, context.Excluded, cancel),
                await DuesBoard.StandingAsync(context.Scope, command.Lines, cancel),
                await RowsAsync(schemes, context.Scope, branch, context.Today, cancel)),
            cancel);
    }

    /// <summary>更正 of one month: the old entry is reversed, the right one made.</summary>
    public Task<StepResult> CorrectAsync(
        OrganizationId branch, ReverseEntry old, DuesLine line, PersonId by, OperationId operation, CancellationToken cancel = default)
    {
        var step = new Step(by, Actions.RC2CorrectBeforeReview, branch, operation, new { old, line }, "更正党费")
        {
            Concerned = [line.Person],
            Days = [line.Month],
            BecomesCorrection = true,
            Reason = old.Reason,
        };
        return steps.TakeAsync(
            step,
            async context => await CorrectionAsync(
                context.Scope, schemes, branch, old, line,
                await RecordDesks.OfAsync(schemes, context.Scope, branch, context.Today, context.Excluded, cancel), RecordSteps.SpeaksForBody(context), cancel),
            cancel);
    }

    /// <summary>What 更正 of one month comes to: by the recorder, or in the answer to a case.</summary>
    internal static async Task<Ruling> CorrectionAsync(
        DataScope scope, SchemesInForce schemes, OrganizationId branch, ReverseEntry old, DuesLine line, RecordDesk desk, bool speaksForBody, CancellationToken cancel)
    {
        var entry = await RecordSteps.EntryAsync(scope, old.Entry, cancel);
        var standing = await DuesBoard.StandingAsync(scope, [line], cancel);
        if (entry is null || entry.Person != line.Person || !standing.TryGetValue((line.Person, line.Month), out var was) || was.Entry != old.Entry)
        {
            // Reversed, replaced, or of another month: the old entry says which.
            return old.Decide(entry is { } found && found.Person == line.Person ? found with { Holds = false } : null, branch, speaksForBody);
        }

        return new CorrectEntry(old).Decide(
            entry, branch, speaksForBody, CorrectEntry.Dues(desk, line, was, "更正", await RowsAsync(schemes, scope, branch, line.Month, cancel)));
    }

    private static async Task<DuesRow?> RowsAsync(SchemesInForce schemes, DataScope scope, OrganizationId branch, DateOnly day, CancellationToken cancel) =>
        (await schemes.OnAsync(scope, branch, day, cancel))?.Scheme.DailyRecords.Dues;
}
