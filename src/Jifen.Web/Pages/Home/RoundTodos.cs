using Jifen.Cycle;
using Jifen.Cycle.Notices;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Rounds;
using Jifen.Store.Reads;
using Jifen.Web.Components;
using Jifen.Web.Pages.Rounds;

namespace Jifen.Web.Pages.Home;

/// <summary>What the year of a branch asks of one person now, read from where its steps stand.</summary>
internal static class RoundTodos
{
    /// <param name="years">the running cycle, and the one before while it is not closed</param>
    /// <param name="branch">the branch, as the rights of the person are judged</param>
    /// <param name="filings">that went up and are not taken yet: the step is the superior's, or has its own line when it came back</param>
    /// <param name="notices">that hang out: nothing is to be done about them before their days are over</param>
    /// <param name="drafts">that wait to be published: they have their own line</param>
    public static IEnumerable<Todo> Of(
        IEnumerable<BranchYear> years, Actor actor, Scope branch, IReadOnlyList<FilingRow> filings, IReadOnlyList<Notice> notices, IReadOnlyList<Notice> drafts,
        DateOnly today) =>
        from year in years
        from step in year.Board.Current
        where !step.Step.IsWindow() && !filings.Any(filing => filing.OrganizationId == branch.Organization && filing.Round == step.Round.Key.ToString() && filing.Step == step.Name)
        let over = notices.Where(notice => notice.Round == step.Round.Key.ToString() && notice.Step == step.Name).Select(notice => notice.OverAfter).FirstOrDefault()
        where !(over >= today)
        let isBegun = year.Board.StateOf(step) == StepState.Begun
        where isBegun || !drafts.Any(draft => draft.Round == step.Round.Key.ToString() && draft.Step == step.Name)
        let action = isBegun || !step.Step.HasBeginning() ? step.Step.ToEnd() : step.Step.ToBegin()
        where action is not null && Authority.MayEver(action, actor, branch)
        select new Todo(
            $"{step.Name}：{step.Round.Name}",
            StepPages.UrlOf(step) ?? $"/rounds/{step.Round.Key}",
            step.Due,
            step.Clause,
            step.Clause is { } clause ? ClauseLink.Of(year.InForce.Fingerprint, clause) : null,
            NoteOf(year.Board, step, isBegun),
            isBegun ? "接着办" : "去办")
        { Since = (over ?? (step.Round.Last < today ? step.Round.Last : null))?.AddDays(1) };

    private static string NoteOf(YearBoard board, PlannedStep step, bool isBegun)
    {
        var next = board.Plan.RestingOn(step).Select(later => later.Name).Distinct().ToList();
        var begun = isBegun && board.MarkOf(step)?.BegunOn is { } on ? $"{DayText.MonthDay(on)}开始。" : "";
        return next.Count == 0 ? $"{begun}由{step.By}办。" : $"{begun}由{step.By}办；办完以后接着办：{string.Join("、", next)}。";
    }
}
