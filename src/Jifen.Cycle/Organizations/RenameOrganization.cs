using Jifen.Cycle.Members;

namespace Jifen.Cycle.Organizations;

/// <summary>更名. Members of a renamed Party group are in the group of the new name from the same day.</summary>
/// <param name="NamesBeside">full and short names of the others below the same superior</param>
/// <param name="GroupMembers">of a Party group: who is in it now</param>
public sealed record RenameOrganization(string Name, string ShortName, IReadOnlyCollection<string> NamesBeside, IReadOnlyList<PersonId> GroupMembers)
{
    public Ruling Decide(TreeNode organization, DateOnly today)
    {
        if (organization.DissolvedOn is not null)
        {
            return new OrganizationIsDissolved(organization.Name);
        }

        if (FoundOrganization.NameObjection(Name, ShortName, NamesBeside) is { } objection)
        {
            return objection;
        }

        if (Name == organization.Name && ShortName == organization.ShortName)
        {
            return Ruling.NothingToDo;
        }

        var renamed = new Happening(new OrganizationRenamed(Name, ShortName), On: today, Stream: organization.Organization);
        return organization.Kind == OrganizationKind.PartyGroup && ShortName != organization.ShortName
            ? Ruling.Of([
                renamed,
                .. GroupMembers.Select(member => new Happening(new PartyGroupChanged(ShortName), member, today, Stream: organization.Superior)),
            ])
            : renamed;
    }
}
