using Jifen.Cycle;
using Jifen.Cycle.Organizations;
using Jifen.Cycle.Permissions;

namespace Jifen.Web.Pages.Gatherings;

/// <summary>Whose gatherings somebody looks at where the address names none.</summary>
internal static class HomeBranch
{
    /// <summary>The branch in which one keeps records or leads, else one's own; null: an officer from outside any branch.</summary>
    public static OrganizationId? Of(Actor actor) =>
        actor.Posts
            .Where(post => post.Kind == OrganizationKind.Branch && post.Office is Office.Recorder or Office.Secretary or Office.DeputySecretary or Office.CommitteeMember)
            .OrderBy(post => post.Office == Office.Recorder ? 0 : 1)
            .Select(post => (OrganizationId?)post.Organization)
            .FirstOrDefault() ?? actor.Branch;

    /// <summary>The organization above branches in which one may take the action: its officer, or its secretary.</summary>
    public static OrganizationId? Above(Actor actor, ActionRow action) =>
        actor.Posts
            .Where(post => post.Kind is not (OrganizationKind.Branch or OrganizationKind.PartyGroup)
                && Authority.MayEver(action, actor, new Scope(post.Organization, post.Kind, [], null, [])))
            .Select(post => (OrganizationId?)post.Organization)
            .FirstOrDefault();
}
