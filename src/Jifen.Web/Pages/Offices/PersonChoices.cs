using Jifen.Cycle;
using Jifen.Store;
using Jifen.Store.Reads;
using Jifen.Web.Components;

namespace Jifen.Web.Pages.Offices;

/// <summary>Whom a post may be given to: everybody on a roll this person sees, the own organization's first.</summary>
internal static class PersonChoices
{
    public static async Task<IReadOnlyList<Choice>> OfAsync(DataScope scope, OrganizationRow organization, PersonId me, DateOnly today, CancellationToken cancel)
    {
        var top = new OrganizationId(organization.Ancestors[0]);
        var roll = await MemberRoll.OnAsync(scope, top, today, cancel);
        var isHere = roll.ToLookup(row => row.OrganizationId == organization.OrganizationId || row.OrganizationId == organization.SuperiorId);
        return [.. isHere[true].Concat(isHere[false])
            // Nobody is given a post by himself.
            .Where(row => row.PersonId != me)
            .Select(row => new Choice(row.PersonId.ToString(), row.Number is null ? row.Name : $"{row.Name}（{row.Number}）", Heading: row.BranchName))];
    }
}
