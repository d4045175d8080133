using Jifen.Journeys.World;
using Xunit;

namespace Jifen.Journeys.Records;

/// <summary>任务7：记错了的冲正，写明理由，原来的照样看得到。</summary>
public sealed class CorrectionJourney(DemoSite site) : IClassFixture<DemoSite>
{
    [Theory]
    [InlineData(Screen.Desk)]
    [InlineData(Screen.Phone)]
    public async Task A_wrong_entry_is_reversed_with_a_reason_and_stays_visible(Screen screen)
    {
        await using var recorder = await site.SignedInAsync("记录员", screen);

        await recorder.FollowAsync(recorder.Page.Locator("a[href='/records']:visible").First);
        var entry = recorder.Page.Locator("tr[data-id]:not(.jf-struck):not(.jf-own) a[href^='/records/']").First;
        var id = (await entry.GetAttributeAsync("href"))!.Split('/')[^1];
        await recorder.FollowAsync(entry);
        await recorder.TypeAsync("input[name=reverse-reason]", "记到同名的人身上了");
        await recorder.FollowAsync("button[data-action=reverse-entry]");
        await recorder.ArrivedAsync("7 冲正一条", 4);

        await recorder.SeesAsync("已冲正");
        await recorder.SeesAsync("记到同名的人身上了");
        await recorder.GoAsync("/records");
        Assert.Equal(1, await recorder.Page.Locator($"tr.jf-struck[data-id='{id}']").CountAsync());
        Assert.Equal(1, await site.OneAsync<long>("select count(*) from ledger_entry where entry_id = @id", new { id = Guid.Parse(id) }));
        recorder.IsHealthy();

        // Once and only once.
        await recorder.GoAsync($"/records/{id}");
        Assert.Equal(0, await recorder.Page.Locator("button[data-action=reverse-entry]").CountAsync());
    }
}
