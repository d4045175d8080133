using System.Security.Cryptography;
using Jifen.Cycle;
using Jifen.Cycle.Notices;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Rounds;
using Jifen.Store.Reads;

namespace Jifen.Store.Steps;

/// <summary>What somebody wants a notice to say; names and points are put in when it is prepared.</summary>
/// <param name="TotalOnly">the total alone, without the sections</param>
public sealed record NoticeDraft(RoundKey Round, string Step, string Title, string Text, string ObjectTo, bool TotalOnly, string? Correction);

/// <summary>公示: prepared by one, checked and published by another, ended when its days are over.</summary>
public sealed class NoticeSteps(StepRunner steps, YearBoards boards, RoundTables tables)
{
    private const int TokenBytes = 18;

    /// <summary>拟公示: the table is frozen as it stands.</summary>
    public Task<StepResult> PrepareAsync(OrganizationId branch, NoticeDraft draft, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        steps.TakeAsync(
            new Step(by, Actions.NO1PrepareNotice, branch, operation, draft, $"拟公示：{draft.Title}"),
            async context =>
            {
                if (await boards.OfAsync(context.Scope, branch, draft.Round.Year, cancel) is not { } year || year.Board.Plan.Find(draft.Round, draft.Step) is not { } step)
                {
                    return new NoSuchRoundStep(draft.Step);
                }

                if (NoticeSheets.FaultOf(step, draft.Title, draft.Text, draft.ObjectTo) is { } wrong)
                {
                    return wrong;
                }

                var standing = (await BranchNotices.OfStepAsync(context.Scope, branch, draft.Round.ToString(), draft.Step, cancel: cancel)).FirstOrDefault(IsStanding);
                var content = await NoticeSheets.OfAsync(tables, context.Scope, branch, year, step, draft, cancel);
                var (text, digest) = BranchNotices.Write(content);
                // The operation names the notice: sent twice it is the same one.
                var id = new NoticeId(operation.Value);
                var ruling = new PrepareNotice(id, draft.Round, draft.Step, digest, draft.Correction).Decide(year.Board, standing);
                if (!ruling.IsRefused)
                {
                    await KeepAsync(context, branch, id, text, cancel);
                }

                return ruling;
            },
            cancel);

    /// <summary>审查并发布, by another person than prepared it.</summary>
    public async Task<StepResult> PublishAsync(OrganizationId branch, PublishNotice command, PersonId by, OperationId operation, CancellationToken cancel = default)
    {
        if (await steps.ReadAsync(by, scope => BranchNotices.OneAsync(scope, command.Notice, branch, cancel), cancel) is not { Exemption: null } notice)
        {
            return new StepResult(new NoSuchNotice(), []);
        }

        return await steps.TakeAsync(
            new Step(by, Actions.NO2ReleaseNotice, branch, operation, command, $"发布{notice.Step}") { First = notice.PreparedBy },
            async context =>
            {
                var known = await BranchNotices.OneAsync(context.Scope, command.Notice, branch, cancel);
                var standing = (await BranchNotices.OfStepAsync(context.Scope, branch, notice.Round, notice.Step, cancel: cancel)).FirstOrDefault(IsStanding);
                return await boards.BoardAsync(context.Scope, branch, RoundKey.Known(notice.Round), cancel) is { } board
                    ? command.Decide(board, known, standing, await WorkingCalendars.OfAsync(context.Scope, branch, cancel))
                    : new NoSuchNotice();
            },
            cancel);
    }

    /// <summary>结束公示 (RN2): when nothing is open any more.</summary>
    public Task<StepResult> EndAsync(OrganizationId branch, EndNotice command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        steps.TakeAsync(
            new Step(by, Actions.RN2RunStep, branch, operation, command, $"结束{command.Step}"),
            async context =>
            {
                if (await boards.BoardAsync(context.Scope, branch, command.Round, cancel) is not { } board)
                {
                    return new NoSuchRoundStep(command.Step);
                }

                var round = command.Round.ToString();
                var standing = (await BranchNotices.OfStepAsync(context.Scope, branch, round, command.Step, cancel: cancel)).FirstOrDefault(IsStanding);
                return command.Decide(board, standing, await BranchNotices.OpenCasesAsync(context.Scope, branch, round, cancel: cancel));
            },
            cancel);

    /// <summary>Content beside the ledger, with the address it would have on the web.</summary>
    internal static Task<int> KeepAsync(StepContext context, OrganizationId branch, NoticeId notice, string content, CancellationToken cancel) =>
        context.Scope.ExecuteAsync(
            """
            insert into notice_page (notice_id, organization_id, content, token, prepared_by, prepared_at) values (@notice, @branch, @content, @token, @Person, @Now)
            """,
            new
            {
                notice,
                branch,
                content,
                token = Convert.ToBase64String(RandomNumberGenerator.GetBytes(TokenBytes)).Replace('+', '-').Replace('/', '_'),
                context.Actor.Person,
                context.Now,
            },
            cancel);

    internal static bool IsStanding(Notice notice) => notice.IsPublished && notice.ReplacedBy is null;
}
