namespace Jifen.Cycle.Organizations;

/// <summary>How kinds of organizations and offices are said to people, and what follows from them.</summary>
public static class OrganizationText
{
    public static string Name(this OrganizationKind kind) => kind switch
    {
        OrganizationKind.PartyCommittee => "党委",
        OrganizationKind.WorkingCommittee => "党工委",
        OrganizationKind.GeneralBranch => "党总支",
        OrganizationKind.Branch => "党支部",
        OrganizationKind.PartyGroup => "党小组",
    };

    /// <summary>The kinds that may stand directly below one.</summary>
    public static IReadOnlyList<OrganizationKind> Below(this OrganizationKind kind) => kind switch
    {
        OrganizationKind.PartyCommittee or OrganizationKind.WorkingCommittee =>
            [OrganizationKind.PartyCommittee, OrganizationKind.WorkingCommittee, OrganizationKind.GeneralBranch, OrganizationKind.Branch],
        OrganizationKind.GeneralBranch => [OrganizationKind.Branch],
        OrganizationKind.Branch => [OrganizationKind.PartyGroup],
        OrganizationKind.PartyGroup => [],
    };

    public static string Name(this Office office) => office switch
    {
        Office.Secretary => "书记",
        Office.DeputySecretary => "副书记",
        Office.CommitteeMember => "支委",
        Office.Recorder => "积分记录员",
        Office.Evaluator => "考评小组成员",
        Office.GroupLeader => "党小组长",
        Office.OrganizationOfficer => "组织员",
        Office.LeadingGroupMember => "领导小组成员",
        Office.DisciplineOfficer => "纪检、审计人员",
        Office.Administrator => "系统管理员",
        Office.MassRepresentative => "群众代表",
    };

    /// <summary>In the table of actions: AC3 for the posts of a branch, AC4 for those above and beside it.</summary>
    public static string GrantedBy(this Office office) => office is
        Office.OrganizationOfficer or Office.LeadingGroupMember or Office.DisciplineOfficer or Office.Administrator ? "AC4" : "AC3";

    /// <summary>The posts an organization of this kind has, in the order they are listed.</summary>
    public static IReadOnlyList<Office> Offices(this OrganizationKind kind) => kind switch
    {
        OrganizationKind.Branch =>
        [
            Office.Secretary, Office.DeputySecretary, Office.CommitteeMember, Office.Recorder, Office.GroupLeader, Office.Evaluator,
            Office.MassRepresentative, Office.LeadingGroupMember,
        ],
        OrganizationKind.PartyGroup => [Office.GroupLeader],
        _ =>
        [
            Office.Secretary, Office.DeputySecretary, Office.CommitteeMember, Office.OrganizationOfficer, Office.LeadingGroupMember,
            Office.DisciplineOfficer, Office.Administrator,
        ],
    };

    /// <summary>A branch cannot do without: shown as vacant when nobody holds it.</summary>
    public static bool IsExpected(this Office office, OrganizationKind kind) => kind switch
    {
        OrganizationKind.Branch => office is Office.Secretary or Office.Recorder,
        OrganizationKind.PartyGroup => office is Office.GroupLeader,
        _ => office is Office.Secretary or Office.OrganizationOfficer,
    };

    /// <summary>One person at a time; somebody acting may stand beside. A branch without registered groups has its leaders side by side.</summary>
    public static bool IsHeldByOne(this Office office, OrganizationKind kind) =>
        office == Office.Secretary || (office == Office.GroupLeader && kind == OrganizationKind.PartyGroup);
}
