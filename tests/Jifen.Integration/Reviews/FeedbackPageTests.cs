using System.Net;
using Jifen.Cycle.Rounds;
using Jifen.Integration.Declarations;
using Jifen.Integration.Records;
using Jifen.Integration.World;
using Jifen.Store;
using Xunit;
using static Jifen.Integration.Declarations.BranchYearWorld;
using static Jifen.Integration.Records.RecordsWorld;

namespace Jifen.Integration.Reviews;

/// <summary>逐人反馈 (DIST-4③): everybody reads his sheet, agrees or defends himself; each defence is answered in writing and kept.</summary>
public sealed class FeedbackPageTests(Cluster cluster)
{
    private static readonly DateOnly Today = new(2025, 10, 20);

    [Fact]
    public async Task Before_the_review_is_signed_there_is_nothing_to_answer()
    {
        await using var world = await StartAsync(cluster);
        using var member = await world.AsAsync(Member);
        Assert.Contains("现在没有要您看的反馈", (await member.GetAsync("/me/feedback")).Text, StringComparison.Ordinal);
        Assert.Contains("现在没有要您看的反馈", (await member.GetAsync("/me/feedback?round=2025-q3")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_agrees_once_and_the_committee_sees_who_has_seen_and_who_agreed()
    {
        await using var world = await StartAsync(cluster);
        await SignAsync(world);
        using var member = await world.AsAsync(Member);
        Assert.Contains("看反馈：2025年第三季度", (await member.GetAsync("/")).Text, StringComparison.Ordinal);
        var page = await member.GetAsync("/me/feedback");
        Assert.NotNull(page.Document.QuerySelector("[data-field=total]"));
        using var committee = await world.AsAsync(Committeeman);
        Assert.Contains("1人看过，0人认可", (await committee.GetAsync("/rounds/2025-q3/feedback")).Text, StringComparison.Ordinal);

        await member.SubmitAsync(page, "form[data-action=accept-feedback]");
        await member.SubmitAsync(page, "form[data-action=accept-feedback]");
        Assert.Equal(1, await world.CountAsync("feedback-accepted"));
        var again = await member.SubmitAsync(page, "form[data-action=accept-feedback]", ("operation", Guid.CreateVersion7().ToString()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.Status);
        Assert.Contains("1人认可", (await committee.GetAsync("/rounds/2025-q3/feedback")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync("/rounds/2025-q3/feedback")).Status);
    }

    [Fact]
    public async Task A_total_that_is_not_the_one_now_is_not_agreed_with()
    {
        await using var world = await StartAsync(cluster);
        await SignAsync(world);
        using var member = await world.AsAsync(Member);
        var page = await member.SubmitAsync(await member.GetAsync("/me/feedback"), "form[data-action=accept-feedback]", ("total", "99"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("看过新的再认可", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_defence_is_read_by_those_who_review_answered_by_one_unconcerned_and_kept()
    {
        await using var world = await StartAsync(cluster);
        await SignAsync(world);
        using var member = await world.AsAsync(Member);
        var page = await member.GetAsync("/me/feedback");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await member.SubmitAsync(page, "form[data-action=raise-defence]", ("defence", "不"))).Status);
        await member.SubmitAsync(page, "form[data-action=raise-defence]", ("defence", "八月的志愿服务没有算进来"));
        Assert.Null((await member.GetAsync("/me/feedback")).Document.QuerySelector("form[data-action=raise-defence]"));

        using var other = await world.AsAsync(Second);
        await using (var scope = await DataScope.OpenAsync(world.Site.Database.App, Second, Today, TestContext.Current.CancellationToken))
        {
            Assert.Equal(0, await scope.OneAsync<int>("select count(*)::int from written_text", null, TestContext.Current.CancellationToken));
        }

        Assert.Equal(0, await world.OneAsync<int>("select count(*)::int from ledger_entry where body like '%志愿服务没有算%'"));
        using var committee = await world.AsAsync(Committeeman);
        Assert.Contains("答复申辩", (await committee.GetAsync("/")).Text, StringComparison.Ordinal);
        var board = await committee.GetAsync("/rounds/2025-q3/feedback");
        Assert.Contains("八月的志愿服务没有算进来", board.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await committee.SubmitAsync(board, "form[data-action=answer-defence]", ("answer", "已经核对了签到表"))).Status);
        await committee.SubmitAsync(board, "form[data-action=answer-defence]", ("outcome", "not-upheld"), ("answer", "已经核对签到表，那天没有您的签到"));
        await committee.SubmitAsync(board, "form[data-action=answer-defence]", ("outcome", "not-upheld"), ("answer", "已经核对签到表，那天没有您的签到"));
        Assert.Equal(1, await world.CountAsync("defence-answered"));

        var answered = await member.GetAsync("/me/feedback");
        Assert.Contains("那天没有您的签到", answered.Document.QuerySelector("[data-field=answer]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("不采纳", answered.Text, StringComparison.Ordinal);
        // Answered, he may write again.
        Assert.NotNull(answered.Document.QuerySelector("form[data-action=raise-defence]"));
    }

    [Fact]
    public async Task Nobody_answers_his_own_defence()
    {
        await using var world = await StartAsync(cluster);
        await SignAsync(world);
        using var committee = await world.AsAsync(Committeeman);
        await committee.SubmitAsync(await committee.GetAsync("/me/feedback"), "form[data-action=raise-defence]", ("defence", "我的表彰没有算进来"));
        var board = await committee.GetAsync("/rounds/2025-q3/feedback");
        Assert.Null(board.Document.QuerySelector("form[data-action=answer-defence]"));
        Assert.Contains("回避", board.Document.QuerySelector("[data-field=why-not]")!.TextContent, StringComparison.Ordinal);
        using var secretary = await world.AsAsync(Secretary);
        Assert.NotNull((await secretary.GetAsync("/rounds/2025-q3/feedback")).Document.QuerySelector("form[data-action=answer-defence]"));
    }

    [Fact]
    public async Task A_rejected_declaration_is_answered_in_the_feedback()
    {
        await using var world = await StartAsync(cluster);
        using var member = await world.AsAsync(Member);
        await DeclareAsync(member, "help", "2025-09-12");
        var id = await world.LastAsync();
        using var committee = await world.AsAsync(Committeeman);
        await BeginReviewAsync(committee, "2025-q3");
        await committee.SubmitAsync(await committee.GetAsync($"/declarations/{id}"), "form[data-action=reject-declaration]", ("rejection", "没有证明材料"));
        await SignAsync(world, isBegun: true);

        var link = (await member.GetAsync($"/declarations/{id}")).Document.QuerySelector("a[data-action=answer-rejection]")!.GetAttribute("href")!;
        await member.SubmitAsync(await member.GetAsync(link), "form[data-action=raise-defence]", ("defence", "证明材料已经补给支委"));
        Assert.Equal(id, await world.OneAsync<Guid>("select declaration_id from defence"));
        using var second = await world.AsAsync(Second);
        var foreign = await second.SubmitAsync(await second.GetAsync("/me/feedback"), "form[data-action=raise-defence]", ("defence", "别人的申报我也要辩"), ("declaration", id.ToString()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, foreign.Status);
    }

    [Fact]
    public async Task Where_the_scheme_has_the_step_it_begins_it_ends_when_every_defence_is_answered_and_stops_the_answers()
    {
        await using var world = await StartAsync(cluster);
        await world.AdoptAsync("district");
        await SignAsync(world);
        using var member = await world.AsAsync(Member);
        Assert.Contains("还没有开始", (await member.GetAsync("/me/feedback")).Text, StringComparison.Ordinal);
        using var committee = await world.AsAsync(Committeeman);
        var begun = await committee.SubmitAsync(await committee.GetAsync("/rounds/2025-q3/feedback"), "form[data-action=begin-feedback]");
        await member.SubmitAsync(await member.GetAsync("/me/feedback"), "form[data-action=raise-defence]", ("defence", "责任区走访少记了一次"));

        var early = await committee.SubmitAsync(begun, "form[data-action=end-feedback]");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, early.Status);
        Assert.Contains("李文博的申辩还没有书面答复", early.Text, StringComparison.Ordinal);
        var board = await committee.GetAsync("/rounds/2025-q3/feedback");
        await committee.SubmitAsync(board, "form[data-action=answer-defence]", ("outcome", "upheld"), ("answer", "走访记录已经找到，办更正"));
        var mine = await member.GetAsync("/me/feedback");
        await committee.SubmitAsync(await committee.GetAsync("/rounds/2025-q3/feedback"), "form[data-action=end-feedback]");
        Assert.NotNull(await world.OneAsync<DateOnly?>("select ended_on from round_step where step = '逐人反馈'"));
        var late = await member.SubmitAsync(mine, "form[data-action=raise-defence]", ("defence", "还有一次也没有记"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.Status);
    }

    [Fact]
    public async Task After_the_meeting_has_decided_nothing_is_answered_any_more()
    {
        await using var world = await StartAsync(cluster);
        await SignAsync(world);
        using var member = await world.AsAsync(Member);
        var page = await member.GetAsync("/me/feedback");
        await world.EnterAsync(Branch, null, new RoundStepBegun("2025-q3", "评定"), Today);
        await world.EnterAsync(Branch, null, new RoundStepEnded("2025-q3", "评定", null, null), Today);
        await world.EnterAsync(Branch, null, new RoundStepBegun("2025-q3", "公示"), Today);
        var late = await member.SubmitAsync(page, "form[data-action=raise-defence]", ("defence", "我现在才有意见"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.Status);
        Assert.Equal(0, await world.CountAsync("defence-raised"));
    }

    private static async Task SignAsync(RecordsWorld world, bool isBegun = false)
    {
        using var committee = await world.AsAsync(Committeeman);
        using var secretary = await world.AsAsync(Secretary);
        if (!isBegun)
        {
            await BeginReviewAsync(committee, "2025-q3");
        }

        await ReviewPageTests.ReviewAllAsync(committee, secretary);
        // Nobody else could sign here, so one signature is enough, and the entry shows it.
        await committee.SubmitAsync(await committee.GetAsync("/rounds/2025-q3/review"), "form[data-action=sign-review]");
        Assert.Equal(1, await world.OneAsync<int>("select count(*)::int from ledger_entry where kind = 'round-step-ended'"));
    }
}
