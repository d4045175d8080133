namespace Jifen.Cycle.Organizations;

/// <summary>任职的职务. What one may do is read from the offices one holds, never from a flag on a person.</summary>
public enum Office
{
    /// <summary>书记</summary>
    Secretary,

    /// <summary>副书记: stands in when the secretary is concerned</summary>
    DeputySecretary,

    /// <summary>支委 (组织、宣传、纪检委员等)</summary>
    CommitteeMember,

    /// <summary>积分记录员 (JSIT-7①)</summary>
    Recorder,

    /// <summary>考评小组成员 (JSUL-2)</summary>
    Evaluator,

    /// <summary>党小组长</summary>
    GroupLeader,

    /// <summary>组织员: the officer of the superior organization</summary>
    OrganizationOfficer,

    /// <summary>领导小组成员 (YXNU-5)</summary>
    LeadingGroupMember,

    /// <summary>纪检、审计</summary>
    DisciplineOfficer,

    /// <summary>系统管理员: the installation, without its content</summary>
    Administrator,

    /// <summary>群众代表 (JSUL-2)</summary>
    MassRepresentative,
}
