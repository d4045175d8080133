using Jifen.Journeys.World;
using Xunit;

namespace Jifen.Journeys.Gatherings;

/// <summary>任务3：会后照纸质签到表补录上个月的活动，保存前说明计入哪一季度。</summary>
public sealed class PaperJourney(DemoSite site) : IClassFixture<DemoSite>
{
    [Theory]
    [InlineData(Screen.Desk, "2026-09-24")]
    [InlineData(Screen.Phone, "2026-09-25")]
    public async Task A_paper_sheet_of_last_month_falls_into_its_own_quarter(Screen screen, string day)
    {
        await using var recorder = await site.SignedInAsync("记录员", screen);

        await recorder.FollowAsync("a[href='/gatherings/new']:visible");
        await recorder.FollowAsync("a[data-action=choose-kind][data-id=group-study]");
        await recorder.TypeAsync("input[name=title]", "补录：集中学习，纸质签到表");
        await recorder.TypeAsync("input[name=day]", day);
        await recorder.FollowAsync("button[data-action=plan-gathering]");
        Assert.Contains("第三季度", await recorder.Page.Locator("[data-field=round]").InnerTextAsync(), StringComparison.Ordinal);
        await recorder.FollowAsync("button[data-action=plan-gathering]");
        await recorder.SeesAsync("第三季度");
        var lines = recorder.Page.Locator("form[data-action=take-roll] [data-id]:has(input[type=radio])");
        Assert.True(await lines.CountAsync() >= 30);
        await recorder.TapAsync(lines.Nth(3).Locator("label:has(input[value=absent])"));
        await recorder.FollowAsync("button[data-action=take-roll]");
        await recorder.ArrivedAsync("3 照纸质签到表补录", 10);

        Assert.Equal(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), await site.OneAsync<DateOnly>(
            "select happened_on from ledger_entry where kind = 'attendance-taken' order by position desc limit 1"));
    }
}
