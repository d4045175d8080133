using System.Net;
using Jifen.Integration.World;
using Xunit;
using static Jifen.Integration.AnnualResults.ResultWorld;

namespace Jifen.Integration.AnnualResults;

/// <summary>What a settled year leaves to do stands on the start page of whoever has to do it, and on the handover of the post.</summary>
public sealed class YearEndTodoTests(Cluster cluster)
{
    private static readonly (string, string)[] Taken = [("taken", "yes"), ("body", "支部党员大会"), ("on", "2026-01-05"), ("reason", "缺得多，先谈再帮")];

    [Fact]
    public async Task Consequences_are_asked_of_the_branch_then_of_the_officer_with_how_long_they_have_waited()
    {
        await using var world = await SettledAsync();
        using var committeeman = await world.AsAsync(Committeeman);
        // 用1 of two, 用2 of one; nobody is asked about himself.
        Assert.Contains("定3件结果运用：2025年度", await NowAsync(committeeman), StringComparison.Ordinal);
        await ProposeAsync(committeeman);
        Assert.Contains("定2件结果运用：2025年度", await NowAsync(committeeman), StringComparison.Ordinal);
        // In January a member looks for the year that was settled, and the list of rounds for the one that has not gone up.
        using var member = await world.AsAsync(Member(1));
        Assert.Contains("2025年度", (await member.GetAsync("/")).Document.QuerySelector("[data-field=last-year]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("2025年度", (await member.GetAsync("/rounds")).Text, StringComparison.Ordinal);

        world.Clock.Advance(TimeSpan.FromDays(4));
        using var officer = await world.AsAsync(Officer);
        var above = await NowAsync(officer);
        Assert.Contains("批准或不批准软件支部的结果运用（1件）", above, StringComparison.Ordinal);
        Assert.Contains("已等4天", above, StringComparison.Ordinal);
        using var auditor = await world.AsAsync(Discipline);
        Assert.DoesNotContain("批准或不批准", await NowAsync(auditor), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whom_an_approved_consequence_concerns_is_told_on_the_own_start_page()
    {
        await using var world = await SettledAsync();
        using var concerned = await world.AsAsync(Member(6));
        using var committeeman = await world.AsAsync(Committeeman);
        await ProposeAsync(committeeman);
        Assert.DoesNotContain("已批准", (await concerned.GetAsync("/")).Text, StringComparison.Ordinal);
        using var officer = await world.AsAsync(Officer);
        var address = $"/results/{Member(6)}/{Uri.EscapeDataString("用2")}?year=2025";
        await officer.SubmitAsync(await officer.GetAsync($"{address}&branch={Branch}"), "button[value=approve]");

        var told = (await concerned.GetAsync("/")).Document.QuerySelectorAll("#now .jf-task")
            .Single(task => task.TextContent.Contains("对您的结果运用已批准：支部谈心谈话、结对帮扶", StringComparison.Ordinal));
        Assert.Contains("缺得多，先谈再帮", (await concerned.GetAsync(told.QuerySelector("a.btn")!.GetAttribute("href")!)).Text, StringComparison.Ordinal);
        using var other = await world.AsAsync(Member(1));
        Assert.DoesNotContain("已批准", (await other.GetAsync("/")).Text, StringComparison.Ordinal);

        var responsible = (await committeeman.GetAsync($"/results/measures?person={Member(6)}")).Document.QuerySelectorAll("select[name=responsible] option").Select(option => option.GetAttribute("value"));
        Assert.Contains(Member(1).ToString(), responsible);
        Assert.DoesNotContain(Member(6).ToString(), responsible);

        world.Clock.Advance(TimeSpan.FromDays(31));
        using var later = await world.AsAsync(Member(6));
        Assert.DoesNotContain("已批准", (await later.GetAsync("/")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_measure_is_the_named_members_to_record_and_overdue_it_is_first_on_the_secretarys_page()
    {
        await using var world = await SettledAsync();
        using var committeeman = await world.AsAsync(Committeeman);
        await committeeman.SubmitAsync(
            await committeeman.GetAsync("/results/measures"), "form[data-action=begin-measure]",
            ("person", Member(6).ToString()), ("kind", "paired-help"), ("due", "2026-03-01"), ("responsible", Member(1).ToString()));
        var address = $"/results/measures/{(await world.QueryAsync<Guid>("select measure_id from help_measure"))[0]}";

        using var named = await world.AsAsync(Member(1));
        var own = await named.GetAsync("/");
        Assert.Contains("结对帮扶：党员6，由您负责", own.Document.QuerySelector("#now")!.TextContent, StringComparison.Ordinal);
        var recorded = await named.SubmitAsync(await named.GetAsync(address), "form[data-action=record-measure]", ("text", "每周一起学习一次，已开始"), ("on", "2026-01-05"));
        Assert.Contains("每周一起学习一次", recorded.Document.QuerySelector("#records")!.TextContent, StringComparison.Ordinal);
        Assert.Null(recorded.Document.QuerySelector("form[data-action=end-measure]"));
        using var other = await world.AsAsync(Member(2));
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(address)).Status);
        Assert.DoesNotContain("党员6", await NowAsync(named, "/results/measures", "main"), StringComparison.Ordinal);

        world.Clock.Advance(TimeSpan.FromDays(60));
        using var secretary = await world.AsAsync(Secretary);
        var first = (await secretary.GetAsync("/")).Document.QuerySelectorAll("#now .jf-task")
            .First(task => task.TextContent.Contains("催办结对帮扶：党员6", StringComparison.Ordinal));
        Assert.Contains("逾期5天", first.TextContent, StringComparison.Ordinal);
        Assert.Contains("党员1负责，已记1次", first.TextContent, StringComparison.Ordinal);
        Assert.NotNull(first.QuerySelector(".jf-overdue"));
        using var officer = await world.AsAsync(Officer);
        var above = await NowAsync(officer);
        Assert.Contains("督促软件支部办结帮教措施（1项）", above, StringComparison.Ordinal);
        Assert.DoesNotContain("党员6", above, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_approved_is_to_be_carried_out_until_a_measure_is_begun_for_it()
    {
        await using var world = await SettledAsync();
        using var committeeman = await world.AsAsync(Committeeman);
        await ProposeAsync(committeeman);
        Assert.DoesNotContain("已批准的结果运用", await NowAsync(committeeman), StringComparison.Ordinal);
        using var officer = await world.AsAsync(Officer);
        var one = $"/results/{Member(6)}/{Uri.EscapeDataString("用2")}?year=2025";
        await officer.SubmitAsync(await officer.GetAsync($"{one}&branch={Branch}"), "button[value=approve]");

        var task = (await committeeman.GetAsync("/")).Document.QuerySelectorAll("#now .jf-task")
            .Single(task => task.TextContent.Contains("落实1件已批准的结果运用：2025年度", StringComparison.Ordinal));
        var approved = await committeeman.GetAsync(task.QuerySelector("a.btn")!.GetAttribute("href")!);
        await committeeman.SubmitAsync(
            await committeeman.GetAsync(approved.Document.QuerySelector("[data-action=begin-measure]")!.GetAttribute("href")!), "form[data-action=begin-measure]",
            ("kind", "paired-help"), ("due", "2026-03-01"), ("responsible", Member(1).ToString()));
        Assert.DoesNotContain("已批准的结果运用", await NowAsync(committeeman), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filing_is_the_officers_while_it_is_up_and_the_secretarys_when_it_came_back_and_the_handover_says_the_same()
    {
        await using var world = await SettledAsync();
        using var secretary = await world.AsAsync(Secretary);
        Assert.Contains("备案：2025年度", await NowAsync(secretary), StringComparison.Ordinal);
        await secretary.SubmitAsync(await secretary.GetAsync("/rounds/2025/filing"), "form[data-action=submit-filing]");
        using var second = await world.AsAsync(Committeeman);
        var asked = (await second.GetAsync("/")).Document.QuerySelectorAll("#now .jf-task").Single(task => task.TextContent.Contains("确认1件", StringComparison.Ordinal));
        Assert.Contains("还剩", asked.TextContent, StringComparison.Ordinal);
        // What it is, before one goes there.
        Assert.Contains($"别人提出的事：{(await world.QueryAsync<string>("select summary from pending_step"))[^1]}", asked.TextContent, StringComparison.Ordinal);
        await world.ConfirmAsync(Committeeman);
        Assert.DoesNotContain("备案", await NowAsync(secretary), StringComparison.Ordinal);

        world.Clock.Advance(TimeSpan.FromDays(3));
        using var officer = await world.AsAsync(Officer);
        var task = (await officer.GetAsync("/")).Document.QuerySelectorAll("#now .jf-task")
            .Single(task => task.TextContent.Contains("接收或退回软件支部的备案：2025年度", StringComparison.Ordinal));
        Assert.Contains("1月5日报来，已等3天", task.TextContent, StringComparison.Ordinal);
        var detail = await officer.GetAsync(task.QuerySelector("a.btn")!.GetAttribute("href")!);
        await officer.SubmitAsync(detail, "button[value=return]", ("reason", "迟到次数与签到表不符"));

        using var later = await world.AsAsync(Secretary);
        var back = await NowAsync(later);
        Assert.Contains("补正后重报备案：2025年度", back, StringComparison.Ordinal);
        Assert.Contains("迟到次数与签到表不符", back, StringComparison.Ordinal);
        var term = (await world.QueryAsync<Guid>("select office_term_id from office_term where person_id = @person", new { person = Secretary.Value }))[0];
        Assert.Contains("补正后重报备案：2025年度", await NowAsync(later, $"/offices/{term}/handover"), StringComparison.Ordinal);
        // Whoever gives the post from above reads what is open, not what was written about it.
        var given = await NowAsync(officer, $"/offices/{term}/handover");
        Assert.Contains("补正后重报备案：2025年度", given, StringComparison.Ordinal);
        Assert.DoesNotContain("迟到次数与签到表不符", given, StringComparison.Ordinal);
    }

    private static Task ProposeAsync(Browser committeeman) =>
        AnswerAsync(committeeman, $"/results/{Member(6)}/{Uri.EscapeDataString("用2")}?year=2025");

    private static async Task AnswerAsync(Browser committeeman, string address) =>
        await committeeman.SubmitAsync(await committeeman.GetAsync(address), "form[data-action=propose-outcome]", Taken);

    private static async Task<string> NowAsync(Browser browser, string address = "/", string part = "#now") =>
        (await browser.GetAsync(address)).Document.QuerySelector(part)!.TextContent;

    private async Task<ResultWorld> SettledAsync()
    {
        var world = await StartAsync(cluster);
        await world.OrdinaryYearAsync();
        await world.SettleAsync();
        return world;
    }
}
