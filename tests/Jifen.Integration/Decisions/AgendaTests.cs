using System.Net;
using Jifen.Cycle;
using Jifen.Integration.Notices;
using Jifen.Integration.Records;
using Jifen.Integration.Rounds;
using Jifen.Integration.World;
using Xunit;
using static Jifen.Integration.Records.RecordsWorld;

namespace Jifen.Integration.Decisions;

/// <summary>What waits for the members' meeting stands on its agenda by itself; what the meeting decides is written where it waited, once.</summary>
public sealed class AgendaTests(Cluster cluster)
{
    [Fact]
    public async Task An_exemption_is_voted_on_in_the_meeting_and_its_page_names_the_meeting_and_the_votes()
    {
        await using var world = await NoticeWorld.DecidedAsync(cluster);
        var id = await ReviewedAsync(world);
        using var secretary = await world.AsAsync(Secretary);
        var before = await secretary.GetAsync(MeetingPageTests.Meeting);
        Assert.Contains("李文博", before.Document.QuerySelector($"[data-field=agenda] li[data-id='{id}']")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("5人", before.Document.QuerySelector("#before [data-field=due]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("至少3人", before.Document.QuerySelector("#before [data-field=quorum]")!.TextContent, StringComparison.Ordinal);

        var page = await MeetingPageTests.CallAsync(secretary, await MeetingPageTests.OpenAsync(secretary), Secretary, Recorder, Committeeman, Second);
        // It came by itself and goes by itself.
        Assert.Null(page.Document.QuerySelector("[data-kind=exemption] form[data-action=withdraw-motion]"));
        page = await MeetingPageTests.VoteAsync(secretary, page, "exemption", 1, 3, 0);
        Assert.Contains("没有通过", (await secretary.GetAsync($"/exemptions/{id}")).Document.QuerySelector("[data-field=vote]")!.TextContent, StringComparison.Ordinal);
        // Typed the wrong way round: the application goes on by the true count.
        page = await MeetingPageTests.CorrectAsync(secretary, page, 3, 1, 0, "赞成、反对填反了");
        Assert.Equal("passed", page.Document.QuerySelector("[data-kind=exemption]")!.GetAttribute("data-state"));

        var application = await secretary.GetAsync($"/exemptions/{id}");
        var vote = application.Document.QuerySelector("[data-field=vote]")!;
        Assert.Contains("应到5人，到会4人，赞成3，反对1，弃权0，通过", vote.TextContent, StringComparison.Ordinal);
        var minutes = await secretary.GetAsync(vote.QuerySelector("a[data-action=minutes]")!.GetAttribute("href")!);
        Assert.Contains("赞成3票，反对1票", minutes.Text, StringComparison.Ordinal);
        Assert.Contains("不参加积分管理", minutes.Text, StringComparison.Ordinal);
        Assert.Equal(2, await world.CountAsync("exemption-voted"));
        Assert.Equal(1, await world.OneAsync<int>("select count(*)::int from ledger_entry e join ledger_entry was on was.entry_id = e.corrects where e.kind = 'exemption-voted' and was.kind = e.kind"));
        // Who wrote the vote down does not publish it.
        Assert.Contains("由另一个人确认", (await secretary.SubmitAsync(application, "form[data-action=publish-exemption]")).Text, StringComparison.Ordinal);
        using var committeeman = await world.AsAsync(Committeeman);
        await committeeman.SubmitAsync(await committeeman.GetAsync($"/exemptions/{id}"), "form[data-action=publish-exemption]");
        Assert.Equal(1, await world.CountAsync("notice-published"));
        // On notice by that vote: it stands.
        var late = await MeetingPageTests.CorrectAsync(secretary, await secretary.GetAsync(MeetingPageTests.Meeting), 2, 2, 0, "又点了一遍");
        Assert.Contains("照这次表决已经往下办了", late.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_application_withdrawn_during_the_meeting_is_not_voted_on()
    {
        await using var world = await NoticeWorld.DecidedAsync(cluster);
        var id = await ReviewedAsync(world);
        using var secretary = await world.AsAsync(Secretary);
        var page = await MeetingPageTests.CallAsync(secretary, await MeetingPageTests.OpenAsync(secretary), Secretary, Recorder, Committeeman);
        using var member = await world.AsAsync(Member);
        await member.SubmitAsync(await member.GetAsync($"/exemptions/{id}"), "form[data-action=withdraw-exemption]");

        var late = await MeetingPageTests.VoteAsync(secretary, page, "exemption", 3, 0, 0);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.Status);
        Assert.Equal(0, await world.CountAsync("exemption-voted"));
        Assert.Equal("本人撤回申请", await world.OneAsync<string>("select state_note from motion"));
    }

    [Fact]
    public async Task The_answer_to_an_objection_is_told_in_the_meeting_and_that_closes_the_case()
    {
        await using var world = await NoticeWorld.DecidedAsync(cluster);
        await NoticeWorld.PublishAsync(world);
        var id = await ObjectionPageTests.RaiseAsync(world);
        using var secretary = await world.AsAsync(Secretary);
        Assert.Contains("异议〔2025〕1号", (await secretary.GetAsync(MeetingPageTests.Meeting)).Document.QuerySelector("[data-field=disputed]")!.TextContent, StringComparison.Ordinal);
        using var committeeman = await world.AsAsync(Committeeman);
        await committeeman.SubmitAsync(await committeeman.GetAsync($"/objections/{id}"), "form[data-action=investigate]", ("finding", "照片不是那一天的"));
        await secretary.SubmitAsync(await secretary.GetAsync($"/objections/{id}"), "form[data-action=answer]", ("upheld", "no"), ("answer", "经核实，异议不成立"));
        await committeeman.SubmitAsync(await committeeman.GetAsync("/confirmations"), "button[data-action=confirm-step]");
        Assert.Equal(1, await world.CountAsync("objection-answered"));

        var page = await MeetingPageTests.OpenAsync(secretary);
        Assert.Contains("异议〔2025〕1号的办理结果：不成立", page.Document.QuerySelector("[data-kind=objection-report]")!.TextContent, StringComparison.Ordinal);
        await secretary.SubmitAsync(page, "[data-kind=objection-report] form[data-action=report-motion]");

        Assert.Equal(1, await world.CountAsync("answer-reported"));
        using var member = await world.AsAsync(Member);
        Assert.Equal("closed", (await member.GetAsync($"/objections/{id}")).Document.QuerySelector("dl[data-state]")!.GetAttribute("data-state"));
        Assert.Contains("向会议作了通报", (await secretary.GetAsync($"{MeetingPageTests.Meeting}/minutes")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_secretary_writes_down_no_vote_on_his_own_exemption()
    {
        await using var world = await NoticeWorld.DecidedAsync(cluster);
        var id = await ReviewedAsync(world, Secretary);
        using var secretary = await world.AsAsync(Secretary);
        var page = await MeetingPageTests.CallAsync(secretary, await MeetingPageTests.OpenAsync(secretary), Secretary, Recorder, Committeeman);

        var refused = await MeetingPageTests.VoteAsync(secretary, page, "exemption", 3, 0, 0);

        Assert.Contains("由副书记主持这一项", refused.Text, StringComparison.Ordinal);
        Assert.Equal(0, await world.CountAsync("motion-decided"));
        await secretary.SubmitAsync(await secretary.GetAsync(MeetingPageTests.Meeting), "form[data-action=close-meeting]");
        using var committeeman = await world.AsAsync(Committeeman);
        await committeeman.SubmitAsync(
            await committeeman.GetAsync($"/exemptions/{id}"), "form[data-action=vote-on-exemption]",
            ("meeting", await world.OneAsync<string>("select meeting_id::text from meeting")), ("present", "3"), ("for", "3"), ("against", "0"), ("abstained", "0"));
        Assert.Equal("表决已另行登记", await world.OneAsync<string>("select state_note from motion"));
    }

    [Fact]
    public async Task A_refinement_is_discussed_in_the_meeting_and_comes_into_force_by_its_vote()
    {
        await using var world = await StartAsync(cluster);
        var proposal = await RefinementPageTests.ProposedAsync(world, "扣: 1");
        using var secretary = await world.AsAsync(Secretary);
        Assert.Contains("2026年细则等党员大会讨论", (await secretary.GetAsync("/")).Text, StringComparison.Ordinal);
        await world.EndAsync("2025-q3", "初评");

        var page = await MeetingPageTests.CallAsync(secretary, await MeetingPageTests.OpenAsync(secretary), Secretary, Recorder, Committeeman, Member);
        page = await MeetingPageTests.VoteAsync(secretary, page, "rules", 0, 3, 1);
        Assert.Contains("没有通过", (await secretary.GetAsync(proposal)).Text, StringComparison.Ordinal);
        page = await MeetingPageTests.CorrectAsync(secretary, page, 3, 0, 1, "赞成、反对填反了");

        Assert.Equal("passed", page.Document.QuerySelector("[data-kind=rules]")!.GetAttribute("data-state"));
        Assert.Contains("起采用", (await secretary.GetAsync(proposal)).Text, StringComparison.Ordinal);
        Assert.Equal(3, await world.OneAsync<int>("select votes_for from refinement"));
        Assert.Equal(1, await world.OneAsync<int>("select count(*)::int from round_step where round = '2026' and step = '定项目' and ended_on is not null"));
    }

    private static async Task<string> ReviewedAsync(RecordsWorld world, PersonId? who = null)
    {
        var id = await ExemptionPageTests.ApplyAsync(world, who ?? Member);
        using var committeeman = await world.AsAsync(Committeeman);
        await committeeman.SubmitAsync(
            await committeeman.GetAsync($"/exemptions/{id}"), "form[data-action=review-exemption]", ("agreed", "yes"), ("remark", "支委会10月20日审核，符合"));
        return id;
    }
}
