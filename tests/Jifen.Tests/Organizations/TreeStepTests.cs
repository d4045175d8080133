using Jifen.Cycle.Members;
using Jifen.Cycle.Organizations;
using Xunit;
using static Jifen.Tests.Members.Rolls;

namespace Jifen.Tests.Organizations;

public sealed class TreeStepTests
{
    private static readonly TreeNode College =
        new(Second, null, OrganizationKind.PartyCommittee, "中共云川学院委员会", "学院党委", Day(1, 1, 2019), null, ["信息系党总支", "信息系总支"]);

    private static readonly TreeNode Branch = new(First, Second, OrganizationKind.Branch, "信息系第一支部", "信息一支部", Day(1, 1, 2019), null, []);

    [Fact]
    public void A_branch_right_below_a_committee_is_direct_and_stands_in_the_ledger_of_the_committee()
    {
        var happening = Assert.Single(Found(OrganizationKind.Branch).Decide(College, Today).Happenings);

        Assert.Equal(new OrganizationFounded(First, Second, OrganizationKind.Branch, "后勤党支部", "后勤支部", true), happening.Event);
        Assert.Equal(Second, happening.Stream);
    }

    [Fact]
    public void A_general_branch_is_not_direct() =>
        Assert.False(((OrganizationFounded)Assert.Single(Found(OrganizationKind.GeneralBranch).Decide(College, Today).Happenings).Event).IsDirect);

    [Theory]
    [InlineData(OrganizationKind.PartyGroup, OrganizationKind.PartyCommittee)]
    [InlineData(OrganizationKind.Branch, OrganizationKind.Branch)]
    [InlineData(OrganizationKind.GeneralBranch, OrganizationKind.GeneralBranch)]
    [InlineData(OrganizationKind.PartyGroup, OrganizationKind.PartyGroup)]
    public void Not_everything_stands_below_everything(OrganizationKind kind, OrganizationKind superior) =>
        Refused<CannotStandBelow>(Found(kind).Decide(College with { Kind = superior }, Today));

    [Fact]
    public void Two_beside_each_other_do_not_have_one_name() =>
        Refused<OrganizationNameIsTaken>((Found(OrganizationKind.Branch) with { ShortName = "信息系总支" }).Decide(College, Today));

    [Fact]
    public void Members_of_a_renamed_group_are_in_the_group_of_the_new_name()
    {
        var group = Branch with { Kind = OrganizationKind.PartyGroup, Organization = Second, Superior = First, Name = "第一党小组", ShortName = "第一党小组" };
        var happenings = new RenameOrganization("教学党小组", "教学党小组", [], [Wang]).Decide(group, Today).Happenings;

        Assert.Equal([Second, First], happenings.Select(one => one.Stream!.Value));
        Assert.Equal(new PartyGroupChanged("教学党小组"), happenings[1].Event);
    }

    [Fact]
    public void Only_an_empty_organization_that_is_not_the_top_is_dissolved_with_a_reason()
    {
        var refusal = Refused<OrganizationIsNotEmpty>(new DissolveOrganization("批复", 3, 0, 1).Decide(Branch, Today));
        Assert.Contains("3 人", refusal.Message, StringComparison.Ordinal);
        Refused<TopStays>(new DissolveOrganization("批复", 0, 0, 0).Decide(College, Today));
        Refused<DissolvingNeedsReason>(new DissolveOrganization("", 0, 0, 0).Decide(Branch, Today));
        Assert.Equal(First, Assert.Single(new DissolveOrganization("批复", 0, 0, 0).Decide(Branch, Today).Happenings).Stream);
    }

    private static FoundOrganization Found(OrganizationKind kind) => new(First, kind, "后勤党支部", "后勤支部", Day(5, 1));
}
