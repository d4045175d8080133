using System.Net;
using Jifen.Cycle;
using Jifen.Integration.World;
using Jifen.Store;
using Jifen.Store.Reads;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Jifen.Integration.Records.RecordsWorld;

namespace Jifen.Integration.Records;

public sealed class DuesPageTests(Cluster cluster)
{
    [Fact]
    public async Task Late_dues_become_facts_in_points_and_that_is_said_before()
    {
        await using var world = await StartAsync(cluster);
        using var recorder = await world.AsAsync(Recorder);
        var form = await recorder.GetAsync("/dues/2025-09");
        var before = await TotalAsync(world, Member);

        var preview = await recorder.SubmitAsync(form, "button[data-action=preview-dues]", [.. Row(Member, "12", "12", "2025-10-08"), .. Row(Second, "12", "12", "2025-09-08")]);
        Assert.Contains("迟缴", preview.Text, StringComparison.Ordinal);
        Assert.Contains("−2分", preview.Text, StringComparison.Ordinal);
        Assert.Equal(0, await world.CountAsync("dues-recorded"));

        var saved = await recorder.SubmitAsync(preview, "button[data-action=record-dues]");
        Assert.Contains("已登记2人", saved.Text, StringComparison.Ordinal);
        Assert.Equal(before - 2, await TotalAsync(world, Member));
        Assert.Contains("迟缴", (await recorder.GetAsync("/dues")).Document.QuerySelector($"tr[data-id='{Member}'] td[data-month='2025-09']")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_button_fills_the_month_and_the_recorders_own_row_stays_closed()
    {
        await using var world = await StartAsync(cluster);
        using var recorder = await world.AsAsync(Recorder);
        var form = await recorder.GetAsync("/dues/2025-09");
        Assert.Null(form.Document.QuerySelector($"input[name='paid-{Recorder.Value:N}']"));

        var filled = await recorder.SubmitAsync(form, "button[data-action=fill-dues]", [("all-on", "2025-09-20"), .. new[] { Member, Second, Secretary, Committeeman }.Select(person => ($"due-{person.Value:N}", "10"))]);
        Assert.Equal("10", filled.Document.QuerySelector($"input[name='paid-{Member.Value:N}']")!.GetAttribute("value"));
        var preview = await recorder.SubmitAsync(filled, "button[data-action=preview-dues]");
        await recorder.SubmitAsync(preview, "button[data-action=record-dues]");

        Assert.Equal(4, await world.CountAsync("dues-recorded"));
        // The next month proposes what was due in this one.
        Assert.Equal("10", (await recorder.GetAsync("/dues/2025-10")).Document.QuerySelector($"input[name='due-{Member.Value:N}']")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_pasted_list_is_shown_row_by_row_recorded_all_or_nothing_and_not_twice()
    {
        await using var world = await StartAsync(cluster);
        using var recorder = await world.AsAsync(Recorder);
        const string Good = "姓名\t月份\t应缴\t实缴\t缴纳日期\n李文博\t2025-09\t12\t12\t2025-09-12\n周可欣\t2025-09\t9\t0\t\n陈记录\t2025-09\t9\t9\t2025-09-12\n";
        var page = await recorder.GetAsync("/dues/import");

        var wrong = await recorder.SubmitAsync(page, "button[data-action=preview-dues]", ("rows", Good + "王不在\t2025-09\t9\t9\t2025-09-12\n"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("名册里没有“王不在”", wrong.Text, StringComparison.Ordinal);
        Assert.Null(wrong.Document.QuerySelector("button[data-action=import-dues]"));

        var preview = await recorder.SubmitAsync(page, "button[data-action=preview-dues]", ("rows", Good));
        Assert.Equal("2", preview.Document.QuerySelector("[data-field=to-record] .jf-stat-value")!.FirstChild!.TextContent.Trim());
        Assert.NotNull(preview.Document.QuerySelector("tr[data-fate=not-yours]"));
        await recorder.SubmitAsync(preview, "button[data-action=import-dues]");
        Assert.Equal(2, await world.CountAsync("dues-recorded"));

        var again = await recorder.SubmitAsync(await recorder.GetAsync("/dues/import"), "button[data-action=preview-dues]", ("rows", Good));
        Assert.Contains("没有要登记的", again.Text, StringComparison.Ordinal);
        Assert.Equal(2, await world.CountAsync("dues-recorded"));
    }

    [Fact]
    public async Task A_wrong_amount_is_corrected_with_a_reason_and_both_stay()
    {
        await using var world = await StartAsync(cluster);
        using var recorder = await world.AsAsync(Recorder);
        var preview = await recorder.SubmitAsync(await recorder.GetAsync("/dues/2025-09"), "button[data-action=preview-dues]", Row(Member, "12", "12", "2025-10-08"));
        await recorder.SubmitAsync(preview, "button[data-action=record-dues]");
        var entry = await world.OneAsync<Guid>("select entry_id from dues");

        var done = await recorder.SubmitAsync(
            await recorder.GetAsync($"/records/{entry}"), "button[data-action=correct-entry]", ("paid-on", "2025-09-28"), ("reason", "缴费日期看错一个月"));

        Assert.Contains("已更正", done.Text, StringComparison.Ordinal);
        Assert.Equal(2, await world.OneAsync<int>("select count(*)::int from dues"));
        Assert.Equal(new DateTime(2025, 9, 28), await world.OneAsync<DateTime>("select paid_on::timestamp from dues where ended_at is null"));
        Assert.Contains("缴费日期看错一个月", (await recorder.GetAsync($"/records/{entry}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_recorders_at_once_make_one_entry()
    {
        await using var world = await StartAsync(cluster);
        using var recorder = await world.AsAsync(Recorder);
        var preview = await recorder.SubmitAsync(await recorder.GetAsync("/dues/2025-09"), "button[data-action=preview-dues]", Row(Member, "12", "12", "2025-09-08"));

        await Task.WhenAll(Enumerable.Range(0, 6).Select(one => recorder.PostAsync(
            preview, "button[data-action=record-dues]", one % 2 == 0 ? [] : [("operation", Guid.CreateVersion7().ToString())])));

        Assert.Equal(1, await world.CountAsync("dues-recorded"));
    }

    private static (string, string)[] Row(PersonId person, string due, string paid, string on) =>
        [($"due-{person.Value:N}", due), ($"paid-{person.Value:N}", paid), ($"on-{person.Value:N}", on)];

    private static async Task<decimal> TotalAsync(RecordsWorld world, PersonId person)
    {
        var today = CivilTime.DayOf(Now);
        await using var scope = await DataScope.OpenAsync(world.Site.Database.App, Secretary, today, TestContext.Current.CancellationToken);
        var year = await world.Site.Services.GetRequiredService<LiveScores>().OnAsync(scope, Branch, today, TestContext.Current.CancellationToken);
        return year!.Scores.CardOf(person).Total.Hundredths / 100m;
    }
}
