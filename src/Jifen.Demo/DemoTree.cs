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
        new("info-2", "info", OrganizationKind.Branch, "信息系第二支部", "信息二支部", 26),
        new("info-students", "info", OrganizationKind.Branch, "信息系学生支部", "信息学生支部", 26, StudentShare: 90),
        new("trade", Top, OrganizationKind.GeneralBranch, "商贸系党总支", "商贸系总支"),
        new("trade-1", "trade", OrganizationKind.Branch, "商贸系教工支部", "商贸教工支部", 24),
        new("trade-students", "trade", OrganizationKind.Branch, "商贸系学生支部", "商贸学生支部", 26, StudentShare: 90),
        new("teachers", Top, OrganizationKind.GeneralBranch, "师范系党总支", "师范系总支", Scheme: "yxnu-2016"),
        new("teachers-1", "teachers", OrganizationKind.Branch, "师范系教师支部", "师范教师支部", 26),
        new("teachers-music", "teachers", OrganizationKind.Branch, "师范系音乐教研室支部", "音乐教研室支部", 8),
        new("teachers-sports", "teachers", OrganizationKind.Branch, "师范系体育教研室支部", "体育教研室支部", 8),
        new("teachers-preschool", "teachers", OrganizationKind.Branch, "师范系学前教研室支部", "学前教研室支部", 9),
        new("teachers-practice", "teachers", OrganizationKind.Branch, "师范系实习指导支部", "实习指导支部", 8),
        new("law", Top, OrganizationKind.GeneralBranch, "法学系党总支", "法学系总支", Scheme: "jsu-law-2017"),
        new("law-staff", "law", OrganizationKind.Branch, "法学系教工支部", "法学教工支部", 22, Categories: ["教职工"]),
        new("law-students", "law", OrganizationKind.Branch, "法学系学生支部", "法学学生支部", 22, Categories: ["学生"], StudentShare: 100),
        new("law-theory", "law", OrganizationKind.Branch, "法学系理论法教研室支部", "理论法支部", 9, Categories: ["教职工"]),
        new("law-civil", "law", OrganizationKind.Branch, "法学系民商法教研室支部", "民商法支部", 9, Categories: ["教职工"]),
        new("law-clinic", "law", OrganizationKind.Branch, "法学系法律援助支部", "法律援助支部", 9, Categories: ["教职工", "学生"]),
        new("law-graduates", "law", OrganizationKind.Branch, "法学系研究生支部", "法学研究生支部", 9, Categories: ["学生"]),
        new("law-evening", "law", OrganizationKind.Branch, "法学系继续教育支部", "法学继续教育支部", 9, Categories: ["教职工", "学生"]),
        new("law-retired", "law", OrganizationKind.Branch, "法学系退休教师支部", "法学退休支部", 9, Categories: ["教职工"]),
        new("offices", Top, OrganizationKind.Branch, "机关第一支部", "机关一支部", 24, "district", ["机关"]),
        new("services", Top, OrganizationKind.Branch, "后勤支部", "后勤支部", 22, "wuxi-2020"),
        new("security", Top, OrganizationKind.Branch, "保卫支部", "保卫支部", 8, "wuxi-2020"),
        new("transport", Top, OrganizationKind.Branch, "车队支部", "车队支部", 8, "wuxi-2020"),
        new("clinic", Top, OrganizationKind.Branch, "校医院支部", "校医院支部", 9, "wuxi-2020"),
        new("press", Top, OrganizationKind.Branch, "出版社支部", "出版社支部", 8, "wuxi-2020"),
        new("park", Top, OrganizationKind.Branch, "产业园联合支部", "产业园支部", 22, "district", ["学校", "社区", "两新"]),
        new("library", Top, OrganizationKind.Branch, "图书馆支部", "图书馆支部", 9, "district", ["机关"]),
        new("kindergarten", Top, OrganizationKind.Branch, "附属幼儿园支部", "幼儿园支部", 8, "district", ["学校"]),
        new("community", Top, OrganizationKind.Branch, "云川社区联合支部", "社区支部", 9, "district", ["社区", "学校"]),
        new("retired", Top, OrganizationKind.Branch, "离退休支部", "离退休支部", 24),
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
