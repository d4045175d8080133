using System.Net;
using Jifen.Cycle;
using Jifen.Integration.Records;
using Jifen.Integration.World;
using Xunit;

namespace Jifen.Integration.Year;

/// <summary>
/// The recorder changes in July. After the filing an entry of March proves wrong: the year is opened again with the superior's word, the entry
/// put right, everything that rested on it done once more.
/// </summary>
public sealed class YxnuYearTests(Cluster cluster) : DocumentYear(cluster, "yxnu-2016", 2025)
{
    private static readonly DateOnly Handover = new(2025, 7, 24);

    private protected override int TimesSettled => 2;

    private protected override void Play(YearWorld world, YearWalk walk) => walk.Before.Add(async step =>
    {
        switch (step.FullName)
        {
            case "初评（2025年3月）" when await world.CountAsync("fact-recorded") == 0:
                Assert.Contains("已登记", (await LateAsync(world, YearWorld.Recorder, YearWorld.Poor, new DateOnly(2025, 3, 3))).Text, StringComparison.Ordinal);
                break;
            case "初评（2025年7月）" when await world.CountAsync("fact-recorded") == 1:
                await HandOverAsync(world);
                break;
            default:
                break;
        }
    });

    private protected override async Task AfterwardsAsync(YearWorld world, YearWalk walk)
    {
        Assert.Equal(43.5m, await world.SettledAsync(YearWorld.Poor));
        var secretary = await world.AsAsync(YearWorld.Secretary);
        await secretary.SubmitAsync(
            await secretary.GetAsync("/rounds/2025/totals"), "form[data-action=reopen-step]", ("reopen-reason", "三月的一次迟到查实是记错了人"));
        await world.ConfirmAllAsync();
        Assert.Equal("reopened", await world.OneAsync<string>("select state from filing"));
        Assert.Null(await world.SettledAsync(YearWorld.Poor));

        var wrong = await world.OneAsync<Guid>("select entry_id from fact where happened_on = '2025-03-03'");
        await secretary.SubmitAsync(
            await secretary.GetAsync($"/records/{wrong}"), "form[data-action=reverse-entry]", ("reverse-reason", "三月三日签到表上迟到的是另一位同志"));
        Assert.Equal(0, await world.CountAsync("entry-reversed"));
        await world.ConfirmAllAsync();
        Assert.Equal(1, await world.CountAsync("entry-reversed"));

        await walk.GoAsync();
    }

    private protected override async Task CheckAsync(YearWorld world)
    {
        // Of 60: 24 hours short, each 1 (细1), take all of 15; nothing was done that counts up. Late once 0.5, twice 1.5 (细2).
        Assert.Equal(45m, await world.SettledAsync(YearWorld.Good));
        Assert.Equal(44.5m, await world.SettledAsync(YearWorld.Poor));
        Assert.Equal(44.5m, await world.SettledAsync(YearWorld.Usual));
        Assert.Equal(44.5m, await world.SettledAsync(YearWorld.Recorder));

        // What was settled first stays readable; the superior has the new figures, and why there are two.
        Assert.Equal(43.5m, await world.OneAsync<decimal>(
            "select total from annual_result where ended_at is not null and person_id = @person", new { person = YearWorld.Poor.Value }));
        Assert.Equal("reopened accepted", await world.OneAsync<string>("select string_agg(state, ' ' order by seq) from filing"));
        var officer = await world.AsAsync(YearWorld.Officer);
        var filed = await officer.GetAsync($"/filings/{await world.OneAsync<Guid>("select filing_id from filing where state = 'accepted'")}");
        Assert.Contains("重算，每一行都一样", filed.Text, StringComparison.Ordinal);
        Assert.Contains("44.5", filed.Document.QuerySelector($"tr[data-id='{YearWorld.Poor}']")!.TextContent, StringComparison.Ordinal);
    }

    private static async Task HandOverAsync(YearWorld world)
    {
        Assert.Equal(Handover, world.Today);
        var term = await world.OneAsync<Guid>("select office_term_id from office_term where office = 'recorder'");
        var officer = await world.AsAsync(YearWorld.Officer);
        await officer.SubmitAsync(
            await officer.GetAsync($"/offices/{term}/handover"),
            "button[data-action=succeed-officer]",
            ("person", YearWorld.Usual.ToString()),
            ("on", "2025-07-24"));
        await world.ConfirmAllAsync();
        Assert.Equal(Handover.AddDays(-1), await world.OneAsync<DateOnly>("select to_on from office_term where office_term_id = @term", new { term }));

        // The old one is refused; the new one records, also of his predecessor; his own is kept by the secretary (四3①).
        using var old = await world.Site.SignInAsync(YearWorld.Recorder);
        Assert.Equal(HttpStatusCode.Forbidden, (await old.GetAsync("/records/new?fact=life-late")).Status);
        Assert.Contains("已登记", (await LateAsync(world, YearWorld.Usual, YearWorld.Poor, Handover)).Text, StringComparison.Ordinal);
        Assert.Contains("已登记", (await LateAsync(world, YearWorld.Usual, YearWorld.Recorder, Handover)).Text, StringComparison.Ordinal);
        Assert.Contains("由书记或副书记登记", (await LateAsync(world, YearWorld.Usual, YearWorld.Usual, Handover)).Text, StringComparison.Ordinal);
        Assert.Contains("已登记", (await LateAsync(world, YearWorld.Secretary, YearWorld.Usual, Handover)).Text, StringComparison.Ordinal);
        Assert.Equal(4, await world.CountAsync("fact-recorded"));
    }

    private static async Task<Page> LateAsync(YearWorld world, PersonId by, PersonId whom, DateOnly on) => await RecordsWorld.RecordAsync(
        await world.AsAsync(by), "life-late", whom, on.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
}
