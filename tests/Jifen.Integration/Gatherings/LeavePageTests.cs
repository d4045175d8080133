using System.Net;
using Jifen.Integration.World;
using Xunit;

namespace Jifen.Integration.Gatherings;

public sealed class LeavePageTests(Cluster cluster)
{
    [Fact]
    public async Task A_member_asks_with_one_tap_the_secretary_grants_and_the_roll_starts_from_it()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        var meeting = await world.MeetingAsync("16:00");
        using var member = await world.SignInAsync(BranchWorld.Member);

        var asked = await member.SubmitAsync(await member.GetAsync("/me/gatherings"), $"[data-id='{BranchWorld.IdOf(meeting)}'] button[value=出差]");
        Assert.Contains("已请假，等书记或支委批", asked.Text, StringComparison.Ordinal);
        Assert.Contains("请假待批", asked.Text, StringComparison.Ordinal);

        using var secretary = await world.SignInAsync(BranchWorld.Secretary);
        var list = await secretary.GetAsync("/gatherings");
        Assert.Contains("请假待批1人", list.Text, StringComparison.Ordinal);
        var decided = await secretary.SubmitAsync(await secretary.GetAsync(meeting), "button[data-action=grant-leave]");
        Assert.Contains("已准假", decided.Text, StringComparison.Ordinal);
        Assert.Contains("已准假", (await member.GetAsync("/me/gatherings")).Text, StringComparison.Ordinal);

        world.Clock.Advance(TimeSpan.FromHours(1));
        using var recorder = await world.SignInAsync(BranchWorld.Recorder);
        var roll = await recorder.GetAsync($"{meeting}/roll");
        await recorder.SubmitAsync(roll, "form[data-action=take-roll]");
        Assert.Equal("excused", (await world.AttendanceAsync(meeting))["钱静"]);
    }

    [Fact]
    public async Task A_no_needs_an_answer_which_the_member_reads()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        var meeting = await world.MeetingAsync("16:00");
        using var member = await world.SignInAsync(BranchWorld.Member);
        await member.SubmitAsync(await member.GetAsync($"{meeting}/leave"), "form[data-action=request-leave]", ("reason", "有课"));
        using var secretary = await world.SignInAsync(BranchWorld.Secretary);

        var refused = await secretary.SubmitAsync(await secretary.GetAsync(meeting), "button[data-action=refuse-leave]");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("请写明不准假的理由", refused.Text, StringComparison.Ordinal);
        await secretary.SubmitAsync(refused, "button[data-action=refuse-leave]", ("answer", "要表决，请调课"));

        Assert.Contains("要表决，请调课", (await member.GetAsync("/me/gatherings")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_grants_his_own_leave_and_the_recorder_grants_none()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        var meeting = await world.MeetingAsync("16:00");
        using var secretary = await world.SignInAsync(BranchWorld.Secretary);
        await secretary.SubmitAsync(await secretary.GetAsync($"{meeting}/leave"), "form[data-action=request-leave]", ("reason", "开会"));

        Assert.Empty((await secretary.GetAsync(meeting)).Document.QuerySelectorAll("[data-action=decide-leave]"));
        using var recorder = await world.SignInAsync(BranchWorld.Recorder);
        Assert.Empty((await recorder.GetAsync(meeting)).Document.QuerySelectorAll("[data-action=decide-leave]"));
        using var deputy = await world.SignInAsync(BranchWorld.Deputy);
        var granted = await deputy.SubmitAsync(await deputy.GetAsync(meeting), "button[data-action=grant-leave]");
        Assert.Equal(HttpStatusCode.OK, granted.Status);
        // A form the secretary kept from another case, sent for his own.
        using var member = await world.SignInAsync(BranchWorld.Member);
        await member.SubmitAsync(await member.GetAsync($"{meeting}/leave"), "form[data-action=request-leave]", ("reason", "有课"));
        var forged = await secretary.SubmitAsync(
            await secretary.GetAsync(meeting), "button[data-action=grant-leave]", ("person", BranchWorld.Secretary.ToString()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, forged.Status);
        Assert.Contains("涉及您本人", forged.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leave_is_withdrawn_and_not_asked_once_it_has_begun()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        var meeting = await world.MeetingAsync("16:00");
        using var member = await world.SignInAsync(BranchWorld.Member);
        await member.SubmitAsync(await member.GetAsync($"{meeting}/leave"), "form[data-action=request-leave]", ("reason", "有课"));

        var withdrawn = await member.SubmitAsync(await member.GetAsync("/me/gatherings"), "form[data-action=withdraw-leave]");
        Assert.Contains("已撤回", withdrawn.Text, StringComparison.Ordinal);
        var form = await member.GetAsync($"{meeting}/leave");
        world.Clock.Advance(TimeSpan.FromMinutes(31));
        using var again = await world.SignInAsync(BranchWorld.Member);
        var late = await again.SubmitAsync(await again.GetAsync($"{meeting}/leave"), "form[data-action=request-leave]", ("reason", "有课"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.Status);
        Assert.Contains("活动已经开始", late.Text, StringComparison.Ordinal);
        Assert.NotNull(form.Document.QuerySelector("form[data-action=request-leave]"));
    }
}
