using System.Collections.Immutable;

namespace Jifen.Cycle.Permissions;

/// <summary>The columns of the table of actions. What somebody is, is read from posts and standing, never kept (<see cref="Capacity"/>).</summary>
public enum Role
{
    /// <summary>P: anybody, signed in or not</summary>
    Public,

    /// <summary>G: representative of the masses, or a beneficiary who was invited</summary>
    MassRepresentative,

    /// <summary>A: 入党积极分子</summary>
    Applicant,

    /// <summary>M: full or probationary; only a full member votes</summary>
    Member,

    /// <summary>R</summary>
    Recorder,

    /// <summary>E</summary>
    Evaluator,

    /// <summary>C: also the deputy secretary, where the secretary is not concerned</summary>
    Committee,

    /// <summary>S: the secretary; the deputy where he is concerned, or there is none</summary>
    Secretary,

    /// <summary>O: above the branch</summary>
    OrganizationOfficer,

    /// <summary>L: of the level that set it up</summary>
    LeadingGroup,

    /// <summary>D: discipline, audit</summary>
    Discipline,

    /// <summary>X: the installation, without its content</summary>
    Administrator,
}

/// <summary>How a role is written in the table and said to people.</summary>
public static class RoleText
{
    private const string Letters = "PGAMRECSOLDX";

    /// <summary>In the order of the columns.</summary>
    public static ImmutableArray<Role> All { get; } = [.. Enum.GetValues<Role>()];

    /// <summary>P, G, A, M, R, E, C, S, O, L, D, X</summary>
    public static char Letter(this Role role) => Letters[(int)role];

    public static Role? OfLetter(char letter) => Letters.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var at ? (Role)at : null;

    public static string Name(this Role role) => role switch
    {
        Role.Public => "公众",
        Role.MassRepresentative => "群众代表",
        Role.Applicant => "入党积极分子",
        Role.Member => "党员",
        Role.Recorder => "积分记录员",
        Role.Evaluator => "考评小组",
        Role.Committee => "支委",
        Role.Secretary => "书记",
        Role.OrganizationOfficer => "上级组织员",
        Role.LeadingGroup => "领导小组",
        Role.Discipline => "纪检审计人员",
        Role.Administrator => "系统管理员",
    };
}
