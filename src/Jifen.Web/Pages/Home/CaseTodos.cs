using Jifen.Cycle;
using Jifen.Cycle.Exemptions;
using Jifen.Cycle.Objections;
using Jifen.Cycle.Permissions;
using Jifen.Scoring.Schemes;
using Jifen.Store;
using Jifen.Store.Reads;
using Jifen.Web.Components;

namespace Jifen.Web.Pages.Home;

/// <summary>Objections, appeals and exemptions that wait for somebody, with the day by which they are to be answered.</summary>
internal static class CaseTodos
{
    private const string Clause = "JSIT-7⑤";

    /// <param name="where">a branch: what its committee has to do; above branches: appeals, and objections over their day</param>
    public static async Task<IReadOnlyList<Todo>> OfAsync(DataScope scope, Visit visit, Actor actor, Scope where, ExemptionRules? rules)
    {
        var todos = new List<Todo>();
        var (organization, isAbove) = (where.Organization, where.IsAboveBranches);
        var answers = Authority.MayEver(isAbove ? Actions.OB6AnswerAppeal : Actions.OB4AnswerObjection, actor, where);
        var files = Authority.MayEver(Actions.RO6FileExemption, actor, where);
        foreach (var row in await Cases.InSightAsync(scope, visit.Aborted))
        {
            var known = row.ToCase();
            if (known.Concerned.Contains(actor.Person) || (!isAbove && row.OrganizationId != organization))
            {
                continue;
            }

            if (Of(row, known, isAbove, answers, visit.Today) is { } todo)
            {
                todos.Add(todo);
            }
        }

        foreach (var row in await ExemptionApplications.InSightAsync(scope, visit.Aborted))
        {
            var next = row.ToApplication().Next(rules, visit.Today);
            if (row.PersonId != actor.Person
                && (isAbove ? files && next == ExemptionStep.File : row.OrganizationId == organization && next is ExemptionStep.Review or ExemptionStep.Vote or ExemptionStep.Publish or ExemptionStep.Settle))
            {
                todos.Add(new Todo($"免予积分的申请：{row.Name}", $"/exemptions/{row.ApplicationId}", null, rules?.Clauses is [var clause, ..] ? clause : null, Note: $"{row.OrganizationName}，{ExemptionText.Of(next)}。"));
            }
        }

        return todos;
    }

    /// <summary>One's own objection that nobody answered in time: from that day one may go past the branch.</summary>
    public static async Task<IReadOnlyList<Todo>> OwnAsync(DataScope scope, Visit visit, PersonId me) =>
    [
        .. (await Cases.InSightAsync(scope, visit.Aborted))
            .Where(row => row.RaisedBy == me && !row.IsAppeal && row.AppealedBy is null && row.ToCase().IsOverdue(visit.Today))
            .Select(row => new Todo($"{row.Number}过期没有答复", $"/objections/{row.CaseId}", row.AnswerBy, Clause, Note: "可以等支部答复，也可以现在就向上级申诉。", Action: "去看")),
    ];

    private static Todo? Of(CaseRow row, Case known, bool isAbove, bool answers, DateOnly today) => known switch
    {
        { AnsweredOn: null, IsAppeal: true } when isAbove && answers => new Todo($"答复{row.Number}", $"/objections/{row.CaseId}", row.AnswerBy, Clause, Note: $"{row.OrganizationName}，由两个人决定。", Action: "去办"),
        { AnsweredOn: null, IsAppeal: false } when isAbove && known.IsOverdue(today) =>
            new Todo($"督办{row.Number}：支部逾期没有答复", $"/objections/{row.CaseId}", row.AnswerBy, Clause, Note: $"{row.OrganizationName}。可以核实，督促支部答复。", Action: "去看"),
        { AnsweredOn: null, IsAppeal: false } when !isAbove =>
            new Todo($"{(known.State == CaseState.Raised ? "核实" : "答复")}{row.Number}", $"/objections/{row.CaseId}", row.AnswerBy, Clause, Note: "没有经手的人核实，两个人决定答复。", Action: "去办", IsFirst: known.IsOverdue(today)),
        { State: CaseState.Answered } when !isAbove =>
            new Todo($"在党员大会通报{row.Number}", $"/objections/{row.CaseId}", null, Clause, Note: "答复以后的下一次党员大会通报，通报以后才办结。", Action: "去登记"),
        _ => null,
    };
}
