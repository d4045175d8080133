using System.Net;
using Jifen.Integration.World;
using Xunit;
using static Jifen.Integration.Records.RecordsWorld;

namespace Jifen.Integration.Rounds;

public sealed class RoundPageTests(Cluster cluster)
{
    private const string ThirdQuarter = "/rounds/2025-q3";
    private const string Review = "/rounds/2025-q3/review";

    [Fact]
    public async Task The_year_stands_as_the_scheme_lays_it_out_with_what_can_be_done_now()
    {
        await using var world = await StartAsync(cluster);
        using var member = await world.AsAsync(Member);

        var year = await member.GetAsync("/rounds");

        Assert.Contains("初评（2025年第三季度）", year.Text, StringComparison.Ordinal);
        Assert.NotNull(year.Document.QuerySelector("tr[data-id='2025-q4']"));
        var round = await member.GetAsync(ThirdQuarter);
        Assert.Equal("open", round.Document.QuerySelector("[data-id=初评]")!.GetAttribute("data-state"));
        Assert.Contains("先要完成：初评（2025年第三季度），由支委会办", round.Text, StringComparison.Ordinal);
        Assert.Empty((await member.GetAsync(Review)).Document.QuerySelectorAll("form[data-action=begin-review]"));
    }

    // The scheme was adopted by the college, whose entries a member does not read: how far the year has come he sees all the same.
    [Fact]
    public async Task A_member_reads_the_year_before_the_adoption_as_the_secretary_does()
    {
        await using var world = await StartAsync(cluster);
        using var secretary = await world.AsAsync(Secretary);
        using var member = await world.AsAsync(Member);

        // As if it had been adopted in the middle of its first year.
        await world.OneAsync<int>("with later as (update scheme_adoption set first_adopted_on = '2024-08-01' returning 1) select count(*)::int from later");
        var seen = await StatesAsync(secretary);

        Assert.Contains("outside", seen);
        Assert.Equal(seen, await StatesAsync(member));

        static async Task<List<string?>> StatesAsync(Browser browser) =>
            [.. (await browser.GetAsync("/rounds/2024-q1")).Document.QuerySelectorAll("[data-id][data-state]").Select(step => step.GetAttribute("data-state"))];
    }

