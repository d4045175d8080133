using System.Net;
using Jifen.Integration.World;
using Xunit;
using static Jifen.Integration.Records.RecordsWorld;

namespace Jifen.Integration.Records;

public sealed class EvidencePageTests(Cluster cluster)
{
    [Fact]
    public async Task A_file_goes_with_the_fact_through_the_preview_and_is_read_by_those_who_may()
    {
        await using var world = await StartAsync(cluster);
        using var recorder = await world.AsAsync(Recorder);
        var form = await recorder.GetAsync("/records/new?fact=badge-missing");
        var preview = await UploadAsync(
            recorder, form, "button[data-action=preview-fact]", [("evidence", "检查表.pdf", "application/pdf", Pdf)],
            ("person", Member.ToString()), ("on", "2025-10-15"), ("ground", "支委检查"));
        Assert.Contains("检查表.pdf", preview.Text, StringComparison.Ordinal);
        await recorder.SubmitAsync(preview, "button[data-action=record-fact]");

        var id = await world.OneAsync<Guid>("select evidence_id from evidence");
        Assert.Equal(1, await world.CountAsync("evidence-kept"));
        Assert.Single(Directory.GetFiles(Path.Combine(world.Site.DataFolder, "evidence"), "*", SearchOption.AllDirectories));
        Assert.DoesNotContain("检查表", await world.OneAsync<string>("select string_agg(body, ' ') from ledger_entry"), StringComparison.Ordinal);

        using var member = await world.AsAsync(Member);
        var own = await member.Http.GetAsync($"/evidence/{id}", TestContext.Current.CancellationToken);
        Assert.Equal(Pdf, await own.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.StartsWith("attachment", own.Content.Headers.ContentDisposition!.ToString(), StringComparison.Ordinal);
        Assert.Equal("nosniff", own.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("sandbox", own.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(0, await world.OneAsync<int>("select count(*)::int from read_log"));

        using var committee = await world.AsAsync(Committeeman);
        Assert.Equal(HttpStatusCode.OK, (await committee.GetAsync($"/evidence/{id}")).Status);
        Assert.Equal(1, await world.OneAsync<int>("select count(*)::int from read_log where persons = array[@id]::uuid[] and action = 'EV2'", new { id = Member.Value }));

        using var second = await world.AsAsync(Second);
        Assert.Equal(HttpStatusCode.Forbidden, (await second.GetAsync($"/evidence/{id}")).Status);
        using var officer = await world.AsAsync(Officer);
        Assert.Contains("说明理由", (await officer.GetAsync($"/evidence/{id}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_branchs_evidence_is_not_there()
    {
        await using var world = await StartAsync(cluster);
        using var recorder = await world.AsAsync(Recorder);
        var form = await recorder.GetAsync("/records/new?fact=badge-missing");
        var preview = await UploadAsync(
            recorder, form, "button[data-action=preview-fact]", [("evidence", "检查表.png", "image/png", Png)], ("person", Member.ToString()), ("on", "2025-10-15"), ("ground", "支委检查"));
        await recorder.SubmitAsync(preview, "button[data-action=record-fact]");
        var id = await world.OneAsync<Guid>("select evidence_id from evidence");
        using var stranger = await world.AsAsync(OtherRecorder);
        using var nobody = world.Site.Browser();

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/evidence/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/evidence/{Guid.CreateVersion7()}")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await nobody.Http.GetAsync($"/evidence/{id}", TestContext.Current.CancellationToken)).StatusCode);
        Assert.StartsWith("inline", (await recorder.Http.GetAsync($"/evidence/{id}", TestContext.Current.CancellationToken)).Content.Headers.ContentDisposition!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_what_it_says_is_refused_and_the_form_keeps_the_rest()
    {
        await using var world = await StartAsync(cluster);
        using var recorder = await world.AsAsync(Recorder);
        var form = await recorder.GetAsync("/records/new?fact=badge-missing");

        var back = await UploadAsync(
            recorder,
            form,
            "button[data-action=preview-fact]",
            [("evidence", "好的.pdf", "application/pdf", Pdf), ("evidence", "坏的.jpg", "image/jpeg", Pdf), ("evidence", "页面.html", "text/html", [.. "<html><script>"u8])],
            ("person", Member.ToString()), ("on", "2025-10-15"), ("ground", "支委检查"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, back.Status);
        Assert.Contains("“坏的.jpg”没有收下", back.Text, StringComparison.Ordinal);
        Assert.Contains("好的.pdf（已存好）", back.Text, StringComparison.Ordinal);
        Assert.Equal("支委检查", back.Document.QuerySelector("input[name=ground]")!.GetAttribute("value"));

        var preview = await recorder.SubmitAsync(back, "button[data-action=preview-fact]");
        await recorder.SubmitAsync(preview, "button[data-action=record-fact]");
        Assert.Equal("好的.pdf", await world.OneAsync<string>("select file_name from evidence"));
    }

    [Fact]
    public async Task A_sealed_note_of_a_file_serves_nobody_else()
    {
        await using var world = await StartAsync(cluster);
        using var recorder = await world.AsAsync(Recorder);
        using var secretary = await world.AsAsync(Secretary);
        var form = await recorder.GetAsync("/records/new?fact=badge-missing");
        var preview = await UploadAsync(
            recorder, form, "button[data-action=preview-fact]", [("evidence", "检查表.pdf", "application/pdf", Pdf)], ("person", Member.ToString()), ("on", "2025-10-15"), ("ground", "支委检查"));
        var note = preview.Document.QuerySelector("input[name=kept]")!.GetAttribute("value")!;

        var others = await secretary.SubmitAsync(
            await secretary.GetAsync("/records/new?fact=badge-missing"), "button[data-action=preview-fact]",
            ("person", Recorder.ToString()), ("on", "2025-10-15"), ("ground", "支委检查"), ("kept", note));

        Assert.Null(others.Document.QuerySelector("input[name=kept]"));
    }

    [Fact]
    public async Task Files_come_later_too_from_the_person_it_is_about()
    {
        await using var world = await StartAsync(cluster);
        using var recorder = await world.AsAsync(Recorder);
        await RecordAsync(recorder, "courage", Member, "2025-10-15");
        var entry = await world.OneAsync<Guid>("select entry_id from fact");
        using var member = await world.AsAsync(Member);
        var page = await member.GetAsync($"/records/{entry}");

        var done = await UploadAsync(member, page, "button[data-action=attach-evidence]", [("evidence", "现场.png", "image/png", Png)]);

        Assert.Contains("现场.png", done.Text, StringComparison.Ordinal);
        Assert.Equal(1, await world.OneAsync<int>("select cardinality(evidence) from fact"));
        using var second = await world.AsAsync(Second);
        Assert.Null((await second.GetAsync($"/records/{entry}")).Document.QuerySelector("form[data-action=attach-evidence]"));
    }
}
