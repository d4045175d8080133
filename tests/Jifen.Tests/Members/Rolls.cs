using Jifen.Cycle;
using Jifen.Cycle.Members;
using Jifen.Cycle.Organizations;
using Jifen.Scoring.Facts;

namespace Jifen.Tests.Members;

/// <summary>A small named world: two branches, one day, members with a past.</summary>
internal static class Rolls
{
    public static readonly DateOnly Today = new(2025, 6, 15);
    public static readonly OrganizationId First = new(new Guid("01900000-0000-7000-8000-000000000001"));
    public static readonly OrganizationId Second = new(new Guid("01900000-0000-7000-8000-000000000002"));
    public static readonly PersonId Wang = new(new Guid("01900000-0000-7000-8000-00000000000a"));

    public static BranchRoll FirstBranch { get; } = new(First, "信息系第一支部", OrganizationKind.Branch, null, ["第一党小组", "第二党小组"]);

    public static BranchRoll SecondBranch { get; } = new(Second, "信息系第二支部", OrganizationKind.Branch, null, []);

    public static DateOnly Day(int month, int day, int year = 2025) => new(year, month, day);

    public static string NameOf(OrganizationId branch) => branch == First ? FirstBranch.Name : SecondBranch.Name;

    /// <summary>On the roll of the first branch since 2020, with this standing since then.</summary>
    public static MemberHistory Member(Standing standing = Standing.Full, DateOnly? left = null, params Period[] more) => new(
        Wang,
        [new Stay(First, Day(3, 1, 2020), left, Arrival.OnRoll, left is null ? null : Departure.TransferredOut)],
        [new Period(Aspect.Standing, Words.Of(standing), Day(3, 1, 2020), null), .. more]);

    public static T Refused<T>(Ruling ruling)
        where T : Refusal
    {
        Xunit.Assert.Empty(ruling.Happenings);
        return Xunit.Assert.IsType<T>(ruling.Refusal);
    }
}
