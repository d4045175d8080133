using Jifen.Journeys.World;
using Xunit;

namespace Jifen.Journeys.Gatherings;

/// <summary>任务10：会前请假；书记批。</summary>
public sealed class LeaveJourney(DemoSite site) : IClassFixture<DemoSite>
{
    [Fact]
    public async Task A_member_asks_for_leave_on_the_phone_and_the_secretary_grants_it()
    {
        await using var member = await site.SignedInAsync("党员", Screen.Phone);

        await member.FollowAsync(member.Page.Locator("#coming a.btn").First);
        await member.FollowAsync("a[data-action=request-leave]");
        await member.FollowAsync("button[name=usual][value=出差]");
        await member.SeesAsync("等书记或支委批");
        await member.ArrivedAsync("10 请假", 3);

        await using var secretary = await site.SignedInAsync("书记");
        var name = await member.Page.Locator(".jf-person-name").InnerTextAsync();
        await secretary.FollowAsync(secretary.Page.Locator($".jf-task:has-text('{name}') a.btn"));
        await secretary.FollowAsync($".jf-leave[data-id='{DemoSite.Person("党员")}'] button[data-action=grant-leave]");
        await secretary.ArrivedAsync("批假", 2);

        await member.GoAsync("/me/gatherings");
        await member.SeesAsync("已准假");
        member.IsHealthy();
    }

    [Fact]
    public async Task The_same_without_scripts()
    {
        await using var member = await site.SignedInAsync("党员乙", Screen.Phone, scripts: false);

        await member.FollowAsync(member.Page.Locator("#coming a.btn").First);
        await member.FollowAsync("a[data-action=request-leave]");
        await member.TypeAsync("input[name=reason]", "送学生参加省赛");
        await member.FollowAsync("button[data-action=request-leave]:not([name])");

        await member.SeesAsync("送学生参加省赛");
        member.IsHealthy();
    }
}
