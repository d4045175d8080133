using System.Net;
using Jifen.Integration.World;
using Xunit;
using static Jifen.Integration.Records.RecordsWorld;

namespace Jifen.Integration.Records;

public sealed class ReportPageTests(Cluster cluster)
{
    [Fact]
    public async Task A_member_hands_in_his_report_and_one_click_receives_it()
    {
        await using var world = await StartAsync(cluster);
        using var member = await world.AsAsync(Member);
        var sent = await member.SubmitAsync(await member.GetAsync("/me/reports"), "button[data-action=hand-in-report]", ("title", "第四季度思想汇报"), ("text", "本季度我……"));
        Assert.Contains("等着收下", sent.Text, StringComparison.Ordinal);
        Assert.Equal(0, await world.OneAsync<int>("select count(*)::int from thought_report"));

        ((MovableClock)world.Site.Clock).Advance(TimeSpan.FromDays(3));
        using var recorder = await world.AsAsync(Recorder);
        using var later = await world.AsAsync(Member);
        var done = await recorder.SubmitAsync(await recorder.GetAsync("/reports"), "button[data-action=accept-report]");
        Assert.Contains("已收下李文博", done.Text, StringComparison.Ordinal);
        Assert.Equal(1, await world.CountAsync("thought-report-received"));
        Assert.Equal(new DateTime(2025, 10, 20), await world.OneAsync<DateTime>("select received_on::timestamp from thought_report"));
        Assert.Contains("已收下", (await later.GetAsync("/me/reports")).Text, StringComparison.Ordinal);

        // Reversed, it waits again.
        var entry = await world.OneAsync<Guid>("select entry_id from thought_report");
        await recorder.SubmitAsync(await recorder.GetAsync($"/records/{entry}"), "button[data-action=reverse-entry]", ("reverse-reason", "收错了，是别人的"));
        Assert.Equal("waiting", await world.OneAsync<string>("select state from thought_report_handed_in"));
    }

    [Fact]
    public async Task A_report_is_returned_with_a_reason_the_member_sees()
    {
        await using var world = await StartAsync(cluster);
        using var member = await world.AsAsync(Member);
        await member.SubmitAsync(await member.GetAsync("/me/reports"), "button[data-action=hand-in-report]", ("title", "汇报"), ("text", "……"));
        using var recorder = await world.AsAsync(Recorder);
        var page = await recorder.GetAsync("/reports");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await recorder.SubmitAsync(page, "button[data-action=return-report]")).Status);
        await recorder.SubmitAsync(page, "button[data-action=return-report]", ("reason", "请写明季度"));

        Assert.Contains("请写明季度", (await member.GetAsync("/me/reports")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_handed_in_is_refused_and_the_recorders_own_is_received_by_the_secretary()
    {
        await using var world = await StartAsync(cluster);
        using var recorder = await world.AsAsync(Recorder);
        var own = await recorder.GetAsync("/me/reports");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await recorder.SubmitAsync(own, "button[data-action=hand-in-report]", ("title", "汇报"))).Status);
        await recorder.SubmitAsync(own, "button[data-action=hand-in-report]", ("title", "汇报"), ("text", "本季度……"));

        Assert.Null((await recorder.GetAsync("/reports")).Document.QuerySelector("button[data-action=accept-report]"));
        using var secretary = await world.AsAsync(Secretary);
        Assert.Contains("已收下陈记录", (await secretary.SubmitAsync(await secretary.GetAsync("/reports"), "button[data-action=accept-report]")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Study_elsewhere_is_recorded_for_several_at_once()
    {
        await using var world = await StartAsync(cluster);
        using var recorder = await world.AsAsync(Recorder);

        var done = await UploadAsync(
            recorder, await recorder.GetAsync("/outside-study"), "button[data-action=record-study]", [],
            ("person", Member.ToString()), ("person", Second.ToString()), ("title", "市委党校培训"), ("on", "2025-10-10"), ("hours", "6.5"), ("ground", "结业证书"));

        Assert.Contains("已登记2人", done.Text, StringComparison.Ordinal);
        Assert.Equal(13m, await world.OneAsync<decimal>("select sum(hours) from outside_study"));
    }
}
