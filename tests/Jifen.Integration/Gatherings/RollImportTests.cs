using Jifen.Cycle;
using Jifen.Cycle.Gatherings;
using Jifen.Integration.World;
using Jifen.Scoring.Schemes;
using Jifen.Store.Steps;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Jifen.Integration.Gatherings;

/// <summary>Roll-calls from a list: all of them or none, and a second time nothing.</summary>
public sealed class RollImportTests(Cluster cluster)
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_is_entered_as_a_whole_and_again_without_doubles()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        var (first, second) = (await world.MeetingAsync("09:00"), await world.MeetingAsync("11:00"));
        var steps = world.Site.Services.GetRequiredService<GatheringSteps>();
        TakeRoll[] rolls = [Roll(first, (BranchWorld.Member, Attendance.Late)), Roll(second, (BranchWorld.Member, Attendance.Present), (BranchWorld.Another, Attendance.Absent))];

        var done = await steps.TakeRollsAsync(BranchWorld.Branch, rolls, "考勤.csv", BranchWorld.Recorder, Operation(), Cancel);
        var again = await steps.TakeRollsAsync(BranchWorld.Branch, rolls, "考勤.csv", BranchWorld.Recorder, Operation(), Cancel);

        Assert.Equal((2, 0), (done.Entries.Count, again.Entries.Count));
        Assert.Equal("late", (await world.AttendanceAsync(first))["钱静"]);
        Assert.Equal(2, (await world.AttendanceAsync(second)).Count);
    }

    [Fact]
    public async Task One_roll_that_is_refused_keeps_all_of_them_out()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        var (first, second) = (await world.MeetingAsync("09:00"), await world.MeetingAsync("16:30"));
        var steps = world.Site.Services.GetRequiredService<GatheringSteps>();

        var refused = await steps.TakeRollsAsync(
            BranchWorld.Branch,
            [Roll(first, (BranchWorld.Member, Attendance.Late)), Roll(second, (BranchWorld.Member, Attendance.Present))],
            "考勤.csv", BranchWorld.Recorder, Operation(), Cancel);
        var own = await steps.TakeRollsAsync(
            BranchWorld.Branch,
            [Roll(first, (BranchWorld.Member, Attendance.Late), (BranchWorld.Recorder, Attendance.Present))],
            "考勤.csv", BranchWorld.Recorder, Operation(), Cancel);

        Assert.IsType<NotHeldYet>(refused.Refusal);
        Assert.True(own.IsRefused);
        Assert.Equal(0, await world.EntriesAsync("attendance-taken"));
    }

    [Fact]
    public async Task Minutes_are_written_kept_under_their_digest_and_read_by_the_branch()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        var meeting = await world.MeetingAsync("09:00");
        using var recorder = await world.SignInAsync(BranchWorld.Recorder);

        var empty = await recorder.SubmitAsync(await recorder.GetAsync($"{meeting}/minutes"), "form[data-action=file-minutes]");
        Assert.Contains("请写会议记录，或者选文件", empty.Text, StringComparison.Ordinal);
        var filed = await recorder.SubmitAsync(empty, "form[data-action=file-minutes]", ("text", "一、传达文件。\n二、讨论。"));
        Assert.Contains("会议记录已保存", filed.Text, StringComparison.Ordinal);
        Assert.Equal("一、传达文件。\n二、讨论。", filed.Document.QuerySelector("[data-field=minutes]")!.TextContent);

        using var member = await world.SignInAsync(BranchWorld.Member);
        var link = (await member.GetAsync(meeting)).Document.QuerySelector("#minutes a[href^='/evidence/']")!.GetAttribute("href")!;
        Assert.Contains("传达文件", await member.Http.GetStringAsync(link, Cancel), StringComparison.Ordinal);
        using var stranger = await world.SignInAsync(BranchWorld.Stranger);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await stranger.GetAsync(link)).Status);
    }

    private static OperationId Operation() => new(Guid.CreateVersion7());

    private static TakeRoll Roll(string meeting, params (PersonId Person, Attendance Attendance)[] marks) => new(
        new GatheringId(BranchWorld.IdOf(meeting)), [.. marks.Select(mark => new AttendanceMark(mark.Person, mark.Attendance, null))], null);
}
