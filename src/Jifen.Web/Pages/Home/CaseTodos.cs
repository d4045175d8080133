using Jifen.Cycle;
using Jifen.Cycle.Exemptions;
using Jifen.Cycle.Objections;
using Jifen.Cycle.Permissions;
using Jifen.Scoring.Schemes;
using Jifen.Store;
using Jifen.Store.Reads;
using Jifen.Store.Steps;
using Jifen.Web.Components;
using Jifen.Web.Pages.Rounds;

namespace Jifen.Web.Pages.Home;

/// <summary>Objections, appeals and exemptions that wait for somebody, with the day by which they are to be answered.</summary>
internal static class CaseTodos
{
    /// <summary>How long an answer stands on the start page of whom it concerns.</summary>
    public const int DaysAnswered = 30;

    private const string Clause = "JSIT-7⑤";

    /// <param name="where">a branch: what its committee has to do; above branches: appeals, and objections over their day</param>
    public static async Task<IReadOnlyList<Todo>> OfAsync(DataScope scope, Visit visit, YearBoards boards, Actor actor, Scope where, ExemptionRules? rules)
    {
        var schemes = boards.Schemes;
        var todos = new List<Todo>();
        var (organization, isAbove) = (where.Organization, where.IsAboveBranches);
        var answers = Authority.MayEver(isAbove ? Actions.OB6AnswerAppeal : Actions.OB4AnswerObjection, actor, where);
        var files = Authority.MayEver(Actions.RO6FileExemption, actor, where);
        var rows = await Cases.InSightAsync(scope, visit.Aborted);
        var proposed = rows.Any(row => row.AnsweredOn is null)
            ? (await PendingSteps.OpenAsync(scope, visit.Now, visit.Aborted)).SelectMany(PendingSteps.HappeningsOf).Select(one => AnswerCase.CaseOf(one.Event)).ToHashSet()
            : [];
        foreach (var row in rows)
        {
            var known = row.ToCase();
            // An answer that waits for its second person stands among what is to be confirmed.
            if (proposed.Contains(known.Id) || known.Concerned.Contains(actor.Person) || (!isAbove && row.OrganizationId != organization))
            {
                continue;
            }

            if ((isAbove ? await AboveAsync(scope, visit, schemes, actor, row, known, answers) : await InBranchAsync(scope, visit, boards, actor, where, row, known, answers)) is { } todo)
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

    /// <summary>
    /// One's own objections and appeals: those answered lately; those nobody answered in time, with which one may go past the branch from that day.
    /// </summary>
    public static async Task<IReadOnlyList<Todo>> OwnAsync(DataScope scope, Visit visit, PersonId me) =>
    [
        .. from row in await Cases.InSightAsync(scope, visit.Aborted)
           where row.RaisedBy == me && row.AppealedBy is null
           let isAnswered = row.AnsweredOn >= visit.Today.AddDays(-DaysAnswered)
           where isAnswered || (!row.IsAppeal && row.ToCase().IsOverdue(visit.Today))
           select isAnswered
               ? new Todo($"您的{row.Number}已有答复", Url(row), null, Clause, Note: $"{DayText.MonthDay(row.AnsweredOn!.Value)}答复。{(row.IsAppeal || row.Upheld == true ? "" : "不同意的，在那里可以向上级申诉。")}", Action: "看答复")
               : new Todo($"{row.Number}过期没有答复", Url(row), row.AnswerBy, Clause, Note: "可以等支部答复，也可以现在就向上级申诉。", Action: "去看"),
    ];

    private static async Task<Todo?> AboveAsync(DataScope scope, Visit visit, SchemesInForce schemes, Actor actor, CaseRow row, Case known, bool answers) => known switch
    {
        { AnsweredOn: null, IsAppeal: true } when answers => new Todo($"答复{row.Number}", Url(row), row.AnswerBy, Clause, Note: $"{row.OrganizationName}，由两个人决定。", Action: "去办"),
        { AnsweredOn: null, IsAppeal: false } when known.IsOverdue(visit.Today) =>
            new Todo($"督办{row.Number}：支部逾期没有答复", Url(row), row.AnswerBy, Clause, Note: $"{row.OrganizationName}。可以核实，督促支部答复。", Action: "去看"),
        { State: CaseState.Raised, IsAppeal: false } when Authority.MayEver(Actions.OB3InvestigateObjection, actor, await Scopes.OfAsync(scope, row.OrganizationId, visit.Aborted))
            && (await CaseInvestigation.InvestigatorsAsync(scope, row, await CaseInvestigation.HandlersAsync(scope, schemes, row, visit.Aborted), visit.Aborted)).Count == 0 =>
            new Todo($"核实{row.Number}", Url(row), row.AnswerBy, Clause, Note: $"{row.OrganizationName}没有没经手、有账号的人了，由上级核实，核实以后支部两个人决定答复。", Action: "去办"),
        _ => null,
    };

    // Whoever recorded, reviewed or signed what it is about finds somebody else to look into it; he does not do it himself (OB3).
    private static async Task<Todo?> InBranchAsync(DataScope scope, Visit visit, YearBoards boards, Actor actor, Scope where, CaseRow row, Case known, bool answers)
    {
        var isFirst = known.IsOverdue(visit.Today);
        switch (known.State)
        {
            case CaseState.Raised when !known.IsAppeal:
                var handlers = await CaseInvestigation.HandlersAsync(scope, boards.Schemes, row, visit.Aborted);
                if (Authority.Judge(Actions.OB3InvestigateObjection, actor, new Target(where, Concern.Nobody, Handlers: handlers)).IsAllowed)
                {
                    return new Todo($"核实{row.Number}", Url(row), row.AnswerBy, Clause, Note: "由没有经手的人核实，核实以后两个人决定答复。", Action: "去办", IsFirst: isFirst);
                }

                if (!answers)
                {
                    return null;
                }

                var others = await CaseInvestigation.InvestigatorsAsync(scope, row, handlers, visit.Aborted);
                var names = await KnownNames.OfAsync(scope, others, visit.Aborted);
                return new Todo(
                    $"请人核实{row.Number}", Url(row), row.AnswerBy, Clause,
                    Note: $"您登记、核实或签署过这件事，不由您核实：{(others.Count > 0 ? $"请{string.Join("、", others.Select(other => names.GetValueOrDefault(other, "没有经手的支委")))}核实" : "支部里没有没经手的人了，由上级组织员核实，已列在他的待办里")}。",
                    Action: "去看", IsFirst: isFirst);
            case CaseState.Investigated when !known.IsAppeal && answers:
                return new Todo($"答复{row.Number}", Url(row), row.AnswerBy, Clause, Note: "已经核实，两个人决定答复。", Action: "去办", IsFirst: isFirst);
            case CaseState.Answered when answers:
                var isHeld = (await Cases.MeetingsAsync(scope, where.Organization, visit.Aborted)).Any(one => one.Meeting.IsHeld && one.Meeting.IsAfter(known));
                return isHeld
                    ? new Todo($"登记{row.Number}已在党员大会通报", Url(row), null, Clause, Note: "答复以后开过党员大会，登记是哪一次通报的，才办结。", Action: "去登记")
                    : new Todo($"下次党员大会通报{row.Number}", await NextMeeting.RoundAsync(scope, boards, where.Organization, visit.Aborted) is { } next ? StepPages.NextMeetingUrl(next) : Url(row), null, Clause, Note: "已列在下次党员大会的议题里，通报以后才办结。", Action: "去开会");
            default:
                return null;
        }
    }

    private static string Url(CaseRow row) => $"/objections/{row.CaseId}";
}
