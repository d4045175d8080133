using Jifen.Cycle;
using Jifen.Cycle.Notices;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Rounds;
using Jifen.Store;
using Jifen.Store.Reads;
using Jifen.Web.Components;
using Jifen.Web.Pages.Notices;
using Jifen.Web.Pages.Rounds;

namespace Jifen.Web.Pages.Home;

/// <summary>Drafts that wait for a second person; points that were put right while they hang out: the notice says something else until it is corrected.</summary>
internal static class NoticeTodos
{
    public static async Task<IReadOnlyList<Todo>> OfAsync(
        DataScope scope, RoundTables tables, IReadOnlyList<BranchYear> years, IReadOnlyList<Notice> notices, OrganizationId branch, CancellationToken cancel)
    {
        var todos = new List<Todo>();
        foreach (var notice in notices)
        {
            if (RoundKey.Read(notice.Round) is not { } key || years.Select(year => year.Board.Plan.Find(key, notice.Step)).OfType<PlannedStep>().FirstOrDefault() is not { } step
                || !NoticeSheets.ShowsPoints(step) || await BranchNotices.SheetAsync(scope, notice, cancel) is not { } sheet)
            {
                continue;
            }

            if (NoticeChanges.Of(sheet, await tables.ScoresAsync(scope, branch, step.Round, cancel)) is { Count: > 0 } changes)
            {
                todos.Add(new Todo(
                    $"更正公示：{changes.Count}人的积分公示以后改了",
                    StepPages.UrlOf(step)!,
                    notice.LastOn,
                    step.Clause,
                    Note: "原来的公示留着，注明已更正；公示期重新计算。",
                    Action: "去更正",
                    IsFirst: true));
            }
        }

        return todos;
    }

    /// <summary>公示稿: whoever did not prepare it reads and publishes it; whoever did sees that it waits.</summary>
    public static IEnumerable<Todo> OfDrafts(IReadOnlyList<Notice> drafts, IReadOnlyList<BranchYear> years, Actor holder, Scope branch) =>
        from draft in drafts
        where Authority.MayEver(Actions.NO2ReleaseNotice, holder, branch)
        from year in years
        let step = year.Board.Plan.Find(RoundKey.Known(draft.Round), draft.Step)
        where step is not null && MayGoOut(draft, year.Board.StateOf(step))
        let isOwn = draft.PreparedBy == holder.Person
        select new Todo(
            $"{(isOwn ? "公示稿等别人审查、发布" : "公示稿等您审查、发布")}：{step.FullName}",
            StepPages.UrlOf(step)!,
            step.Due,
            step.Clause,
            step.Clause is { } clause ? ClauseLink.Of(year.InForce.Fingerprint, clause) : null,
            isOwn ? "稿子是您拟的，由另一位支委、书记或组织员审查、发布。" : "稿子已经拟好：审查保密、准确、必要，再发布。",
            isOwn ? "去看" : "去审查");

    // A step that was opened again waits for those before it; a first notice is late once its step went on without it.
    private static bool MayGoOut(Notice draft, StepState state) =>
        state == StepState.Open || (draft.Replaces is not null && state is StepState.Begun or StepState.Ended);
}
