using Jifen.Journeys.World;
using Xunit;

namespace Jifen.Journeys.Rounds;

/// <summary>任务11、13、14、15、16：一个季度从初评到公示、异议，由支部里的人自己点完。</summary>
public sealed class QuarterJourney(DemoSite site) : IClassFixture<DemoSite>
{
    private const string Quarter = "/rounds/2026-q3";

    private static readonly byte[] SignInSheet = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R'];

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
        await secretary.SeesAsync("未通过");

        // Put once more, in secret and on paper, and passed: a vote that failed stays in the minutes.
        await secretary.FollowAsync("button[data-action=present-table]");
        await secretary.FollowAsync(secretary.Page.Locator("a[data-action=secret-vote]"));
        var vote = secretary.Path;
        await secretary.TypeAsync("input[name=member-phones]", "0");
        await secretary.TypeAsync("input[name=member-papers]", present.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await secretary.FollowAsync("button[data-action=open-ballot]");
        await CountAsync("党员", present);
        await secretary.FollowAsync("button[data-action=close-ballots]");
        await secretary.SeesAsync("两名监票人");
        await CountAsync("党员乙", present);
        await secretary.GoAsync(vote);
        await secretary.FollowAsync("button[data-action=close-ballots]");
        await secretary.SeesAsync("监票人：");
        await secretary.GoAsync($"{Quarter}/meeting");
        await secretary.FollowAsync("button[data-action=close-meeting]");
        Assert.Equal("passed", await site.OneAsync<string>("select state from motion where kind = 'points-table' and manner = 'secret' and organization_id = @id", new { id = DemoSite.Branch.Value }));
    }

    // On a phone, by one who holds no office: what the other teller found is not on the page.
    private async Task CountAsync(string login, int papers)
    {
        await using var teller = await site.SignedInAsync(login, Screen.Phone);
        await teller.GoAsync($"{Quarter}/meeting");
        await teller.FollowAsync("a[data-action=secret-vote]");
        await teller.FollowAsync("a[href*='/papers']");
        var counts = teller.Page.Locator("input.jf-count");
        Assert.Equal(["", "", ""], await Task.WhenAll((await counts.AllAsync()).Select(field => field.InputValueAsync())));
        await teller.TypeAsync("input[name=papers-member]", papers.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await counts.Nth(0).FillAsync((papers - 1).ToString(System.Globalization.CultureInfo.InvariantCulture));
        await counts.Nth(1).FillAsync("1");
        await counts.Nth(2).FillAsync("0");
        await teller.FollowAsync("button[data-action=count-papers]");
        await teller.SeesAsync("已收下您点的数");
        await teller.FitsAsync();
        await teller.ArrivedAsync("12 监票：在手机上填点票结果", 8);
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
            await member.FollowAsync(member.Page.Locator("a[href*='/notice']:visible").First);
            await member.FollowAsync(member.Page.Locator("a[href*='/objections/new?about=own']").First);
            await member.TypeAsync("textarea[name=text]", "九月的统一活动日我到了，签到表上有我的名字");
            await member.AttachAsync("input[name=evidence]", "签到表.png", "image/png", SignInSheet);
            await member.FollowAsync("button[data-action=raise-objection]");
            await member.SeesAsync("前答复");
            await member.SeesAsync("签到表.png");
            await member.FitsAsync();
            await member.ArrivedAsync("11 对一项提异议，附上凭据，有回执和期限", 8);
        }

        await using var secretary = await site.SignedInAsync("书记", scripts: false);
        await secretary.FollowAsync(secretary.Page.Locator("a.jf-task-text[href*='/objections']").First);
        await secretary.SeesAsync("九月的统一活动日");
        await secretary.SeesAsync("签到表.png");
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
