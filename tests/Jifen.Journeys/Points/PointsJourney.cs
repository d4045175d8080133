using System.Globalization;
using Jifen.Journeys.World;
using Xunit;

namespace Jifen.Journeys.Points;

/// <summary>任务6、8：谁还差；我的分、为什么、还差什么。</summary>
public sealed class PointsJourney(DemoSite site) : IClassFixture<DemoSite>
{
    [Theory]
    [InlineData(Screen.Desk)]
    [InlineData(Screen.Phone)]
    public async Task Who_is_short_is_two_clicks_away_with_a_reminder_ready(Screen screen)
    {
        await using var recorder = await site.SignedInAsync("记录员", screen);

        await recorder.FollowAsync(recorder.Page.Locator(".jf-task a.btn[href^='/points/short']").First);
        await recorder.SeesAsync("还差");
        await recorder.TapAsync(recorder.Page.Locator(".jf-reminder summary").First);
        var reminder = await recorder.Page.Locator("[data-field=reminder]").First.InnerTextAsync();
        await recorder.ArrivedAsync("6 谁还差，提醒", 2);

        Assert.Contains("还差", reminder, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("党员")]
    [InlineData("党员乙")]
    public async Task A_member_sees_points_and_what_is_missing_at_once_and_each_reason_by_one_tap(string login)
    {
        await using var member = await site.SignedInAsync(login, Screen.Phone);

        var total = await member.Page.Locator("[data-field=total] .jf-stat-value, [data-field=total]").First.InnerTextAsync();
        Assert.Matches(@"\d", total);
        Assert.True(await member.Page.Locator("[data-field=total]").First.EvaluateAsync<bool>("one => one.getBoundingClientRect().bottom <= innerHeight"), "not on the first screen");
        await member.SeesAsync("还差");
        var closed = member.Page.Locator("ul.jf-reasons > li > details:not([open]):has(li)").First;
        var item = await closed.ElementHandleAsync();
        await member.TapAsync(closed.Locator("> summary"));
        Assert.True(await item.EvaluateAsync<bool>("one => [...one.querySelectorAll(':scope > ul > li')].every(line => line.checkVisibility() && line.textContent.trim() !== '')"));
        await member.ArrivedAsync("8 我的分，点开一项的理由", 1);
    }

    [Fact]
    public async Task What_the_recorder_writes_is_in_the_members_points_at_once()
    {
        await using var member = await site.SignedInAsync("党员", Screen.Phone);
        await member.GoAsync("/me");
        var before = await TotalAsync(member);

        await using var recorder = await site.SignedInAsync("记录员");
        await recorder.GoAsync("/records/new?fact=badge-missing");
        await recorder.TapAsync($"label:has(input[data-id='{DemoSite.Person("党员")}'])");
        await recorder.TypeAsync("input[name=ground]", "支委会检查");
        await recorder.FollowAsync("button[data-action=preview-fact]");
        var told = await recorder.Page.Locator($"#preview tr[data-id='{DemoSite.Person("党员")}'] td.num").AllInnerTextsAsync();
        await recorder.FollowAsync("button[data-action=record-fact]");

        await member.GoAsync("/me");
        Assert.Equal(decimal.Parse(told[1], CultureInfo.InvariantCulture), await TotalAsync(member));
        Assert.Equal(decimal.Parse(told[0], CultureInfo.InvariantCulture), before);
    }

    private static async Task<decimal> TotalAsync(Journey member) => decimal.Parse(
        System.Text.RegularExpressions.Regex.Match(await member.Page.Locator("[data-field=total]").First.InnerTextAsync(), @"\d+(\.\d+)?").Value,
        CultureInfo.InvariantCulture);
}
