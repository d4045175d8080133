using Jifen.Cycle;
using Jifen.Cycle.Filings;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Rounds;
using Jifen.Store;
using Jifen.Store.Reads;
using Jifen.Web.Components;

namespace Jifen.Web.Pages.Home;

/// <summary>备案 on its way: what came back to the branch, what waits for the officer above.</summary>
internal static class FilingTodos
{
    private const string Clause = "JSIT-7⑥";
    private const int MostAtOnce = 5;

    /// <summary>Came back with a reason: it is put right and goes up again.</summary>
    /// <param name="years">of the branch</param>
    public static IEnumerable<Todo> Returned(IEnumerable<FilingRow> open, IReadOnlyList<BranchYear> years, Actor holder, Scope branch) =>
        from filing in open
        where filing.StateOf == FilingState.Returned && filing.OrganizationId == branch.Organization && Authority.MayEver(Actions.RS4FileResults, holder, branch)
        select new Todo(
            $"补正后重报{filing.Step}：{years.Select(year => NameIn(year, filing)).OfType<string>().FirstOrDefault() ?? filing.Round}",
            $"/rounds/{filing.Round}/filing?branch={filing.OrganizationId}",
            filing.Due,
            Clause,
            Note: $"上级{(filing.AnsweredOn is { } on ? DayText.MonthDay(on) : "")}退回：{filing.Reason}",
            Action: "去补正",
            IsFirst: true);

    /// <summary>Came up and was neither taken nor returned; many of them are one list.</summary>
    public static async Task<IReadOnlyList<Todo>> WaitingAsync(DataScope scope, YearBoards boards, Actor holder, CancellationToken cancel)
    {
        // Nobody takes the filing of his own branch.
        var waiting = (await FilingList.OpenAsync(scope, cancel)).Where(filing => filing.StateOf == FilingState.Submitted && filing.OrganizationId != holder.Branch).ToList();
        if (waiting.Count > MostAtOnce)
        {
            return [new Todo($"办理{waiting.Count}份报来的备案", "/filings", null, Clause, Note: $"最早的{Since(waiting[0], scope.Today)}。", Action: "看清单", IsFirst: true)];
        }

        var todos = new List<Todo>();
        foreach (var filing in waiting)
        {
            var year = await boards.OfAsync(scope, filing.OrganizationId, RoundKey.Known(filing.Round).Year, cancel);
            todos.Add(new Todo(
                $"接收或退回{filing.OrganizationName}的{filing.Step}：{(year is null ? null : NameIn(year, filing)) ?? filing.Round}",
                $"/filings/{filing.FilingId}",
                null,
                Clause,
                Note: $"{Since(filing, scope.Today)}{(filing.IsLate ? "；报来时已过期限" : "")}。",
                Action: "去核验",
                IsFirst: true));
        }

        return todos;
    }

    private static string Since(FilingRow filing, DateOnly today) =>
        $"{DayText.MonthDay(filing.SubmittedOn)}报来，{(today.DayNumber - filing.SubmittedOn.DayNumber is > 0 and var days ? $"已等{days}天" : "今天到的")}";

    private static string? NameIn(BranchYear year, FilingRow filing) => year.Board.Plan.Find(RoundKey.Known(filing.Round))?.Name;
}
