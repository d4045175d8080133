using Jifen.Cycle;
using Jifen.Cycle.Gatherings;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;
using Xunit;
using static Jifen.Tests.Gatherings.Meeting;

namespace Jifen.Tests.Gatherings;

public sealed class PlanningTests
{
    [Fact]
    public void Planning_with_a_list_plans_and_calls()
    {
        var ruling = new PlanGathering(Id, Plan, [Li, Wang]).Decide(OnRoll, Before);

        Assert.Collection(
            ruling.Happenings,
            one => Assert.Equal("九月党员大会", Assert.IsType<GatheringPlanned>(one.Event).Title),
            one => Assert.Equal([Li, Wang], Assert.IsType<GatheringCalled>(one.Event).Expected));
    }

    [Fact]
    public void Planning_without_a_list_tells_nobody_yet() =>
        Assert.Equal(5, Event<GatheringPlanned>(new PlanGathering(Id, Plan, null).Decide(OnRoll, Before)).LateAfterMinutes);

    [Fact]
    public void A_gathering_of_the_past_needs_its_list_at_once() =>
        Assert.IsType<NobodyIsExpected>(new PlanGathering(Id, Plan, null).Decide(OnRoll, After).Refusal);

    [Fact]
    public void A_list_of_nobody_is_refused() =>
        Assert.IsType<NobodyIsExpected>(new PlanGathering(Id, Plan, []).Decide(OnRoll, Before).Refusal);

    [Fact]
    public void Somebody_who_is_not_on_the_roll_that_day_is_not_called() =>
        Assert.Equal(
            new NotOnTheRoll(1),
            new PlanGathering(Id, Plan, [Li, new PersonId(new Guid(77, 0, 0, new byte[8]))]).Decide(OnRoll, Before).Refusal);

    [Fact]
    public void Every_wrong_field_is_named_at_once()
    {
        var plan = Plan with
        {
            Kind = GatheringKind.GroupMeeting,
            Title = " ",
            Place = "",
            EndsAt = Opening,
            Hours = 0,
            LateAfterMinutes = -1,
            StartsAt = Opening.AddYears(3),
        };

        var refusal = Assert.IsType<FieldsAreWrong>(new PlanGathering(Id, plan, [Li]).Decide(OnRoll, Before).Refusal);

        Assert.Equal(["title", "place", "day", "ends", "hours", "group", "late"], refusal.Faults.Select(fault => fault.Field));
    }

    [Theory]
    [InlineData(0.125)]
    [InlineData(100)]
    public void Hours_have_two_places_and_an_upper_end(double hours) =>
        Assert.Equal("hours", Assert.Single((Plan with { Hours = (decimal)hours }).FaultsOn(Before)).Field);

    [Fact]
    public void A_change_needs_a_reason() =>
        Assert.IsType<SayWhy>(new ChangeGathering(Id, Plan with { Place = "报告厅" }, " ").Decide(Called, byRecorder: true, Before).Refusal);

    [Fact]
    public void A_change_keeps_its_reason() =>
        Assert.Equal("会议室有别的用", Event<GatheringChanged>(
            new ChangeGathering(Id, Plan with { Place = "报告厅" }, "会议室有别的用").Decide(Called, byRecorder: true, Before)).Reason);

    [Fact]
    public void A_change_that_changes_nothing_is_not_entered() =>
        Assert.Empty(new ChangeGathering(Id, Plan, "看看").Decide(Called, byRecorder: true, Before).Happenings);

    [Fact]
    public void After_the_roll_the_recorder_changes_the_place_and_not_the_hours()
    {
        Assert.IsType<RollIsTaken>(new ChangeGathering(Id, Plan with { Hours = 3 }, "记错了").Decide(Held, byRecorder: true, After).Refusal);
        Assert.IsType<GatheringChanged>(new ChangeGathering(Id, Plan with { Place = "报告厅" }, "记错了").Decide(Held, byRecorder: true, After).Happenings[0].Event);
        Assert.IsType<GatheringChanged>(new ChangeGathering(Id, Plan with { Hours = 3 }, "记错了").Decide(Held, byRecorder: false, After).Happenings[0].Event);
    }

    [Fact]
    public void What_was_held_is_not_moved_into_the_future() =>
        Assert.IsType<NotHeldYet>(
            new ChangeGathering(Id, Plan with { StartsAt = After.AddDays(1), EndsAt = null }, "改期").Decide(Held, byRecorder: false, After).Refusal);

