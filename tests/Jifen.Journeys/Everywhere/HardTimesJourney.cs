using Jifen.Journeys.World;
using Xunit;

namespace Jifen.Journeys.Everywhere;

/// <summary>Without scripts, without a server, after a restart: nothing is lost.</summary>
public sealed class HardTimesJourney(DemoSite site) : IClassFixture<DemoSite>
{
    [Fact]
    public async Task The_roll_is_called_without_scripts()
    {
        await using var recorder = await site.SignedInAsync("记录员", Screen.Phone, scripts: false);

        await recorder.FollowAsync(recorder.Page.Locator(".jf-task:has-text('点名：集中学习') a[href$='/roll']").Last);
        var line = recorder.Page.Locator("form[data-action=take-roll] [data-id]:has(input[type=radio])").Nth(12);
        await recorder.TapAsync(line.Locator("label:has(input[value=absent])"));
        await recorder.FollowAsync("button[data-action=take-roll]");

        Assert.Equal(1, await site.OneAsync<long>("select count(*) from operation where action = 'GA5' and taken_at > @morning", new { morning = DemoClock.Morning.ToUniversalTime() }));
        recorder.IsHealthy();
    }

    [Fact]
    public async Task What_was_typed_is_there_again_when_the_server_died_before_it_was_sent()
    {
        await using var recorder = await site.SignedInAsync("记录员");
        await recorder.GoAsync("/records/new?fact=badge-missing");
        await recorder.TapAsync($"label:has(input[data-id='{DemoSite.Person("党员")}'])");
        await recorder.TypeAsync("input[name=ground]", "停电那天写的依据");
        await site.StopAsync();
        await recorder.TapAsync("button[data-action=preview-fact]");
        await recorder.Page.Locator("[data-draft-note]").WaitForAsync();
        await recorder.SeesAsync("没有丢");
        recorder.Forgive();

        await site.StartAsync();
        // Signed in as before, and what was typed is put back, though the page was closed meanwhile.
        await recorder.GoAsync("/records/new?fact=badge-missing");
        Assert.Equal("停电那天写的依据", await recorder.Page.Locator("input[name=ground]").InputValueAsync());
        Assert.True(await recorder.Page.Locator($"input[data-id='{DemoSite.Person("党员")}']").IsCheckedAsync());
        await recorder.FollowAsync("button[data-action=preview-fact]");
        await recorder.FollowAsync("button[data-action=record-fact]");
        recorder.IsHealthy();

        await recorder.GoAsync("/records/new?fact=badge-missing");
        Assert.Equal("", await recorder.Page.Locator("input[name=ground]").InputValueAsync());
    }
}
