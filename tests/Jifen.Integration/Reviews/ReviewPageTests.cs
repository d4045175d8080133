using System.Net;
using Jifen.Cycle.Organizations;
using Jifen.Integration.Declarations;
using Jifen.Integration.World;
using Xunit;
using static Jifen.Integration.Declarations.BranchYearWorld;
using static Jifen.Integration.Records.RecordsWorld;

namespace Jifen.Integration.Reviews;

/// <summary>初评 through the pages: what stands out first, the rest in one batch, two signatures under one table.</summary>
public sealed class ReviewPageTests(Cluster cluster)
{
    [Fact]
    public async Task A_declared_item_is_accepted_as_a_fact_that_names_it_and_counts()
    {
        await using var world = await StartAsync(cluster);
        using var member = await world.AsAsync(Member);
        await DeclareAsync(member, "help", "2025-09-12");
        var id = await world.LastAsync();
        using var committee = await world.AsAsync(Committeeman);
        var page = await BeginReviewAsync(committee, "2025-q3");
        Assert.NotNull(page.Document.QuerySelector($"#declared tr[data-id='{id}']"));

        var done = await committee.SubmitAsync(page, "form[data-action=accept-declarations]", ("declaration", id.ToString()));
        Assert.Contains("已认定1份申报", done.Text, StringComparison.Ordinal);
        Assert.Equal("counts", await world.OneAsync<string>("select state from fact where declaration_id = @id", new { id }));
        Assert.Equal(2m, await world.OneAsync<decimal>("select computed_as_accepted from declaration_state where declaration_id = @id", new { id }));
        Assert.Contains("联系帮扶", (await member.GetAsync("/me")).Text, StringComparison.Ordinal);
        Assert.Contains("已认定", (await member.GetAsync($"/declarations/{id}")).Text, StringComparison.Ordinal);
        // What the committee confirmed is not undone by the recorder alone.
        Assert.Contains("支委会初评（2025年第三季度）", await world.OneAsync<string>("select state_note from fact where declaration_id = @id", new { id }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dues_of_the_round_that_nobody_entered_are_named_before_it_is_signed()
    {
        await using var world = await StartAsync(cluster);
        using var committee = await world.AsAsync(Committeeman);

        var note = (await BeginReviewAsync(committee, "2025-q3")).Document.QuerySelector("[data-field=open-dues]")!;
        var missing = string.Concat(note.TextContent.Where(letter => !char.IsWhiteSpace(letter)));

        Assert.Contains("7月党费还有5人没有登记", missing, StringComparison.Ordinal);
        Assert.Contains("签署以后不能再登记", missing, StringComparison.Ordinal);
        // A way only for whoever may enter them.
        Assert.Null(note.QuerySelector("a"));
        using var secretary = await world.AsAsync(Secretary);
        Assert.NotNull((await secretary.GetAsync("/rounds/2025-q3/review")).Document.QuerySelector("[data-field=open-dues] a[href='/dues/2025-07']"));
        Assert.Contains("9月党费", missing, StringComparison.Ordinal);
        Assert.DoesNotContain("10月党费", missing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accepting_at_another_level_asks_for_a_reason_and_keeps_what_the_scheme_makes_of_both()
    {
        await using var world = await StartAsync(cluster);
        using var member = await world.AsAsync(Member);
        await DeclareAsync(member, "commendation", "2025-09-12", ("level", "无锡市"), ("content", "优秀党员"));
        var id = await world.LastAsync();
        using var committee = await world.AsAsync(Committeeman);
        await BeginReviewAsync(committee, "2025-q3");
        var page = await committee.GetAsync($"/declarations/{id}");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await committee.SubmitAsync(page, "form[data-action=accept-declaration]", ("level", "学校"))).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await committee.SubmitAsync(page, "form[data-action=accept-declaration]", ("level", "月球"), ("reason", "证书是校级的"))).Status);
        await committee.SubmitAsync(page, "form[data-action=accept-declaration]", ("level", "学校"), ("reason", "证书是校级的"));

        Assert.Equal("学校", await world.OneAsync<string>("select level from fact where declaration_id = @id", new { id }));
        Assert.Equal((2m, 1m), await world.OneAsync<(decimal, decimal)>("select computed_as_declared, computed_as_accepted from declaration_state where declaration_id = @id", new { id }));
        var own = await member.GetAsync($"/declarations/{id}");
        Assert.Contains("证书是校级的", own.Text, StringComparison.Ordinal);
        Assert.Contains("改动后认定", own.Text, StringComparison.Ordinal);
        Assert.Contains("照申报的+2分", own.Document.QuerySelector("[data-field=computed]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rejected_one_stays_with_its_reason_and_is_decided_once()
    {
        await using var world = await StartAsync(cluster);
        using var member = await world.AsAsync(Member);
        await DeclareAsync(member, "help", "2025-09-12");
        var id = await world.LastAsync();
        using var committee = await world.AsAsync(Committeeman);
        var before = await committee.GetAsync($"/declarations/{id}");
        Assert.Null(before.Document.QuerySelector("form[data-action=reject-declaration]"));
        await BeginReviewAsync(committee, "2025-q3");
        var page = await committee.GetAsync($"/declarations/{id}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await committee.SubmitAsync(page, "form[data-action=reject-declaration]", ("rejection", "否"))).Status);
        using var secretary = await world.AsAsync(Secretary);
        var open = await secretary.GetAsync($"/declarations/{id}");
        await committee.SubmitAsync(page, "form[data-action=reject-declaration]", ("rejection", "感谢信写的是别人"));

        var own = await member.GetAsync($"/declarations/{id}");
        Assert.Contains("感谢信写的是别人", own.Text, StringComparison.Ordinal);
        Assert.NotNull(own.Document.QuerySelector("a[data-action=answer-rejection]"));
        var late = await secretary.SubmitAsync(open, "form[data-action=accept-declaration]");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.Status);
        Assert.Equal(0, await world.CountAsync("fact-recorded"));
        Assert.Equal(0, await world.OneAsync<int>("select count(*)::int from ledger_entry where body like '%感谢信写的是别人%'"));
    }

    [Fact]
    public async Task Two_who_decide_at_once_decide_one_after_the_other_and_the_second_is_told()
    {
        await using var world = await StartAsync(cluster);
        using var member = await world.AsAsync(Member);
        await DeclareAsync(member, "help", "2025-09-12");
        var id = await world.LastAsync();
        using var committee = await world.AsAsync(Committeeman);
        using var secretary = await world.AsAsync(Secretary);
        await BeginReviewAsync(committee, "2025-q3");
        var (one, other) = (await committee.GetAsync($"/declarations/{id}"), await secretary.GetAsync($"/declarations/{id}"));
        var answers = await Task.WhenAll(
            committee.SubmitAsync(one, "form[data-action=accept-declaration]"), secretary.SubmitAsync(other, "form[data-action=reject-declaration]", ("rejection", "没有证明材料")));
        Assert.Equal(1, answers.Count(answer => answer.Status == HttpStatusCode.UnprocessableEntity));
        Assert.Equal(1, await world.CountAsync("declaration-accepted") + await world.CountAsync("declaration-rejected"));
    }

    [Fact]
    public async Task Nobody_decides_his_own_and_the_recorder_s_is_decided_by_the_secretary()
    {
        await using var world = await StartAsync(cluster);
        using var committee = await world.AsAsync(Committeeman);
        using var recorder = await world.AsAsync(Recorder);
        await DeclareAsync(committee, "help", "2025-09-12");
        var own = await world.LastAsync();
        await DeclareAsync(recorder, "help", "2025-09-12");
        var theirs = await world.LastAsync();
        using var member = await world.AsAsync(Member);
        await DeclareAsync(member, "help", "2025-09-12");
        var page = await BeginReviewAsync(committee, "2025-q3");

        Assert.Null(page.Document.QuerySelector($"tr[data-id='{own}']"));
        Assert.Null((await committee.GetAsync($"/declarations/{own}")).Document.QuerySelector("form[data-action=accept-declaration]"));
        var forced = await committee.SubmitAsync(page, "form[data-action=accept-declarations]", ("declaration", own.ToString()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, forced.Status);
        Assert.Contains("书记或副书记核实", (await committee.GetAsync($"/declarations/{theirs}")).Document.QuerySelector("[data-field=why-not]")!.TextContent, StringComparison.Ordinal);
        var refused = await committee.SubmitAsync(page, "form[data-action=accept-declarations]", ("declaration", theirs.ToString()), ("operation", Guid.CreateVersion7().ToString()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);

        using var secretary = await world.AsAsync(Secretary);
        await secretary.SubmitAsync(await secretary.GetAsync($"/declarations/{theirs}"), "form[data-action=accept-declaration]");
        await secretary.SubmitAsync(await secretary.GetAsync($"/declarations/{own}"), "form[data-action=accept-declaration]");
        Assert.Equal(2, await world.CountAsync("declaration-accepted"));
        // Marks too: everybody but oneself and the recorder.
        var marks = await committee.GetAsync("/rounds/2025-q3/review");
        Assert.Equal("回避：本人的，由沈书记核实", marks.Document.QuerySelector($"tr[data-id='{Committeeman}'] [data-field=recused]")!.TextContent);
        Assert.Equal("回避：记录员本人的，由沈书记核实", marks.Document.QuerySelector($"tr[data-id='{Recorder}'] [data-field=recused]")!.TextContent);
        Assert.Null(marks.Document.QuerySelector($"tr[data-id='{Member}'] [data-field=recused]"));
        Assert.Null(marks.Document.QuerySelector("[data-field=waits-for]"));
        Assert.Null(marks.Document.QuerySelector($"input[name=person][value='{Committeeman}']"));
        Assert.Null(marks.Document.QuerySelector($"input[name=person][value='{Recorder}']"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await committee.SubmitAsync(marks, "form[data-action=review-points]", ("person", Committeeman.ToString()))).Status);
        // What is left is for somebody else, who is named; the recorder is told whose step it is.
        foreach (var person in new[] { Secretary, Member, Second })
        {
            marks = await committee.SubmitAsync(await committee.GetAsync("/rounds/2025-q3/review"), "form[data-action=review-points]", ("person", person.ToString()));
        }

        var waits = marks.Document.QuerySelector("[data-field=waits-for]")!.TextContent;
        Assert.Contains("孟支委，由沈书记核实", waits, StringComparison.Ordinal);
        Assert.Contains("陈记录，由沈书记核实", waits, StringComparison.Ordinal);
        Assert.Contains("这一步由支委会办：", (await recorder.GetAsync("/rounds/2025-q3/review")).Document.QuerySelector("[data-field=whose-step]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_of_somebody_on_the_committee_is_not_decided_by_himself()
    {
        await using var world = await StartAsync(cluster);
        using var committee = await world.AsAsync(Committeeman);
        await DeclareAsync(committee, "deduction-1", "2025-09-12", ("person", Member.ToString()));
        var id = await world.LastAsync();
        await BeginReviewAsync(committee, "2025-q3");
        var page = await committee.GetAsync($"/declarations/{id}");
        Assert.Contains("没有报告它的人核实", page.Text, StringComparison.Ordinal);
        Assert.Equal(
            "回避：您报告的，由别人核实",
            (await committee.GetAsync("/rounds/2025-q3/review")).Document.QuerySelector($"#declared tr[data-id='{id}'] [data-field=recused]")!.TextContent);

        using var secretary = await world.AsAsync(Secretary);
        await secretary.SubmitAsync(await secretary.GetAsync($"/declarations/{id}"), "form[data-action=accept-declaration]");
        // Now it is a fact about the member; who reported it is still nowhere.
        using var member = await world.AsAsync(Member);
        Assert.Contains("减分情形1", (await member.GetAsync("/me")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await member.GetAsync($"/declarations/{id}")).Status);
        Assert.DoesNotContain("孟支委", (await member.GetAsync("/me/history")).Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_lost_points_stands_first_and_the_rest_is_accepted_in_one_batch()
    {
        await using var world = await StartAsync(cluster);
        using var recorder = await world.AsAsync(Recorder);
        await RecordAsync(recorder, "badge-missing", Second, "2025-08-12");
        using var secretary = await world.AsAsync(Secretary);
        var page = await BeginReviewAsync(secretary, "2025-q3");
        var first = page.Document.QuerySelector("#points tbody tr")!;
        Assert.Equal(Second.ToString(), first.GetAttribute("data-id"));
        Assert.Contains("本期扣分", first.TextContent, StringComparison.Ordinal);
        Assert.False(first.QuerySelector("input[name=person]")!.HasAttribute("checked"));

        // As the page proposes: everybody nothing is to be seen of.
        var chosen = page.Document.QuerySelectorAll("input[name=person][checked]").Select(input => input.GetAttribute("value")).ToList();
        Assert.Contains(Member.ToString(), chosen);
        Assert.DoesNotContain(Second.ToString(), chosen);
        var done = await secretary.SubmitAsync(page, "form[data-action=review-points]");
        Assert.Equal("reviewed", done.Document.QuerySelector($"tr[data-id='{Member}']")!.GetAttribute("data-state"));
        // What changes afterwards is looked at again.
        await RecordAsync(recorder, "badge-missing", Member, "2025-08-13");
        var again = await secretary.GetAsync("/rounds/2025-q3/review");
        Assert.Equal("waiting", again.Document.QuerySelector($"tr[data-id='{Member}']")!.GetAttribute("data-state"));
        Assert.Contains("以后有变动", again.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_signed_by_two_over_the_same_table_when_nothing_waits_any_more()
    {
        await using var world = await StartAsync(cluster);
        using var member = await world.AsAsync(Member);
        await DeclareAsync(member, "help", "2025-09-12");
        var id = await world.LastAsync();
        using var committee = await world.AsAsync(Committeeman);
        using var secretary = await world.AsAsync(Secretary);
        var page = await BeginReviewAsync(committee, "2025-q3");
        Assert.Contains("1份申报没有核实", page.Document.QuerySelector("[data-field=missing]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await committee.SubmitAsync(page, "form[data-action=sign-review]")).Status);
        await committee.SubmitAsync(page, "form[data-action=accept-declarations]", ("declaration", id.ToString()));

        await ReviewAllAsync(committee, secretary);
        await world.AllCanSignInAsync();
        var ready = await committee.GetAsync("/rounds/2025-q3/review");
        var signed = await committee.SubmitAsync(ready, "form[data-action=sign-review]");
        Assert.True(signed.Text.Contains("等另一位", StringComparison.Ordinal), signed.Text);
        Assert.Equal(0, await world.CountAsync("round-step-ended"));

        // Nobody signs for both.
        using var same = await world.AsAsync(Committeeman);
        Assert.Null((await same.GetAsync("/confirmations")).Document.QuerySelector("button[data-action=confirm-step]"));
        // The second is led to it, and does not make a request of his own.
        var desk = await secretary.GetAsync("/rounds/2025-q3/review");
        Assert.Null(desk.Document.QuerySelector("form[data-action=sign-review]"));
        Assert.Equal("/confirmations", desk.Document.QuerySelector("[data-field=signed] a")!.GetAttribute("href"));
        Assert.NotNull(desk.Document.QuerySelector($"a[href='/points/{Member}?round=2025-q3']"));
        var waiting = await secretary.GetAsync("/confirmations");
        await secretary.SubmitAsync(waiting, "button[data-action=confirm-step]");
        var digest = ready.Document.QuerySelector("[data-field=digest]")!.GetAttribute("title");
        Assert.Equal(digest, await world.OneAsync<string>("select digest from round_step where round = '2025-q3' and step = '初评'"));
        Assert.NotEqual(
            await world.OneAsync<Guid>("select recorded_by from ledger_entry where kind = 'round-step-ended'"),
            await world.OneAsync<Guid>("select second_by from ledger_entry where kind = 'round-step-ended'"));
        // Everybody sees that it is signed, and what.
        Assert.Equal(digest, (await member.GetAsync("/rounds/2025-q3/review")).Document.QuerySelector("[data-field=signed-digest]")!.GetAttribute("title"));
    }

    [Fact]
    public async Task The_second_does_not_sign_a_table_that_has_changed_since_the_first()
    {
        await using var world = await StartAsync(cluster);
        using var committee = await world.AsAsync(Committeeman);
        using var secretary = await world.AsAsync(Secretary);
        await BeginReviewAsync(committee, "2025-q3");
        await ReviewAllAsync(committee, secretary);
        await world.AllCanSignInAsync();
        await committee.SubmitAsync(await committee.GetAsync("/rounds/2025-q3/review"), "form[data-action=sign-review]");
        var waiting = await secretary.GetAsync("/confirmations");
        using var recorder = await world.AsAsync(Recorder);
        await RecordAsync(recorder, "badge-missing", Member, "2025-08-13");

        var refused = await secretary.SubmitAsync(waiting, "button[data-action=confirm-step]");
        Assert.Contains("积分表有了变动", refused.Text, StringComparison.Ordinal);
        Assert.NotNull((await secretary.GetAsync("/rounds/2025-q3/review")).Document.QuerySelector("form[data-action=sign-review]"));
        Assert.Equal(0, await world.CountAsync("round-step-ended"));
    }

    [Fact]
    public async Task A_finding_is_read_by_the_person_and_the_reviewers_only()
    {
        await using var world = await StartAsync(cluster);
        using var committee = await world.AsAsync(Committeeman);
        await BeginReviewAsync(committee, "2025-q3");
        var form = await committee.GetAsync($"/rounds/2025-q3/review?finding={Member}");
        var done = await committee.SubmitAsync(form, "form[data-action=write-finding]", ("finding", "志愿服务突出"));
        Assert.Contains("志愿服务突出", done.Text, StringComparison.Ordinal);
        var own = await committee.GetAsync($"/rounds/2025-q3/review?finding={Committeeman}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await committee.SubmitAsync(own, "form[data-action=write-finding]", ("finding", "我很好"))).Status);
        using var other = await world.AsAsync(Second);
        Assert.DoesNotContain("志愿服务突出", (await other.GetAsync("/rounds/2025-q3/review")).Text, StringComparison.Ordinal);
        Assert.Equal(0, await world.OneAsync<int>("select count(*)::int from ledger_entry where body like '%志愿服务突出%'"));
    }

    [Fact]
    public async Task The_body_the_scheme_names_reviews_and_nobody_else()
    {
        await using var world = await StartAsync(cluster);
        await world.AdoptAsync("jsu-law-2017");
        await world.AppointAsync(Second, Office.Evaluator);
        ((MovableClock)world.Site.Clock).Advance(TimeSpan.FromDays(100));
        using var secretary = await world.AsAsync(Secretary);
        var round = await world.TermAsync(secretary);
        var page = await secretary.GetAsync($"/rounds/{round}/review");
        Assert.Null(page.Document.QuerySelector("form[data-action=begin-review]"));
        Assert.Contains("由考评小组办", page.Text, StringComparison.Ordinal);
        using var evaluator = await world.AsAsync(Second);
        await BeginReviewAsync(evaluator, round);
        Assert.Equal(1, await world.CountAsync("round-step-begun"));
        using var member = await world.AsAsync(Member);
        Assert.Null((await member.GetAsync($"/rounds/{round}/review")).Document.QuerySelector("#points"));
        using var stranger = await world.AsAsync(Stranger);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync($"/rounds/{round}/review?branch={Branch}")).Status);
    }

    internal static async Task ReviewAllAsync(Browser committee, Browser secretary)
    {
        foreach (var browser in new[] { secretary, committee })
        {
            while (true)
            {
                var page = await browser.GetAsync("/rounds/2025-q3/review");
                if (page.Document.QuerySelector("input[name=person]") is not { } one)
                {
                    break;
                }

                await browser.SubmitAsync(page, "form[data-action=review-points]", ("person", one.GetAttribute("value")!));
            }
        }
    }
}
