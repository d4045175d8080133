using System.Net;
using Jifen.Cycle;
using Jifen.Cycle.Gatherings;
using Jifen.Integration.Records;
using Jifen.Integration.World;
using Xunit;
using static Jifen.Integration.Records.RecordsWorld;

namespace Jifen.Integration.Decisions;

/// <summary>评定 through the pages: five full members, third quarter of 2025, reviewed.</summary>
public sealed class MeetingPageTests(Cluster cluster)
{
    internal const string Meeting = "/rounds/2025-q3/meeting";

    [Fact]
    public async Task A_meeting_is_opened_called_over_votes_on_the_table_and_so_ends_the_step_with_its_digest()
    {
        await using var world = await ReviewedAsync(cluster);
        using var secretary = await world.AsAsync(Secretary);
        var page = await OpenAsync(secretary);
        Assert.Contains("按通常的规矩", page.Text, StringComparison.Ordinal);
        Assert.Contains("还不够：至少要到3人", page.Text, StringComparison.Ordinal);

        page = await CallAsync(secretary, page, Secretary, Recorder, Member, Second);
        page = await secretary.SubmitAsync(page, "form[data-action=present-table]");
        var digest = await world.OneAsync<string>("select table_digest from motion");
        page = await VoteAsync(secretary, page, "points-table", 3, 0, 1);

        Assert.Contains("应到5人，能表决的到会4人，赞成3票，反对0票，弃权1票；要3票赞成才通过，通过", Squeezed(page), StringComparison.Ordinal);
        Assert.Equal(digest, await world.OneAsync<string>("select digest from round_step where step = '评定'"));
        Assert.Equal(1, await world.CountAsync("round-step-ended") - 1);
        Assert.Contains("走到“大会已评定”", (await secretary.GetAsync("/rounds/2025-q3")).Text, StringComparison.Ordinal);
        page = await secretary.SubmitAsync(page, "form[data-action=close-meeting]");
        var minutes = await secretary.GetAsync(page.Document.QuerySelector("a[data-action=minutes]")!.GetAttribute("href")!);
        Assert.Contains("主持人（签字）", minutes.Text, StringComparison.Ordinal);
        Assert.Contains("没有到会：孟支委", minutes.Text, StringComparison.Ordinal);
        Assert.Contains(digest[..16], minutes.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vote_that_does_not_reach_the_majority_is_kept_and_ends_nothing()
    {
        await using var world = await ReviewedAsync(cluster);
        using var secretary = await world.AsAsync(Secretary);
        var page = await CallAsync(secretary, await OpenAsync(secretary), Secretary, Recorder, Member);
        page = await secretary.SubmitAsync(page, "form[data-action=present-table]");

        page = await VoteAsync(secretary, page, "points-table", 2, 1, 0);

        Assert.Equal("failed", page.Document.QuerySelector("[data-kind=points-table]")!.GetAttribute("data-state"));
        Assert.Equal(0, await world.OneAsync<int>("select count(*)::int from round_step where step = '评定' and ended_on is not null"));
    }

    [Fact]
    public async Task A_meeting_that_was_planned_as_a_gathering_hands_on_who_was_there_to_its_roll_call()
    {
        await using var world = await ReviewedAsync(cluster);
        var gathering = new GatheringId(Guid.CreateVersion7());
        var now = world.Site.Clock.GetUtcNow();
        await world.EnterAsync(
            new GatheringPlanned(gathering, Scoring.Schemes.GatheringKind.MembersMeeting, "三季度党员大会", now.AddMinutes(-30), null, "会议室", null, null, null, null, 5));
        await world.EnterAsync(new GatheringCalled(gathering, [Secretary, Recorder, Committeeman, Member, Second]));
        using var secretary = await world.AsAsync(Secretary);
        // Of today and of the fitting kind: nobody has to choose it.
        await world.EnterAsync(new LeaveRequested(gathering, "出差"), Committeeman);
        await world.EnterAsync(new LeaveDecided(gathering, true, null), Committeeman);
        var page = await OpenAsync(secretary);
        Assert.Equal(gathering.Value, await world.OneAsync<Guid>("select gathering_id from meeting"));
        using var recorder = await world.AsAsync(Recorder);
        Assert.Null((await recorder.GetAsync($"/gatherings/{gathering}/roll")).Document.QuerySelector("[data-field=at-meeting]"));

        page = await CallAsync(secretary, page, Secretary, Recorder, Member);
        Assert.Equal($"/gatherings/{gathering}", page.Document.QuerySelector("a[data-action=gathering]")!.GetAttribute("href"));

        var roll = await recorder.GetAsync($"/gatherings/{gathering}/roll");
        Assert.NotNull(roll.Document.QuerySelector("[data-field=at-meeting]"));
        Assert.Contains("会上点到时没有到", roll.Document.QuerySelector($"[data-id='{Second}']")!.TextContent, StringComparison.Ordinal);
        await recorder.SubmitAsync(roll, "form[data-action=take-roll]");
        Assert.Equal("present", await AttendanceAsync(world, Member));
        Assert.Equal("absent", await AttendanceAsync(world, Second));
        Assert.Equal("excused", await AttendanceAsync(world, Committeeman));

        using var member = await world.AsAsync(Member);
        Assert.NotNull((await member.GetAsync($"/gatherings/{gathering}")).Document.QuerySelector("a[data-action=running-meeting]"));
        page = await secretary.SubmitAsync(await secretary.GetAsync(Meeting), "form[data-action=close-meeting]");
        var minutes = await member.GetAsync((await member.GetAsync($"/gatherings/{gathering}")).Document.QuerySelector("a[data-action=meeting-minutes]")!.GetAttribute("href")!);
        Assert.Equal("请假：孟支委。", minutes.Document.QuerySelector("[data-field=excused]")!.TextContent);
        Assert.Equal("没有到会：周可欣。", minutes.Document.QuerySelector("[data-field=absent]")!.TextContent);
        // It was this meeting; the next one is another.
        Assert.Equal("", page.Document.QuerySelector("[name=gathering] option[selected]")?.GetAttribute("value") ?? "");
    }

    [Fact]
    public async Task After_its_end_a_meeting_stands_on_its_page_with_its_minutes_and_another_one_is_folded_away()
    {
        await using var world = await ReviewedAsync(cluster);
        using var secretary = await world.AsAsync(Secretary);
        using var member = await world.AsAsync(Member);
        var page = await CallAsync(secretary, await OpenAsync(secretary), Secretary, Recorder, Member);
        page = await secretary.SubmitAsync(page, "form[data-action=present-table]");
        page = await VoteAsync(secretary, page, "points-table", 2, 1, 0);
        page = await secretary.SubmitAsync(page, "form[data-action=close-meeting]");

        Assert.Equal("failed", page.Document.QuerySelector("[data-kind=points-table]")!.GetAttribute("data-state"));
        Assert.Contains("主持人（签字）", (await secretary.GetAsync(page.Document.QuerySelector("a[data-action=finished-minutes]")!.GetAttribute("href")!)).Text, StringComparison.Ordinal);
        var another = page.Document.QuerySelector("[data-field=another-meeting]")!;
        Assert.False(another.HasAttribute("open"));
        Assert.Contains("评定还没有通过", another.QuerySelector("summary")!.TextContent, StringComparison.Ordinal);
        // What waits for the next meeting is not hidden.
        await secretary.SubmitAsync(page, "form[data-action=put-motion]", ("kind", "other"), ("title", "推荐先进党员人选"));
        Assert.True((await secretary.GetAsync(Meeting)).Document.QuerySelector("[data-field=another-meeting]")!.HasAttribute("open"));
        Assert.Null((await member.GetAsync(Meeting)).Document.QuerySelector("[data-field=another-meeting]"));

        // Some days later what it left undone is what one comes for.
        ((MovableClock)world.Site.Clock).Advance(TimeSpan.FromDays(3));
        using var later = await world.AsAsync(Secretary);
        Assert.True((await later.GetAsync(Meeting)).Document.QuerySelector("[data-field=another-meeting]")!.HasAttribute("open"));
        page = await OpenAsync(later);
        Assert.Equal(2, await world.CountAsync("meeting-opened"));
        Assert.Null(page.Document.QuerySelector("[data-field=another-meeting]"));
        Assert.NotNull(page.Document.QuerySelector("form[data-action=take-roll]"));
    }

    [Fact]
    public async Task A_vote_whose_step_was_opened_again_is_marked_on_the_page_and_in_the_minutes()
    {
        await using var world = await ReviewedAsync(cluster);
        using var secretary = await world.AsAsync(Secretary);
        var page = await CallAsync(secretary, await OpenAsync(secretary), Secretary, Recorder, Member);
        page = await secretary.SubmitAsync(page, "form[data-action=present-table]");
        page = await VoteAsync(secretary, page, "points-table", 3, 0, 0);
        Assert.Null(page.Document.QuerySelector("[data-field=earlier]"));
        ((MovableClock)world.Site.Clock).Advance(TimeSpan.FromMinutes(5));
        await world.EnterAsync(new Cycle.Rounds.RoundStepReopened("2025-q3", "评定", "漏登了一次志愿服务"));

        page = await secretary.GetAsync(Meeting);
        Assert.Contains("漏登了一次志愿服务", page.Document.QuerySelector("[data-kind=points-table] [data-field=earlier]")!.TextContent, StringComparison.Ordinal);
        page = await secretary.SubmitAsync(page, "form[data-action=close-meeting]");
        // What was opened again is what the page is for.
        Assert.True(page.Document.QuerySelector("[data-field=another-meeting]")!.HasAttribute("open"));
        var minutes = await secretary.GetAsync("/rounds/2025-q3/meeting/minutes");
        Assert.Contains("“评定”于2025年10月20日重新开启（沈书记提出）：漏登了一次志愿服务", minutes.Document.QuerySelector("[data-field=earlier]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_voted_on_without_quorum_and_wrong_sums_come_back_as_typed()
    {
        await using var world = await ReviewedAsync(cluster);
        using var secretary = await world.AsAsync(Secretary);
        var page = await CallAsync(secretary, await OpenAsync(secretary), Secretary, Recorder);
        page = await secretary.SubmitAsync(page, "form[data-action=present-table]");

        var refused = await VoteAsync(secretary, page, "points-table", 2, 0, 0);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("至少要到3人才能表决", refused.Text, StringComparison.Ordinal);

        page = await CallAsync(secretary, await secretary.GetAsync(Meeting), Secretary, Recorder, Member);
        var wrong = await VoteAsync(secretary, page, "points-table", 5, 0, 0);
        Assert.Contains("合起来5票，到会能表决的3人，对不上", wrong.Text, StringComparison.Ordinal);
        Assert.Equal("5", wrong.Document.QuerySelector("[name=in-favour]")!.GetAttribute("value"));
        Assert.Equal(0, await world.CountAsync("motion-decided"));
    }

    [Fact]
    public async Task A_table_that_changed_after_it_was_read_is_not_voted_on_and_what_changed_is_shown()
    {
        await using var world = await ReviewedAsync(cluster, late: Member);
        using var secretary = await world.AsAsync(Secretary);
        using var committee = await world.AsAsync(Committeeman);
        // Only somebody who has set a password is asked for a second signature.
        await world.DoAsync("update account set login_name = 'zw', normalized_name = 'zw', password_hash = 'never compared here' where person_id = @person", new { person = Committeeman.Value });
        var page = await CallAsync(secretary, await OpenAsync(secretary), Secretary, Recorder, Member, Committeeman);
        page = await secretary.SubmitAsync(page, "form[data-action=present-table]");
        var entry = await world.OneAsync<Guid>("select entry_id from fact where ended_at is null and kind = 'badge-missing'");

        Assert.Equal("李文博，9月12日 未佩戴标识", page.Document.QuerySelector($"[name=corrects] option[value='{entry}']")!.TextContent);
        // The meeting decides that the entry was wrong; the correction names what it corrects and waits for its second person (RC3).
        page = await secretary.SubmitAsync(
            page, "form[data-action=put-motion]", ("kind", "points-change"), ("title", "冲正九月的工作牌登记"), ("concerned", Member.ToString()), ("corrects", entry.ToString()));
        page = await VoteAsync(secretary, page, "points-change", 4, 0, 0);
        page = await secretary.SubmitAsync(page, "form[data-action=reverse-by-decision]");
        Assert.Contains("等第二人确认", page.Text, StringComparison.Ordinal);
        var waiting = await committee.GetAsync("/confirmations");
        await committee.SubmitAsync(waiting, "button[data-action=confirm-step]");
        Assert.Equal(entry, await world.OneAsync<Guid>("select corrects from ledger_entry where kind = 'entry-reversed'"));
        Assert.Contains("表决通过：冲正九月的工作牌登记", await world.OneAsync<string>("select ground from ledger_entry where kind = 'entry-reversed'"), StringComparison.Ordinal);

        var late = await CorrectAsync(secretary, await secretary.GetAsync(Meeting), 1, 3, 0, "赞成、反对填反了", "[data-kind=points-change]");
        Assert.Contains("照这次表决的冲正已经登记", late.Text, StringComparison.Ordinal);

        var refused = await VoteAsync(secretary, page, "points-table", 4, 0, 0);
        Assert.Contains("宣读以后有1人的积分变了", refused.Text, StringComparison.Ordinal);
        var row = refused.Document.QuerySelector($"tr[data-id='{Member}']")!.TextContent;
        Assert.Contains("李文博", row, StringComparison.Ordinal);
        Assert.Equal(0, await world.OneAsync<int>("select count(*)::int from round_step where step = '评定' and ended_on is not null"));

        page = await secretary.SubmitAsync(await secretary.GetAsync(Meeting), "form[data-action=present-table]");
        page = await VoteAsync(secretary, page, "points-table", 4, 0, 0);
        Assert.Contains("已记下表决", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Members_sign_in_themselves_only_the_secretary_runs_the_meeting_and_strangers_see_nothing()
    {
        await using var world = await ReviewedAsync(cluster);
        using var secretary = await world.AsAsync(Secretary);
        using var member = await world.AsAsync(Member);
        using var committee = await world.AsAsync(Committeeman);
        using var stranger = await world.AsAsync(Stranger);
        Assert.Null((await member.GetAsync(Meeting)).Document.QuerySelector("form[data-action=open-meeting]"));
        Assert.Null((await committee.GetAsync(Meeting)).Document.QuerySelector("form[data-action=open-meeting]"));
        await OpenAsync(secretary);

        var mine = await member.GetAsync(Meeting);
        Assert.Null(mine.Document.QuerySelector("form[data-action=take-roll]"));
        await Task.WhenAll(member.SubmitAsync(mine, "form[data-action=sign-in-meeting]"), member.SubmitAsync(mine, "form[data-action=sign-in-meeting]"));

        Assert.Equal(1, await world.CountAsync("meeting-signed-in"));
        Assert.True(await world.OneAsync<bool>("select is_present from meeting_person where person_id = @person", new { person = Member.Value }));
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync($"{Meeting}?branch={Branch}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await secretary.GetAsync("/rounds/2025-q9/meeting")).Status);
    }

    [Fact]
    public async Task Two_who_open_at_once_open_one_meeting_and_the_same_vote_sent_twice_is_one_vote()
    {
        await using var world = await ReviewedAsync(cluster);
        using var secretary = await world.AsAsync(Secretary);
        var (first, second) = (await secretary.GetAsync(Meeting), await secretary.GetAsync(Meeting));
        var answers = await Task.WhenAll(Open(secretary, first), Open(secretary, second), Open(secretary, first));
        Assert.Equal(1, await world.CountAsync("meeting-opened"));
        Assert.Contains(answers, answer => answer.Text.Contains("还没有散会", StringComparison.Ordinal));

        var page = await CallAsync(secretary, await secretary.GetAsync(Meeting), Secretary, Recorder, Member);
        page = await secretary.SubmitAsync(page, "form[data-action=present-table]");
        await Task.WhenAll(VoteAsync(secretary, page, "points-table", 3, 0, 0), VoteAsync(secretary, page, "points-table", 3, 0, 0));
        Assert.Equal(1, await world.CountAsync("motion-decided"));
    }

    [Fact]
    public async Task What_a_motion_says_lies_beside_the_ledger_and_waits_for_the_next_meeting_when_there_is_none()
    {
        await using var world = await ReviewedAsync(cluster);
        using var secretary = await world.AsAsync(Secretary);
        using var committee = await world.AsAsync(Committeeman);
        using var member = await world.AsAsync(Member);
        await committee.SubmitAsync(
            await committee.GetAsync(Meeting), "form[data-action=put-motion]", ("kind", "exemption"), ("title", "不参加本年积分管理"), ("concerned", Second.ToString()), ("text", "手术后长期休养"));

        Assert.Equal(0, await world.OneAsync<int>("select count(*)::int from ledger_entry where body like '%手术%' or ground like '%手术%'"));
        var page = await CallAsync(secretary, await OpenAsync(secretary), Secretary, Recorder, Committeeman);
        Assert.Contains("手术后长期休养", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("手术", (await member.GetAsync(Meeting)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("手术", (await secretary.GetAsync("/rounds/2025-q3/meeting/screen")).Text, StringComparison.Ordinal);

        page = await VoteAsync(secretary, page, "exemption", 3, 0, 0);
        Assert.Equal("passed", page.Document.QuerySelector("[data-kind=exemption]")!.GetAttribute("data-state"));
        var minutes = await secretary.GetAsync("/rounds/2025-q3/meeting/minutes");
        Assert.Contains("不参加本年积分管理", minutes.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("手术", minutes.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sheet_for_paper_and_wall_holds_points_and_nothing_else()
    {
        await using var world = await ReviewedAsync(cluster, late: Member);
        using var member = await world.AsAsync(Member);

        foreach (var path in new[] { "table", "screen" })
        {
            var sheet = await member.GetAsync($"{Meeting}/{path}");
            Assert.Equal(0.5m, TotalOf(sheet, Second) - TotalOf(sheet, Member));
            Assert.DoesNotContain("支委当天检查", sheet.Text, StringComparison.Ordinal);
        }

        Assert.Equal(2, await world.OneAsync<int>("select count(*)::int from read_log"));
    }

    [Fact]
    public async Task Everything_about_a_meeting_can_be_read_again_from_the_ledger()
    {
        await using var world = await ReviewedAsync(cluster);
        using var secretary = await world.AsAsync(Secretary);
        await secretary.SubmitAsync(
            await secretary.GetAsync(Meeting), "form[data-action=put-motion]", ("kind", "objection-report"), ("title", "九月异议的办理结果"));
        var page = await CallAsync(secretary, await OpenAsync(secretary), Secretary, Recorder, Member);
        page = await secretary.SubmitAsync(page, "[data-kind=objection-report] form[data-action=report-motion]");
        page = await secretary.SubmitAsync(page, "form[data-action=present-table]");
        page = await VoteAsync(secretary, page, "points-table", 3, 0, 0);
        await secretary.SubmitAsync(page, "form[data-action=close-meeting]");
        const string State =
            "select (select jsonb_agg(to_jsonb(m) order by meeting_id) from meeting m)::text || (select jsonb_agg(to_jsonb(p) order by person_id) from meeting_person p)::text || (select jsonb_agg(to_jsonb(m) order by motion_id) from motion m)::text";
        var was = await world.OneAsync<string>(State);

        await world.OneAsync<long>("select rebuild_views()");

        Assert.Equal(was, await world.OneAsync<string>(State));
        Assert.Contains("\"reported\"", was, StringComparison.Ordinal);
    }

    /// <summary>The review of the third quarter is over.</summary>
    internal static async Task<RecordsWorld> ReviewedAsync(Cluster cluster, PersonId? late = null)
    {
        var world = await StartAsync(cluster);
        if (late is { } person)
        {
            using var recorder = await world.AsAsync(Recorder);
            await RecordAsync(recorder, "badge-missing", person, "2025-09-12");
        }

        await world.EndAsync("2025-q3", "初评");
        return world;
    }

    internal static async Task<Page> OpenAsync(Browser secretary) => await Open(secretary, await secretary.GetAsync(Meeting));

    internal static Task<Page> CallAsync(Browser secretary, Page page, params PersonId[] present)
    {
        // A form holds one value for each name in these tests: the others are put into the page.
        var form = page.Document.QuerySelector("form[data-action=take-roll]")!;
        foreach (var box in form.QuerySelectorAll("input[name=present]"))
        {
            ((AngleSharp.Html.Dom.IHtmlInputElement)box).IsChecked = present.Any(person => person.ToString() == box.GetAttribute("value"));
        }

        return secretary.SubmitAsync(page, "form[data-action=take-roll]");
    }

    internal static Task<Page> VoteAsync(Browser secretary, Page page, string kind, int inFavour, int against, int abstaining) => secretary.SubmitAsync(
        page, $"[data-kind={kind}] form[data-action=decide-motion]", ("in-favour", $"{inFavour}"), ("against", $"{against}"), ("abstaining", $"{abstaining}"));

    internal static Task<Page> CorrectAsync(Browser secretary, Page page, int inFavour, int against, int abstaining, string reason, string which = "[data-kind]") => secretary.SubmitAsync(
        page, $"{which} form[data-action=correct-vote]", ("in-favour", $"{inFavour}"), ("against", $"{against}"), ("abstaining", $"{abstaining}"), ("reason", reason));

    private static Task<string> AttendanceAsync(RecordsWorld world, PersonId person) =>
        world.OneAsync<string>("select attendance from attendance where person_id = @id", new { id = person.Value });

    private static Task<Page> Open(Browser secretary, Page page) =>
        secretary.SubmitAsync(page, "form[data-action=open-meeting]", ("host", Secretary.ToString()), ("minutes-by", Recorder.ToString()));

    private static decimal TotalOf(Page sheet, PersonId person) => decimal.Parse(
        sheet.Document.QuerySelector($"tr[data-id='{person}'] [data-field=total]")!.TextContent, System.Globalization.CultureInfo.InvariantCulture);

    private static string Squeezed(Page page) => string.Concat(page.Text.Where(letter => !char.IsWhiteSpace(letter)));
}
