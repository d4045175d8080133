using Jifen.Cycle;
using Jifen.Cycle.Outcomes;
using Jifen.Cycle.Permissions;
using Jifen.Scoring.Schemes;
using Jifen.Store;
using Jifen.Store.Reads;
using Jifen.Web.Components;

namespace Jifen.Web.Pages.Home;

/// <summary>结果运用 of a settled year: not taken up by the branch, not answered by the superior.</summary>
internal static class OutcomeTodos
{
    /// <summary>Of every settled year, once its notice and objections are over.</summary>
    public static async Task<IReadOnlyList<Todo>> OfBranchAsync(DataScope scope, YearBoards boards, Actor holder, Scope where, CancellationToken cancel)
    {
        var branch = where.Organization;
        var todos = new List<Todo>();
        if (!Authority.MayEver(Actions.RS2ProposeOutcome, holder, where))
        {
            return todos;
        }

        foreach (var year in await SettledYears.YearsAsync(scope, branch, cancel))
        {
            if (await OutcomeCases.UndecidedAsync(scope, branch, year, holder.Person, cancel) is > 0 and var left
                && await OutcomeCases.StandingsAsync(scope, boards, branch, year, cancel) is { NotYet: null })
            {
                todos.Add(new Todo($"定{left}件结果运用：{year}年度", $"/results?year={year}", Note: "系统照已定的分提出；采纳的报上级批准，不采纳的写理由。", Action: "去定"));
            }
        }

        return [.. todos, .. await ToCarryOutAsync(scope, boards.Schemes, holder, where, cancel)];
    }

    /// <summary>Approved, and by their own words to be carried out by a measure that nobody has begun.</summary>
    private static async Task<IReadOnlyList<Todo>> ToCarryOutAsync(DataScope scope, SchemesInForce schemes, Actor holder, Scope where, CancellationToken cancel)
    {
        var todos = new List<Todo>();
        if (!Authority.MayEver(Actions.RS8CarryOutMeasure, holder, where))
        {
            return todos;
        }

        foreach (var year in (await OutcomeCases.WithoutMeasureAsync(scope, where.Organization, holder.Person, scope.Today.AddYears(-1), cancel)).GroupBy(one => one.Year))
        {
            var scheme = await OutcomeCases.SchemeAsync(scope, schemes, where.Organization, year.Key, cancel);
            var left = year.Where(one => MeasureText.NamedIn(TextOf(one, scheme)).Count > 0).ToList();
            if (left.Count > 0)
            {
                todos.Add(new Todo(
                    $"落实{left.Count}件已批准的结果运用：{year.Key}年度",
                    left is [var one] ? $"/results/{one.PersonId}/{Uri.EscapeDataString(one.Outcome)}?year={year.Key}" : $"/results?year={year.Key}",
                    Note: "开帮教措施：什么措施、谁负责、到哪天。",
                    Action: "去开"));
            }
        }

        return todos;
    }

    /// <summary>What was decided about oneself, for as long as an answer is shown.</summary>
    public static async Task<IReadOnlyList<Todo>> OwnAsync(DataScope scope, SchemesInForce schemes, OrganizationId branch, PersonId me, CancellationToken cancel)
    {
        var todos = new List<Todo>();
        foreach (var one in await OutcomeCases.ApprovedAsync(scope, branch, me, scope.Today.AddDays(-CaseTodos.DaysAnswered), cancel))
        {
            todos.Add(new Todo(
                $"对您的结果运用已批准：{TextOf(one, await OutcomeCases.SchemeAsync(scope, schemes, branch, one.Year, cancel))}",
                $"/results/{me}/{Uri.EscapeDataString(one.Outcome)}?year={one.Year}",
                Note: $"{one.Year}年度，{DayText.MonthDay(one.AnsweredOn)}批准。条件、理由、条款都在里面。",
                Action: "去看"));
        }

        return todos;
    }

    private static string TextOf(ApprovedOutcome one, Scheme? scheme) =>
        one.Alternative ?? scheme?.Outcomes.FirstOrDefault(outcome => outcome.Id == one.Outcome)?.Result ?? one.Outcome;

    public static async Task<IReadOnlyList<Todo>> BelowAsync(DataScope scope, Actor holder, Scope where, CancellationToken cancel) =>
        Authority.MayEver(Actions.RS3ApproveOutcome, holder, where)
            ? [.. (await OutcomeCases.WaitingAsync(scope, cancel)).Where(waiting => waiting.OrganizationId != holder.Branch).Select(waiting => new Todo(
                $"批准或不批准{waiting.OrganizationName}的结果运用（{waiting.Count}件）",
                $"/results?branch={waiting.OrganizationId}&year={waiting.Year}",
                Note: $"{waiting.Year}年度，最早的{DayText.MonthDay(waiting.Since)}提出，已等{scope.Today.DayNumber - waiting.Since.DayNumber}天。"))]
            : [];
}
