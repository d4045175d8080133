using Jifen.Cycle;
using Jifen.Cycle.Permissions;
using Jifen.Web.Components;

namespace Jifen.Web;

/// <summary>Where somebody can go: every entry stands under its action, and is there for whoever may ever take it.</summary>
internal static class Menu
{
    // On a phone the first four stand in the bar at the bottom.
    private static readonly (string Text, string Url, string Icon, ActionRow Action)[] Entries =
    [
        ("首页", "/", "home", Actions.HM1SeeStartPage),
        ("活动", "/gatherings", "calendar", Actions.GA7SeeGatherings),
        ("记录", "/records", "pen", Actions.RC1EnterDailyRecord),
        ("支部积分", "/points", "people", Actions.RC6ReadOthersPoints),
        ("我的积分", "/me", "chart", Actions.RC5ReadOwnPoints),
        ("申报", "/declarations", "clip", Actions.DE1DeclareOwnItem),
        ("考评期", "/rounds", "calendar", Actions.RN1SeeRounds),
        ("异议", "/objections", "page", Actions.OB7SeeOpenCases),
        ("结果运用", "/results", "check", Actions.RS1ReadProposals),
        ("备案", "/filings", "box", Actions.RN1SeeRounds),
        ("党费", "/dues", "box", Actions.DU1EnterDues),
        ("学习", "/studies", "page", Actions.ST3ReadStudySchedule),
        ("名册", "/members", "list", Actions.RO1ReadRoster),
        ("支部一览", "/branches", "chart", Actions.ST2SeeWhoHeldStudy),
        ("组织", "/organizations", "people", Actions.OG2SeeOrganizations),
        ("待确认", "/confirmations", "check", Actions.HM1SeeStartPage),
        ("办法", "/schemes", "page", Actions.SC1ReadScheme),
        ("账号", "/accounts", "gear", Actions.AC1CreateAccount),
    ];

    private static readonly (string Text, string Url, string Icon, ActionRow Action)[] Own =
    [
        ("我的积分", "/me", "chart", Actions.RC5ReadOwnPoints),
        ("我的思想汇报", "/me/reports", "page", Actions.TR1HandInThoughtReport),
        ("反馈", "/me/feedback", "check", Actions.PE3AnswerFeedback),
        ("关于我的记录", "/me/history", "list", Actions.RC5ReadOwnPoints),
        ("免予积分", "/exemptions", "page", Actions.RO3ApplyForExemption),
        ("谁看过我", "/me/looked-at", "search", Actions.RL1SeeWhoLooked),
        ("设置", "/settings", "gear", Actions.SE1ChangeOwnSettings),
    ];

    public static IReadOnlyList<MenuItem> Of(Actor actor) => Of(actor, Entries)
        .Where(item => item.Url switch
        {
            "/branches" => actor.Posts.Any(IsAbove),
            // Of one branch: whoever is in none comes to them from the branches.
            "/rounds" or "/results" => actor.Branch is not null || actor.Posts.Any(post => !IsAbove(post)),
            // Whoever holds no office is never asked for a second signature.
            "/confirmations" => actor.Posts.Count > 0,
            _ => true,
        }).ToList();

    public static IReadOnlyList<MenuItem> OwnOf(Actor actor) => Of(actor, Own);

    private static List<MenuItem> Of(Actor actor, (string Text, string Url, string Icon, ActionRow Action)[] entries) =>
        entries.Where(entry => ActionGate.IsLetIn(entry.Action, actor)).Select(entry => new MenuItem(entry.Text, entry.Url, entry.Icon)).ToList();

    private static bool IsAbove(Post post) =>
        post.Kind is not (Cycle.Organizations.OrganizationKind.Branch or Cycle.Organizations.OrganizationKind.PartyGroup);
}
