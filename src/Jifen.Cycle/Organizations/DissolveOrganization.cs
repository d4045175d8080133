namespace Jifen.Cycle.Organizations;

/// <summary>撤销, once nobody is left in it. What was recorded stays.</summary>
/// <param name="MembersLeft">on its roll, or in the Party group</param>
/// <param name="OrganizationsLeft">standing below it</param>
/// <param name="PostsLeft">terms of office that still run</param>
public sealed record DissolveOrganization(string Reason, int MembersLeft, int OrganizationsLeft, int PostsLeft)
{
    public Ruling Decide(TreeNode organization, DateOnly today)
    {
        if (organization.DissolvedOn is not null)
        {
            return new OrganizationIsDissolved(organization.Name);
        }

        if (organization.Superior is null)
        {
            return new TopStays();
        }

        if (MembersLeft + OrganizationsLeft + PostsLeft > 0)
        {
            return new OrganizationIsNotEmpty(organization.Name, MembersLeft, OrganizationsLeft, PostsLeft);
        }

        return string.IsNullOrWhiteSpace(Reason)
            ? new DissolvingNeedsReason()
            : new Happening(new OrganizationDissolved(Reason), On: today, Ground: Reason, Stream: organization.Organization);
    }
}

public sealed record TopStays() : Refusal("最上一级的党组织不能在这里撤销。");

public sealed record OrganizationIsNotEmpty(string Name, int Members, int Organizations, int Posts)
    : Refusal("“" + Name + "”还不是空的：" + string.Join("、", new[]
    {
        Members > 0 ? $"{Members} 人" : null,
        Organizations > 0 ? $"{Organizations} 个下级组织" : null,
        Posts > 0 ? $"{Posts} 个任职" : null,
    }.OfType<string>()) + "。请先转走人员、撤销下级、结束任职。");

public sealed record DissolvingNeedsReason() : Refusal("请写明撤销的依据，例如批复的文号。");
