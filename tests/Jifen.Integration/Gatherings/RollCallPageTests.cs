using System.Net;
using Jifen.Cycle;
using Jifen.Integration.World;
using Xunit;

namespace Jifen.Integration.Gatherings;

/// <summary>点名 through the pages, as the recorder and the secretary do it.</summary>
public sealed class RollCallPageTests(Cluster cluster)
{
    private const string Roll = "form[data-action=take-roll]";

    [Fact]
    public async Task Everybody_is_there_but_three_and_the_recorders_own_line_is_the_secretarys()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        var meeting = await world.MeetingAsync();
        using var recorder = await world.SignInAsync(BranchWorld.Recorder);

        var page = await recorder.GetAsync($"{meeting}/roll");
        Assert.Contains("计入2025年第三季度", page.Text, StringComparison.Ordinal);
        Assert.Contains("组织生活迟到 −2", page.Text, StringComparison.Ordinal);
        Assert.Contains("附1·组织生活", page.Text, StringComparison.Ordinal);
        Assert.Contains("由书记或副书记登记", page.Document.QuerySelector($"[data-id='{BranchWorld.Recorder}'] [data-field=locked]")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll($"[data-id='{BranchWorld.Recorder}'] input"));

        var saved = await recorder.SubmitAsync(
            page, Roll, (A(BranchWorld.Member), "late"), (A(BranchWorld.Another), "absent"), (A(BranchWorld.Deputy), "late-and-left-early"));
        Assert.EndsWith("?done=roll", saved.Path, StringComparison.Ordinal);
        Assert.Contains("还有1人由别人登记", saved.Text, StringComparison.Ordinal);
        var roll = await world.AttendanceAsync(meeting);
        Assert.Equal(("late", "absent", "late-and-left-early", "present"), (roll["钱静"], roll["孙伟"], roll["赵强"], roll["李明"]));
        Assert.DoesNotContain("王芳", roll.Keys);