    [Fact]
    public async Task Once_the_review_has_begun_it_does_not_begin_again_however_often_and_by_whomever_it_is_clicked()
    {
        await using var world = await StartAsync(cluster);
        using var secretary = await world.AsAsync(Secretary);
        using var committee = await world.AsAsync(Committeeman);
        var (first, second) = (await secretary.GetAsync(Review), await committee.GetAsync(Review));

        var answers = await Task.WhenAll(Begin(secretary, first), Begin(committee, second), Begin(secretary, first));

        Assert.Equal(1, await world.CountAsync("round-step-begun"));
        // Whoever was second is told so; when that is the secretary, so is the second click on the same form.
        Assert.Contains(answers, answer => answer.Status == HttpStatusCode.UnprocessableEntity && answer.Text.Contains("已在2025年10月20日开始", StringComparison.Ordinal));
        Assert.Contains(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Contains("走到“初评核实”", (await secretary.GetAsync(ThirdQuarter)).Text, StringComparison.Ordinal);
    }

    // 四3④ of 玉溪: 填写登记表 is the recorder's.
    [Fact]
    public async Task The_recorder_ends_the_step_that_names_him_and_finds_it_on_his_start_page_with_the_register_to_print()
    {
        await using var world = await StartAsync(cluster);
        await world.AdoptAsync(2025, "yxnu-2016");
        using var recorder = await world.AsAsync(Recorder);
        using var member = await world.AsAsync(Member);
        using var stranger = await world.AsAsync(Stranger);
        Assert.DoesNotContain("填写登记表", (await recorder.GetAsync("/")).Text, StringComparison.Ordinal);
        await world.EndAsync("2025-q3", "评定");

        var todo = (await recorder.GetAsync("/")).Document.QuerySelectorAll("main a").First(link => link.GetAttribute("href") == ThirdQuarter);
        Assert.Contains("填写登记表", todo.Closest("li, article, section")!.TextContent, StringComparison.Ordinal);
        // No clause names a day; that the quarter is over since the end of September is said all the same.
        Assert.Contains("等了19天", todo.Closest("li")!.TextContent, StringComparison.Ordinal);
        var page = await recorder.GetAsync(ThirdQuarter);
        var register = await recorder.GetAsync(page.Document.QuerySelector("a[data-action=open-register]")!.GetAttribute("href")!);
        Assert.Equal(5, register.Document.QuerySelectorAll(".jf-sheet-table tbody tr").Length);
        Assert.Contains("记录员（签字）", register.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("等次", register.Document.QuerySelector(".jf-sheet-table")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(1, await world.OneAsync<int>("select count(*)::int from read_log"));
        // With everybody's sheet behind it, each on paper of its own; who is on it finds that it was shown.
        var sheets = await recorder.GetAsync(register.Document.QuerySelector("a[data-action=open-sheets]")!.GetAttribute("href")!);
        Assert.Equal(5, sheets.Document.QuerySelectorAll(".jf-sheet-of-one").Length);
        Assert.NotEmpty(sheets.Document.QuerySelectorAll($".jf-sheet-of-one[data-id='{Member}'] .jf-reasons"));
        Assert.Contains("逐人得分单", (await member.GetAsync("/me/looked-at")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync($"/points/sheets?round=2025-q3&branch={Branch}")).Status);

        // That step and no other; and nobody without an office.
        Assert.Single(page.Document.QuerySelectorAll("form[data-action=end-step], form[data-action=begin-step]"));
        Assert.Empty((await member.GetAsync(ThirdQuarter)).Document.QuerySelectorAll("form[data-action=end-step]"));
        page = await recorder.SubmitAsync(page, "form[data-action=end-step]");
        Assert.Equal("ended", page.Document.QuerySelector("[data-id=填写登记表]")!.GetAttribute("data-state"));
        Assert.Equal("recorder", await world.OneAsync<string>("select office from ledger_entry where kind = 'round-step-ended' order by seq desc limit 1"));
        Assert.DoesNotContain("填写登记表", (await recorder.GetAsync("/")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_ended_too_early_is_opened_again_on_its_round_with_a_reason_and_the_superiors_consent_and_what_goes_along_is_named()
    {
        await using var world = await StartAsync(cluster);
        await world.AdoptAsync(2025, "yxnu-2016");
        await world.EndAsync("2025-q3", "评定");
        await world.EndAsync("2025-q3", "填写登记表");
        using var secretary = await world.AsAsync(Secretary);
        using var recorder = await world.AsAsync(Recorder);
        using var officer = await world.WithPasswordAsync(Officer);

        var page = await secretary.GetAsync(ThirdQuarter);
        Assert.Empty((await recorder.GetAsync(ThirdQuarter)).Document.QuerySelectorAll("form[data-action=reopen-step]"));
        var decision = page.Document.QuerySelector("[data-id=评定]")!.Closest("section")!;
        Assert.Contains("填写登记表", decision.QuerySelector("[data-field=along]")!.TextContent, StringComparison.Ordinal);
        var register = page.Document.QuerySelector("[data-id=填写登记表]")!.Closest("section")!;
        Assert.Contains("只开这一步", register.QuerySelector("[data-field=along]")!.TextContent, StringComparison.Ordinal);

        var form = $"#{register.Id} form[data-action=reopen-step]";
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await secretary.SubmitAsync(page, form, ("reopen-reason", "错"))).Status);
        var asked = await secretary.SubmitAsync(page, form, ("reopen-reason", "登记表漏打一页"), ("operation", Guid.CreateVersion7().ToString()));
        Assert.Contains("等上级的人确认", asked.Document.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
        await officer.SubmitAsync(await officer.GetAsync("/confirmations"), "button[value=confirm]");
        page = await secretary.GetAsync(ThirdQuarter);
        Assert.Equal("open", page.Document.QuerySelector("[data-id=填写登记表]")!.GetAttribute("data-state"));
        Assert.Equal("ended", page.Document.QuerySelector("[data-id=评定]")!.GetAttribute("data-state"));
    }

    // A scheme in which points are gathered begins at the bottom: that is no grade.
    [Fact]
    public async Task In_the_first_days_of_a_year_nobody_is_called_by_the_lowest_grade_and_nobody_is_behind()
    {
        await using var world = await StartAsync(cluster);
        await world.AdoptAsync(2026, "yxnu-2016");
        ((MovableClock)world.Site.Clock).Advance(TimeSpan.FromDays(77));
        using var member = await world.AsAsync(Member);

        var page = await member.GetAsync("/me");

        Assert.Contains("2026年", page.Text, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("[data-field=grade]"));
        Assert.DoesNotContain("组织处理", page.Text, StringComparison.Ordinal);
        using var recorder = await world.AsAsync(Recorder);
        Assert.DoesNotContain("落在进度后面", (await recorder.GetAsync("/")).Text, StringComparison.Ordinal);

        // Nothing done by June: that is where it leads, and what making it up would change.
        ((MovableClock)world.Site.Clock).Advance(TimeSpan.FromDays(150));
        using var later = await world.AsAsync(Member);
        var grade = (await later.GetAsync("/me")).Document.QuerySelector("[data-field=grade]")!.TextContent;
        Assert.Contains("照现在的进度", grade, StringComparison.Ordinal);
        Assert.Contains("缺的补齐是基本合格", grade, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_else_begins_it_and_a_round_of_another_branch_is_out_of_sight()
    {
        await using var world = await StartAsync(cluster);
        using var secretary = await world.AsAsync(Secretary);
        using var stranger = await world.AsAsync(Stranger);
        var form = await secretary.GetAsync(Review);

        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync($"{ThirdQuarter}?branch={Branch}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await secretary.GetAsync("/rounds/2025-q9")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await secretary.GetAsync("/rounds/somewhen")).Status);
        using var member = await world.AsAsync(Member);
        var answer = await member.SubmitAsync(await member.GetAsync(Review) with { Document = form.Document }, "form[data-action=begin-review]");
        Assert.NotEqual(HttpStatusCode.OK, answer.Status);
        Assert.Equal(0, await world.CountAsync("round-step-begun"));
    }

    [Fact]
    public async Task What_happened_in_a_reviewed_quarter_is_no_longer_recorded_by_the_recorder_and_what_happens_now_still_is()
    {
        await using var world = await StartAsync(cluster);
        using var recorder = await world.AsAsync(Recorder);
        using var secretary = await world.AsAsync(Secretary);
        Assert.Contains("已登记", (await RecordAsync(recorder, "badge-missing", Member, "2025-09-15")).Text, StringComparison.Ordinal);
        await Begin(secretary, await secretary.GetAsync(Review));
        Assert.Contains("已登记", (await RecordAsync(recorder, "badge-missing", Member, "2025-09-16")).Text, StringComparison.Ordinal);

        await world.EndAsync("2025-q3", "初评");

        var refused = await RecordAsync(recorder, "badge-missing", Member, "2025-09-17");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(2, await world.CountAsync("fact-recorded"));
        Assert.Contains("已登记", (await RecordAsync(recorder, "badge-missing", Member, "2025-10-17")).Text, StringComparison.Ordinal);
    }

    private static Task<Page> Begin(Browser browser, Page page) => browser.SubmitAsync(page, "form[data-action=begin-review]");
}
