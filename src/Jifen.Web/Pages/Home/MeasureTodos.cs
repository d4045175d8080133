using Jifen.Cycle;
using Jifen.Cycle.Outcomes;
using Jifen.Cycle.Permissions;
using Jifen.Store;
using Jifen.Store.Reads;
using Jifen.Web.Components;

namespace Jifen.Web.Pages.Home;

/// <summary>帮教措施 that are to be carried out: for whoever is named, for the branch that sees to it, for the officer above when nobody did.</summary>
internal static class MeasureTodos
{
    private const int DaysAhead = 14;
    private const string Clause = "JSIT-5";

    /// <summary>Those this person is named for, from the day they begin.</summary>
    public static async Task<IReadOnlyList<Todo>> OwnAsync(DataScope scope, Visit visit, PersonId me) =>
    [
        .. (await Measures.OpenAsync(scope, me, visit.Today, visit.Aborted))
            .Where(measure => measure.Responsible == me)
            .Select(measure => new Todo(
                $"{measure.KindOf.Name()}：{measure.Name}，由您负责",
                $"/results/measures/{measure.MeasureId}",
                measure.DueOn,
                Clause,
                Note: measure.Records == 0 ? "还没有记做了什么。" : $"已记{measure.Records}次，书记或支委办结。",
                Action: "去记")),
    ];

    /// <summary>Of a branch, those of others that are due soon or over their day.</summary>
    /// <param name="holder">of the post</param>
    public static async Task<IReadOnlyList<Todo>> OfBranchAsync(DataScope scope, Visit visit, Actor holder, OrganizationId branch, Scope where)
    {
        // Who takes the post over, or gives it, reads how many there are; whom they help is for those who may open the volume without a reason.
        var namesPeople = Authority.Judge(Actions.RS5ReadSeparateVolume, visit.Actor, Target.Of(where)).IsAllowedWith(reason: null);
        var open = (await Measures.OpenAsync(scope, holder.Person, visit.Today.AddDays(DaysAhead), visit.Aborted))
            .Where(measure => measure.OrganizationId == branch && measure.Responsible != holder.Person && measure.PersonId != holder.Person)
            .ToList();
        return open.Count == 0 ? []
            : namesPeople ? [.. open.Select(measure => Of(measure, visit.Today))]
            : [Sum(open, visit.Today, "帮教措施到期", $"/results/measures?branch={branch}")];
    }

    /// <summary>Of the branches below, those over their day: how many, not whose.</summary>
    public static async Task<IReadOnlyList<Todo>> BelowAsync(DataScope scope, Visit visit, Actor holder) =>
    [
        .. (await Measures.OpenAsync(scope, holder.Person, visit.Today.AddDays(-1), visit.Aborted))
            .Where(measure => measure.DueOn < visit.Today && measure.Responsible != holder.Person)
            .GroupBy(measure => (measure.OrganizationId, measure.OrganizationName))
            .Select(branch => Sum([.. branch], visit.Today, $"督促{branch.Key.OrganizationName}办结帮教措施", $"/results/measures?branch={branch.Key.OrganizationId}")),
    ];

    private static Todo Of(OpenMeasure measure, DateOnly today) => new(
        $"{(measure.DueOn < today ? "催办" : "办结")}{measure.KindOf.Name()}：{measure.Name}",
        $"/results/measures/{measure.MeasureId}",
        measure.DueOn,
        Clause,
        Note: $"{measure.ResponsibleName ?? "（不在册）"}负责，{(measure.Records == 0 ? "还没有记做了什么" : $"已记{measure.Records}次，还没有写结果")}。",
        Action: "去看");

    private static Todo Sum(IReadOnlyList<OpenMeasure> measures, DateOnly today, string text, string url) => new(
        $"{text}（{measures.Count}项）",
        url,
        measures[0].DueOn,
        Clause,
        Note: measures.Count(measure => measure.DueOn < today) is > 0 and var late ? $"{late}项过了期限没有办结。" : null,
        Action: "去看");
}
