using Jifen.Journeys.World;
using Xunit;

namespace Jifen.Journeys.Rounds;

/// <summary>Task 19: an officer checks what one branch filed – digest, recomputation, differences – and returns it with remarks by row.</summary>
public sealed class OneFilingJourney(DemoSite site) : IClassFixture<DemoSite>
{
    [Theory]
    [InlineData(Screen.Desk)]
    [InlineData(Screen.Phone)]
    public async Task The_officer_checks_one_package_and_returns_it_with_a_remark_on_one_row(Screen screen)
    {
        // Filings that wait for the officer are in the demo; each run takes one.
        await using var officer = await site.SignedInAsync("组织员", screen, scripts: false);
        await officer.FollowAsync(officer.Page.Locator("#now a.jf-task-text[href^='/filings/']").First);
        await officer.SeesAsync("重算，每一行都一样");
        await officer.SeesAsync("摘要");
        await officer.ArrivedAsync("19 核一份材料：摘要、重算、差异", 1);

        var row = officer.Page.Locator("#table tbody tr").Nth(2);
        var name = (await row.Locator("th").InnerTextAsync()).Trim();
        await officer.TypeAsync("#table tbody tr:nth-child(3) input[name^='remark-']", "请核对8月的出勤");
        await officer.TypeAsync("#answer input[name=reason]", "有一人的出勤与签到表不符");
        await officer.FollowAsync("button[data-action=return-filing]");
        await officer.SeesAsync("已退回");
        await officer.ArrivedAsync("19 逐行写意见退回", 4);

        Assert.Contains("请核对8月的出勤", await officer.Page.Locator($"#table tr:has(th:text-is('{name}'))").InnerTextAsync(), StringComparison.Ordinal);
        var id = Guid.Parse(new Uri(officer.Page.Url).Segments[^1]);
        Assert.Equal("returned", await site.OneAsync<string>("select state from filing where filing_id = @id", new { id }));
    }
}