    [Fact]
    public void A_cancelled_gathering_takes_no_further_step()
    {
        Refusal?[] refusals =
        [
            new ChangeGathering(Id, Plan, "改").Decide(Cancelled, false, Before).Refusal,
            new CancelGathering(Id, "再取消").Decide(Cancelled, false).Refusal,
            new CallGathering(Id, [Li]).Decide(Cancelled, OnRoll, new HashSet<PersonId>()).Refusal,
            new RequestLeave(Id, "出差").Decide(Cancelled, Li, null, Before).Refusal,
            new DecideLeave(Id, Li, true, null).Decide(Cancelled, new LeaveRequest(Li, "出差", null)).Refusal,
            new CheckIn(Id, Li, CheckInManner.Code, new Scan(Opening, TimeSpan.Zero, null, null, true)).Decide(Cancelled, false).Refusal,
            new TakeRoll(Id, [], null).Decide(RollOf(Cancelled), Nobody, After).Refusal,
            new CorrectAttendance(Id, Li, Entry(1), Attendance.Late, "错了").Decide(Cancelled, null).Refusal,
            new MakeUpAttendance(Id, [Li], Plan.StartsAt.ToCivilDay(), "补").Decide(RollOf(Cancelled), Nobody, Plan.StartsAt.ToCivilDay()).Refusal,
            new FileMinutes(Id, [new MinutesFile(default, "00")]).Decide(Cancelled, After).Refusal,
        ];

        Assert.All(refusals, refusal => Assert.IsType<GatheringIsCancelled>(refusal));
    }

    [Fact]
    public void Cancelling_needs_a_reason_and_after_the_roll_somebody_else_than_the_recorder()
    {
        Assert.IsType<SayWhy>(new CancelGathering(Id, "").Decide(Called, byRecorder: true).Refusal);
        Assert.IsType<RollIsTaken>(new CancelGathering(Id, "记重了").Decide(Held, byRecorder: true).Refusal);
        Assert.Equal("记重了", Event<GatheringCancelled>(new CancelGathering(Id, "记重了 ").Decide(Held, byRecorder: false)).Reason);
    }

    [Fact]
    public void Whoever_has_attendance_cannot_be_struck_off_the_list()
    {
        Assert.Equal(new HasAttendanceAlready(1), new CallGathering(Id, [Li]).Decide(Held, OnRoll, new HashSet<PersonId> { Wang }).Refusal);
        Assert.IsType<GatheringCalled>(new CallGathering(Id, [Li, Wang, Guest]).Decide(Held, OnRoll, new HashSet<PersonId> { Wang }).Happenings[0].Event);
    }

    [Fact]
    public void The_same_list_again_tells_nobody_twice() =>
        Assert.Empty(new CallGathering(Id, [Qian, Zhao, Wang, Li]).Decide(Called, OnRoll, new HashSet<PersonId>()).Happenings);

    [Fact]
    public void Whoever_left_the_branch_since_stays_in_the_list_he_was_in() =>
        Assert.False(new CallGathering(Id, [Li, Guest]).Decide(Called, new HashSet<PersonId> { Guest }, new HashSet<PersonId>()).IsRefused);

    [Theory]
    [InlineData(GatheringKind.MembersMeeting, "full probationary committee")]
    [InlineData(GatheringKind.DecisionMeeting, "full probationary committee")]
    [InlineData(GatheringKind.OrganizationalLifeMeeting, "full probationary committee")]
    [InlineData(GatheringKind.CommitteeMeeting, "committee")]
    [InlineData(GatheringKind.PartyLecture, "full probationary activist committee")]
    [InlineData(GatheringKind.ThemedPartyDay, "full probationary activist committee")]
    [InlineData(GatheringKind.CommonPartyDay, "full probationary activist committee")]
    [InlineData(GatheringKind.GroupStudy, "full probationary activist committee")]
    [InlineData(GatheringKind.VolunteerService, "")]
    [InlineData(GatheringKind.Other, "")]
    public void Each_kind_proposes_who_is_expected(GatheringKind kind, string expected) =>
        Assert.Equal(expected, string.Join(' ', Branch.Where(person => ExpectedPeople.Expects(kind, null, withActivists: true, person)).Select(person => person.Name)));

    [Fact]
    public void A_group_meeting_expects_the_members_of_that_group() =>
        Assert.Equal(["full"], Branch.Where(person => ExpectedPeople.Expects(GatheringKind.GroupMeeting, "第一小组", true, person)).Select(person => person.Name));

    [Fact]
    public void Activists_stay_out_where_the_branch_says_so() =>
        Assert.DoesNotContain(Branch, person => person.Standing == Standing.Activist && ExpectedPeople.Expects(GatheringKind.PartyLecture, null, false, person));

    private static readonly IReadOnlyList<RollPerson> Branch =
    [
        new(Li, "full", Standing.Full, "第一小组", IsOfCommittee: false, IsAway: false),
        new(Wang, "probationary", Standing.Probationary, "第二小组", IsOfCommittee: false, IsAway: false),
        new(Zhao, "activist", Standing.Activist, "第一小组", IsOfCommittee: false, IsAway: false),
        new(Qian, "committee", Standing.Full, null, IsOfCommittee: true, IsAway: false),
        new(Guest, "away", Standing.Full, "第一小组", IsOfCommittee: false, IsAway: true),
    ];
}

internal static class CivilDays
{
    public static DateOnly ToCivilDay(this DateTimeOffset instant) => CivilTime.DayOf(instant);
}
