using Jifen.Cycle;
using Jifen.Cycle.Organizations;
using Jifen.Scoring.Facts;

namespace Jifen.Demo;

/// <summary>One organization of the demo college.</summary>
/// <param name="Key">short English word; its ids are made of it</param>
/// <param name="Members">how many people are on its roll; 0 for what is no branch</param>
/// <param name="Scheme">scheme it adopts itself; null: that of what is above it</param>
/// <param name="Categories">categories its members have under that scheme</param>
/// <param name="StudentShare">how many in a hundred are students: the younger standings are among them</param>
internal sealed record DemoOrganization(
    string Key,
    string? Above,
    OrganizationKind Kind,
    string Name,
    string ShortName,
    int Members = 0,
    string? Scheme = null,
    IReadOnlyList<string>? Categories = null,
    int StudentShare = 0)
{
    public OrganizationId Id { get; } = new(DemoId.Of($"organization {Key}"));
}

/// <summary>云川学院, which does not exist: every scheme is lived in some branch of it.</summary>
internal static class DemoTree
{
    public const string Top = "college";

    public static IReadOnlyList<DemoOrganization> All { get; } =
    [
        new(Top, null, OrganizationKind.PartyCommittee, "中共云川学院委员会", "学院党委", Scheme: "jsit-2020"),
        new("info", Top, OrganizationKind.GeneralBranch, "信息系党总支", "信息系总支"),
        new("info-1", "info", OrganizationKind.Branch, "信息系第一支部", "信息一支部", 40),
        new("info-2", "info", OrganizationKind.Branch, "信息系第二支部", "信息二支部", 34),
        new("info-students", "info", OrganizationKind.Branch, "信息系学生支部", "信息学生支部", 46, StudentShare: 90),
        new("trade", Top, OrganizationKind.GeneralBranch, "商贸系党总支", "商贸系总支"),
        new("trade-1", "trade", OrganizationKind.Branch, "商贸系教工支部", "商贸教工支部", 36),
        new("trade-students", "trade", OrganizationKind.Branch, "商贸系学生支部", "商贸学生支部", 38, StudentShare: 90),
        new("teachers", Top, OrganizationKind.GeneralBranch, "师范系党总支", "师范系总支"),
        new("teachers-1", "teachers", OrganizationKind.Branch, "师范系教师支部", "师范教师支部", 32, "yxnu-2016"),
        new("law", Top, OrganizationKind.GeneralBranch, "法学系党总支", "法学系总支", Scheme: "jsu-law-2017"),
        new("law-staff", "law", OrganizationKind.Branch, "法学系教工支部", "法学教工支部", 30, Categories: ["教职工"]),
        new("law-students", "law", OrganizationKind.Branch, "法学系学生支部", "法学学生支部", 36, Categories: ["学生"], StudentShare: 100),
        new("offices", Top, OrganizationKind.Branch, "机关第一支部", "机关一支部", 32, "district", ["机关"]),
        new("services", Top, OrganizationKind.Branch, "后勤支部", "后勤支部", 28, "wuxi-2020"),
        new("park", Top, OrganizationKind.Branch, "产业园联合支部", "产业园支部", 34, "district", ["学校", "社区", "两新"]),
        new("retired", Top, OrganizationKind.Branch, "离退休支部", "离退休支部", 34),
    ];

    public static IEnumerable<DemoOrganization> Branches => All.Where(one => one.Kind == OrganizationKind.Branch);

    public static DemoOrganization Of(string key) => All.First(one => one.Key == key);

    /// <summary>The scheme an organization lives by: its own or the nearest above.</summary>
    public static string SchemeOf(DemoOrganization organization) =>
        organization.Scheme ?? SchemeOf(Of(organization.Above ?? throw new InvalidOperationException($"{organization.Key} has no scheme")));
}

/// <summary>Somebody in the demo college.</summary>
/// <param name="Number">编号</param>
/// <param name="JoinedOn">first day on the roll of the branch</param>
internal sealed record DemoPerson(
    PersonId Id, string Number, string Name, DemoOrganization Branch, Standing Standing, string? Category, string? PartyGroup, DateOnly JoinedOn)
{
    /// <summary>How conscientious, 0 to 1: draws of the year depend on it, so that a person is the same all year.</summary>
    public required double Care { get; init; }

    public IReadOnlyList<Office> Offices { get; init; } = [];
}
