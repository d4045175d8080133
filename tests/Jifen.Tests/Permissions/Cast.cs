using Jifen.Cycle;
using Jifen.Cycle.Organizations;
using Jifen.Cycle.Permissions;
using Jifen.Scoring.Facts;

namespace Jifen.Tests.Permissions;

/// <summary>信息学院党委 → 信息系党总支 → 第一、第二支部, with one person in each post.</summary>
internal static class Cast
{
    public static readonly OrganizationId College = new(Id(1));
    public static readonly OrganizationId Department = new(Id(2));
    public static readonly OrganizationId First = new(Id(3));
    public static readonly OrganizationId Second = new(Id(4));
    public static readonly OrganizationId GroupOfFirst = new(Id(5));
    public static readonly OrganizationId OtherCollege = new(Id(6));

    public static readonly Actor Recorder = Member(11, "王记录").With(Office.Recorder, First);
    public static readonly Actor Secretary = Member(12, "李书记").With(Office.Secretary, First);
    public static readonly Actor Deputy = Member(13, "赵副书记").With(Office.DeputySecretary, First);
    public static readonly Actor CommitteeMember = Member(14, "钱支委").With(Office.CommitteeMember, First);
    public static readonly Actor Evaluator = Member(15, "孙考评").With(Office.Evaluator, First);
    public static readonly Actor Plain = Member(16, "周党员");
    public static readonly Actor Probationary = Member(17, "吴预备") with { Standing = Standing.Probationary };
    public static readonly Actor Activist = Member(18, "郑积极") with { Standing = Standing.Activist };
    public static readonly Actor Masses = Outsider(19, "冯群众").With(Office.MassRepresentative, First);
    public static readonly Actor Officer = Outsider(20, "陈组织员").With(Office.OrganizationOfficer, College);
    public static readonly Actor SecondOfficer = Outsider(21, "褚组织员").With(Office.OrganizationOfficer, Department);
    public static readonly Actor Leader = Outsider(22, "卫组长").With(Office.LeadingGroupMember, College);
    public static readonly Actor Discipline = Outsider(23, "蒋纪检").With(Office.DisciplineOfficer, College);
    public static readonly Actor Administrator = Outsider(24, "沈管理").With(Office.Administrator, College);
    public static readonly Actor Stranger = Outsider(25, "韩某");

    /// <summary>Somebody of the first branch whom no office holder is.</summary>
    public static readonly PersonId Somebody = new(Id(99));

    public static Scope FirstBranch { get; } =
        new(First, OrganizationKind.Branch, [Department, College], Secretary.Person, [Recorder.Person]);

    public static Scope SecondBranch { get; } = new(Second, OrganizationKind.Branch, [Department, College], null, []);

    public static Scope WholeCollege { get; } = new(College, OrganizationKind.PartyCommittee, [], null, []);

    /// <summary>One for each role, in the order of the columns; nobody for the public.</summary>
    public static IReadOnlyList<Actor?> ByRole { get; } =
        [null, Masses, Activist, Plain, Recorder, Evaluator, CommitteeMember, Secretary, Officer, Leader, Discipline, Administrator];

    public static Actor Member(int number, string name) => new(new PersonId(Id(number)), name, First, Standing.Full, []);

    public static Actor Outsider(int number, string name) => new(new PersonId(Id(number)), name, null, null, []);

    public static Actor With(this Actor actor, Office office, OrganizationId organization, bool isActing = false) =>
        actor with { Posts = [.. actor.Posts, PostOf(office, organization, isActing)] };

    public static Post PostOf(Office office, OrganizationId organization, bool isActing = false) =>
        new(new OfficeTermId(Id(1000 + (int)office)), office, organization, KindOf(organization), isActing);

    private static OrganizationKind KindOf(OrganizationId organization) =>
        organization == College || organization == OtherCollege ? OrganizationKind.PartyCommittee
        : organization == Department ? OrganizationKind.GeneralBranch
        : organization == GroupOfFirst ? OrganizationKind.PartyGroup
        : OrganizationKind.Branch;

    private static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);
}
