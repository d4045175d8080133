using Jifen.Cycle;
using Jifen.Cycle.Filings;
using Jifen.Cycle.Rounds;
using Jifen.Demo;
using Jifen.Journeys.World;
using Jifen.Store.Steps;
using Xunit;

namespace Jifen.Journeys.Rounds;

/// <summary>任务19：上级核一个支部的材料：摘要、重算、差异，逐行写意见退回。</summary>
public sealed class OneFilingJourney(DemoSite site) : IClassFixture<DemoSite>
{
    private const string Quarter = "2026-q3";

    private static readonly OrganizationId Branch = DemoWorld.Organization("offices");

    [Theory]
    [InlineData(Screen.Desk)]
    [InlineData(Screen.Phone)]
    public async Task The_officer_checks_one_package_and_returns_it_with_a_remark_on_one_row(Screen screen)
    {
        await FileAsync();
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
        Assert.Equal("returned", await site.OneAsync<string>("select state from filing where organization_id = @id order by seq desc limit 1", new { id = Branch.Value }));
    }

    // The notice of the quarter is over and nobody objected: the secretary files, one of the committee confirms.
    private async Task FileAsync()
    {
        if (await site.OneAsync<int>("select count(*)::int from filing where organization_id = @id", new { id = Branch.Value }) == 0)
        {
            await site.EndStepAsync(Branch, Quarter, "季度公示");
        }

        var cancel = TestContext.Current.CancellationToken;
        var operation = new OperationId(Guid.CreateVersion7());
        var filed = await site.Service<FilingSteps>().SubmitAsync(
            Branch, new SubmitFiling(RoundKey.Known(Quarter), "季度备案"), await site.HolderAsync(Branch, "secretary"), operation, cancel);
        Assert.Null(filed.Refusal?.Message);
        var confirmed = await site.Service<PendingSteps>().ConfirmAsync(await site.HolderAsync(Branch, "committee-member"), operation, cancel);
        Assert.Null(confirmed.Refusal?.Message);
    }
}
