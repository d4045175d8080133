using Jifen.Integration.World;
using Xunit;
using static Jifen.Integration.Notices.NoticeWorld;
using static Jifen.Integration.Records.RecordsWorld;

namespace Jifen.Integration.Notices;

/// <summary>After the meeting the recorder sees why not, the secretary the right button, and the superior confirms.</summary>
public sealed class LateCorrectionTests(Cluster cluster)
{
    [Fact]
    public async Task An_entry_of_a_decided_round_is_reversed_by_the_secretary_and_confirmed_above()
    {
        await using var world = await DecidedAsync(cluster);
        var entry = await world.OneAsync<Guid>("select entry_id from fact");
        using var recorder = await world.AsAsync(Recorder);
        var locked = await recorder.GetAsync($"/records/{entry}");
        Assert.Contains("这一条不由您更正", locked.Text, StringComparison.Ordinal);
        Assert.Contains("大会评定或报送后冲正、更正", locked.Text, StringComparison.Ordinal);

        using var secretary = await world.AsAsync(Secretary);
        var page = await secretary.GetAsync($"/records/{entry}");
        Assert.Contains("上级组织员确认", page.Document.QuerySelector("[data-field=late]")!.TextContent, StringComparison.Ordinal);
        var waits = await secretary.SubmitAsync(page, "form[data-action=reverse-entry]", ("reverse-reason", "照片证明佩戴了徽章"));
        Assert.Contains("等另一位确认", waits.Text, StringComparison.Ordinal);

        using var officer = await world.AsAsync(Officer);
        await officer.SubmitAsync(await officer.GetAsync("/confirmations"), "button[data-action=confirm-step]");
        Assert.Equal(1, await world.CountAsync("entry-reversed"));
    }

    [Fact]
    public async Task A_forgotten_fact_of_a_decided_round_is_recorded_by_the_secretary_after_the_superior_agreed()
    {
        await using var world = await DecidedAsync(cluster);
        using var recorder = await world.AsAsync(Recorder);
        Assert.Contains("大会评定或报送后", (await RecordAsync(recorder, "badge-missing", Member, "2025-09-20")).Text, StringComparison.Ordinal);
        using var secretary = await world.AsAsync(Secretary);
        var waits = await RecordAsync(secretary, "badge-missing", Member, "2025-09-20");
        Assert.Contains("等另一位确认", waits.Text, StringComparison.Ordinal);
        Assert.Equal(1, await world.CountAsync("fact-recorded"));
    }
}
