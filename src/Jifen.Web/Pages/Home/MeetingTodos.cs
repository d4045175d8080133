using Jifen.Cycle;
using Jifen.Cycle.Decisions;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Schemes;
using Jifen.Store;
using Jifen.Store.Reads;
using Jifen.Web.Components;

namespace Jifen.Web.Pages.Home;

/// <summary>What a meeting left behind: not closed, decided and not carried out; rules on their way to it, or past it to the superior.</summary>
internal static class MeetingTodos
{
    public static async Task<IReadOnlyList<Todo>> OfBranchAsync(DataScope scope, SchemesInForce schemes, Actor holder, Scope where, CancellationToken cancel)
    {
        var todos = new List<Todo>();
        if (!Authority.MayEver(Actions.MT1RunMembersMeeting, holder, where))
        {
            return todos;
        }

        var branch = where.Organization;
        if (await Meetings.OpenAsync(scope, branch, cancel) is { } open && open.On < scope.Today)
        {
            todos.Add(new Todo($"{DayText.MonthDay(open.On)}的{open.Body.Name()}还没有散会", $"/rounds/{open.Round}/meeting", open.On, Note: "散会以后才能再开；没有表决的议题留到下次。", Action: "去散会"));
        }

        foreach (var motion in await Meetings.NotCarriedOutAsync(scope, branch, cancel))
        {
            todos.Add(new Todo(
                $"照大会决定冲正：{motion.Title}",
                $"/rounds/{motion.Round}/meeting?meeting={motion.MeetingId}",
                null,
                "JSIT-7④",
                Note: $"{DayText.MonthDay(motion.HeldOn)}通过，还没有办；要第二个人确认。",
                IsFirst: true));
        }

        todos.AddRange(
            from row in await Agenda.RefinementsAsync(scope, schemes, branch, cancel)
            select new Todo($"{row.Year}年细则等党员大会讨论", Url(row), null, Note: $"{DayText.MonthDay(row.ProposedOn)}提请，列在下次党员大会的议题里。", Action: "去看"));
        return todos;
    }

    /// <summary>Refinements of branches below that only the superior has not looked at.</summary>
    public static async Task<IReadOnlyList<Todo>> BelowAsync(DataScope scope, SchemesInForce schemes, Actor holder, Scope where, CancellationToken cancel)
    {
        var todos = new List<Todo>();
        if (!Authority.MayEver(Actions.SC4ApproveScheme, holder, where))
        {
            return todos;
        }

        foreach (var row in (await RefinementBoard.OpenAsync(scope, where.Organization, cancel)).Where(row => row.ProposedBy != holder.Person))
        {
            if (await schemes.KeptAsync(scope, row.Fingerprint, cancel) is not { } scheme || RefinementBodies.Of(scheme) is not { Superior: true } bodies || (bodies.Meeting && row.MetOn is null))
            {
                continue;
            }

            var since = row.MetOn ?? row.ProposedOn;
            var name = (await Store.Reads.Organizations.OneAsync(scope, row.OrganizationId, cancel))?.ShortName;
            todos.Add(new Todo($"审核{name}{row.Year}年细则", $"{Url(row)}?branch={row.OrganizationId}", null, Note: $"{DayText.MonthDay(since)}送来，已等{scope.Today.DayNumber - since.DayNumber}天。", Action: "去审核"));
        }

        return todos;
    }

    private static string Url(RefinementRow row) => $"/schemes/refinements/{row.Year}/{row.Fingerprint}";
}
