using System.Net;
using Jifen.Integration.World;
using Xunit;
using static Jifen.Integration.Notices.NoticeWorld;
using static Jifen.Integration.Records.RecordsWorld;

namespace Jifen.Integration.Notices;

public sealed class CaseEvidenceTests(Cluster cluster)
{
    [Fact]
    public async Task What_an_objection_rests_on_is_opened_by_those_who_handle_it_and_what_was_found_by_its_author_with_the_answer()
    {
        await using var world = await DecidedAsync(cluster);
        await PublishAsync(world);
        var entry = await world.OneAsync<Guid>("select entry_id from fact");
        using var member = await world.AsAsync(Member);
        var raised = await UploadAsync(
            member, await member.GetAsync("/objections/new?about=own"), "form[data-action=raise-objection]", [("evidence", "当天的照片.png", "image/png", Png)],
            ("text", "那天戴了徽章"), ("to", "branch"), ("entry", entry.ToString()));
        var id = raised.Path.Split('/', '?')[2];
        var photo = await world.OneAsync<Guid>("select evidence_id from evidence");
        Assert.Contains("当天的照片.png", raised.Document.QuerySelector($"#text a[href='/evidence/{photo}']")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("照片.png", await world.OneAsync<string>("select string_agg(body, ' ') from ledger_entry"), StringComparison.Ordinal);
        Assert.Equal(Png, await BytesAsync(member, photo));

        using var recorder = await world.AsAsync(Recorder);
        using var second = await world.AsAsync(Second);
        Assert.Equal(HttpStatusCode.NotFound, (await recorder.GetAsync($"/evidence/{photo}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await second.GetAsync($"/evidence/{photo}")).Status);

        using var committeeman = await world.AsAsync(Committeeman);
        Assert.Equal(Png, await BytesAsync(committeeman, photo));
        Assert.Equal(1, await world.OneAsync<int>(
            "select count(*)::int from read_log where persons = array[@id]::uuid[] and action = 'OB7' and page like '%当天的照片%'", new { id = Member.Value }));
        await UploadAsync(
            committeeman, await committeeman.GetAsync($"/objections/{id}"), "form[data-action=investigate]", [("evidence", "谈话记录.pdf", "application/pdf", Pdf)],
            ("finding", "问了会务，确实佩戴"));
        var statement = await world.OneAsync<Guid>("select evidence_id from evidence where evidence_id <> @photo", new { photo });
        Assert.Equal(HttpStatusCode.NotFound, (await member.GetAsync($"/evidence/{statement}")).Status);

        using var secretary = await world.AsAsync(Secretary);
        Assert.NotNull((await secretary.GetAsync($"/objections/{id}")).Document.QuerySelector($"a[href='/evidence/{statement}']"));
        await secretary.SubmitAsync(
            await secretary.GetAsync($"/objections/{id}"), "form[data-action=answer]", ("upheld", "yes"), ("answer", "经核实，异议成立，予以更正"), ($"to-{entry}", "reverse"));
        using var officer = await world.AsAsync(Officer);
        await officer.SubmitAsync(await officer.GetAsync("/confirmations"), "button[data-action=confirm-step]");
        Assert.Equal(Pdf, await BytesAsync(member, statement));
    }

    [Fact]
    public async Task What_an_appeal_rests_on_goes_up_with_it_and_the_branch_opens_it_only_with_the_answer()
    {
        await using var world = await DecidedAsync(cluster);
        await PublishAsync(world);
        using var member = await world.AsAsync(Member);
        var raised = await UploadAsync(
            member, await member.GetAsync("/objections/new?about=own"), "form[data-action=raise-objection]", [("evidence", "当天的照片.png", "image/png", Png)],
            ("text", "支部不肯改"), ("to", "superior"));
        var id = raised.Path.Split('/', '?')[2];
        var photo = await world.OneAsync<Guid>("select evidence_id from evidence");
        Assert.Equal(Committee.Value, await world.OneAsync<Guid>("select stream_id from ledger_entry where kind = 'evidence-kept'"));
        Assert.Equal(Committee.Value, await world.OneAsync<Guid>("select organization_id from evidence"));
        using var secretary = await world.AsAsync(Secretary);
        Assert.Equal(HttpStatusCode.NotFound, (await secretary.GetAsync($"/evidence/{photo}")).Status);

        using var officer = await world.AsAsync(Officer);
        Assert.Equal(Png, await BytesAsync(officer, photo));
        await officer.SubmitAsync(
            await officer.GetAsync($"/objections/{id}"), "form[data-action=answer]", ("finding", "看了照片和当天的记录"), ("upheld", "no"), ("answer", "登记属实，维持原来的结果"));

        Assert.Equal(Png, await BytesAsync(secretary, photo));
        using var second = await world.AsAsync(Second);
        Assert.Equal(HttpStatusCode.NotFound, (await second.GetAsync($"/evidence/{photo}")).Status);
    }

    [Fact]
    public async Task A_file_that_is_not_what_it_says_is_refused_and_nothing_typed_is_lost()
    {
        await using var world = await DecidedAsync(cluster);
        await PublishAsync(world);
        using var member = await world.AsAsync(Member);

        var back = await UploadAsync(
            member, await member.GetAsync("/objections/new?about=own"), "form[data-action=raise-objection]",
            [("evidence", "好的.png", "image/png", Png), ("evidence", "坏的.jpg", "image/jpeg", Pdf)], ("text", "那天戴了徽章"), ("to", "branch"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, back.Status);
        Assert.Contains("坏的.jpg", back.Text, StringComparison.Ordinal);
        Assert.Equal(0, await world.CountAsync("objection-raised"));

        // Sent again as it stands: what was typed and the good file are still there.
        await member.SubmitAsync(back, "form[data-action=raise-objection]");
        Assert.Equal(1, await world.CountAsync("objection-raised"));
        Assert.Equal("好的.png", await world.OneAsync<string>("select file_name from evidence"));
    }

    private static async Task<byte[]> BytesAsync(Browser browser, Guid file)
    {
        var answer = await browser.Http.GetAsync($"/evidence/{file}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }
}
