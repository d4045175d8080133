using Jifen.Cycle;
using Jifen.Cycle.Evaluations;
using Jifen.Cycle.Feedback;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Rounds;
using Jifen.Store;
using Jifen.Store.Reads;
using Jifen.Web.Components;
using Jifen.Web.Pages.Feedback;

namespace Jifen.Web.Pages.Home;

/// <summary>What the year asks of a member now: a pledge, a self-evaluation, feedback and notices to read, a declaration to mend.</summary>
internal static class OwnYear
{
    /// <param name="running">both cycles, as <see cref="YearBoards.RunningAsync"/> reads them</param>
    public static async Task<IReadOnlyList<Todo>> TodosAsync(IReadOnlyList<BranchYear> running, DataScope scope, Actor me, OrganizationId branch, CancellationToken cancel)
    {
        if (running is not [.., var year] || me.Standing is Scoring.Facts.Standing.Activist)
        {
            return [];
        }

        var todos = new List<Todo>();
        foreach (var step in year.Board.Plan.Steps.Where(step => step.Step.Kind is StepKinds.Pledge or StepKinds.SelfEvaluation && year.Board.StateOf(step) == StepState.Open))
        {
            var isPledge = step.Step.Kind == StepKinds.Pledge;
            if (!await IsWrittenAsync(scope, isPledge ? "pledge" : "self_evaluation", branch, step.Round.Key, cancel))
            {
                todos.Add(Of(year, step, isPledge ? $"写{step.Name}" : $"{step.Name}：{step.Round.Name}", isPledge ? $"/pledges?year={step.Round.Key.Year}" : $"/self-evaluations?round={step.Round.Key}", "去写"));
            }
        }

        var where = await Scopes.OfAsync(scope, branch, cancel);
        foreach (var (board, round) in FeedbackRounds.Of(running))
        {
            var window = FeedbackWindow.Of(board, round.Key);
            if (window.Open is null && Authority.Judge(Actions.PE3AnswerFeedback, me, Target.About(me.Person, where, board.StageOn(round.Last))).IsAllowed
                && (await FeedbackBoard.OfAsync(scope, branch, round.Key.ToString(), cancel)).GetValueOrDefault(me.Person) is null or { AcceptedAt: null, Defences: 0 })
            {
                todos.Add(new Todo($"看反馈：{round.Name}", $"/me/feedback?round={round.Key}", Note: "初评核实过的得分单，没有意见就认可，有意见写申辩。", Action: "去看"));
            }
        }

        foreach (var notice in await BranchNotices.StandingAsync(scope, branch, cancel))
        {
            todos.Add(new Todo(
                $"看公示：{notice.Step}{(RoundKey.Read(notice.Round) is { } key && year.Board.Plan.Find(key) is { } of ? $"，{of.Name}" : "")}",
                $"/rounds/{notice.Round}/notice?step={Uri.EscapeDataString(notice.Step)}",
                notice.ObjectUntil,
                Note: "对自己的、别人的结果有异议，在这一天以前提。",
                Action: "去看"));
        }

        // Who has drawn or cast is known to nobody: everybody who votes is told as long as it goes on.
        if (Authority.Judge(Actions.MT2Vote, me, Target.Of(where, Stage.Meeting)).IsAllowed)
        {
            foreach (var box in (await BallotBoxes.RunningAsync(scope, branch, cancel)).Select(one => one.Box))
            {
                var title = box.Step ?? "大会议题";
                todos.Add(new Todo(
                    box.State == BallotBoxState.HandingOut ? $"领票：{title}" : $"正在投票：{title}",
                    $"/rounds/{box.Round}/evaluation{(box.Motion is { } motion ? $"?motion={motion}" : "")}",
                    Note: box.State == BallotBoxState.HandingOut ? "无记名，一人一张；领齐以后开始投票。" : "用手机领过票的，在领票的那一页投；拿到一次性码、纸质票的照票上写的投。",
                    Action: box.State == BallotBoxState.HandingOut ? "去领" : "去看"));
            }
        }

        if ((await DeclarationBoard.MineAsync(scope, cancel)).Count(row => row.State == "returned") is > 0 and var returned)
        {
            todos.Add(new Todo($"补充{returned}份退回的申报", "/declarations", Note: "初评开始以前补好再交。", Action: "去补"));
        }

        return todos;
    }

    private static Todo Of(BranchYear year, PlannedStep step, string text, string url, string action) => new(
        text, url, step.Due, step.Clause, step.Clause is null ? null : ClauseLink.Of(year.InForce.Fingerprint, step.Clause), Action: action);

    private static Task<bool> IsWrittenAsync(DataScope scope, string table, OrganizationId branch, RoundKey round, CancellationToken cancel) => scope.OneAsync<bool>(
        $"select exists (select from {table} where organization_id = @branch and round = @round and person_id = @Person)",
        new { branch, round = round.ToString(), scope.Person },
        cancel);
}
