using System.Text;
using Jifen.Cycle;
using Jifen.Cycle.Decisions;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Rounds;
using Jifen.Cycle.Schemes;
using Jifen.Scoring.Schemes;
using Jifen.Store.Reads;

namespace Jifen.Store.Steps;

/// <summary>Steps about a branch's refinement: put forward, discussed, approved, returned (定项目).</summary>
public sealed class RefinementSteps(StepRunner steps, YearBoards boards)
{
    /// <summary>提请讨论, with the draft as it is: the text is kept for ever under its fingerprint.</summary>
    /// <param name="text">the draft the person had before him</param>
    public Task<StepResult> ProposeAsync(OrganizationId branch, ProposeRefinement command, string text, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        steps.TakeAsync(
            new Step(by, Actions.SC3ProposeScheme, branch, operation, new { command, text }, $"提请讨论{command.Year}年积分细则"),
            async context =>
            {
                if (await RefinementBoard.DocumentAsync(context.Scope, branch, command.Year, cancel) is not { } document)
                {
                    return new NoSchemeToRefine(command.Year);
                }

                var refinement = new SchemeSource("细则", Encoding.UTF8.GetBytes(text));
                var loaded = SchemeLoader.Load(document, refinement);
                var rows = await RefinementBoard.OfAsync(context.Scope, branch, cancel);
                var known = loaded.Value is { } scheme ? rows.FirstOrDefault(row => row.Year == command.Year && row.Fingerprint == scheme.Fingerprint) : null;
                var open = rows.FirstOrDefault(row => row.Year == command.Year && row.ToRefinement().IsOpen && row != known);
                var board = await boards.BoardAsync(context.Scope, branch, RoundKey.OfYear(command.Year), cancel);
                var ruling = command.Decide(
                    loaded,
                    known?.ToRefinement(),
                    open?.ToRefinement(),
                    await RefinementBoard.IsFrozenAsync(context.Scope, branch, board?.Plan, command.Year, cancel),
                    board);
                if (!ruling.IsRefused)
                {
                    await SchemeSteps.KeepAsync(context.Scope, loaded.Value!, document, refinement, context.Now, cancel);
                }

                return ruling;
            },
            cancel);

    /// <summary>登记大会表决.</summary>
    public Task<StepResult> DiscussAsync(OrganizationId branch, int year, DiscussRefinement command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        steps.TakeAsync(
            new Step(by, Actions.MT1RunMembersMeeting, branch, operation, command, "登记大会对细则的表决"),
            async context => await FindAsync(context, branch, year, command.Fingerprint, cancel) is var (row, scheme, board)
                ? await MeetingSteps.OffTheAgendaAsync(
                    context, branch, row.EntryId.Value,
                    command.Decide(row.ToRefinement(), scheme, await VotersAsync(context.Scope, branch, command.MetOn, cancel), context.Today, board),
                    "表决已另行登记", cancel)
                : new NotOnItsWay(),
            cancel);

    /// <summary>How many of the branch had a vote in its members' meeting on a day.</summary>
    public static async Task<int> VotersAsync(DataScope scope, OrganizationId branch, DateOnly day, CancellationToken cancel = default) =>
        OpenMeeting.VotersOf(MeetingBody.Members, await GatheringStates.OnRollAsync(scope, branch, day, cancel)).Count;

    /// <summary>上级审核同意; whoever put it forward does not approve it.</summary>
    /// <param name="proposer">as the caller read it</param>
    public Task<StepResult> ApproveAsync(
        OrganizationId branch, int year, ApproveRefinement command, PersonId proposer, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        steps.TakeAsync(
            new Step(by, Actions.SC4ApproveScheme, branch, operation, command, $"审核同意{year}年积分细则") { Handlers = [proposer] },
            async context => await FindAsync(context, branch, year, command.Fingerprint, cancel) is var (row, scheme, board) && row.ProposedBy == proposer
                ? command.Decide(row.ToRefinement(), scheme, board)
                : new NotOnItsWay(),
            cancel);

    /// <summary>退回.</summary>
    /// <inheritdoc cref="ApproveAsync"/>
    public Task<StepResult> ReturnAsync(
        OrganizationId branch, int year, ReturnRefinement command, PersonId proposer, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        steps.TakeAsync(
            new Step(by, Actions.SC4ApproveScheme, branch, operation, command, $"退回{year}年积分细则") { Handlers = [proposer], Reason = command.Reason },
            async context => await FindAsync(context, branch, year, command.Fingerprint, cancel) is var (row, _, _) && row.ProposedBy == proposer
                ? await MeetingSteps.OffTheAgendaAsync(context, branch, row.EntryId.Value, command.Decide(row.ToRefinement()), "上级已退回", cancel)
                : new NotOnItsWay(),
            cancel);

    private async Task<(RefinementRow Row, Scheme Scheme, YearBoard? Board)?> FindAsync(
        StepContext context, OrganizationId branch, int year, string fingerprint, CancellationToken cancel)
    {
        if (await RefinementBoard.OneAsync(context.Scope, branch, year, fingerprint, cancel) is not { } row
            || await boards.Schemes.KeptAsync(context.Scope, fingerprint, cancel) is not { } scheme)
        {
            return null;
        }

        return (row, scheme, await boards.BoardAsync(context.Scope, branch, RoundKey.OfYear(year), cancel));
    }
}

/// <summary>There is nothing to refine.</summary>
public sealed record NoSchemeToRefine(int Year) : Refusal($"{Year}年还没有采用办法，没有可细化的。请先由上级采用办法，或书记提请采用。");
