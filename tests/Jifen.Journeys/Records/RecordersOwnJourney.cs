using Jifen.Journeys.World;
using Xunit;

namespace Jifen.Journeys.Records;

/// <summary>任务17：记录员本人的分由书记记，记录员自己记不了。</summary>
public sealed class RecordersOwnJourney(DemoSite site) : IClassFixture<DemoSite>
{
    [Theory]
    [InlineData(Screen.Desk)]
    [InlineData(Screen.Phone)]
    public async Task The_secretary_enters_what_the_recorder_may_not(Screen screen)
    {
        var recorder = DemoSite.Person("记录员");
        await using var secretary = await site.SignedInAsync("书记", screen);

        await secretary.FollowAsync(secretary.Page.Locator("a[href='/records/new']:visible, a[href='/records']:visible").First);
        if (secretary.Path == "/records")
        {
            await secretary.FollowAsync("a[data-action=new-record]");
        }

        await secretary.FollowAsync("a[data-fact=badge-missing]");
        await secretary.TapAsync($"label:has(input[data-id='{recorder}'])");
        await secretary.TypeAsync("input[name=ground]", "支委会检查，10月12日");
        await secretary.FollowAsync("button[data-action=preview-fact]");
        Assert.Equal(1, await secretary.Page.Locator($"#preview tr[data-id='{recorder}']").CountAsync());
        await secretary.FollowAsync("button[data-action=record-fact]");
        await secretary.ArrivedAsync("17 书记记记录员本人的", 8);

        Assert.Equal("secretary", await site.OneAsync<string>(
            "select office from ledger_entry where kind = 'fact-recorded' and person_id = @id order by position desc limit 1", new { id = recorder.Value }));
    }

    [Fact]
    public async Task The_recorder_finds_no_box_to_tick_at_the_own_name()
    {
        await using var recorder = await site.SignedInAsync("记录员");

        await recorder.GoAsync("/records/new?fact=badge-missing");

        Assert.True(await recorder.Page.Locator($"input[data-id='{DemoSite.Person("记录员")}']").IsDisabledAsync());
        recorder.IsHealthy();
    }
}
