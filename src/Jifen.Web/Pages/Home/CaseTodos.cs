using Jifen.Cycle;
using Jifen.Cycle.Exemptions;
using Jifen.Cycle.Objections;
using Jifen.Scoring.Schemes;
using Jifen.Store;
using Jifen.Store.Reads;
using Jifen.Web.Components;

namespace Jifen.Web.Pages.Home;

/// <summary>Objections, appeals and exemptions that wait for somebody, with the day by which they are to be answered.</summary>
internal static class CaseTodos
{
    private const string Clause = "JSIT-7⑤";

    /// <param name="isAbove">an office above branches: overdue objections and appeals; otherwise what the committee has to do</param>
    public static async Task<IReadOnlyList<Todo>> OfAsync(
        DataScope scope, Visit visit, Actor actor, OrganizationId organization, ExemptionRules? rules, bool isAbove)
    {
        var todos = new List<Todo>();
        foreach (var row in await Cases.InSightAsync(scope, visit.Aborted))
        {
            var known = row.ToCase();
            if (known.Concerned.Contains(actor.Person) || (!isAbove && row.OrganizationId != organization))
            {
                continue;
            }

            if (Of(row, known, isAbove, visit.Today) is { } todo)
            {
                todos.Add(todo);
            }
        }

        foreach (var row in await ExemptionApplications.InSightAsync(scope, visit.Aborted))
        {
            var next = row.ToApplication().Next(rules, visit.Today);
            if (row.PersonId != actor.Person
                && (isAbove ? next == ExemptionStep.File : row.OrganizationId == organization && next is ExemptionStep.Review or ExemptionStep.Vote or ExemptionStep.Publish or ExemptionStep.Settle))
            {
                todos.Add(new Todo($"免予积分的申请：{row.Name}", $"/exemptions/{row.ApplicationId}", null, rules?.Clauses is [var clause, ..] ? clause : null, Note: $"{row.OrganizationName}，{ExemptionText.Of(next)}。"));
            }
        }

        return todos;
    }

    private static Todo? Of(CaseRow row, Case known, bool isAbove, DateOnly today) => known switch
    {
        { AnsweredOn: null, IsAppeal: true } when isAbove => new Todo($"答复{row.Number}", $"/objections/{row.CaseId}", row.AnswerBy, Clause, Note: $"{row.OrganizationName}，由两个人决定。", Action: "去办"),
        { AnsweredOn: null, IsAppeal: false } when isAbove && known.IsOverdue(today) =>
            new Todo($"督办{row.Number}：支部逾期没有答复", $"/objections/{row.CaseId}", row.AnswerBy, Clause, Note: $"{row.OrganizationName}。可以核实，督促支部答复。", Action: "去看"),
        { AnsweredOn: null, IsAppeal: false } when !isAbove =>
            new Todo($"{(known.State == CaseState.Raised ? "核实" : "答复")}{row.Number}", $"/objections/{row.CaseId}", row.AnswerBy, Clause, Note: "没有经手的人核实，两个人决定答复。", Action: "去办", IsFirst: known.IsOverdue(today)),
        { State: CaseState.Answered } when !isAbove =>
            new Todo($"在党员大会通报{row.Number}", $"/objections/{row.CaseId}", null, Clause, Note: "答复以后的下一次党员大会通报，通报以后才办结。", Action: "去登记"),
        _ => null,
    };
}
