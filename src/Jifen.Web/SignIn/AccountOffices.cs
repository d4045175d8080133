using Jifen.Cycle;
using Jifen.Cycle.Organizations;

namespace Jifen.Web.SignIn;

/// <summary>Offices whose holders look after other people's accounts (AC1, AC2).</summary>
internal static class AccountOffices
{
    public static bool HeldBy(Actor actor) => actor.Posts.Any(post => post.Office
        is Office.Secretary or Office.DeputySecretary or Office.OrganizationOfficer or Office.DisciplineOfficer or Office.Administrator);
}
