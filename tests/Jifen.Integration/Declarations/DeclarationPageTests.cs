using System.Net;
using Jifen.Cycle;
using Jifen.Integration.World;
using Jifen.Store;
using Xunit;
using static Jifen.Integration.Declarations.BranchYearWorld;
using static Jifen.Integration.Records.RecordsWorld;

namespace Jifen.Integration.Declarations;

/// <summary>申报 through the pages, on a real database: one's own, and about others.</summary>
public sealed class DeclarationPageTests(Cluster cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_member_sees_clause_and_effect_at_once_and_what_he_declared_waits_without_points()
    {
        await using var world = await StartAsync(cluster);
        using var member = await world.AsAsync(Member);
        Assert.NotNull((await member.GetAsync("/")).Document.QuerySelector("a[data-action=declare][href='/declarations/new']"));
        Assert.Contains("联系帮扶", (await member.GetAsync("/declarations/new")).Text, StringComparison.Ordinal);

        var form = await member.GetAsync("/declarations/new?fact=help");
        var preview = await member.SubmitAsync(form, "button[data-action=preview-declaration]", ("on", "2025-10-12"), ("ground", "社区感谢信"));
        Assert.Contains("+2分", preview.Document.QuerySelector("[data-field=effect]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("→", preview.Document.QuerySelector("[data-field=after]")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(preview.Document.QuerySelector("#preview .jf-clause"));
        Assert.Contains("2025年第四季度", preview.Text, StringComparison.Ordinal);
        Assert.Equal(0, await world.CountAsync("declaration-submitted"));

        var done = await member.SubmitAsync(preview, "button[data-action=submit-declaration]");
        Assert.Contains("已报上", done.Text, StringComparison.Ordinal);
        Assert.Contains("等核实", done.Document.QuerySelector("#mine")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(0, await world.CountAsync("fact-recorded"));

        using var committee = await world.AsAsync(Committeeman);
        Assert.Contains("社区感谢信", (await committee.GetAsync("/declarations/waiting")).Text, StringComparison.Ordinal);
        Assert.Contains("申报", (await member.GetAsync("/me/looked-at")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fact_that_vetoes_the_total_stands_apart_and_says_what_it_does()
    {
        await using var world = await StartAsync(cluster);
        await world.AdoptAsync("yxnu-2016");
        using var member = await world.AsAsync(Member);

        var part = (await member.GetAsync("/declarations/new")).Document.QuerySelector("a[data-fact=veto]")!.Closest(".jf-fact-part")!;
        Assert.Contains("一票否决", part.QuerySelector("h2")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(part.QuerySelector("h2 .jf-clause"));
        var form = await member.GetAsync("/declarations/new?fact=veto");
        Assert.Contains("一票否决，总分为0", form.Document.QuerySelector("[data-field=meaning]")!.TextContent, StringComparison.Ordinal);
        var preview = await member.SubmitAsync(form, "button[data-action=preview-declaration]", ("on", "2025-10-12"), ("ground", "处分决定"));

        Assert.Contains("总分 一票否决，总分为0", preview.Document.QuerySelector("[data-field=effect]")!.TextContent, StringComparison.Ordinal);
        Assert.EndsWith("→ 0", preview.Document.QuerySelector("[data-field=after]")!.TextContent.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_true_reason_is_given_why_points_stay_as_they_are_and_figures_that_are_not_settled_are_not_called_so()
    {
        await using var world = await StartAsync(cluster);
        await world.AdoptAsync("yxnu-2016");
        using var member = await world.AsAsync(Member);

        var hours = await member.SubmitAsync(
            await member.GetAsync("/declarations/new?fact=public-service"), "button[data-action=preview-declaration]", ("on", "2025-10-12"), ("ground", "感谢信"));
        Assert.Contains("数量不满一份，不计分", hours.Document.QuerySelector("[data-field=effect]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("数量还不满办法要的一份", hours.Document.QuerySelector("[data-field=after]")!.TextContent, StringComparison.Ordinal);

        // 随奖1: the file's number says nothing to whoever declares.
        var adopted = (await member.GetAsync("/declarations/new?fact=result-adopted")).Document.QuerySelector("[data-field=meaning]")!.TextContent;
        Assert.Contains("与“表彰奖励”内容相同的", adopted, StringComparison.Ordinal);
        using var recorder = await world.AsAsync(Recorder);
        Assert.Contains("达应参加互评人数的80%有效", (await recorder.GetAsync("/records/new?fact=peers-expected")).Document.QuerySelector("[data-field=meaning]")!.TextContent, StringComparison.Ordinal);

        await DeclareAsync(member, "teaching-merit", "2025-10-12");
        using var committee = await world.AsAsync(Committeeman);
        var waiting = await committee.GetAsync("/declarations/waiting");
        Assert.Equal("去初评（2025年10月）", waiting.Document.QuerySelector("a[data-action=review-round]")!.TextContent);
        var effect = (await committee.GetAsync($"/declarations/{await world.LastAsync()}")).Document.QuerySelector("[data-field=effect]")!.TextContent;
        Assert.Contains("分值由支部定，还没有定", effect, StringComparison.Ordinal);
        Assert.Contains("照此计算总分+1（按最低的算）", effect, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_level_that_is_not_the_scheme_s_is_refused_and_what_was_typed_stays()
    {
        await using var world = await StartAsync(cluster);
        using var member = await world.AsAsync(Member);
        var page = await DeclareAsync(member, "commendation", "2025-10-12", ("level", "全宇宙"), ("content", "优秀党员"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("没有“全宇宙”这个级别", page.Text, StringComparison.Ordinal);
        Assert.Equal("优秀党员", page.Document.QuerySelector("input[name=content]")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await DeclareAsync(member, "help", "2025-12-30")).Status);
    }

    [Fact]
    public async Task Who_reported_another_is_known_to_the_committee_without_the_person_concerned_and_to_nobody_else()
    {
        await using var world = await StartAsync(cluster);
        using var member = await world.AsAsync(Member);
        var done = await DeclareAsync(member, "deduction-1", "2025-10-12", ("person", Committeeman.ToString()));
        Assert.Contains("我报告的", done.Text, StringComparison.Ordinal);
        var id = await world.LastAsync();

        // Nothing in the ledger leads to him, nor says whom it is about.
        Assert.Equal(0, await world.OneAsync<int>(
            "select count(*)::int from ledger_entry where kind = 'declaration-submitted' and (recorded_by = @member or second_by = @member or person_id is not null or office <> 'member')",
            new { member = Member.Value }));
        Assert.Equal(0, await world.OneAsync<int>("select count(*)::int from ledger_entry where body like '%' || @member || '%'", new { member = Member.ToString() }));

        // The one it is about sits on the committee: he finds nothing, by page or by query.
        using var concerned = await world.AsAsync(Committeeman);
        Assert.Equal(HttpStatusCode.NotFound, (await concerned.GetAsync($"/declarations/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await concerned.GetAsync($"/declarations/{id}?reporter=1")).Status);
        Assert.Contains("没有等核实的申报", (await concerned.GetAsync("/declarations/waiting")).Text, StringComparison.Ordinal);
        foreach (var other in new[] { Committeeman, Second, Recorder, Stranger })
        {
            await using var scope = await DataScope.OpenAsync(world.Site.Database.App, other, new DateOnly(2025, 10, 20), Cancel);
            Assert.Equal(0, await scope.OneAsync<int>("select count(*)::int from declaration_reporter", cancel: Cancel));
            Assert.Equal(0, await scope.OneAsync<int>("select count(*)::int from declaration", cancel: Cancel));
        }

        // The secretary may ask; who reported sees that he was looked up.
        using var secretary = await world.AsAsync(Secretary);
        var page = await secretary.GetAsync($"/declarations/{id}");
        Assert.DoesNotContain("李文博", page.Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("李文博", (await secretary.GetAsync($"/declarations/{id}?reporter=1")).Document.QuerySelector("[data-field=declarer]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("是谁报告的", (await member.GetAsync("/me/looked-at")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("是谁报告的", (await concerned.GetAsync("/me/looked-at")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_of_a_report_are_opened_by_the_reporter_and_the_reviewers_and_not_by_whom_it_is_about()
    {
        await using var world = await StartAsync(cluster);
        using var member = await world.AsAsync(Member);
        var form = await member.GetAsync("/declarations/new?fact=deduction-1");
        var preview = await UploadAsync(
            member, form, "button[data-action=preview-declaration]", [("evidence", "现场.txt", "text/plain", "看到的情况"u8.ToArray())],
            ("on", "2025-10-12"), ("ground", "亲眼所见"), ("person", Committeeman.ToString()));
        await UploadAsync(member, preview, "button[data-action=submit-declaration]", []);
        var file = await world.OneAsync<Guid>("select evidence[1] from declaration");

        Assert.Equal(0, await world.OneAsync<int>("select count(*)::int from evidence where kept_by = @member", new { member = Member.Value }));
        async Task<HttpStatusCode> OpenAsync(PersonId person)
        {
            using var browser = await world.AsAsync(person);
            return (await browser.Http.GetAsync($"/evidence/{file}", Cancel)).StatusCode;
        }

        Assert.Equal(HttpStatusCode.OK, await OpenAsync(Member));
        Assert.Equal(HttpStatusCode.OK, await OpenAsync(Secretary));
        Assert.NotEqual(HttpStatusCode.OK, await OpenAsync(Committeeman));
        Assert.NotEqual(HttpStatusCode.OK, await OpenAsync(Second));
        Assert.Equal(HttpStatusCode.NotFound, await OpenAsync(Stranger));
    }

    [Fact]
    public async Task A_draft_is_its_owner_s_alone_and_goes_when_it_is_submitted()
    {
        await using var world = await StartAsync(cluster);
        using var member = await world.AsAsync(Member);
        var form = await member.GetAsync("/declarations/new?fact=help");
        var saved = await UploadAsync(member, form, "button[data-action=draft-declaration]", [("evidence", "感谢信.txt", "text/plain", "谢谢"u8.ToArray())], ("on", "2025-10-11"));
        Assert.Contains("草稿已存", saved.Text, StringComparison.Ordinal);
        Assert.Equal(0, await world.CountAsync("declaration-submitted"));
        var draft = await world.OneAsync<Guid>("select draft_id from declaration_draft");

        using var other = await world.AsAsync(Second);
        Assert.DoesNotContain("草稿", (await other.GetAsync("/declarations")).Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        var open = await member.GetAsync($"/declarations/new?draft={draft}");
        Assert.Equal("2025-10-11", open.Document.QuerySelector("input[name=on]")!.GetAttribute("value"));
        Assert.Contains("感谢信.txt", open.Text, StringComparison.Ordinal);
        var preview = await member.SubmitAsync(open, "button[data-action=preview-declaration]", ("ground", "社区感谢信"));
        var done = await member.SubmitAsync(preview, "button[data-action=submit-declaration]");
        Assert.Contains("已报上", done.Text, StringComparison.Ordinal);
        Assert.Equal(0, await world.OneAsync<int>("select count(*)::int from declaration_draft"));
        Assert.Equal(1, await world.OneAsync<int>("select cardinality(evidence) from declaration"));
    }

    [Fact]
    public async Task It_is_taken_back_by_its_declarer_only_and_once()
    {
        await using var world = await StartAsync(cluster);
        using var member = await world.AsAsync(Member);
        await DeclareAsync(member, "help", "2025-10-12");
        var id = await world.LastAsync();
        var page = await member.GetAsync($"/declarations/{id}");
        using var other = await world.AsAsync(Second);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/declarations/{id}")).Status);

        Assert.Contains("已撤回", (await member.SubmitAsync(page, "form[data-action=withdraw-declaration]")).Text, StringComparison.Ordinal);
        // The same click again is the same step; a new one is refused.
        await member.SubmitAsync(page, "form[data-action=withdraw-declaration]");
        Assert.Equal(1, await world.CountAsync("declaration-withdrawn"));
        var again = await member.SubmitAsync(page, "form[data-action=withdraw-declaration]", ("operation", Guid.CreateVersion7().ToString()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.Status);
        Assert.Contains("已经撤回", again.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_returned_with_a_reason_is_mended_and_submitted_again_and_the_first_stays()
    {
        await using var world = await StartAsync(cluster);
        using var member = await world.AsAsync(Member);
        await DeclareAsync(member, "help", "2025-10-12");
        var id = await world.LastAsync();
        using var committee = await world.AsAsync(Committeeman);
        var page = await committee.GetAsync($"/declarations/{id}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await committee.SubmitAsync(page, "form[data-action=return-declaration]", ("reason", "缺"))).Status);
        await committee.SubmitAsync(page, "form[data-action=return-declaration]", ("reason", "感谢信没有盖章"));

        var returned = await member.GetAsync($"/declarations/{id}");
        Assert.Contains("感谢信没有盖章", returned.Text, StringComparison.Ordinal);
        var mend = await member.GetAsync(returned.Document.QuerySelector("a[data-action=mend-declaration]")!.GetAttribute("href")!);
        var preview = await member.SubmitAsync(mend, "button[data-action=preview-declaration]", ("ground", "盖章的感谢信"));
        await member.SubmitAsync(preview, "button[data-action=submit-declaration]");

        Assert.Equal(1, await world.OneAsync<int>("select count(*)::int from declaration_state where state = 'replaced' and declaration_id = @id", new { id }));
        Assert.Equal(1, await world.OneAsync<int>("select count(*)::int from declaration_state where state = 'submitted' and replaces = @id", new { id }));
        // A reason is for those who see the declaration.
        await using var scope = await DataScope.OpenAsync(world.Site.Database.App, Second, new DateOnly(2025, 10, 20), Cancel);
        Assert.Equal(0, await scope.OneAsync<int>("select count(*)::int from written_text", cancel: Cancel));
    }

    [Fact]
    public async Task A_late_one_is_refused_with_what_can_be_done_instead()
    {
        await using var world = await StartAsync(cluster);
        using var committee = await world.AsAsync(Committeeman);
        await BeginReviewAsync(committee, "2025-q3");
        using var member = await world.AsAsync(Member);
        var page = await DeclareAsync(member, "help", "2025-09-12");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("初评后更正", page.Text, StringComparison.Ordinal);
        Assert.Contains("申辩", page.Text, StringComparison.Ordinal);
        Assert.Equal(0, await world.CountAsync("declaration-submitted"));
        // The running quarter is open all the same.
        Assert.Contains("已报上", (await DeclareAsync(member, "help", "2025-10-12")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_window_that_closed_while_the_form_was_open_refuses_what_comes_through_it()
    {
        await using var world = await StartAsync(cluster);
        using var member = await world.AsAsync(Member);
        var form = await member.GetAsync("/declarations/new?fact=help");
        var preview = await member.SubmitAsync(form, "button[data-action=preview-declaration]", ("on", "2025-09-12"), ("ground", "社区感谢信"));
        using var committee = await world.AsAsync(Committeeman);
        await BeginReviewAsync(committee, "2025-q3");

        var page = await member.SubmitAsync(preview, "button[data-action=submit-declaration]");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("已在2025年10月20日初评开始时截止", page.Text, StringComparison.Ordinal);
        Assert.Equal(0, await world.CountAsync("declaration-submitted"));
    }

    [Fact]
    public async Task The_same_click_twice_is_one_and_the_same_matter_again_is_refused()
    {
        await using var world = await StartAsync(cluster);
        using var member = await world.AsAsync(Member);
        var form = await member.GetAsync("/declarations/new?fact=help");
        var preview = await member.SubmitAsync(form, "button[data-action=preview-declaration]", ("on", "2025-10-12"), ("ground", "社区感谢信"));
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => member.SubmitAsync(preview, "button[data-action=submit-declaration]")));
        Assert.Equal(1, await world.CountAsync("declaration-submitted"));

        var again = await DeclareAsync(member, "help", "2025-10-12");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.Status);
        Assert.Contains("已经申报过", again.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Twice_the_same_and_several_people_for_one_matter_are_pointed_out()
    {
        await using var world = await StartAsync(cluster);
        using var member = await world.AsAsync(Member);
        await DeclareAsync(member, "commendation", "2025-10-12", ("level", "学校"), ("content", "“先进集体”"));
        using var second = await world.AsAsync(Second);
        var form = await second.GetAsync("/declarations/new?fact=commendation");
        var preview = await second.SubmitAsync(
            form, "button[data-action=preview-declaration]", ("on", "2025-10-13"), ("ground", "证书"), ("level", "学校"), ("content", "先进集体"));

        Assert.Contains("李文博", preview.Document.QuerySelector("[data-field=joint]")!.TextContent, StringComparison.Ordinal);
        var twice = await member.SubmitAsync(
            await member.GetAsync("/declarations/new?fact=commendation"), "button[data-action=preview-declaration]",
            ("on", "2025-10-15"), ("ground", "证书"), ("level", "无锡市"), ("content", "先进个人"));
        Assert.Contains("先进集体", twice.Document.QuerySelector("[data-field=twins]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_scheme_does_not_say_so_others_are_not_reported_and_where_nothing_is_declared_nobody_is_asked()
    {
        await using var world = await StartAsync(cluster);
        await world.AdoptAsync("district");
        using var member = await world.AsAsync(Member);
        var kinds = (await member.GetAsync("/declarations/new")).Document.QuerySelectorAll("a[data-fact]");
        Assert.NotEmpty(kinds);
        var form = await member.GetAsync($"/declarations/new?fact={kinds[0].GetAttribute("data-fact")}");
        Assert.Null(form.Document.QuerySelector("select[name=person]"));

        await world.AdoptAsync("jsu-law-2017");
        Assert.Contains("没有“申报”这一步", (await member.GetAsync("/declarations/new")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Foreign_ids_lead_nowhere()
    {
        await using var world = await StartAsync(cluster);
        using var member = await world.AsAsync(Member);
        await DeclareAsync(member, "help", "2025-10-12");
        var id = await world.LastAsync();
        using var stranger = await world.AsAsync(Stranger);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/declarations/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/declarations/new?fact=help&from={id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/declarations/{Guid.CreateVersion7()}")).Status);
        var page = await DeclareAsync(member, "deduction-1", "2025-10-12", ("person", Stranger.ToString()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("不在本支部的名册上", page.Text, StringComparison.Ordinal);
    }
}
