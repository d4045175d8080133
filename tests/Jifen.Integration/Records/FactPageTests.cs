using System.Net;
using Jifen.Integration.World;
using Xunit;
using static Jifen.Integration.Records.RecordsWorld;

namespace Jifen.Integration.Records;

public sealed class FactPageTests(Cluster cluster)
{
    [Fact]
    public async Task A_fact_is_previewed_with_clause_points_and_round_and_then_recorded_once_however_often_it_is_sent()
    {
        await using var world = await StartAsync(cluster);
        using var recorder = await world.AsAsync(Recorder);
        var choice = await recorder.GetAsync("/records/new");
        Assert.NotNull(choice.Document.QuerySelector("a[data-fact=badge-missing]"));
        var form = await recorder.GetAsync("/records/new?fact=badge-missing");
        Assert.Null(form.Document.QuerySelector("[name=level]"));
        Assert.Null(form.Document.QuerySelector("[name=points]"));

        var preview = await recorder.SubmitAsync(form, "button[data-action=preview-fact]", ("person", Member.ToString()), ("on", "2025-10-15"), ("ground", "支委检查"));

        Assert.Equal(0, await world.CountAsync("fact-recorded"));
        Assert.Contains("附1·作用发挥", preview.Text, StringComparison.Ordinal);
        Assert.Contains("2025年第四季度", preview.Text, StringComparison.Ordinal);
        Assert.Contains("−0.5分", preview.Text, StringComparison.Ordinal);

        var saved = await recorder.SubmitAsync(preview, "button[data-action=record-fact]");
        Assert.Contains("已登记：李文博", saved.Text, StringComparison.Ordinal);
        await recorder.SubmitAsync(preview, "button[data-action=record-fact]");
        Assert.Equal(1, await world.CountAsync("fact-recorded"));
        Assert.Equal("recorder", await world.OneAsync<string>("select office from ledger_entry where kind = 'fact-recorded'"));
    }

