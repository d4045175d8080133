namespace Jifen.Cycle.Organizations;

/// <summary>党组织的种类.</summary>
public enum OrganizationKind
{
    /// <summary>党委</summary>
    PartyCommittee,

    /// <summary>党工委</summary>
    WorkingCommittee,

    /// <summary>党总支</summary>
    GeneralBranch,

    /// <summary>党支部: runs the cycle</summary>
    Branch,

    /// <summary>党小组</summary>
    PartyGroup,
}
