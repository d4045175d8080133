using Jifen.Cycle;
using Jifen.Cycle.Organizations;

namespace Jifen.Web.Pages.Members;

/// <summary>Which organization somebody looks at where the address names none: where one holds an office, else one's own branch.</summary>
internal static class OwnPlace
{
    public static OrganizationId? Of(Actor actor) =>
        actor.Posts.Where(post => post.Office is not (Office.Administrator or Office.MassRepresentative) && post.Kind != OrganizationKind.PartyGroup)
            .Select(post => (OrganizationId?)post.Organization)
            .FirstOrDefault() ?? actor.Branch;

    /// <param name="asked">from the address</param>
    public static OrganizationId? Of(Actor actor, string? asked) => Guid.TryParse(asked, out var id) ? new OrganizationId(id) : Of(actor);
}
