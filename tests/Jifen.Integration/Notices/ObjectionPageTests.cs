using System.Net;
using Jifen.Cycle;
using Jifen.Cycle.Gatherings;
using Jifen.Cycle.Records;
using Jifen.Cycle.Rounds;
using Jifen.Integration.Declarations;
using Jifen.Integration.Records;
using Jifen.Integration.World;
using Xunit;
using static Jifen.Integration.Declarations.BranchYearWorld;
using static Jifen.Integration.Notices.NoticeWorld;
using static Jifen.Integration.Records.RecordsWorld;

namespace Jifen.Integration.Notices;

public sealed class ObjectionPageTests(Cluster cluster)
{
    // The answer, the old month taken back, the right one.
    private const string Ruling = "kind in ('objection-answered', 'entry-reversed') or (kind = 'dues-recorded' and happened_on = '2025-09-08')";

    [Fact]
    public async Task An_objection_on_the_last_day_is_investigated_upheld_by_two_corrects_the_entry_and_closes_at_the_next_meeting()
    {
        await using var world = await DecidedAsync(cluster);
        await PublishAsync(world);
        MoveTo(world, 11, 3);
        var entry = await world.OneAsync<Guid>("select entry_id from fact");
        var id = await RaiseAsync(world, ("entry", entry.ToString()));
        Assert.Equal("异议〔2025〕1号", await world.OneAsync<string>("select number from objection_case"));
        Assert.Equal(new DateOnly(2025, 11, 17), await world.OneAsync<DateOnly>("select answer_by from objection_case"));

        MoveTo(world, 11, 4);
        using var secretary = await world.AsAsync(Secretary);
        Assert.Contains("没有答复", (await secretary.GetAsync(Url)).Document.QuerySelector("[data-field=not-yet]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("这一件不由您核实", (await secretary.GetAsync($"/objections/{id}")).Text, StringComparison.Ordinal);
        Assert.Null((await secretary.GetAsync($"/objections/{id}")).Document.QuerySelector("form[data-action=answer]"));

        Assert.Contains("请人核实异议〔2025〕1号", await NowAsync(secretary), StringComparison.Ordinal);
        using var committeeman = await world.AsAsync(Committeeman);
        Assert.DoesNotContain("请人核实", await NowAsync(committeeman), StringComparison.Ordinal);
        Assert.Contains("核实异议〔2025〕1号", await NowAsync(committeeman), StringComparison.Ordinal);
        await committeeman.SubmitAsync(await committeeman.GetAsync($"/objections/{id}"), "form[data-action=investigate]", ("finding", "查了当天的照片，确实佩戴了徽章"));
        Assert.Contains("答复异议〔2025〕1号", await NowAsync(secretary), StringComparison.Ordinal);
        var form = await secretary.GetAsync($"/objections/{id}");
        var nothing = await secretary.SubmitAsync(form, "form[data-action=answer]", ("upheld", "yes"), ("answer", "经核实，异议成立"));
        Assert.Contains("还没有选改哪一条", nothing.Text, StringComparison.Ordinal);

        var waits = await secretary.SubmitAsync(form, "form[data-action=answer]", ("upheld", "yes"), ("answer", "经核实，异议成立，予以更正"), ($"to-{entry}", "reverse"));
        Assert.Contains("等另一位确认", waits.Text, StringComparison.Ordinal);
        Assert.Equal(0, await world.CountAsync("objection-answered"));
        using var member = await world.AsAsync(Member);
        Assert.DoesNotContain("予以更正", (await member.GetAsync($"/objections/{id}")).Text, StringComparison.Ordinal);
        // Of the branch: not from outside, so not the one who confirms a correction after the meeting.
        Assert.Null((await committeeman.GetAsync("/confirmations")).Document.QuerySelector("button[data-action=confirm-step]"));

        using var officer = await world.AsAsync(Officer);
        await officer.SubmitAsync(await officer.GetAsync("/confirmations"), "button[data-action=confirm-step]");
        Assert.Equal(1, await world.CountAsync("objection-answered"));
        Assert.Equal(entry, await world.OneAsync<Guid>("select corrects from ledger_entry where kind = 'entry-reversed'"));
        Assert.Contains("您的异议〔2025〕1号已有答复", await NowAsync(member), StringComparison.Ordinal);
        var answered = await member.GetAsync($"/objections/{id}");
        Assert.Contains("予以更正", answered.Text, StringComparison.Ordinal);
        Assert.Contains("83.5", answered.Document.QuerySelector("tr[data-id='2025']")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("84", answered.Document.QuerySelector("tr[data-id='2025'] strong")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(answered.Document.QuerySelector($"li.jf-was[data-id='{entry}']"));
        Assert.Contains("已冲正", (await member.GetAsync($"/records/{entry}")).Text, StringComparison.Ordinal);
        Assert.Contains("李*博：总分", (await secretary.GetAsync(Url)).Document.QuerySelector("[data-field=changed]")!.TextContent, StringComparison.Ordinal);

        Assert.Equal("answered", (await member.GetAsync($"/objections/{id}")).Document.QuerySelector("dl[data-state]")!.GetAttribute("data-state"));
        Assert.Null((await secretary.GetAsync($"/objections/{id}")).Document.QuerySelector("form[data-action=report]"));
        Assert.Contains("下次党员大会通报异议〔2025〕1号", await NowAsync(secretary), StringComparison.Ordinal);
        // From both pages to where the next meeting is opened, with what waits for it.
        var toMeeting = (await secretary.GetAsync("/")).Document.QuerySelectorAll("a").First(link => link.TextContent.Contains("去开会", StringComparison.Ordinal)).GetAttribute("href")!;
        Assert.Equal(toMeeting, (await secretary.GetAsync($"/objections/{id}")).Document.QuerySelector("#report a")!.GetAttribute("href"));
        var next = await secretary.GetAsync(toMeeting);
        Assert.Contains("异议〔2025〕1号", next.Document.QuerySelector("[data-field=agenda]")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(next.Document.QuerySelector("form[data-action=open-meeting]"));
        await HoldMeetingAsync(world);
        Assert.Contains("登记异议〔2025〕1号已在党员大会通报", await NowAsync(secretary), StringComparison.Ordinal);
        var report = await secretary.GetAsync($"/objections/{id}");
        await secretary.SubmitAsync(report, "form[data-action=report]", ("meeting", await world.OneAsync<string>("select gathering_id::text from gathering")));
        await committeeman.SubmitAsync(await committeeman.GetAsync("/confirmations"), "button[data-action=confirm-step]");
        Assert.Equal("closed", (await member.GetAsync($"/objections/{id}")).Document.QuerySelector("dl[data-state]")!.GetAttribute("data-state"));
        Assert.Contains("公示已结束", (await secretary.SubmitAsync(await secretary.GetAsync(Url), "form[data-action=end-notice]")).Text, StringComparison.Ordinal);

        // An answer is news for a month.
        MoveTo(world, 12, 20);
        using var later = await world.AsAsync(Member);
        Assert.DoesNotContain("已有答复", (await later.GetAsync("/")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dues_written_down_with_the_wrong_day_are_corrected_by_the_answer_in_one_ruling()
    {
        await using var world = await DecidedAsync(cluster);
        await world.EnterAsync(new DuesRecorded(new DateOnly(2025, 9, 1), 12, 12, new DateOnly(2025, 10, 8)), Member);
        await PublishAsync(world);
        var entry = await world.OneAsync<Guid>("select entry_id from dues");
        var id = await RaiseAsync(world, ("text", "九月的党费九月就缴了"), ("entry", entry.ToString()));
        using var committeeman = await world.AsAsync(Committeeman);
        await committeeman.SubmitAsync(await committeeman.GetAsync($"/objections/{id}"), "form[data-action=investigate]", ("finding", "收据上是九月八日"));
        using var secretary = await world.AsAsync(Secretary);
        var form = await secretary.GetAsync($"/objections/{id}");
        Assert.Equal("12", form.Document.QuerySelector($"[name='paid-{entry}']")!.GetAttribute("value"));

        (string, string)[] answer = [("upheld", "yes"), ("answer", "经核实，九月八日已缴，予以更正"), ($"to-{entry}", "correct")];
        var same = await secretary.SubmitAsync(form, "form[data-action=answer]", answer);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, same.Status);
        var unreadable = await secretary.SubmitAsync(form, "form[data-action=answer]", [.. answer, ($"paid-{entry}", "十二")]);
        Assert.Contains("写成数", unreadable.Text, StringComparison.Ordinal);
        Assert.Equal("十二", unreadable.Document.QuerySelector($"[name='paid-{entry}']")!.GetAttribute("value"));
        var waits = await secretary.SubmitAsync(form, "form[data-action=answer]", [.. answer, ($"paid-on-{entry}", "2025-09-08")]);
        Assert.Contains("等另一位确认", waits.Text, StringComparison.Ordinal);
        using var officer = await world.AsAsync(Officer);
        await officer.SubmitAsync(await officer.GetAsync("/confirmations"), "button[data-action=confirm-step]");

        Assert.Equal(1, await world.CountAsync("objection-answered"));
        Assert.Equal(entry, await world.OneAsync<Guid>("select corrects from ledger_entry where kind = 'entry-reversed'"));
        Assert.Equal(
            (entry, new DateOnly(2025, 9, 8)),
            (await world.OneAsync<Guid>("select entry_id from dues where ended_at is not null"), await world.OneAsync<DateOnly>("select paid_on from dues where ended_at is null")));
        Assert.Equal((1, 3), (
            await world.OneAsync<int>($"select count(distinct operation_id)::int from ledger_entry where {Ruling}"), await world.OneAsync<int>($"select count(*)::int from ledger_entry where {Ruling}")));
    }

    [Fact]
    public async Task One_day_after_the_last_it_is_refused_and_the_superior_is_named()
    {
        await using var world = await DecidedAsync(cluster);
        await PublishAsync(world);
        var notice = await world.OneAsync<string>("select notice_id::text from notice");
        MoveTo(world, 11, 4);
        using var later = await world.AsAsync(Member);
        var form = await later.GetAsync($"/objections/new?about=own&notice={notice}");

        var late = await later.SubmitAsync(form, "form[data-action=raise-objection]", ("text", "少算了一次加分"), ("to", "branch"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.Status);
        Assert.Contains("少算了一次加分", late.Text, StringComparison.Ordinal);
        Assert.Equal(0, await world.CountAsync("objection-raised"));
        var appealed = await later.SubmitAsync(late, "form[data-action=raise-objection]", ("to", "superior"));
        Assert.Contains("申诉〔2025〕1号", appealed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_click_twice_raises_it_once_and_a_second_of_the_same_is_refused_while_the_first_is_open()
    {
        await using var world = await DecidedAsync(cluster);
        await PublishAsync(world);
        using var member = await world.AsAsync(Member);
        var form = await member.GetAsync("/objections/new?about=own");

        await Task.WhenAll(
            member.SubmitAsync(form, "form[data-action=raise-objection]", ("text", "少算了一次加分"), ("to", "branch")),
            member.SubmitAsync(form, "form[data-action=raise-objection]", ("text", "少算了一次加分"), ("to", "branch")));
        var again = await member.SubmitAsync(await member.GetAsync("/objections/new?about=own"), "form[data-action=raise-objection]", ("text", "少算了一次加分"), ("to", "branch"));

        Assert.Equal(1, await world.CountAsync("objection-raised"));
        Assert.Contains("还在办", again.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entries_of_somebody_else_and_cases_of_somebody_else_are_out_of_reach()
    {
        await using var world = await DecidedAsync(cluster);
        await PublishAsync(world);
        var entry = await world.OneAsync<Guid>("select entry_id from fact");
        using var second = await world.AsAsync(Second);
        var wrong = await second.SubmitAsync(
            await second.GetAsync("/objections/new?about=own"), "form[data-action=raise-objection]", ("text", "不是我的那一条"), ("to", "branch"), ("entry", entry.ToString()));
        Assert.Contains("不是这个人的", wrong.Text, StringComparison.Ordinal);

        var id = await RaiseAsync(world);
        Assert.Equal(HttpStatusCode.NotFound, (await second.GetAsync($"/objections/{id}")).Status);
        using var stranger = await world.AsAsync(Stranger);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/objections/{id}")).Status);
        Assert.Null((await second.GetAsync("/objections")).Document.QuerySelector($"tr[data-id='{id}']"));
    }

    [Fact]
    public async Task An_overdue_answer_is_shown_to_the_superior_and_opens_the_way_to_him()
    {
        await using var world = await DecidedAsync(cluster);
        await PublishAsync(world);
        var id = await RaiseAsync(world);
        using var member = await world.AsAsync(Member);
        Assert.Null((await member.GetAsync($"/objections/{id}")).Document.QuerySelector("a[data-action=appeal]"));

        MoveTo(world, 11, 4);
        using var later = await world.AsAsync(Member);

        using var officer = await world.AsAsync(Officer);
        Assert.Contains("逾期", (await officer.GetAsync("/objections")).Document.QuerySelector($"tr[data-id='{id}']")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull((await later.GetAsync($"/objections/{id}")).Document.QuerySelector("a[data-action=appeal]"));
        await officer.SubmitAsync(await officer.GetAsync($"/objections/{id}"), "form[data-action=investigate]", ("finding", "调阅了支部的登记"));
        Assert.Equal(Officer.Value, await world.OneAsync<Guid>("select investigated_by from objection_case"));
    }

    [Fact]
    public async Task An_appeal_bypasses_the_branch_which_sees_it_only_with_the_answer()
    {
        await using var world = await DecidedAsync(cluster);
        await PublishAsync(world);
        var entry = await world.OneAsync<Guid>("select entry_id from fact");
        using var member = await world.AsAsync(Member);
        var raised = await member.SubmitAsync(
            await member.GetAsync("/objections/new?about=own"), "form[data-action=raise-objection]", ("text", "支部不肯改"), ("to", "superior"), ("entry", entry.ToString()));
        var id = raised.Path.Split('/', '?')[2];
        Assert.Equal(Committee.Value, await world.OneAsync<Guid>("select stream_id from ledger_entry where kind = 'appeal-lodged'"));

        using var secretary = await world.AsAsync(Secretary);
        Assert.Equal(HttpStatusCode.NotFound, (await secretary.GetAsync($"/objections/{id}")).Status);
        Assert.DoesNotContain("申诉〔2025〕", (await secretary.GetAsync("/objections")).Text, StringComparison.Ordinal);
        MoveTo(world, 11, 4);
        using var later = await world.AsAsync(Secretary);
        Assert.Contains("没有答复", (await later.GetAsync(Url)).Document.QuerySelector("[data-field=not-yet]")!.TextContent, StringComparison.Ordinal);

        using var officer = await world.AsAsync(Officer);
        var answered = await officer.SubmitAsync(
            await officer.GetAsync($"/objections/{id}"), "form[data-action=answer]",
            ("finding", "看了照片，佩戴了徽章"), ("upheld", "yes"), ("answer", "申诉成立，予以更正"), ($"to-{entry}", "reverse"));
        Assert.Contains("已答复", answered.Text, StringComparison.Ordinal);
        Assert.Equal(Branch.Value, await world.OneAsync<Guid>("select stream_id from ledger_entry where kind = 'appeal-answered'"));
        Assert.Equal(1, await world.CountAsync("entry-reversed"));
        Assert.Contains("申诉成立，予以更正", (await later.GetAsync($"/objections/{id}")).Text, StringComparison.Ordinal);
        using var told = await world.AsAsync(Member);
        Assert.Contains("申诉成立，予以更正", (await told.GetAsync($"/objections/{id}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_concerned_neither_investigates_nor_answers()
    {
        await using var world = await DecidedAsync(cluster);
        await PublishAsync(world);
        using var committeeman = await world.AsAsync(Committeeman);
        var raised = await committeeman.SubmitAsync(
            await committeeman.GetAsync("/objections/new?about=own"), "form[data-action=raise-objection]", ("text", "自己的分少算了"), ("to", "branch"));

        Assert.Null(raised.Document.QuerySelector("form[data-action=investigate]"));
        Assert.Contains("须回避", raised.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_did_not_accept_a_declaration_does_not_look_into_the_objection_to_it_which_makes_it_count_after_all()
    {
        await using var world = await RejectedAsync(cluster, Secretary, signedBy: Officer);
        using var member = await world.AsAsync(Member);
        var form = await member.GetAsync("/objections/new?about=own");
        var entry = await world.OneAsync<Guid>("select entry_id from declaration_state");
        Assert.Contains("申报没有认定：9月12日 联系帮扶", form.Document.QuerySelector("[data-field=entries]")!.TextContent, StringComparison.Ordinal);
        var raised = await member.SubmitAsync(
            form, "form[data-action=raise-objection]", ("text", "感谢信写的就是我"), ("to", "branch"), ("entry", entry.ToString()));
        var id = raised.Path.Split('/', '?')[2];

        using var secretary = await world.AsAsync(Secretary);
        Assert.Contains("请孟支委核实", await NowAsync(secretary), StringComparison.Ordinal);
        var his = await secretary.GetAsync($"/objections/{id}");
        Assert.Contains("申报没有认定，沈书记决定", string.Concat(his.Document.QuerySelector("[data-field=entries]")!.TextContent.Where(letter => !char.IsWhiteSpace(letter))), StringComparison.Ordinal);
        Assert.Null(his.Document.QuerySelector("form[data-action=investigate]"));
        Assert.Equal("可以核实的：孟支委。", his.Document.QuerySelector("[data-field=investigators]")!.TextContent);
        using var officer = await world.AsAsync(Officer);
        Assert.DoesNotContain("核实异议", await NowAsync(officer), StringComparison.Ordinal);

        using var committeeman = await world.AsAsync(Committeeman);
        await committeeman.SubmitAsync(await committeeman.GetAsync($"/objections/{id}"), "form[data-action=investigate]", ("finding", "问了社区，写的是他"));
        await secretary.SubmitAsync(
            await secretary.GetAsync($"/objections/{id}"), "form[data-action=answer]", ("upheld", "yes"), ("answer", "经核实，异议成立，予以认定"), ($"to-{entry}", "accept"));
        await officer.SubmitAsync(await officer.GetAsync("/confirmations"), "button[data-action=confirm-step]");
        Assert.Equal(1, await world.CountAsync("objection-answered"));
        Assert.Equal(
            await world.LastAsync(), await world.OneAsync<Guid>("select declaration_id from fact where state = 'counts' and ended_at is null and happened_on = '2025-09-12'"));
    }

    [Fact]
    public async Task Where_nobody_of_the_branch_is_left_who_had_no_hand_in_it_the_officer_above_looks_into_it()
    {
        await using var world = await RejectedAsync(cluster, Committeeman, signedBy: Secretary);
        // Against the result as a whole: what was found about this person is part of it.
        var id = await RaiseAsync(world);

        using var committeeman = await world.AsAsync(Committeeman);
        Assert.Contains("由上级组织员核实", await NowAsync(committeeman), StringComparison.Ordinal);
        var his = await committeeman.GetAsync($"/objections/{id}");
        Assert.Null(his.Document.QuerySelector("form[data-action=investigate]"));
        Assert.Contains("已列在组织员的待办里", his.Document.QuerySelector("[data-field=investigators]")!.TextContent, StringComparison.Ordinal);
        using var officer = await world.AsAsync(Officer);
        Assert.Contains("核实异议〔2025〕1号", await NowAsync(officer), StringComparison.Ordinal);
        await officer.SubmitAsync(await officer.GetAsync($"/objections/{id}"), "form[data-action=investigate]", ("finding", "调阅了感谢信"));
        Assert.Equal(Officer.Value, await world.OneAsync<Guid>("select investigated_by from objection_case"));
        Assert.DoesNotContain("核实异议", await NowAsync(officer), StringComparison.Ordinal);
    }

    /// <summary>The third quarter is on notice; a declaration of the member was not accepted in its review.</summary>
    private static async Task<RecordsWorld> RejectedAsync(Cluster cluster, PersonId rejectedBy, PersonId signedBy)
    {
        var world = await StartAsync(cluster);
        foreach (var office in new[] { Secretary, Committeeman, Officer })
        {
            await world.Site.AccountAsync(office);
        }

        await world.AllCanSignInAsync();
        using var member = await world.AsAsync(Member);
        await DeclareAsync(member, "help", "2025-09-12");
        using (var reviewer = await world.AsAsync(rejectedBy))
        {
            await BeginReviewAsync(reviewer, "2025-q3");
            await reviewer.SubmitAsync(
                await reviewer.GetAsync($"/declarations/{await world.LastAsync()}"), "form[data-action=reject-declaration]", ("rejection", "感谢信写的是别人"));
        }

        Assert.Equal(1, await world.CountAsync("declaration-rejected"));
        await Store.Ledgers.Ledger.AppendAsync(
            world.Site.Database.Owner,
            Branch,
            new Store.Ledgers.EntryMaker(signedBy, "secretary", new OperationId(Guid.CreateVersion7()), world.Site.Clock.GetUtcNow()),
            [new Happening(new RoundStepEnded("2025-q3", "初评", null, null), On: world.Site.Clock.Today())],
            TestContext.Current.CancellationToken);
        await world.EnterAsync(new RoundStepBegun("2025-q3", "评定"));
        await world.EndAsync("2025-q3", "评定");
        await PublishAsync(world);
        return world;
    }

    internal static async Task<string> RaiseAsync(RecordsWorld world, params (string Name, string Value)[] fields)
    {
        using var member = await world.AsAsync(Member);
        var read = await member.GetAsync(Url);
        var link = read.Document.QuerySelector($"tr[data-id='{Member}'] a[data-action=object]")!.GetAttribute("href")!;
        var raised = await member.SubmitAsync(
            await member.GetAsync(link), "form[data-action=raise-objection]", [("text", "那天戴了徽章，有照片"), ("to", "branch"), .. fields]);
        Assert.Contains("回执编号", raised.Text, StringComparison.Ordinal);
        return raised.Path.Split('/', '?')[2];
    }

    private static async Task<string> NowAsync(Browser browser) => (await browser.GetAsync("/")).Document.QuerySelector("main")!.TextContent;

    private static async Task HoldMeetingAsync(RecordsWorld world)
    {
        var gathering = new GatheringId(Guid.CreateVersion7());
        // Now, after the answer: one that began before it was not the next.
        var at = world.Site.Clock.GetUtcNow();
        await world.EnterAsync(new GatheringPlanned(gathering, Scoring.Schemes.GatheringKind.MembersMeeting, "十一月党员大会", at, null, "会议室", null, null, null, null, 0));
        await world.EnterAsync(new AttendanceTaken(gathering, []));
    }
}
