using System.Net;
using Jifen.Cycle;
using Jifen.Cycle.Rounds;
using Jifen.Cycle.Notices;
using Jifen.Integration.World;
using Jifen.Store.Steps;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Jifen.Integration.Notices.NoticeWorld;
using static Jifen.Integration.Records.RecordsWorld;

namespace Jifen.Integration.Notices;

public sealed class NoticePageTests(Cluster cluster)
{
    [Fact]
    public async Task One_prepares_another_publishes_members_read_it_masked_and_nobody_ends_it_early()
    {
        await using var world = await DecidedAsync(cluster);
        using var secretary = await world.AsAsync(Secretary);
        var page = await secretary.GetAsync(Url);
        var drafted = await secretary.SubmitAsync(page, "form[data-action=prepare-notice]");
        Assert.Contains("公示稿已拟好", drafted.Text, StringComparison.Ordinal);

        Assert.Null(drafted.Document.QuerySelector("form[data-action=publish-notice]"));
        Assert.Contains("由另一位支委", drafted.Document.QuerySelector("[data-field=own-draft]")!.TextContent, StringComparison.Ordinal);
        using var committeeman = await world.AsAsync(Committeeman);
        var draft = await committeeman.GetAsync(Url);
        var own = await world.Site.Services.GetRequiredService<NoticeSteps>().PublishAsync(
            Branch, new PublishNotice(new NoticeId(await world.OneAsync<Guid>("select notice_id from notice")), await world.OneAsync<string>("select digest from notice"), false),
            Secretary, new OperationId(Guid.CreateVersion7()), TestContext.Current.CancellationToken);
        Assert.Contains("由另一个人确认", own.Refusal!.Message, StringComparison.Ordinal);
        Assert.Equal(0, await world.CountAsync("notice-published"));

        var published = await committeeman.SubmitAsync(draft, "form[data-action=publish-notice]");
        Assert.Contains("已发布", published.Text, StringComparison.Ordinal);
        await committeeman.SubmitAsync(draft, "form[data-action=publish-notice]");
        Assert.Equal(1, await world.CountAsync("notice-published"));
        Assert.Equal(Committeeman.Value, await world.OneAsync<Guid>("select recorded_by from ledger_entry where kind = 'notice-published'"));
        Assert.Equal(Secretary.Value, await world.OneAsync<Guid>("select second_by from ledger_entry where kind = 'notice-published'"));

        using var member = await world.AsAsync(Member);
        var read = await member.GetAsync(Url);
        Assert.Contains("公示期：2025年10月21日至2025年10月27日（5个工作日", read.Text, StringComparison.Ordinal);
        Assert.Contains("2025年11月3日以前提出", read.Text, StringComparison.Ordinal);
        var mine = read.Document.QuerySelector($"tr[data-id='{Member}']")!;
        Assert.Contains("李*博", mine.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("周可欣", read.Document.QuerySelector("[data-field=notice]")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(mine.QuerySelector("a[data-action=object]"));
        // On a phone one looks for oneself first.
        var toMine = read.Document.QuerySelector("[data-field=notice] a[data-action=own-row]")!;
        Assert.Equal($"#{mine.Id}", toMine.GetAttribute("href"));
        Assert.Contains("总分", toMine.TextContent, StringComparison.Ordinal);
        using var officer = await world.AsAsync(Officer);
        Assert.Null((await officer.GetAsync($"{Url}?branch={Branch}")).Document.QuerySelector("a[data-action=own-row]"));

        Assert.Null((await secretary.GetAsync(Url)).Document.QuerySelector("form[data-action=end-notice]"));
        MoveTo(world, 11, 3);
        using var lastDay = await world.AsAsync(Secretary);
        var early = await lastDay.GetAsync(Url);
        Assert.Contains("谁都不能提前结束", early.Document.QuerySelector("[data-field=not-yet]")!.TextContent, StringComparison.Ordinal);

        MoveTo(world, 11, 4);
        using var after = await world.AsAsync(Secretary);
        var ended = await after.SubmitAsync(await after.GetAsync(Url), "form[data-action=end-notice]");
        Assert.Contains("公示已结束", ended.Text, StringComparison.Ordinal);
        using var reader = await world.AsAsync(Member);
        Assert.Single((await reader.GetAsync(Url)).Document.QuerySelectorAll("[data-field=notice] tbody tr"));
    }

    [Fact]
    public async Task A_draft_waits_on_the_start_page_of_those_who_may_publish_it_and_says_so_to_who_prepared_it()
    {
        await using var world = await DecidedAsync(cluster);
        using var secretary = await world.AsAsync(Secretary);
        using var committeeman = await world.AsAsync(Committeeman);
        Assert.Contains("公示：2025年第三季度", await NowAsync(committeeman), StringComparison.Ordinal);

        await secretary.SubmitAsync(await secretary.GetAsync(Url), "form[data-action=prepare-notice]");
        var waits = await NowAsync(committeeman);
        Assert.Contains("公示稿等您审查、发布：公示（2025年第三季度）", waits, StringComparison.Ordinal);
        Assert.DoesNotContain("公示：2025年第三季度", waits, StringComparison.Ordinal);
        Assert.Contains("公示稿等别人审查、发布", await NowAsync(secretary), StringComparison.Ordinal);

        await committeeman.SubmitAsync(await committeeman.GetAsync(Url), "form[data-action=publish-notice]");
        Assert.DoesNotContain("公示稿等", await NowAsync(committeeman), StringComparison.Ordinal);

        static async Task<string> NowAsync(Browser browser) => (await browser.GetAsync("/")).Document.QuerySelector("#now")!.TextContent;
    }

    [Fact]
    public async Task A_notice_whose_step_was_opened_again_says_which_by_whom_and_why_and_is_corrected_when_its_turn_comes()
    {
        await using var world = await NoticeWorld.DecidedAsync(cluster);
        await NoticeWorld.PublishAsync(world);
        await world.EnterTogetherAsync(new RoundStepReopened("2025-q3", "公示", "漏登了一次志愿服务"), new RoundStepReopened("2025-q3", "评定", "漏登了一次志愿服务"));
        using var member = await world.AsAsync(Member);

        var said = (await member.GetAsync(NoticeWorld.Url)).Document.QuerySelector("[data-field=reopened]")!.TextContent;
        Assert.Contains("“评定”于2025年10月20日重新开启（沈书记提出）：漏登了一次志愿服务", said, StringComparison.Ordinal);
        using var secretary = await world.AsAsync(Secretary);
        Assert.Null((await secretary.GetAsync(NoticeWorld.Url)).Document.QuerySelector("form[data-action=prepare-notice]"));

        await world.EndAsync("2025-q3", "评定");
        await NoticeWorld.PublishAsync(world, ("correction", "补登一次志愿服务"));
        var corrected = await member.GetAsync(NoticeWorld.Url);
        Assert.Null(corrected.Document.QuerySelector("[data-field=reopened]"));
        Assert.Contains("补登一次志愿服务", corrected.Document.QuerySelector("[data-field=correction]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, await world.CountAsync("notice-published"));
    }

    [Fact]
    public async Task The_general_page_of_a_round_neither_begins_nor_ends_a_notice()
    {
        await using var world = await DecidedAsync(cluster);
        await PublishAsync(world);
        using var secretary = await world.AsAsync(Secretary);
        var round = await secretary.GetAsync("/rounds/2025-q3");

        Assert.NotNull(round.Document.QuerySelector("a[data-action=open-step]"));
        Assert.Null(round.Document.QuerySelector("form[data-action=end-step]"));
    }

    [Fact]
    public async Task A_corrected_notice_takes_the_place_of_the_first_which_stays_readable()
    {
        await using var world = await DecidedAsync(cluster);
        await PublishAsync(world);
        MoveTo(world, 10, 24);
        using var secretary = await world.AsAsync(Secretary);
        var refused = await secretary.SubmitAsync(await secretary.GetAsync(Url), "form[data-action=prepare-notice]", ("correction", ""));
        Assert.Contains("为什么更正", refused.Text, StringComparison.Ordinal);

        await PublishAsync(world, ("correction", "标题里的季度写错"));

        using var member = await world.AsAsync(Member);
        var read = await member.GetAsync(Url);
        Assert.Contains("标题里的季度写错", read.Text, StringComparison.Ordinal);
        Assert.Contains("10月25日至2025年10月31日", read.Document.QuerySelector("[data-field=period]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("以前的公示，已更正", read.Text, StringComparison.Ordinal);
        Assert.Equal(1, await world.OneAsync<int>("select count(*)::int from notice where replaced_by is not null"));
    }

    [Fact]
    public async Task Outsiders_read_it_only_where_it_was_opened_to_the_web_and_only_in_its_days()
    {
        await using var world = await DecidedAsync(cluster);
        await PublishAsync(world);
        var token = await world.OneAsync<string>("select token from notice_page");
        using var outsider = world.Site.Browser();
        Assert.Equal(HttpStatusCode.NotFound, (await outsider.GetAsync($"/notices/{token}")).Status);
        MoveTo(world, 10, 21);
        using var secretary = await world.AsAsync(Secretary);
        await secretary.SubmitAsync(await secretary.GetAsync(Url), "form[data-action=prepare-notice]", ("correction", "对外公开的一份"));
        using var committeeman = await world.AsAsync(Committeeman);
        await committeeman.SubmitAsync(await committeeman.GetAsync(Url), "form[data-action=publish-notice]", ("web", "true"));
        token = await world.OneAsync<string>("select token from notice_page p join notice n using (notice_id) where n.open_to_web");

        var open = await outsider.GetAsync($"/notices/{token}");
        Assert.Equal(HttpStatusCode.OK, open.Status);
        Assert.Contains("李*博", open.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("李文博", open.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Member.ToString(), open.Document.DocumentElement.OuterHtml, StringComparison.Ordinal);

        var sent = await outsider.SubmitAsync(open, "form[data-action=send-letter]", ("text", "九月的志愿服务没有算进去"));
        Assert.Contains("回执号", sent.Text, StringComparison.Ordinal);
        await outsider.SubmitAsync(open, "form[data-action=send-letter]", ("text", "九月的志愿服务没有算进去"));
        Assert.Equal(1, await world.OneAsync<int>("select count(*)::int from notice_letter"));

        MoveTo(world, 10, 29);
        Assert.Equal(HttpStatusCode.NotFound, (await outsider.GetAsync($"/notices/{token}")).Status);
    }

    [Fact]
    public async Task Two_at_once_publish_it_once()
    {
        await using var world = await DecidedAsync(cluster);
        using var secretary = await world.AsAsync(Secretary);
        await secretary.SubmitAsync(await secretary.GetAsync(Url), "form[data-action=prepare-notice]");
        using var committeeman = await world.AsAsync(Committeeman);
        using var officer = await world.AsAsync(Officer);
        var (one, other) = (await committeeman.GetAsync(Url), await officer.GetAsync($"{Url}?branch={Branch}"));

        await Task.WhenAll(committeeman.SubmitAsync(one, "form[data-action=publish-notice]"), officer.SubmitAsync(other, "form[data-action=publish-notice]"));

        Assert.Equal(1, await world.CountAsync("notice-published"));
        Assert.Equal(1, await world.OneAsync<int>("select count(*)::int from round_step where step = '公示'"));
    }

    [Fact]
    public async Task What_is_only_made_known_invites_no_objections_and_says_where_they_are_raised()
    {
        await using var world = await DecidedAsync(cluster);
        await world.AdoptAsync(2025, "yxnu-2016");
        MoveTo(world, 1, 12, 2026);
        await world.EndAsync("2025", "计算年度积分");
        const string Known = "/rounds/2025/notice?step=%E8%AF%84%E8%AE%AE%E5%89%8D%E5%85%AC%E5%B8%83%E7%A7%AF%E5%88%86";
        using var secretary = await world.AsAsync(Secretary);
        var form = await secretary.GetAsync(Known);
        Assert.Null(form.Document.QuerySelector("[name=object-to]"));
        Assert.Contains("在“季度公示”的提出期里提", form.Document.QuerySelector("[data-field=no-objections]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("姓名只印首末字", form.Document.QuerySelector("[data-field=masked]")!.TextContent, StringComparison.Ordinal);
        await secretary.SubmitAsync(form, "form[data-action=prepare-notice]");
        using var committeeman = await world.AsAsync(Committeeman);
        var published = await committeeman.SubmitAsync(await committeeman.GetAsync(Known), "form[data-action=publish-notice]");

        Assert.Equal(1, await world.CountAsync("notice-published"));
        var paper = published.Document.QuerySelector("[data-field=notice]")!;
        Assert.Contains("李*博", paper.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("异议", paper.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("支委会当面", paper.TextContent, StringComparison.Ordinal);
        using var member = await world.AsAsync(Member);
        Assert.Null((await member.GetAsync(Known)).Document.QuerySelector("[data-action=object], [data-action=object-to-work]"));
    }

    [Fact]
    public async Task A_year_without_holidays_is_pointed_out_until_the_last_day_is_fixed()
    {
        await using var world = await DecidedAsync(cluster);
        MoveTo(world, 12, 30, 2026);
        using (var secretary = await world.AsAsync(Secretary))
        {
            Assert.Contains("2027年的节假日日历还没有", (await secretary.GetAsync(Url)).Text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("节假日日历还没有", (await PublishAsync(world)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_branch_sees_none_of_it()
    {
        await using var world = await DecidedAsync(cluster);
        await PublishAsync(world);
        using var stranger = await world.AsAsync(Stranger);

        Assert.DoesNotContain("李*博", (await stranger.GetAsync($"{Url}?branch={Branch}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_officer_takes_over_a_calendar_and_a_year_without_one_is_said_on_the_page()
    {
        await using var world = await DecidedAsync(cluster);
        using var officer = await world.AsAsync(Officer);
        var page = await officer.GetAsync("/calendar");
        Assert.Contains("随产品提供", page.Document.QuerySelector("tr[data-id='2025']")!.TextContent, StringComparison.Ordinal);
        var wrong = await officer.SubmitAsync(page, "form[data-action=import-calendar]", ("calendar", "2027-01-01,休,元旦"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);

        var lines = string.Join('\n', Enumerable.Range(1, 7).Select(day => $"2027-10-0{day},休,国庆节"));
        var done = await officer.SubmitAsync(page, "form[data-action=import-calendar]", ("calendar", $"# 某年节假日安排的通知\n{lines}\n"));
        Assert.Contains("导入", done.Document.QuerySelector("tr[data-id='2027']")!.TextContent, StringComparison.Ordinal);

        using var member = await world.AsAsync(Member);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync("/calendar")).Status);
    }
}