        using var secretary = await world.SignInAsync(BranchWorld.Secretary);
        page = await secretary.GetAsync($"{meeting}/roll");
        saved = await secretary.SubmitAsync(page, Roll, (A(BranchWorld.Recorder), "late"));
        Assert.EndsWith("?done=roll", saved.Path, StringComparison.Ordinal);
        Assert.Equal("late", (await world.AttendanceAsync(meeting))["王芳"]);
        Assert.Equal(2, await world.EntriesAsync("attendance-taken"));
    }

    [Fact]
    public async Task The_same_form_sent_twice_is_one_roll()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        var meeting = await world.MeetingAsync();
        using var recorder = await world.SignInAsync(BranchWorld.Recorder);
        var page = await recorder.GetAsync($"{meeting}/roll");

        var both = await Task.WhenAll(
            recorder.PostAsync(page, Roll, (A(BranchWorld.Member), "late")), recorder.PostAsync(page, Roll, (A(BranchWorld.Member), "late")));

        Assert.All(both, answer => Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode));
        Assert.Equal(1, await world.EntriesAsync("attendance-taken"));
    }

    [Fact]
    public async Task The_second_of_two_recorders_sees_what_differs_and_nothing_of_his_is_saved()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        var meeting = await world.MeetingAsync();
        using var first = await world.SignInAsync(BranchWorld.Recorder);
        using var second = await world.SignInAsync(BranchWorld.SecondRecorder);
        var pages = (await first.GetAsync($"{meeting}/roll"), await second.GetAsync($"{meeting}/roll"));

        await first.SubmitAsync(pages.Item1, Roll, (A(BranchWorld.Member), "late"));
        var refused = await second.SubmitAsync(pages.Item2, Roll, (A(BranchWorld.Member), "absent"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("钱静已登记迟到，您选的是缺席", refused.Text, StringComparison.Ordinal);
        Assert.Equal("late", (await world.AttendanceAsync(meeting))["钱静"]);
        Assert.Equal(1, await world.EntriesAsync("attendance-taken"));
    }

    [Fact]
    public async Task A_forged_line_about_oneself_is_refused_and_the_whole_roll_with_it()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        var meeting = await world.MeetingAsync();
        using var recorder = await world.SignInAsync(BranchWorld.Recorder);

        var refused = await recorder.SubmitAsync(await recorder.GetAsync($"{meeting}/roll"), Roll, (A(BranchWorld.Recorder), "present"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("记录员不办自己的", refused.Text, StringComparison.Ordinal);
        Assert.Equal(0, await world.EntriesAsync("attendance-taken"));
    }

    [Fact]
    public async Task Members_and_other_branches_take_no_roll()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        var meeting = await world.MeetingAsync();
        using var member = await world.SignInAsync(BranchWorld.Member);
        using var stranger = await world.SignInAsync(BranchWorld.Stranger);

        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync($"{meeting}/roll")).Status);
        Assert.Equal(HttpStatusCode.OK, (await member.GetAsync(meeting)).Status);
        string[] pages = ["", "/roll", "/people", "/change", "/cancel", "/make-up", "/correct", "/projector", "/paper", "/check-ins", "/leave", "/code.svg", "/check-ins/count"];
        foreach (var page in pages)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(meeting + page)).Status);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync($"/gatherings?branch={BranchWorld.Branch}")).Status);
    }

    [Fact]
    public async Task A_correction_has_a_reason_and_the_old_mark_stays_to_be_seen()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        var meeting = await world.MeetingAsync();
        using var recorder = await world.SignInAsync(BranchWorld.Recorder);
        await recorder.SubmitAsync(await recorder.GetAsync($"{meeting}/roll"), Roll, (A(BranchWorld.Member), "absent"));
        var form = await recorder.GetAsync($"{meeting}/correct?person={BranchWorld.Member}");

        var refused = await recorder.SubmitAsync(form, "form[data-action=correct-attendance]", ("attendance", "excused"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("请写明为什么更正", refused.Text, StringComparison.Ordinal);

        var saved = await recorder.SubmitAsync(refused, "form[data-action=correct-attendance]", ("reason", "当天已请假，点名漏看"));
        Assert.EndsWith("?done=corrected", saved.Path, StringComparison.Ordinal);
        Assert.Equal("缺席", saved.Document.QuerySelector($"[data-id='{BranchWorld.Member}'] s")!.TextContent);
        Assert.Equal("excused", (await world.AttendanceAsync(meeting))["钱静"]);
        // The recorder corrects no line of his own.
        var own = await recorder.GetAsync($"{meeting}/correct?person={BranchWorld.Recorder}");
        Assert.Empty(own.Document.QuerySelectorAll("form[data-action=correct-attendance]"));
    }

    [Fact]
    public async Task Two_who_were_absent_make_it_up_in_one_go_and_the_deduction_ceases_to_hold()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        var meeting = await world.MeetingAsync();
        using var recorder = await world.SignInAsync(BranchWorld.Recorder);
        await recorder.SubmitAsync(
            await recorder.GetAsync($"{meeting}/roll"), Roll, (A(BranchWorld.Member), "absent"), (A(BranchWorld.Another), "absent"));
        world.Clock.Advance(TimeSpan.FromDays(7));
        using var later = await world.SignInAsync(BranchWorld.Recorder);

        var form = await later.GetAsync($"{meeting}/make-up");
        Assert.Contains("组织生活缺席 −2", form.Text, StringComparison.Ordinal);
        var both = new FormUrlEncodedContent(
            Fields(form).Concat([KeyValuePair.Create("people", BranchWorld.Member.ToString()), KeyValuePair.Create("people", BranchWorld.Another.ToString())]));
        var answer = await later.Http.PostAsync($"{meeting}/make-up", both, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var roll = await world.AttendanceAsync(meeting);
        Assert.Equal(("made-up", "made-up"), (roll["钱静"], roll["孙伟"]));
        var made = await world.QueryAsync<(string Attendance, DateTime? MadeUpOn, bool Holds)>(
            "select attendance, made_up_on::timestamp, ended_at is null from attendance where person_id = @id order by recorded_at", new { id = BranchWorld.Member.Value });
        Assert.Equal([("absent", null, false), ("made-up", new DateTime(2025, 9, 25), true)], made);
    }

    [Fact]
    public async Task A_gathering_of_last_month_names_its_quarter_before_it_is_saved()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        using var recorder = await world.SignInAsync(BranchWorld.Recorder);
        var form = await recorder.GetAsync("/gatherings/new?kind=members-meeting");

        var asked = await recorder.SubmitAsync(
            form, "form[data-action=plan-gathering]", ("title", "六月党员大会"), ("day", "2025-06-26"), ("place", "会议室"));
        Assert.Contains("2025年第二季度", asked.Document.QuerySelector("[data-field=round]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(0, await world.EntriesAsync("gathering-planned"));

        var roll = await recorder.SubmitAsync(asked, "form[data-action=plan-gathering]");
        Assert.EndsWith("/roll?done=planned", roll.Path, StringComparison.Ordinal);
        await recorder.SubmitAsync(roll, Roll);
        Assert.Equal(
            [new DateTime(2025, 6, 26)],
            await world.QueryAsync<DateTime>("select happened_on::timestamp from ledger_entry where kind = 'attendance-taken'"));
    }

    [Fact]
    public async Task Activists_are_not_called_to_a_members_meeting_and_are_to_a_lecture()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        var meeting = await world.MeetingAsync("16:00", "2025-09-19", "members-meeting");
        var lecture = await world.MeetingAsync("16:00", "2025-09-22", "party-lecture");
        var called = await world.QueryAsync<(Guid Gathering, Guid Person)>("select gathering_id, person_id from gathering_expected");

        Assert.Equal(6, called.Count(one => one.Gathering == BranchWorld.IdOf(meeting)));
        Assert.Equal(7, called.Count(one => one.Gathering == BranchWorld.IdOf(lecture)));
    }

    [Fact]
    public async Task What_the_ledger_says_about_gatherings_is_the_same_after_the_views_are_rebuilt()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        var meeting = await world.MeetingAsync();
        using var recorder = await world.SignInAsync(BranchWorld.Recorder);
        await recorder.SubmitAsync(await recorder.GetAsync($"{meeting}/roll"), Roll, (A(BranchWorld.Member), "absent"));
        var second = await world.MeetingAsync("13:00");
        using var secretary = await world.SignInAsync(BranchWorld.Secretary);
        await recorder.SubmitAsync(await recorder.GetAsync($"{second}/roll"), Roll);
        await secretary.SubmitAsync(await secretary.GetAsync($"{second}/cancel"), "form[data-action=cancel-gathering]", ("reason", "登记重了"));
        Assert.Empty(await world.AttendanceAsync(second));
        var before = await SnapshotAsync();

        await world.QueryAsync<long>("select rebuild_views()");

        Assert.Equal(before, await SnapshotAsync());

        async Task<IReadOnlyList<string>> SnapshotAsync() => await world.QueryAsync<string>(
            """
            select t::text from (
                select row_to_json(g)::text as t from gathering g union all select row_to_json(a)::text from attendance a
                union all select row_to_json(e)::text from gathering_expected e) as x
            order by t
            """);
    }

    private static string A(PersonId person) => $"a-{person}";

    private static IEnumerable<KeyValuePair<string, string>> Fields(Page page) => page.Document.QuerySelectorAll("form[data-action=make-up] input")
        .OfType<AngleSharp.Html.Dom.IHtmlInputElement>()
        .Where(input => input.Type != "checkbox" && !string.IsNullOrEmpty(input.Name))
        .Select(input => KeyValuePair.Create(input.Name!, input.Value));
}
