using Jifen.Cycle.Gatherings;
using Xunit;
using static Jifen.Tests.Gatherings.Meeting;

namespace Jifen.Tests.Gatherings;

public sealed class LeaveTests
{
    [Fact]
    public void Leave_is_asked_by_the_person_with_a_reason()
    {
        var happening = Assert.Single(new RequestLeave(Id, " 出差 ").Decide(Called, Li, null, Before).Happenings);

        Assert.Equal(Li, happening.About);
        Assert.Equal("出差", Assert.IsType<LeaveRequested>(happening.Event).Reason);
    }

    [Fact]
    public void Leave_without_a_reason_is_refused() =>
        Assert.IsType<SayWhy>(new RequestLeave(Id, " ").Decide(Called, Li, null, Before).Refusal);

    [Fact]
    public void A_reason_has_an_end() =>
        Assert.IsType<FieldsAreWrong>(new RequestLeave(Id, new string('病', 201)).Decide(Called, Li, null, Before).Refusal);

    [Fact]
    public void Who_is_not_expected_needs_no_leave() =>
        Assert.IsType<NotExpected>(new RequestLeave(Id, "出差").Decide(Called, Guest, null, Before).Refusal);

    [Fact]
    public void Leave_is_asked_before_the_beginning()
    {
        Assert.IsType<BegunAlready>(new RequestLeave(Id, "出差").Decide(Called, Li, null, Opening).Refusal);
        Assert.False(new RequestLeave(Id, "出差").Decide(Called, Li, null, Opening.AddSeconds(-1)).IsRefused);
    }

    [Fact]
    public void One_asks_again_only_after_a_no()
    {
        Assert.Equal(new AskedAlready(false), new RequestLeave(Id, "出差").Decide(Called, Li, new LeaveRequest(Li, "病", null), Before).Refusal);
        Assert.Equal(new AskedAlready(true), new RequestLeave(Id, "出差").Decide(Called, Li, new LeaveRequest(Li, "病", true), Before).Refusal);
        Assert.False(new RequestLeave(Id, "出差").Decide(Called, Li, new LeaveRequest(Li, "病", false), Before).IsRefused);
    }

    [Fact]
    public void Leave_is_withdrawn_until_the_roll_is_taken()
    {
        Assert.IsType<NoLeaveAsked>(new WithdrawLeave(Id).Decide(Called, Li, null).Refusal);
        Assert.IsType<LeaveComesTooLate>(new WithdrawLeave(Id).Decide(Held, Li, new LeaveRequest(Li, "病", true)).Refusal);
        Assert.IsType<LeaveWithdrawn>(new WithdrawLeave(Id).Decide(Called, Li, new LeaveRequest(Li, "病", true)).Happenings[0].Event);
    }

    [Fact]
    public void A_no_has_a_reason_and_a_yes_needs_none()
    {
        var asked = new LeaveRequest(Li, "出差", null);
        Assert.IsType<SayWhy>(new DecideLeave(Id, Li, false, null).Decide(Called, asked).Refusal);
        Assert.True(Event<LeaveDecided>(new DecideLeave(Id, Li, true, " ").Decide(Called, asked)) is { Granted: true, Answer: null });
    }

    [Fact]
    public void A_decision_can_be_turned_until_the_roll_is_taken_and_is_not_entered_twice()
    {
        var granted = new LeaveRequest(Li, "出差", true);
        Assert.Empty(new DecideLeave(Id, Li, true, "同意").Decide(Called, granted).Happenings);
        Assert.False(Event<LeaveDecided>(new DecideLeave(Id, Li, false, "要表决，请到会").Decide(Called, granted)).Granted);
        Assert.IsType<LeaveComesTooLate>(new DecideLeave(Id, Li, false, "迟了").Decide(Held, granted).Refusal);
        Assert.IsType<NoLeaveAsked>(new DecideLeave(Id, Li, true, null).Decide(Called, null).Refusal);
    }
}
