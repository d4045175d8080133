using System.Net;
using System.Text;
using Jifen.Cycle;
using Jifen.Cycle.Gatherings;
using Jifen.Integration.Records;
using Jifen.Integration.World;
using Xunit;
using static Jifen.Integration.Notices.NoticeWorld;
using static Jifen.Integration.Records.RecordsWorld;

namespace Jifen.Integration.Notices;

public sealed class ExemptionPageTests(Cluster cluster)
{
    [Fact]
    public async Task From_the_application_by_committee_meeting_and_notice_to_the_roster_and_the_reason_stays_with_few()
    {
        await using var world = await DecidedAsync(cluster);
        var id = await ApplyAsync(world);
        Assert.Equal(0, await world.OneAsync<int>("select count(*)::int from ledger_entry where body like '%腰椎%' or ground like '%腰椎%'"));

        using var second = await world.AsAsync(Second);
        Assert.Equal(HttpStatusCode.NotFound, (await second.GetAsync($"/exemptions/{id}")).Status);
        using var committeeman = await world.AsAsync(Committeeman);
        var page = await committeeman.GetAsync($"/exemptions/{id}");
        Assert.Contains("腰椎手术", page.Document.QuerySelector("[data-field=reason]")!.TextContent, StringComparison.Ordinal);
        var proof = page.Document.QuerySelector("a[href^='/evidence/']")!.GetAttribute("href")!;
        Assert.Equal(HttpStatusCode.OK, (await committeeman.GetAsync(proof)).Status);
        // May open others' evidence of what is recorded, but not this.
        using var recorder = await world.AsAsync(Recorder);
        Assert.Equal(HttpStatusCode.NotFound, (await recorder.GetAsync(proof)).Status);
        Assert.Null(page.Document.QuerySelector("form[data-action=vote-on-exemption]"));

        var reviewed = await committeeman.SubmitAsync(page, "form[data-action=review-exemption]", ("agreed", "yes"), ("remark", "支委会10月20日审核，符合"));
        Assert.Contains("还没有开过党员大会", reviewed.Text, StringComparison.Ordinal);
        await HoldMeetingAsync(world);
        var meeting = await world.OneAsync<string>("select gathering_id::text from gathering");
        var vote = await committeeman.GetAsync($"/exemptions/{id}");
        var wrong = await committeeman.SubmitAsync(
            vote, "form[data-action=vote-on-exemption]", ("meeting", meeting), ("present", "5"), ("for", "5"), ("against", "1"), ("abstained", "0"));
        Assert.Contains("票数合不上", wrong.Text, StringComparison.Ordinal);
        await committeeman.SubmitAsync(vote, "form[data-action=vote-on-exemption]", ("meeting", meeting), ("present", "5"), ("for", "4"), ("against", "1"), ("abstained", "0"));

        var own = await committeeman.SubmitAsync(await committeeman.GetAsync($"/exemptions/{id}"), "form[data-action=publish-exemption]");
        Assert.Contains("由另一个人确认", own.Text, StringComparison.Ordinal);
        using var secretary = await world.AsAsync(Secretary);
        await secretary.SubmitAsync(await secretary.GetAsync($"/exemptions/{id}"), "form[data-action=publish-exemption]");
        var seen = await second.GetAsync($"/exemptions/{id}");
        Assert.Contains("李*博", seen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("腰椎", seen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("李文博", seen.Text, StringComparison.Ordinal);

        MoveTo(world, 11, 3);
        using var early = await world.AsAsync(Secretary);
        Assert.Null((await early.GetAsync($"/exemptions/{id}")).Document.QuerySelector("form[data-action=settle-exemption]"));
        MoveTo(world, 11, 4);
        using var after = await world.AsAsync(Secretary);
        var waits = await after.SubmitAsync(await after.GetAsync($"/exemptions/{id}"), "form[data-action=settle-exemption]");
        Assert.Contains("等另一位确认", waits.Text, StringComparison.Ordinal);
        using var officer = await world.AsAsync(Officer);
        await officer.SubmitAsync(await officer.GetAsync("/confirmations"), "button[data-action=confirm-step]");
        Assert.Equal(1, await world.CountAsync("exemption-granted"));
        Assert.Contains("不参加积分", (await (await world.AsAsync(Member)).GetAsync("/me")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_objection_to_its_notice_keeps_it_from_the_roster()
    {
        await using var world = await DecidedAsync(cluster);
        var id = await PublishedAsync(world);
        using var second = await world.AsAsync(Second);
        var link = (await second.GetAsync($"/exemptions/{id}")).Document.QuerySelector("a[data-action=object]")!.GetAttribute("href")!;
        await second.SubmitAsync(await second.GetAsync(link), "form[data-action=raise-objection]", ("text", "他一直在本地工作"), ("to", "branch"));

        MoveTo(world, 11, 4);
        using var secretary = await world.AsAsync(Secretary);
        var refused = await secretary.SubmitAsync(await secretary.GetAsync($"/exemptions/{id}"), "form[data-action=settle-exemption]");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("没有答复", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_applies_once_at_a_time_for_oneself_and_decides_nothing_about_it()
    {
        await using var world = await DecidedAsync(cluster);
        using var committeeman = await world.AsAsync(Committeeman);
        var applied = await SendAsync(committeeman, await committeeman.GetAsync("/exemptions/new"));
        Assert.Null(applied.Document.QuerySelector("form[data-action=review-exemption]"));
        Assert.Contains("还在办", (await SendAsync(committeeman, await committeeman.GetAsync("/exemptions/new"))).Text, StringComparison.Ordinal);

        var withdrawn = await committeeman.SubmitAsync(applied, "form[data-action=withdraw-exemption]");
        Assert.Contains("已撤回", withdrawn.Text, StringComparison.Ordinal);
        Assert.Equal(1, await world.CountAsync("exemption-withdrawn"));
    }

    private static Task<Page> SendAsync(Browser browser, Page form) => UploadAsync(
        browser, form, "form[data-action=apply-for-exemption]", [("evidence", "证明.txt", "text/plain", Encoding.UTF8.GetBytes("住院证明"))],
        ("kind", "老病"), ("from", "2025-10-20"), ("reason", "腰椎手术，卧床半年"));

    internal static async Task<string> ApplyAsync(RecordsWorld world, PersonId? who = null)
    {
        using var member = await world.AsAsync(who ?? Member);
        var applied = await SendAsync(member, await member.GetAsync("/exemptions/new"));
        Assert.Contains("申请已提交", applied.Text, StringComparison.Ordinal);
        return applied.Path.Split('/', '?')[2];
    }

    private static async Task<string> PublishedAsync(RecordsWorld world)
    {
        var id = await ApplyAsync(world);
        using var committeeman = await world.AsAsync(Committeeman);
        await committeeman.SubmitAsync(await committeeman.GetAsync($"/exemptions/{id}"), "form[data-action=review-exemption]", ("agreed", "yes"), ("remark", "支委会审核，符合"));
        await HoldMeetingAsync(world);
        await committeeman.SubmitAsync(
            await committeeman.GetAsync($"/exemptions/{id}"), "form[data-action=vote-on-exemption]",
            ("meeting", await world.OneAsync<string>("select gathering_id::text from gathering")), ("present", "5"), ("for", "4"), ("against", "1"), ("abstained", "0"));
        using var secretary = await world.AsAsync(Secretary);
        await secretary.SubmitAsync(await secretary.GetAsync($"/exemptions/{id}"), "form[data-action=publish-exemption]");
        return id;
    }

    private static async Task HoldMeetingAsync(RecordsWorld world)
    {
        var gathering = new GatheringId(Guid.CreateVersion7());
        var at = CivilTime.At(world.Site.Clock.Today(), new TimeOnly(9, 0));
        await world.EnterAsync(new GatheringPlanned(gathering, Scoring.Schemes.GatheringKind.MembersMeeting, "党员大会", at, null, "会议室", null, null, null, null, 0));
        await world.EnterAsync(new AttendanceTaken(gathering, []));
    }
}
