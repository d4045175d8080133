using Jifen.Cycle;
using Jifen.Cycle.Notices;
using Jifen.Cycle.Rounds;
using Jifen.Store;
using Jifen.Store.Reads;
using Jifen.Web.Components;
using Jifen.Web.Pages.Notices;

namespace Jifen.Web.Pages.Home;

/// <summary>Points that were put right while they hang out: the notice says something else until it is corrected.</summary>
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
                    $"/rounds/{notice.Round}/notice?step={Uri.EscapeDataString(notice.Step)}",
                    notice.LastOn,
                    step.Clause,
                    Note: "原来的公示留着，注明已更正；公示期重新计算。",
                    Action: "去更正",
                    IsFirst: true));
            }
        }

        return todos;
    }
}
