using Jifen.Cycle;
using Jifen.Cycle.Declarations;
using Jifen.Cycle.Feedback;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Rounds;
using Jifen.Store.Reads;

namespace Jifen.Store.Steps;

/// <summary>逐人反馈 (DIST-4③): each agrees or defends himself; each defence is answered in writing.</summary>
public sealed class FeedbackSteps(StepRunner steps, ReviewDesks desks)
{
    /// <summary>认可.</summary>
    /// <param name="total">as it was shown</param>
    public Task<StepResult> AcceptAsync(OrganizationId branch, RoundKey round, decimal total, PersonId self, OperationId operation, CancellationToken cancel = default) =>
        OwnAsync(
            branch,
            round,
            new { round = round.ToString(), total },
            "认可反馈",
            async (context, board) =>
            {
                var rows = await FeedbackBoard.OfAsync(context.Scope, branch, round.ToString(), cancel);
                var row = rows.GetValueOrDefault(self);
                var now = await TotalAsync(context.Scope, branch, round, self, cancel);
                // Who agreed with another total may agree with the corrected one.
                var hasAnswered = row is not null && (row.Unanswered > 0 || (row.AcceptedAt is not null && row.Total == now));
                return new AcceptFeedback(round, total).Decide(FeedbackWindow.Of(board, round), self, now, hasAnswered);
            },
            self,
            operation,
            cancel);

    /// <summary>申辩.</summary>
    /// <param name="declaration">his own that was not accepted; null for the sheet as a whole</param>
    public Task<StepResult> DefendAsync(
        OrganizationId branch, RoundKey round, string text, DeclarationId? declaration, PersonId self, OperationId operation, CancellationToken cancel = default)
    {
        var command = new RaiseDefence(new DefenceId(Guid.CreateVersion7()), round, WrittenTexts.Seal(text), declaration);
        return OwnAsync(
            branch,
            round,
            new { round = round.ToString(), text, declaration },
            "申辩",
            async (context, board) =>
            {
                var waits = (await FeedbackBoard.DefencesAsync(context.Scope, branch, round.ToString(), self, cancel)).Any(defence => defence.AnsweredAt is null);
                var own = declaration is { } id ? await DeclarationSteps.OnRecordAsync(context.Scope, branch, id, cancel) : null;
                var ruling = command.Decide(FeedbackWindow.Of(board, round), self, waits, own);
                if (!ruling.IsRefused)
                {
                    await WrittenTexts.KeepAsync(context, branch, "defence", command.Text, null, self, cancel);
                }

                return ruling;
            },
            self,
            operation,
            cancel);
    }

    /// <summary>答复申辩.</summary>
    public async Task<StepResult> AnswerAsync(
        OrganizationId branch, DefenceId defence, DefenceOutcome? outcome, string text, PersonId by, OperationId operation, CancellationToken cancel = default)
    {
        if (await steps.ReadAsync(by, scope => FeedbackBoard.DefenceAsync(scope, branch, defence, cancel), cancel) is not { } found)
        {
            return new StepResult(new NoSuchDefence(), []);
        }

        var round = RoundKey.Known(found.Round);
        var command = new AnswerDefence(defence, outcome, WrittenTexts.Seal(text));
        return await steps.TakeAsync(
            new Step(by, Actions.PE4AnswerDefence, branch, operation, new { defence, outcome, text }, "答复申辩")
            {
                Concerned = [found.PersonId],
                FindStage = scope => StageAsync(scope, branch, round, cancel),
            },
            async context =>
            {
                if (await desks.Boards.BoardAsync(context.Scope, branch, round, cancel) is not { } board || ReviewDesks.StepOf(board, round) is not { } review)
                {
                    return new NoSuchDefence();
                }

                // Whoever reviews answers, under the same recusal.
                var bench = await ReviewDesks.BenchAsync(context.Scope, branch, review, by, cancel);
                var ruling = bench.Objection(found.PersonId) is { } refusal
                    ? refusal
                    : command.Decide((await FeedbackBoard.DefenceAsync(context.Scope, branch, defence, cancel))?.OnRecord);
                if (!ruling.IsRefused)
                {
                    await WrittenTexts.KeepAsync(context, branch, "answer", command.Text, null, found.PersonId, cancel);
                }

                return ruling;
            },
            cancel);
    }

    /// <summary>办完反馈: refused while a defence waits.</summary>
    public Task<StepResult> EndAsync(OrganizationId branch, RoundKey round, string step, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        steps.TakeAsync(
            new Step(by, Actions.RN2RunStep, branch, operation, new { round = round.ToString(), step, what = "end-feedback" }, "办完反馈")
            {
                FindStage = scope => StageAsync(scope, branch, round, cancel),
            },
            async context =>
            {
                if (await desks.Boards.BoardAsync(context.Scope, branch, round, cancel) is not { } board)
                {
                    return new NoSuchRoundStep(step);
                }

                var rows = await FeedbackBoard.OfAsync(context.Scope, branch, round.ToString(), cancel);
                var waiting = (await FeedbackBoard.DefencesAsync(context.Scope, branch, round.ToString(), null, cancel))
                    .Where(defence => defence.AnsweredAt is null).Select(defence => defence.Name).Distinct().ToList();
                return new EndFeedback(round, step).Decide(
                    board, waiting, $"{rows.Values.Count(row => row.AcceptedAt is not null)}人认可，{rows.Values.Count(row => row.Defences > 0)}人申辩，都已答复");
            },
            cancel);

    /// <summary>A person's total as the round leaves it; null where he has no sheet.</summary>
    private async Task<decimal?> TotalAsync(DataScope scope, OrganizationId branch, RoundKey round, PersonId person, CancellationToken cancel) =>
        (await desks.OfAsync(scope, branch, round, person, cancel))?.Desk.Lines.FirstOrDefault(line => line.Person == person)?.Total;

    private Task<StepResult> OwnAsync(
        OrganizationId branch,
        RoundKey round,
        object input,
        string summary,
        Func<StepContext, YearBoard, Task<Ruling>> decide,
        PersonId self,
        OperationId operation,
        CancellationToken cancel) => steps.TakeAsync(
        new Step(self, Actions.PE3AnswerFeedback, branch, operation, input, summary)
        {
            Concerned = [self],
            FindStage = scope => StageAsync(scope, branch, round, cancel),
        },
        async context => await desks.Boards.BoardAsync(context.Scope, branch, round, cancel) is { } board ? await decide(context, board) : new NoSheetHere(),
        cancel);

    // A month that was reviewed is decided with its quarter, a term with its year.
    private async Task<Stage> StageAsync(DataScope scope, OrganizationId branch, RoundKey round, CancellationToken cancel) =>
        await desks.Boards.BoardAsync(scope, branch, round, cancel) is { } board && board.Plan.Find(round) is { } found ? board.StageOn(found.Last) : Stage.Recording;
}
