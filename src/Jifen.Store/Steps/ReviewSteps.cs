using Jifen.Cycle;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Reviews;
using Jifen.Cycle.Rounds;
using Jifen.Store.Reads;

namespace Jifen.Store.Steps;

/// <summary>初评、考评: begun by the body the scheme names, signed by two.</summary>
public sealed class ReviewSteps(StepRunner steps, ReviewDesks desks)
{
    /// <summary>开始.</summary>
    public Task<StepResult> BeginAsync(OrganizationId branch, RoundKey round, PersonId by, OperationId operation, CancellationToken cancel = default) => TakeAsync(
        branch, round, Actions.RN2RunStep, new { round = round.ToString(), what = "begin" }, "开始核实", [],
        (_, review) => Task.FromResult(new BeginReview(round, review.Step.Name).Decide(review.Desk.Board, review.Desk.Bench)), by, operation, cancel);

    /// <summary>核实无误 of several people.</summary>
    public Task<StepResult> ReviewAsync(
        OrganizationId branch, RoundKey round, IReadOnlyList<PersonId> people, PersonId by, OperationId operation, CancellationToken cancel = default) => TakeAsync(
        branch, round, Actions.PE1Review, new { round = round.ToString(), people }, "核实积分", people,
        (_, review) => Task.FromResult(new ReviewPoints(people).Decide(review.Desk)), by, operation, cancel);

    /// <summary>初评意见.</summary>
    public Task<StepResult> WriteFindingAsync(
        OrganizationId branch, RoundKey round, PersonId person, string text, PersonId by, OperationId operation, CancellationToken cancel = default)
    {
        var command = new WriteFinding(person, WrittenTexts.Seal(text));
        return TakeAsync(
            branch,
            round,
            Actions.PE1Review,
            new { round = round.ToString(), person, text },
            "写初评意见",
            [person],
            async (context, review) =>
            {
                var ruling = command.Decide(review.Desk);
                if (!ruling.IsRefused)
                {
                    await WrittenTexts.KeepAsync(context, branch, "finding", command.Finding, null, person, cancel);
                }

                return ruling;
            },
            by,
            operation,
            cancel);
    }

    /// <summary>签署: ends the step when the second person has signed the same table.</summary>
    /// <param name="digest">of the table as it was shown</param>
    public Task<StepResult> SignAsync(OrganizationId branch, RoundKey round, string digest, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        TakeAsync(
            branch,
            round,
            Actions.PE2SignReview,
            new { round = round.ToString(), digest },
            "签署积分表",
            [],
            async (context, review) =>
            {
                var counts = await context.Scope.OneAsync<Counts>(
                    """
                    select count(*) filter (where state = 'accepted')::int as accepted, count(*) filter (where state = 'rejected')::int as rejected
                    from declaration_state where organization_id = @branch and round = @round
                    """,
                    new { branch, round = round.ToString() },
                    cancel);
                return new SignReview(digest).Decide(
                    review.Desk,
                    review.Digest,
                    $"{review.Desk.Lines.Count}人的积分已核实；认定申报{counts?.Accepted ?? 0}份，不认定{counts?.Rejected ?? 0}份；积分表摘要{digest[..Math.Min(12, digest.Length)]}");
            },
            by,
            operation,
            cancel);

    private async Task<StepResult> TakeAsync(
        OrganizationId branch,
        RoundKey round,
        ActionRow action,
        object input,
        string summary,
        IReadOnlyList<PersonId> concerned,
        Func<StepContext, OpenReview, Task<Ruling>> decide,
        PersonId by,
        OperationId operation,
        CancellationToken cancel)
    {
        var planned = await steps.ReadAsync(by, async scope => await desks.Boards.BoardAsync(scope, branch, round, cancel) is { } board ? ReviewDesks.StepOf(board, round) : null, cancel);
        if (planned is null)
        {
            return new StepResult(new NoSuchRoundStep("初评"), []);
        }

        return await steps.TakeAsync(
            new Step(by, action, branch, operation, input, $"{planned.FullName}：{summary}")
            {
                Concerned = concerned.Distinct().ToList(),
                FindStage = scope => desks.Boards.StageOfAsync(scope, branch, round, cancel),
            },
            async context => await desks.OfAsync(context.Scope, branch, round, by, cancel) is { } review ? await decide(context, review) : new NoSuchRoundStep(planned.Name),
            cancel);
    }

    private sealed record Counts
    {
        public required int Accepted { get; init; }

        public required int Rejected { get; init; }
    }
}
