using Jifen.Cycle;
using Jifen.Cycle.AnnualResults;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Rounds;
using Jifen.Store.Reads;

namespace Jifen.Store.Steps;

/// <summary>A year about to be settled: the table, what stands in the way, and the digest that is signed.</summary>
public sealed record YearDraft(LiveYear Year, AnnualTable Table, string Digest, SettlementState State);

/// <summary>Steps of 汇总: settling the year, the half-yearly summary, choices where a quota is exceeded.</summary>
public sealed class AnnualSteps(StepRunner steps, YearBoards boards, LiveScores live)
{
    /// <summary>汇总定分, by two people; what was asked is compared again with the books when the second confirms.</summary>
    public Task<StepResult> SettleAsync(OrganizationId branch, SettleYear command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        TakeAsync(
            branch,
            command.Round,
            Actions.RS6SettleYear,
            command,
            $"{command.Round.Year}年度汇总定分",
            async (context, board) => await DraftAsync(context.Scope, branch, command.Round.Year, cancel) is { } draft
                ? command.Decide(board, draft.Table, draft.Digest, draft.State)
                : new NoSuchRoundStep(command.Step),
            by,
            operation,
            cancel);

    /// <summary>汇总 of a half-year: nothing is frozen.</summary>
    public Task<StepResult> SummarizeAsync(OrganizationId branch, SummarizeRound command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        TakeAsync(
            branch,
            command.Round,
            Actions.RN2RunStep,
            command,
            $"办完{command.Step}",
            async (context, board) => await DraftAsync(context.Scope, branch, command.Round.Year, cancel) is { } draft
                ? command.Decide(board, draft.Table, draft.Digest)
                : new NoSuchRoundStep(command.Step),
            by,
            operation,
            cancel);

    /// <summary>名额取舍: written down by somebody who does not meet the condition himself.</summary>
    /// <param name="qualifying">who meets it, as the page showed them</param>
    public Task<StepResult> ChooseAsync(
        OrganizationId branch, ChooseWithinQuota command, IReadOnlyList<PersonId> qualifying, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        TakeAsync(
            branch,
            command.Round,
            Actions.RS7ChooseWithinQuota,
            command,
            $"{command.Round.Year}年度名额取舍：{command.People.Count}人，{command.Body}",
            async (context, board) =>
            {
                var draft = await DraftAsync(context.Scope, branch, command.Round.Year, cancel);
                var quota = draft?.State.Quotas.FirstOrDefault(one => one.What == command.What && one.Category == command.Category);
                return quota?.Qualifying.Any(one => one.Person == by) == true
                    ? new ChoosesAboutOneself()
                    : command.Decide(board, quota, person => draft?.Year.Scores.PersonOf(person)?.Member.Name ?? "");
            },
            by,
            operation,
            cancel,
            qualifying);

    /// <summary>撤回取舍.</summary>
    public Task<StepResult> WithdrawChoiceAsync(
        OrganizationId branch, WithdrawQuotaChoice command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        TakeAsync(
            branch,
            command.Round,
            Actions.RS6SettleYear,
            command,
            $"撤回{command.Round.Year}年度的名额取舍：{command.Reason}",
            async (context, board) => command.Decide(
                board,
                (await SettledYears.ChosenAsync(context.Scope, branch, command.Round.Year, cancel))
                    .Any(one => one.What == command.What && one.Category == (command.Category ?? ""))),
            by,
            operation,
            cancel);

    /// <summary>What would be settled today.</summary>
    /// <returns>null when no scheme is in force</returns>
    public async Task<YearDraft?> DraftAsync(DataScope scope, OrganizationId branch, int year, CancellationToken cancel = default)
    {
        if (await live.OfAsync(scope, branch, year, scope.Today, cancel) is not { } computed)
        {
            return null;
        }

        var scheme = computed.InForce.Scheme;
        var table = AnnualTable.Of(computed.Scores);
        var state = new SettlementState(
            await ReadingConfirmations.TentativeAsync(scope, branch, scheme, cancel),
            scheme.Slots,
            ExceededQuota.Of(computed.Scores),
            computed.Scores.Pending.Count(one => computed.InForce.Plan.Calendar.Cycle.Contains(one.On.DayNumber)),
            await OpenCases.CountAsync(scope, branch, year, cancel),
            !LiveScores.LooksBack(scheme) || await SettledYears.OfAsync(scope, branch, year - 1, cancel) is not null);
        return new YearDraft(computed, table, SettledYears.DigestOf(table), state);
    }

    /// <summary>
    /// Between the first signature and the second the books may have moved on: what is entered is what comes out now, or nothing is.
    /// </summary>
    public Recheck SettlementRecheck => new(Actions.RS6SettleYear, async (scope, branch, happenings, cancel) =>
        happenings.Select(one => one.Event).OfType<YearSettled>().FirstOrDefault() is not { } settled ? null
        : await DraftAsync(scope, branch, settled.Year, cancel) is { } draft && draft.Digest == settled.Digest && draft.State.Objections.Count == 0 ? null
        : new TableHasChanged());

    private Task<StepResult> TakeAsync(
        OrganizationId branch,
        RoundKey round,
        ActionRow action,
        object command,
        string summary,
        Func<StepContext, YearBoard, Task<Ruling>> decide,
        PersonId by,
        OperationId operation,
        CancellationToken cancel,
        IReadOnlyList<PersonId>? concerned = null) => steps.TakeAsync(
        new Step(by, action, branch, operation, command, summary)
        {
            Concerned = concerned ?? [],
            FindStage = scope => boards.StageOfAsync(scope, branch, round, cancel),
        },
        async context => await boards.BoardAsync(context.Scope, branch, round, cancel) is { } board
            ? await decide(context, board)
            : new NoSuchRoundStep(round.ToString()),
        cancel);
}
