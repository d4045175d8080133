using Jifen.Cycle;
using Jifen.Cycle.Notices;
using Jifen.Cycle.Organizations;
using Jifen.Cycle.Permissions;
using Jifen.Store;
using Jifen.Store.Reads;
using Jifen.Web.Components;

namespace Jifen.Web.Pages.Home;

/// <summary>
/// Everything that waits for a post, of whatever kind. The start page shows it to who holds the post, the handover to who takes it over; it is read
/// from the state, in the scope of who looks.
/// </summary>
internal sealed class PostTodos(DataScope scope, Visit visit, YearBoards boards, LiveScores live, SchemesInForce schemes)
{
    /// <summary>The branches below, where the post is above branches.</summary>
    public IReadOnlyList<BranchStanding> Branches { get; private set; } = [];

    /// <param name="holder">with the posts that are to be judged by</param>
    public async Task<IReadOnlyList<Todo>> OfAsync(Actor holder, Post post)
    {
        var where = await Scopes.OfAsync(scope, post.Organization, visit.Aborted);
        return post.Kind == OrganizationKind.Branch ? await OfBranchAsync(holder, post, where)
            : post.Office == Office.Administrator ? []
            : await AboveAsync(holder, post, where);
    }

    private async Task<IReadOnlyList<Todo>> OfBranchAsync(Actor holder, Post post, Scope where)
    {
        var year = await live.OnAsync(scope, post.Organization, visit.Today, visit.Aborted);
        var years = await boards.RunningAsync(scope, post.Organization, visit.Aborted);
        var filings = await FilingList.OpenAsync(scope, visit.Aborted);
        var notices = await BranchNotices.StandingAsync(scope, post.Organization, visit.Aborted);
        IReadOnlyList<Notice> drafts = [];
        var todos = new List<Todo>();
        todos.AddRange(await new Desk(scope, visit, holder, post.Organization, where, year, years).TodosAsync(post.Office));
        todos.AddRange(await MeasureTodos.OwnAsync(scope, visit, holder.Person));
        if (post.Office is Office.Secretary or Office.DeputySecretary or Office.CommitteeMember)
        {
            todos.AddRange(await CaseTodos.OfAsync(scope, visit, boards, holder, where, year?.InForce.Scheme.Exemptions));
            todos.AddRange(await MeasureTodos.OfBranchAsync(scope, visit, holder, post.Organization, where));
            todos.AddRange(await MeetingTodos.OfBranchAsync(scope, schemes, holder, where, visit.Aborted));
            drafts = await BranchNotices.DraftsAsync(scope, post.Organization, visit.Aborted);
            todos.AddRange(NoticeTodos.OfDrafts(drafts, years, holder, where));
            todos.AddRange(await NoticeTodos.OfAsync(scope, new RoundTables(live), years, notices, post.Organization, visit.Aborted));
            todos.AddRange(FilingTodos.Returned(filings, years, holder, where));
            todos.AddRange(await OutcomeTodos.OfBranchAsync(scope, boards, holder, where, visit.Aborted));
        }

        todos.AddRange(RoundTodos.Of(years, holder, where, filings, notices, drafts, visit.Today));
        return todos;
    }

    private async Task<IReadOnlyList<Todo>> AboveAsync(Actor holder, Post post, Scope where)
    {
        Branches = await BranchOverview.BelowAsync(scope, [post.Organization], visit.Now, visit.Aborted);
        var rules = (await schemes.OnAsync(scope, post.Organization, visit.Today, visit.Aborted))?.Scheme.Exemptions;
        var todos = new List<Todo>();
        todos.AddRange(await CaseTodos.OfAsync(scope, visit, boards, holder, where, rules));
        todos.AddRange(await MeasureTodos.OwnAsync(scope, visit, holder.Person));
        todos.AddRange(await MeetingTodos.BelowAsync(scope, schemes, holder, where, visit.Aborted));
        todos.AddRange(await OutcomeTodos.BelowAsync(scope, holder, where, visit.Aborted));
        if (Authority.MayEver(Actions.RS4FileResults, holder, where))
        {
            todos.AddRange(await FilingTodos.WaitingAsync(scope, boards, holder, visit.Aborted));
        }

        if (Authority.MayEver(Actions.RS8CarryOutMeasure, holder, where))
        {
            todos.AddRange(await MeasureTodos.BelowAsync(scope, visit, holder));
        }

        todos.AddRange(Silent());
        return todos;
    }

    private IEnumerable<Todo> Silent()
    {
        if (Branches.Count(branch => branch.ThisWeek == 0) is > 0 and var silent)
        {
            yield return new Todo($"{silent}个支部一周没有登记", "/branches", Note: string.Join("、", Branches.Where(branch => branch.ThisWeek == 0).Take(5).Select(branch => branch.Name)), Action: "看名单");
        }

        if (Branches.Count(branch => branch.StudiesMissed > 0) is > 0 and var missed)
        {
            yield return new Todo($"{missed}个支部有学习没有开展", "/studies", Note: string.Join("、", Branches.Where(branch => branch.StudiesMissed > 0).Take(5).Select(branch => $"{branch.Name}{branch.StudiesMissed}场")), Action: "看学习");
        }
    }
}
