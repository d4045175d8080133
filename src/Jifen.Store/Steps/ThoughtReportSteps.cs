using Jifen.Cycle;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Records;
using Jifen.Store.Evidence;
using Jifen.Store.Reads;

namespace Jifen.Store.Steps;

/// <summary>Steps about thought reports: handed in by the member, received or returned by the recorder.</summary>
public sealed class ThoughtReportSteps(StepRunner steps, SchemesInForce schemes)
{
    /// <summary>收书面稿. With <paramref name="old"/> it takes the place of an entry that is reversed in the same step.</summary>
    public Task<StepResult> ReceiveAsync(
        OrganizationId branch, ReceiveThoughtReport command, KeptFile? file, ReverseEntry? old, PersonId by, OperationId operation, CancellationToken cancel = default)
    {
        var named = EvidenceSteps.Named(file is null ? [] : [file]);
        var complete = named is [var (id, _)] ? command with { Evidence = id } : command;
        var step = new Step(
            by,
            old is null ? Actions.TR2ReceiveThoughtReport : Actions.RC2CorrectBeforeReview,
            branch,
            operation,
            new { command, file = file?.Sha256, old },
            "收思想汇报")
        {
            Concerned = [command.Person],
            Days = [command.On],
            BecomesCorrection = true,
            Reason = old?.Reason ?? command.Title,
        };
        return steps.TakeAsync(
            step,
            async context =>
            {
                var desk = await DeskAsync(context, branch, cancel);
                // The entry that is put right may have this very title and day.
                var isThere = old is null && await ThoughtReportBoard.IsThereAsync(context.Scope, command.Person, command.On, command.Title, cancel);
                var ruling = complete.Decide(desk, isThere, await ClauseAsync(context.Scope, branch, command.On, cancel));
                if (old is not null)
                {
                    var entry = await RecordSteps.EntryAsync(context.Scope, old.Entry, cancel);
                    ruling = new CorrectEntry(old).Decide(
                        entry?.Person == command.Person ? entry : null, branch, RecordSteps.SpeaksForBody(context), ruling);
                }

                return ruling.IsRefused
                    ? ruling
                    : Ruling.Of([.. await EvidenceSteps.KeepAsync(context, branch, named, null, cancel), .. ruling.Happenings]);
            },
            cancel);
    }

    /// <summary>收下 what a member handed in.</summary>
    /// <param name="from">who handed it in, as the caller read it</param>
    public Task<StepResult> AcceptAsync(
        OrganizationId branch, AcceptThoughtReport command, PersonId from, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        SettleAsync(
            branch,
            command.HandedIn,
            from,
            command,
            async (report, context) => command.Decide(
                report,
                await DeskAsync(context, branch, cancel),
                report is null ? null : await ClauseAsync(context.Scope, branch, report.On, cancel)),
            by,
            operation,
            cancel);

    /// <summary>退回 what a member handed in.</summary>
    /// <inheritdoc cref="AcceptAsync"/>
    public Task<StepResult> ReturnAsync(
        OrganizationId branch, ReturnThoughtReport command, PersonId from, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        SettleAsync(
            branch,
            command.HandedIn,
            from,
            command,
            async (report, context) => command.Decide(report, await DeskAsync(context, branch, cancel)),
            by,
            operation,
            cancel);

    /// <summary>交思想汇报, the own.</summary>
    public Task<StepResult> HandInAsync(
        OrganizationId branch, string title, KeptFile file, PersonId self, OperationId operation, CancellationToken cancel = default)
    {
        var named = EvidenceSteps.Named([file]);
        var step = new Step(self, Actions.TR1HandInThoughtReport, branch, operation, new { title, file.Sha256, file.FileName }, "交思想汇报") { Concerned = [self] };
        return steps.TakeAsync(
            step,
            async context =>
            {
                var isThere = await ThoughtReportBoard.IsThereAsync(context.Scope, self, context.Today, title, cancel);
                var ruling = new HandInThoughtReport(title, named[0].Id).Decide(self, await DeskAsync(context, branch, cancel), isThere);
                return ruling.IsRefused
                    ? ruling
                    : Ruling.Of([.. await EvidenceSteps.KeepAsync(context, branch, named, null, cancel), .. ruling.Happenings]);
            },
            cancel);
    }

    private Task<StepResult> SettleAsync(
        OrganizationId branch,
        EntryId handedIn,
        PersonId from,
        object command,
        Func<HandedInReport?, StepContext, Task<Ruling>> decide,
        PersonId by,
        OperationId operation,
        CancellationToken cancel)
    {
        var step = new Step(by, Actions.TR2ReceiveThoughtReport, branch, operation, command, "收思想汇报") { Concerned = [from] };
        return steps.TakeAsync(
            step,
            async context =>
            {
                var report = await ThoughtReportBoard.HandedInAsync(context.Scope, branch, handedIn, cancel);
                return await decide(report?.Person == from ? report : null, context);
            },
            cancel);
    }

    private Task<RecordDesk> DeskAsync(StepContext context, OrganizationId branch, CancellationToken cancel) =>
        RecordDesks.OfAsync(schemes, context.Scope, branch, context.Today, context.Excluded, cancel);

    private async Task<string?> ClauseAsync(DataScope scope, OrganizationId branch, DateOnly day, CancellationToken cancel) =>
        (await schemes.OnAsync(scope, branch, day, cancel))?.Scheme.DailyRecords.ThoughtReports?.Clauses is [var clause, ..] ? clause : null;
}
