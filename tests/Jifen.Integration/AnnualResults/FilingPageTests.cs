using Jifen.Integration.Records;
using System.Net;
using System.Text;
using Jifen.Integration.World;
using Jifen.Store.Filings;
using Xunit;
using static Jifen.Integration.AnnualResults.ResultWorld;

namespace Jifen.Integration.AnnualResults;

/// <summary>The package goes up, is worked out again above, taken or returned; what was altered on the way is said by row.</summary>
public sealed class FilingPageTests(Cluster cluster)
{
    private const string Filing = "/rounds/2025/filing";
    private const string Submit = "form[data-action=submit-filing]";

    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_settled_year_is_filed_by_two_checked_above_and_taken_and_the_step_ends()
    {
        await using var world = await FiledAsync();
        using var officer = await world.AsAsync(Officer);
        var overview = await officer.GetAsync("/filings?year=2025");
        Assert.Contains("已报，等上级办理", overview.Document.QuerySelector($"tr[data-id='{Branch}/2025']")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("open", overview.Document.QuerySelector($"tr[data-id='{Other}/2025']")!.GetAttribute("data-state"));

        var detail = await officer.GetAsync(overview.Document.QuerySelector($"tr[data-id='{Branch}/2025'] a")!.GetAttribute("href")!);
        Assert.Contains("重算，每一行都一样", detail.Text, StringComparison.Ordinal);
        Assert.Contains("沈书记、孟支委", detail.Text, StringComparison.Ordinal);
        var taken = await officer.SubmitAsync(detail, "button[value=accept]");
        Assert.Contains("已接收", taken.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await officer.SubmitAsync(detail, "button[value=accept]")).Status);

        Assert.Equal(1, await world.CountAsync("filing-accepted"));
        Assert.Equal(1, await world.QueryAsync<int>("select count(*)::int from round_step where step = '备案' and ended_on is not null").ContinueWith(task => task.Result[0], Cancel, TaskContinuationOptions.None, TaskScheduler.Default));
        world.Clock.Advance(TimeSpan.FromDays(10));
        using var later = await world.AsAsync(Officer);
        Assert.Equal("overdue", (await later.GetAsync("/filings?year=2025")).Document.QuerySelector($"tr[data-id='{Other}/2025']")!.GetAttribute("data-state"));
    }

