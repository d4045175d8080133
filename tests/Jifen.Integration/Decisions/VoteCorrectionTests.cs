using System.Net;
using Jifen.Integration.World;
using Xunit;
using static Jifen.Integration.Decisions.MeetingPageTests;
using static Jifen.Integration.Records.RecordsWorld;

namespace Jifen.Integration.Decisions;

/// <summary>更正票数: a show of hands typed wrong is put right while the meeting is open, and what rested on it follows.</summary>
public sealed class VoteCorrectionTests(Cluster cluster)
{
    [Fact]
    public async Task A_count_typed_the_wrong_way_round_is_seen_at_once_and_put_right_and_the_minutes_tell_the_valid_one()
    {
        await using var world = await ReviewedAsync(cluster);
        using var secretary = await world.AsAsync(Secretary);
        using var member = await world.AsAsync(Member);
        var page = await CallAsync(secretary, await OpenAsync(secretary), Secretary, Recorder, Member, Second);
        page = await secretary.SubmitAsync(page, "form[data-action=present-table]");
        page = await VoteAsync(secretary, page, "points-table", 1, 3, 0);
        Assert.Contains("已记下表决：赞成1，反对3，弃权0，未通过", page.Text, StringComparison.Ordinal);
        var wrong = await world.OneAsync<Guid>("select entry_id from ledger_entry where kind = 'motion-decided'");
        var motion = page.Document.QuerySelector("[data-kind=points-table]")!.GetAttribute("data-id");
        Assert.Equal($"#correct-{motion}", page.Document.QuerySelector("a[data-action=correct-vote-note]")!.GetAttribute("href"));
        Assert.Null((await member.GetAsync(Meeting)).Document.QuerySelector("form[data-action=correct-vote]"));

        var refused = await CorrectAsync(secretary, page, 3, 1, 0, "");
        Assert.Contains("没有写更正的理由。如“赞成、反对填反了”", refused.Text, StringComparison.Ordinal);
        Assert.Contains("合起来3票，到会能表决的4人", (await CorrectAsync(secretary, page, 3, 0, 0, "赞成、反对填反了")).Text, StringComparison.Ordinal);
        page = await CorrectAsync(secretary, page, 3, 1, 0, "赞成、反对填反了");

        Assert.Contains("已更正票数：赞成3，反对1，弃权0，通过", page.Text, StringComparison.Ordinal);
        Assert.Equal("passed", page.Document.QuerySelector("[data-kind=points-table]")!.GetAttribute("data-state"));
        Assert.Equal(wrong, await world.OneAsync<Guid>("select corrects from ledger_entry where kind = 'motion-decided' order by seq desc limit 1"));
        // What the true result decides is decided: the step is over.
        Assert.Contains("赞成3票，反对1票", await world.OneAsync<string>("select outcome from round_step where step = '评定' and ended_on is not null"), StringComparison.Ordinal);
        page = await secretary.SubmitAsync(page, "form[data-action=close-meeting]");
        Assert.Null(page.Document.QuerySelector("form[data-action=correct-vote]"));
        var minutes = await member.GetAsync($"{Meeting}/minutes");
        Assert.Contains("赞成3票，反对1票，弃权0票，通过", minutes.Text, StringComparison.Ordinal);
        Assert.Contains("由沈书记更正过票数，原来误记为赞成1票，反对3票，弃权0票，未通过；理由：赞成、反对填反了", minutes.Document.QuerySelector("[data-field=corrected]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_that_had_not_passed_after_all_is_open_again_unless_something_was_built_on_it()
    {
        await using var world = await ReviewedAsync(cluster);
        using var secretary = await world.AsAsync(Secretary);
        var page = await CallAsync(secretary, await OpenAsync(secretary), Secretary, Recorder, Member, Second);
        page = await secretary.SubmitAsync(page, "form[data-action=present-table]");
        page = await VoteAsync(secretary, page, "points-table", 3, 1, 0);
        ((MovableClock)world.Site.Clock).Advance(TimeSpan.FromMinutes(5));

        page = await CorrectAsync(secretary, page, 1, 3, 0, "赞成、反对填反了");
        Assert.Equal("failed", page.Document.QuerySelector("[data-kind=points-table]")!.GetAttribute("data-state"));
        Assert.Equal(1, await world.OneAsync<int>("select count(*)::int from round_step where step = '评定' and begun_on is not null and ended_on is null"));

        // Read and voted on again at the same meeting.
        page = await secretary.SubmitAsync(page, "form[data-action=present-table]");
        page = await VoteAsync(secretary, page, "points-table", 4, 0, 0);
        page = await CorrectAsync(secretary, page, 3, 0, 1, "有一人弃权，漏记了", "[data-state=passed]");
        Assert.Contains("已更正票数：赞成3，反对0，弃权1，通过", page.Text, StringComparison.Ordinal);
        Assert.Contains("弃权1票", await world.OneAsync<string>("select outcome from round_step where step = '评定' and ended_on is not null"), StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("[data-field=earlier]"));
        const string State = "select (select jsonb_agg(to_jsonb(r) order by round, step) from round_step r)::text || (select jsonb_agg(to_jsonb(m) order by motion_id) from motion m)::text";
        var was = await world.OneAsync<string>(State);
        await world.OneAsync<long>("select rebuild_views()");
        Assert.Equal(was, await world.OneAsync<string>(State));

        await world.EnterAsync(new Cycle.Rounds.RoundStepBegun("2025-q3", "公示"));
        var refused = await CorrectAsync(secretary, page, 1, 3, 0, "赞成、反对填反了", "[data-state=passed]");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("照这次表决已经办了“公示”", refused.Text, StringComparison.Ordinal);
        Assert.Contains("散会以后由书记重新开启“评定”", refused.Text, StringComparison.Ordinal);
        Assert.Equal(4, await world.CountAsync("motion-decided"));
    }
}
