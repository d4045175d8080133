using Jifen.Journeys.World;
using Xunit;

namespace Jifen.Journeys.Rounds;

/// <summary>任务11、13、14、15、16：一个季度从初评到公示、异议，由支部里的人自己点完。</summary>
public sealed class QuarterJourney(DemoSite site) : IClassFixture<DemoSite>
{
    private const string Quarter = "/rounds/2026-q3";

    [Fact]
    public async Task A_quarter_is_reviewed_confirmed_decided_published_and_objected_to()
    {
        await ReviewAsync();
        await ConfirmOwnSheetAsync();
        await MeetAsync();
        await PublishAsync();
        await ObjectAsync();
    }

    // What stands out was looked at one by one; the rest is ticked already. Nobody reviews himself, the recorder is the secretary's.
    private async Task ReviewAsync()
    {
        await using (var committee = await site.SignedInAsync("支委", scripts: false))
        {
            await committee.FollowAsync(committee.Page.Locator("a.jf-task-text[href*='2026-q3/review']").First);
            await committee.FollowAsync("button[data-action=begin-review]");
            await committee.ArrivedAsync("开始初评", 2);
            await TickAsync(committee);
            await committee.FollowAsync("button[data-action=review-points]");
            committee.IsHealthy();
        }

        foreach (var login in new[] { "书记", "副书记" })
        {
            await using var other = await site.SignedInAsync(login, scripts: false);
            await other.GoAsync($"{Quarter}/review");
            await TickAsync(other);
            await other.FollowAsync("button[data-action=review-points]");
        }

        await using (var committee = await site.SignedInAsync("支委", scripts: false))
        {
            await committee.GoAsync($"{Quarter}/review");
            await committee.FollowAsync("button[data-action=sign-review]");
            await committee.SeesAsync("签");
        }

        await using var secretary = await site.SignedInAsync("书记", scripts: false);
        await secretary.FollowAsync(secretary.Page.Locator("a[href='/confirmations']:visible").First);
        await secretary.FollowAsync(secretary.Page.Locator("button[data-action=confirm-step]").First);
        await secretary.ArrivedAsync("第二人签署初评", 2);
        Assert.Equal(1, await site.OneAsync<int>(
            "select count(*)::int from round_step where round = '2026-q3' and step = '初评' and ended_on is not null and organization_id = @id", new { id = DemoSite.Branch.Value }));
    }

    private async Task ConfirmOwnSheetAsync()
    {
        await using var member = await site.SignedInAsync("党员", Screen.Phone);
        await member.FollowAsync(member.Page.Locator("a[href*='/me/feedback']:visible").First);
        await member.FollowAsync("button[data-action=accept-feedback]");
        await member.ArrivedAsync("11 确认本季度的得分单", 2);
    }

    private async Task MeetAsync()
    {
        await using var secretary = await site.SignedInAsync("书记", scripts: false);
        await secretary.FollowAsync(secretary.Page.Locator("a.jf-task-text[href*='2026-q3/meeting']").First);
        await secretary.SeesAsync("应到");
        await secretary.ArrivedAsync("13 会前一屏：应到、议题、积分表", 1);
        await secretary.ChooseAsync("select[name=minutes-by]", DemoSite.Person("记录员").ToString());
        await secretary.FollowAsync("button[data-action=open-meeting]");
        foreach (var box in await secretary.Page.Locator("input[name=present]").AllAsync())
        {
            await box.CheckAsync();
        }

        await secretary.FollowAsync("button[data-action=take-roll]");
        await secretary.FollowAsync("button[data-action=present-table]");
        var present = await site.OneAsync<int>("select count(*)::int from meeting_person p join meeting m using (meeting_id) where m.organization_id = @id and m.closed_at is null and p.is_present and p.has_vote", new { id = DemoSite.Branch.Value });
        var before = secretary.Clicks;
        await secretary.TypeAsync("[data-kind=points-table] input[name=in-favour]", (present / 2).ToString(System.Globalization.CultureInfo.InvariantCulture));
        await secretary.TypeAsync("[data-kind=points-table] input[name=against]", "0");
        await secretary.TypeAsync("[data-kind=points-table] input[name=abstaining]", (present - (present / 2)).ToString(System.Globalization.CultureInfo.InvariantCulture));
        await secretary.FollowAsync("[data-kind=points-table] button[data-action=decide-motion]");
        Assert.True(secretary.Clicks - before <= 4, "14 会上登记一项表决");
        await secretary.SeesAsync("没有通过");

        // Put once more and passed: a vote that failed stays in the minutes.
        await secretary.FollowAsync("button[data-action=present-table]");
        var open = secretary.Page.Locator("[data-kind=points-table]:has(button[data-action=decide-motion])");
        await open.Locator("input[name=in-favour]").FillAsync(present.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await open.Locator("input[name=against]").FillAsync("0");
        await open.Locator("input[name=abstaining]").FillAsync("0");
        await secretary.FollowAsync(open.Locator("button[data-action=decide-motion]"));
        await secretary.FollowAsync("button[data-action=close-meeting]");
        secretary.IsHealthy();
    }

    private async Task PublishAsync()
    {
        await using (var committee = await site.SignedInAsync("支委", scripts: false))
        {
            await committee.FollowAsync(committee.Page.Locator("a.jf-task-text[href*='2026-q3/notice']").First);
            await committee.FollowAsync("button[data-action=prepare-notice]");
            await committee.ArrivedAsync("拟公示", 2);
        }

        await using var secretary = await site.SignedInAsync("书记", scripts: false);
        await secretary.FollowAsync(secretary.Page.Locator("a.jf-task-text[href*='2026-q3/notice']").First);
        await secretary.FollowAsync("button[data-action=publish-notice]");
        // Thursday 15 October: the days of a notice begin the day after, five working days end on the 22nd.
        await secretary.SeesAsync("10月22日");
        await secretary.ArrivedAsync("15 审查、发布公示，最后一天算好", 5);
    }

    private async Task ObjectAsync()
    {
        await using (var member = await site.SignedInAsync("党员乙", Screen.Phone))
        {
            await member.FollowAsync(member.Page.Locator("a[href*='/notice']:visible, a[href*='/objections']:visible").First);
            await member.GoAsync("/objections/new?about=own");
            await member.TypeAsync("textarea[name=text]", "九月的统一活动日我到了，签到表上有我的名字");
            await member.FollowAsync("button[data-action=raise-objection]");
            await member.SeesAsync("前答复");
            await member.ArrivedAsync("11 对一项提异议，有回执和期限", 6);
        }

        await using var secretary = await site.SignedInAsync("书记", scripts: false);
        await secretary.FollowAsync(secretary.Page.Locator("a.jf-task-text[href*='/objections']").First);
        await secretary.SeesAsync("九月的统一活动日");
        await secretary.ArrivedAsync("16 异议：看到事实、期限", 2);
    }

    private static async Task TickAsync(Journey hand)
    {
        foreach (var box in await hand.Page.Locator("form[data-action=review-points] input[name=person]").AllAsync())
        {
            await box.CheckAsync();
        }
    }
}