    [Fact]
    public async Task What_is_refused_comes_back_with_everything_typed()
    {
        await using var world = await StartAsync(cluster);
        using var recorder = await world.AsAsync(Recorder);
        var form = await recorder.GetAsync("/records/new?fact=commendation");

        var back = await recorder.SubmitAsync(
            form, "button[data-action=preview-fact]", ("person", Member.ToString()), ("on", "2025-12-31"), ("content", "优秀党员"), ("ground", "表彰决定"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, back.Status);
        Assert.Contains("还没有到", back.Text, StringComparison.Ordinal);
        Assert.Equal("优秀党员", back.Document.QuerySelector("input[name=content]")!.GetAttribute("value"));
        Assert.True(back.Document.QuerySelector($"input[name=person][value='{Member}']")!.HasAttribute("checked"));
    }

    [Fact]
    public async Task A_branch_is_told_the_place_in_its_own_document_and_where_it_can_be_read()
    {
        await using var world = await StartAsync(cluster);
        await world.AdoptAsync(2025, "yxnu-2016");
        using var recorder = await world.AsAsync(Recorder);

        var refused = await RecordAsync(recorder, "peers-expected", Recorder, "2025-10-15");

        var cited = refused.Document.QuerySelector(".jf-note-clause a")!;
        Assert.Equal("四3①", cited.TextContent);
        Assert.NotNull((await recorder.GetAsync(cited.GetAttribute("href")!.Split('#')[0])).Document.GetElementById("四3①"));
        Assert.DoesNotContain("苏信委", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_recorders_own_is_locked_for_him_and_open_to_the_secretary()
    {
        await using var world = await StartAsync(cluster);
        using var recorder = await world.AsAsync(Recorder);
        using var secretary = await world.AsAsync(Secretary);

        Assert.True((await recorder.GetAsync("/records/new?fact=badge-missing")).Document.QuerySelector($"input[name=person][value='{Recorder}']")!.HasAttribute("disabled"));
        var refused = await RecordAsync(recorder, "badge-missing", Recorder, "2025-10-15");
        Assert.Contains("依据：四1", refused.Text, StringComparison.Ordinal);
        Assert.Contains("由书记或副书记登记", refused.Text, StringComparison.Ordinal);
        Assert.Equal(0, await world.CountAsync("fact-recorded"));

        await RecordAsync(secretary, "badge-missing", Recorder, "2025-10-15");
        Assert.Equal("secretary", await world.OneAsync<string>("select office from ledger_entry where kind = 'fact-recorded'"));
        Assert.Contains("积分记录员", (await RecordAsync(secretary, "badge-missing", Member, "2025-10-15")).Text, StringComparison.Ordinal);
        Assert.Equal(1, await world.CountAsync("fact-recorded"));
    }

    [Fact]
    public async Task A_backdated_entry_names_its_round_and_one_of_last_year_is_still_taken()
    {
        await using var world = await StartAsync(cluster);
        using var recorder = await world.AsAsync(Recorder);
        var form = await recorder.GetAsync("/records/new?fact=badge-missing");

        var preview = await recorder.SubmitAsync(form, "button[data-action=preview-fact]", ("person", Member.ToString()), ("on", "2024-12-30"), ("ground", "年底检查"));

        Assert.Contains("2024年第四季度", preview.Text, StringComparison.Ordinal);
        await recorder.SubmitAsync(preview, "button[data-action=record-fact]");
        Assert.Equal(new DateTime(2024, 12, 30), await world.OneAsync<DateTime>("select happened_on::timestamp from fact"));
    }

    [Fact]
    public async Task What_waits_does_not_count_until_the_body_confirms_it_and_nobody_confirms_his_own()
    {
        await using var world = await StartAsync(cluster);
        using var recorder = await world.AsAsync(Recorder);
        using var committee = await world.AsAsync(Committeeman);
        await RecordAsync(recorder, "complaint", Member, "2025-10-15");
        await RecordAsync(recorder, "complaint", Committeeman, "2025-10-16");
        Assert.Equal(2, await world.OneAsync<int>("select count(*)::int from fact where state = 'pending'"));

        var pending = await committee.GetAsync("/records/pending");
        Assert.Contains("本人回避", pending.Text, StringComparison.Ordinal);
        var others = await world.OneAsync<Guid>("select entry_id from fact where person_id = @id", new { id = Member.Value });
        var own = await world.OneAsync<Guid>("select entry_id from fact where person_id = @id", new { id = Committeeman.Value });
        var refused = await committee.SubmitAsync(pending, "button[data-action=confirm-facts]", ("fact", own.ToString()), ("body", "支委会（10月18日）"));
        Assert.Contains("回避", refused.Text, StringComparison.Ordinal);
        Assert.Equal(2, await world.OneAsync<int>("select count(*)::int from fact where state = 'pending'"));

        var done = await committee.SubmitAsync(pending, "button[data-action=confirm-facts]", ("fact", others.ToString()), ("body", "支委会（10月18日）"));
        Assert.Contains("已认定1条", done.Text, StringComparison.Ordinal);
        // Sent twice, it was done once and says the same.
        Assert.Contains("已认定1条", (await committee.SubmitAsync(pending, "button[data-action=confirm-facts]", ("fact", others.ToString()), ("body", "支委会（10月18日）"))).Text, StringComparison.Ordinal);
        Assert.Equal(1, await world.CountAsync("fact-confirmed"));
        Assert.Equal("支委会（10月18日）", await world.OneAsync<string>("select state_note from fact where state = 'counts'"));
        Assert.Contains("由支委会（10月18日）认定", (await ReverseAsync(recorder, others, "记错人了，不是他")).Text, StringComparison.Ordinal);
        Assert.Contains("已冲正", (await ReverseAsync(committee, others, "记错人了，不是他")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reversal_happens_once_and_the_old_entry_stays_visible_with_who_when_and_why()
    {
        await using var world = await StartAsync(cluster);
        using var recorder = await world.AsAsync(Recorder);
        await RecordAsync(recorder, "badge-missing", Member, "2025-10-15");
        var entry = await world.OneAsync<Guid>("select entry_id from fact");
        var open = await recorder.GetAsync($"/records/{entry}");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await recorder.SubmitAsync(open, "button[data-action=reverse-entry]", ("reverse-reason", "错"))).Status);
        var done = await recorder.SubmitAsync(open, "button[data-action=reverse-entry]", ("reverse-reason", "当天他戴着徽章"));
        Assert.Contains("已冲正", done.Text, StringComparison.Ordinal);
        Assert.Contains("当天他戴着徽章", done.Text, StringComparison.Ordinal);
        Assert.Null(done.Document.QuerySelector("button[data-action=reverse-entry]"));
        Assert.Contains("已冲正", (await recorder.SubmitAsync(open, "button[data-action=reverse-entry]", ("reverse-reason", "当天他戴着徽章"))).Text, StringComparison.Ordinal);

        // A second form, opened before: another operation.
        var again = await recorder.SubmitAsync(open, "button[data-action=reverse-entry]", ("reverse-reason", "再冲正一次"), ("operation", Guid.CreateVersion7().ToString()));
        Assert.Contains("只冲正一次", again.Text, StringComparison.Ordinal);
        Assert.Equal(1, await world.CountAsync("entry-reversed"));

        var list = await recorder.GetAsync("/records");
        var row = list.Document.QuerySelector($"tr[data-id='{entry}']")!;
        Assert.Contains("jf-struck", row.ClassName, StringComparison.Ordinal);
        Assert.Contains("陈记录", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("当天他戴着徽章", row.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_correction_reverses_and_records_in_one_step()
    {
        await using var world = await StartAsync(cluster);
        using var recorder = await world.AsAsync(Recorder);
        await RecordAsync(recorder, "badge-missing", Member, "2025-10-15");
        var entry = await world.OneAsync<Guid>("select entry_id from fact");
        var form = await recorder.GetAsync($"/records/new?corrects={entry}");
        Assert.Equal("2025-10-15", form.Document.QuerySelector("input[name=on]")!.GetAttribute("value"));

        var preview = await recorder.SubmitAsync(form, "button[data-action=preview-fact]", ("on", "2025-10-14"), ("reason", "日期看错了一天"));
        var done = await recorder.SubmitAsync(preview, "button[data-action=record-fact]");

        Assert.Contains("已更正", done.Text, StringComparison.Ordinal);
        Assert.Equal(1, await world.OneAsync<int>("select count(distinct operation_id)::int from ledger_entry where kind in ('entry-reversed') or (kind = 'fact-recorded' and entry_id <> @entry)", new { entry }));
        Assert.Equal(new DateTime(2025, 10, 14), await world.OneAsync<DateTime>("select happened_on::timestamp from fact where ended_at is null"));
        Assert.NotNull(done.Document.QuerySelector("a[href^='/records/0']"));
    }

    [Fact]
    public async Task Another_branchs_records_are_not_there_and_a_plain_member_records_nothing()
    {
        await using var world = await StartAsync(cluster);
        using var recorder = await world.AsAsync(Recorder);
        await RecordAsync(recorder, "badge-missing", Member, "2025-10-15");
        var entry = await world.OneAsync<Guid>("select entry_id from fact");
        using var stranger = await world.AsAsync(OtherRecorder);
        using var member = await world.AsAsync(Member);

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/records/{entry}")).Status);
        Assert.DoesNotContain("李文博", (await stranger.GetAsync("/records")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync($"/records?branch={Branch}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync("/records/new?fact=badge-missing")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync("/dues")).Status);
        Assert.Contains("未佩戴标识", (await member.GetAsync($"/me/records/{entry}")).Text, StringComparison.Ordinal);
        Assert.Null((await member.GetAsync($"/records/{entry}")).Document.QuerySelector("form[data-action=reverse-entry]"));
    }

    private static async Task<Page> ReverseAsync(Browser browser, Guid entry, string reason)
    {
        var page = await browser.GetAsync($"/records/{entry}");
        return await browser.SubmitAsync(page, "button[data-action=reverse-entry]", ("reverse-reason", reason));
    }
}
