namespace Jifen.Scoring.Schemes;

/// <summary>活动: the kinds of gathering a branch holds. The list is closed; the 登记 of a scheme says what attendance at each becomes.</summary>
public enum GatheringKind
{
    /// <summary>党员大会</summary>
    MembersMeeting,

    /// <summary>议决会议: a meeting that decides matters, admits members or evaluates them</summary>
    DecisionMeeting,

    /// <summary>支委会</summary>
    CommitteeMeeting,

    /// <summary>党小组会</summary>
    GroupMeeting,

    /// <summary>党课</summary>
    PartyLecture,

    /// <summary>统一活动日</summary>
    CommonPartyDay,

    /// <summary>主题党日</summary>
    ThemedPartyDay,

    /// <summary>组织生活会</summary>
    OrganizationalLifeMeeting,

    /// <summary>集中学习</summary>
    GroupStudy,

    /// <summary>志愿服务</summary>
    VolunteerService,

    /// <summary>其他活动</summary>
    Other,
}

public static class GatheringKinds
{
    internal static readonly string[] Names =
        ["党员大会", "议决会议", "支委会", "党小组会", "党课", "统一活动日", "主题党日", "组织生活会", "集中学习", "志愿服务", "其他活动"];

    private static readonly string[] Ids =
    [
        "members-meeting", "decision-meeting", "committee-meeting", "group-meeting", "party-lecture", "common-party-day", "themed-party-day",
        "organizational-life-meeting", "group-study", "volunteer-service", "other",
    ];

    public static GatheringKind[] All { get; } = Enum.GetValues<GatheringKind>();

    /// <summary>The word of scheme files and of the screen.</summary>
    public static string Name(this GatheringKind kind) => Names[(int)kind];

    /// <summary>What is stored, sent and written in addresses.</summary>
    public static string Id(this GatheringKind kind) => Ids[(int)kind];

    /// <returns>the kind of this name or id; null when there is none</returns>
    public static GatheringKind? Of(string nameOrId)
    {
        var at = Array.IndexOf(Names, nameOrId);
        at = at < 0 ? Array.IndexOf(Ids, nameOrId) : at;
        return at < 0 ? null : (GatheringKind)at;
    }
}