    [Fact]
    public async Task A_returned_package_comes_back_with_remarks_by_row_and_is_filed_again()
    {
        await using var world = await FiledAsync();
        using var officer = await world.AsAsync(Officer);
        var detail = await officer.GetAsync(await AddressAsync(world));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await officer.SubmitAsync(detail, "button[value=return]")).Status);
        await officer.SubmitAsync(
            detail, "button[value=return]", ("reason", "迟到次数与签到表不符"), ($"remark-{Member(6)}", "请核对3月的签到"), ("operation", Guid.CreateVersion7().ToString()));

        using var secretary = await world.AsAsync(Secretary);
        var back = await secretary.GetAsync(Filing);
        Assert.Contains("迟到次数与签到表不符", back.Text, StringComparison.Ordinal);
        Assert.Contains("请核对3月的签到", back.Document.QuerySelector("#remarks")!.TextContent, StringComparison.Ordinal);
        await secretary.SubmitAsync(back, Submit);
        await world.ConfirmAsync(Committeeman);

        Assert.Equal(["returned", "submitted"], await world.QueryAsync<string>("select state from filing order by seq"));
        Assert.NotNull((await world.QueryAsync<Guid?>("select replaces from filing where state = 'submitted'"))[0]);
        using var member = await world.AsAsync(Member(1));
        Assert.DoesNotContain("请核对3月", (await member.GetAsync(Filing)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_officer_who_signed_the_filing_does_not_take_it()
    {
        await using var world = await StartAsync(cluster);
        await world.OrdinaryYearAsync();
        await world.SettleAsync();
        using var secretary = await world.AsAsync(Secretary);
        await secretary.SubmitAsync(await secretary.GetAsync(Filing), Submit);
        await world.ConfirmAsync(Officer);
        using var officer = await world.AsAsync(Officer);

        var refused = await officer.SubmitAsync(await officer.GetAsync(await AddressAsync(world)), "button[value=accept]");

        Assert.Contains("是您签报的", refused.Text, StringComparison.Ordinal);
        Assert.Equal(0, await world.CountAsync("filing-accepted"));
    }

    [Fact]
    public async Task A_correction_after_filing_goes_by_reopening_settling_and_filing_anew_and_the_superior_sees_it()
    {
        await using var world = await FiledAsync();
        using var officer = await world.AsAsync(Officer);
        await officer.SubmitAsync(await officer.GetAsync(await AddressAsync(world)), "button[value=accept]");
        using var secretary = await world.AsAsync(Secretary);
        await secretary.SubmitAsync(
            await secretary.GetAsync("/rounds/2025/totals"), "form[data-action=reopen-step]", ("reopen-reason", "申诉成立，补一次迟到"));
        await world.ConfirmAsync(Officer);

        Assert.Equal(["reopened"], await world.QueryAsync<string>("select state from filing"));
        var overview = await officer.GetAsync("/filings?year=2025");
        Assert.Contains("申诉成立，补一次迟到", overview.Document.QuerySelector("#reopened")!.TextContent, StringComparison.Ordinal);
        Assert.Null((await secretary.GetAsync(Filing)).Document.QuerySelector(Submit));
        await world.LateAsync(Member(5), 1);
        await world.SettleAsync();
        await secretary.SubmitAsync(await secretary.GetAsync(Filing), Submit);
        await world.ConfirmAsync(Committeeman);
        Assert.Contains("重算，每一行都一样", (await officer.GetAsync(await AddressAsync(world))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_altered_where_it_lies_is_not_taken_and_what_differs_is_said_by_person()
    {
        await using var world = await FiledAsync();
        await world.QueryAsync<int>("update filing_package set content = replace(content, '\"total\":\"65\"', '\"total\":\"75\"') returning 1");
        using var officer = await world.AsAsync(Officer);

        var detail = await officer.GetAsync(await AddressAsync(world));
        Assert.Contains("摘要不符", detail.Text, StringComparison.Ordinal);
        Assert.Contains("党员6", detail.Document.QuerySelector("[data-field=differences]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("总分应为65，材料上是75", detail.Document.QuerySelector("[data-field=differences]")!.TextContent, StringComparison.Ordinal);
        var refused = await officer.SubmitAsync(detail, "form[data-action=answer-filing]", ("do", "accept"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(0, await world.CountAsync("filing-accepted"));
    }

    [Fact]
    public async Task Figures_that_were_corrected_after_settling_are_not_filed_and_only_the_secretary_files()
    {
        await using var world = await StartAsync(cluster);
        await world.OrdinaryYearAsync();
        using var secretary = await world.AsAsync(Secretary);
        Assert.Null((await secretary.GetAsync(Filing)).Document.QuerySelector(Submit));
        await world.SettleAsync();
        using var officer = await world.AsAsync(Officer);
        Assert.Null((await officer.GetAsync($"{Filing}?branch={Branch}")).Document.QuerySelector(Submit));
        var form = await secretary.GetAsync(Filing);
        await world.LateAsync(Member(5), 1);

        var refused = await secretary.SubmitAsync(form, Submit);

        Assert.Contains("与已定的分不一样", refused.Text, StringComparison.Ordinal);
        Assert.Equal(0, await world.CountAsync("filing-submitted"));
    }

    [Fact]
    public async Task A_package_travels_as_a_file_is_checked_elsewhere_and_its_receipt_comes_back()
    {
        await using var world = await FiledAsync();
        using var secretary = await world.AsAsync(Secretary);
        var file = await secretary.Http.GetByteArrayAsync((await secretary.GetAsync(Filing)).Document.QuerySelector("[data-action=download-package]")!.GetAttribute("href"), Cancel);
        // Elsewhere: another committee, which has never heard of the branch.
        await using var elsewhere = await StartAsync(cluster);
        using var officer = await elsewhere.AsAsync(Officer);
        var bent = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(file).Replace("\"total\":\"65\"", "\"total\":\"95\"", StringComparison.Ordinal));
        var wrong = await RecordsWorld.UploadAsync(officer, await officer.GetAsync("/filings/check"), "form[data-action=check-outside-filing]", [("file", "a.json", "application/json", bent)]);
        Assert.Contains("摘要不符", wrong.Text, StringComparison.Ordinal);
        Assert.Contains("总分应为65，材料上是95", wrong.Text, StringComparison.Ordinal);
        var page = await RecordsWorld.UploadAsync(officer, await officer.GetAsync("/filings/check"), "form[data-action=check-outside-filing]", [("file", "a.json", "application/json", file)]);
        Assert.Contains("重算，每一行都一样", page.Text, StringComparison.Ordinal);
        var answered = await RecordsWorld.UploadAsync(officer, page, "button[value=accept]", []);
        var receipt = await officer.Http.GetByteArrayAsync(answered.Document.QuerySelector("[data-action=download-receipt]")!.GetAttribute("href"), Cancel);
        Assert.Equal(1, await elsewhere.CountAsync("outside-filing-answered"));
        Assert.NotNull(FilingFile.ReadReceipt(Encoding.UTF8.GetString(receipt)).Receipt);

        // While the branch has a superior in its own installation, he takes it himself; after that the receipt is entered by two.
        Assert.Null((await secretary.GetAsync(Filing)).Document.QuerySelector("form[data-action=take-receipt]"));
        await world.QueryAsync<int>("update account set disabled_at = now() where person_id = @Value returning 1", Officer);
        var form = await secretary.GetAsync(Filing);
        var altered = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(receipt).Replace("学院党委", "别的党委", StringComparison.Ordinal));
        var refused = await RecordsWorld.UploadAsync(secretary, form, "form[data-action=take-receipt]", [("receipt", "r.json", "application/json", altered)]);
        Assert.Contains("改动过", refused.Text, StringComparison.Ordinal);
        await RecordsWorld.UploadAsync(secretary, await secretary.GetAsync(Filing), "form[data-action=take-receipt]", [("receipt", "r.json", "application/json", receipt)]);
        await world.ConfirmAsync(Committeeman);
        Assert.Equal(["accepted"], await world.QueryAsync<string>("select state from filing"));
        Assert.Equal(["云川学院党委"], await world.QueryAsync<string>("select superior from filing"));
    }

    [Fact]
    public async Task Files_that_are_none_of_ours_are_refused_in_words()
    {
        foreach (var text in new[] { "", "{", "[]", "{\"digest\":\"x\"}", "{\"digest\":\"x\",\"package\":{}}", "{\"digest\":1,\"package\":null}", "not json 党员" })
        {
            var (package, _, _, fault) = FilingFile.ReadPackage(text);
            Assert.Null(package);
            Assert.NotEmpty(fault!);
            Assert.Null(FilingFile.ReadReceipt(text).Receipt);
        }

        await using var world = await StartAsync(cluster);
        using var officer = await world.AsAsync(Officer);
        var page = await RecordsWorld.UploadAsync(officer, await officer.GetAsync("/filings/check"), "form[data-action=check-outside-filing]", [("file", "a.json", "application/json", "{}"u8.ToArray())]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("不是备案材料", page.Text, StringComparison.Ordinal);
        using var member = await world.AsAsync(Member(1));
        Assert.NotEqual(HttpStatusCode.OK, (await member.GetAsync("/filings/check")).Status);
    }

    /// <summary>The year is settled and the package is up.</summary>
    private async Task<ResultWorld> FiledAsync()
    {
        var world = await StartAsync(cluster);
        await world.OrdinaryYearAsync();
        await world.SettleAsync();
        using var secretary = await world.AsAsync(Secretary);
        var asked = await secretary.SubmitAsync(await secretary.GetAsync(Filing), Submit);
        Assert.Contains("等第二个人确认", asked.Text, StringComparison.Ordinal);
        await world.ConfirmAsync(Committeeman);
        Assert.Equal(1, await world.CountAsync("filing-submitted"));
        return world;
    }

    private static async Task<string> AddressAsync(ResultWorld world) =>
        $"/filings/{(await world.QueryAsync<Guid>("select filing_id from filing where state = 'submitted'"))[0]}";
}
