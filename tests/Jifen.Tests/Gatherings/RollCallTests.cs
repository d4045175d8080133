using Jifen.Cycle;
using Jifen.Cycle.Gatherings;
using Jifen.Scoring.Schemes;
using Xunit;
using static Jifen.Tests.Gatherings.Meeting;

namespace Jifen.Tests.Gatherings;

public sealed class RollCallTests
{
    private static readonly IReadOnlyList<AttendanceMark> All = [Mark(Li), Mark(Wang, Attendance.Late), Mark(Zhao, Attendance.Absent), Mark(Qian)];

    [Fact]
    public void The_whole_roll_is_one_entry_on_the_day_of_the_gathering()
    {
        var happening = Assert.Single(new TakeRoll(Id, All, null).Decide(Roll(), Nobody, After).Happenings);

        Assert.Equal(new DateOnly(2025, 9, 18), happening.On);
        Assert.Equal(All, Assert.IsType<AttendanceTaken>(happening.Event).Marks);
    }

    [Fact]
    public void No_roll_is_taken_before_the_beginning() =>
        Assert.IsType<NotHeldYet>(new TakeRoll(Id, All, null).Decide(Roll(), Nobody, Opening.AddMinutes(-1)).Refusal);

    [Fact]
    public void Whoever_is_left_out_is_named() =>
        Assert.Equal(["赵强", "钱静"], Assert.IsType<RollIsIncomplete>(
            new TakeRoll(Id, [Mark(Li), Mark(Wang)], null).Decide(Roll(), Nobody, After).Refusal).Names);

    [Fact]
    public void The_recorders_own_line_is_left_to_the_secretary()
    {
        var own = new Dictionary<PersonId, Refusal> { [Wang] = new NobodyIsExpected() };
        Assert.Same(own[Wang], new TakeRoll(Id, All, null).Decide(Roll(), own, After).Refusal);
        Assert.Equal(3, Event<AttendanceTaken>(new TakeRoll(Id, [Mark(Li), Mark(Zhao), Mark(Qian)], null).Decide(Roll(), own, After)).Marks.Count);
    }

    [Fact]
    public void The_secretary_adds_the_recorders_line_to_the_roll_that_was_taken()
    {
        var others = new[] { Li, Zhao, Qian }.ToDictionary(person => person, Refusal (_) => new NobodyIsExpected());
        var roll = Roll((Li, Attendance.Present), (Zhao, Attendance.Absent), (Qian, Attendance.Present));

        Assert.Equal(Wang, Assert.Single(Event<AttendanceTaken>(new TakeRoll(Id, [Mark(Wang)], Entry(1)).Decide(roll, others, After)).Marks).Person);
    }

    [Fact]
    public void The_second_of_two_recorders_sees_what_differs()
    {
        var roll = Roll((Li, Attendance.Present), (Wang, Attendance.Present), (Zhao, Attendance.Absent), (Qian, Attendance.Present));

        var refusal = Assert.IsType<RollChanged>(new TakeRoll(Id, All, null).Decide(roll, Nobody, After).Refusal);

        Assert.Equal(["王芳已登记到会，您选的是迟到"], refusal.Differences);
    }

    [Fact]
    public void The_same_roll_twice_is_entered_once() =>
        Assert.Empty(new TakeRoll(Id, All, null).Decide(
            Roll([.. All.Select(mark => (mark.Person, mark.Attendance))]), Nobody, After).Happenings);

    [Fact]
    public void What_stands_in_the_roll_is_changed_by_correction_only() =>
        Assert.Equal(["王芳"], Assert.IsType<ChangeByCorrection>(new TakeRoll(Id, All, Entry(1)).Decide(
            Roll((Li, Attendance.Present), (Wang, Attendance.Present), (Zhao, Attendance.Absent), (Qian, Attendance.Present)), Nobody, After).Refusal).Names);

    [Fact]
    public void Somebody_of_the_branch_who_came_unexpected_can_be_added() =>
        Assert.Equal(5, Event<AttendanceTaken>(new TakeRoll(Id, [.. All, Mark(Guest)], null).Decide(Roll(), Nobody, After)).Marks.Count);

    [Fact]
    public void A_stranger_cannot_be_added() =>
        Assert.IsType<NotInThisRoll>(new TakeRoll(Id, [.. All, Mark(new PersonId(new Guid(77, 0, 0, new byte[8])))], null).Decide(Roll(), Nobody, After).Refusal);

    [Fact]
    public void Made_up_is_no_answer_in_a_roll_call() =>
        Assert.IsType<MadeUpIsApart>(new TakeRoll(Id, [Mark(Li, Attendance.MadeUp)], null).Decide(Roll(), Nobody, After).Refusal);

    [Fact]
    public void Everybody_is_proposed_as_present_where_nobody_signed_in() =>
        Assert.Equal(new ProposedMark(Attendance.Present, null), RollProposal.Of(Called, null, null, peopleSignedIn: false));

    [Fact]
    public void Leave_granted_is_proposed_as_excused_and_leave_undecided_is_shown()
    {
        Assert.Equal(Attendance.Excused, RollProposal.Of(Called, null, new LeaveRequest(Li, "出差", true), false).Attendance);
        Assert.Equal(new ProposedMark(Attendance.Absent, "请了假，还没有批"), RollProposal.Of(Called, null, new LeaveRequest(Li, "出差", null), false));
        Assert.Equal(Attendance.Present, RollProposal.Of(Called, null, new LeaveRequest(Li, "出差", false), false).Attendance);
    }

    [Fact]
    public void Where_people_signed_in_whoever_did_not_is_proposed_as_absent() =>
        Assert.Equal(new ProposedMark(Attendance.Absent, "没有签到"), RollProposal.Of(Called, null, null, peopleSignedIn: true));

    [Fact]
    public void Where_it_was_a_meeting_what_was_called_over_there_is_proposed()
    {
        Assert.Equal(new ProposedMark(Attendance.Present, null), RollProposal.Of(Called, null, null, peopleSignedIn: true, atMeeting: true));
        Assert.Equal(new ProposedMark(Attendance.Absent, "会上点到时没有到"), RollProposal.Of(Called, null, null, peopleSignedIn: false, atMeeting: false));
        Assert.Equal(Attendance.Excused, RollProposal.Of(Called, null, new LeaveRequest(Li, "出差", true), false, atMeeting: false).Attendance);
        Assert.Equal(new ProposedMark(Attendance.Absent, "请了假，还没有批"), RollProposal.Of(Called, null, new LeaveRequest(Li, "出差", null), false, atMeeting: false));
    }

    [Fact]
    public void Where_meeting_leave_and_sign_in_say_different_things_the_recorder_is_told_to_look()
    {
        Assert.Equal(
            new ProposedMark(Attendance.Present, "准了假，会上点到时到了"), RollProposal.Of(Called, null, new LeaveRequest(Li, "出差", true), false, atMeeting: true));
        Assert.Equal(
            new ProposedMark(Attendance.Present, "会上点到时没有到"),
            RollProposal.Of(Called, new CheckInMark(Opening, CheckInManner.Code, null), null, true, atMeeting: false));
    }

    [Fact]
    public void Late_is_judged_by_the_start_and_the_tolerance_of_the_gathering()
    {
        Assert.Equal(new ProposedMark(Attendance.Present, null), RollProposal.Of(Called, new CheckInMark(Opening.AddMinutes(5), CheckInManner.Code, null), null, true));
        Assert.Equal(
            new ProposedMark(Attendance.Late, "14:06签到，晚6分钟"),
            RollProposal.Of(Called, new CheckInMark(Opening.AddMinutes(6), CheckInManner.Code, null), null, true));
    }

    [Fact]
    public void A_correction_names_the_mark_it_corrects_and_has_a_reason()
    {
        var current = new CurrentMark(Entry(1), Attendance.Absent, null);
        var corrected = Event<AttendanceCorrected>(new CorrectAttendance(Id, Li, Entry(1), Attendance.Excused, "准了假，漏看").Decide(Held, current));

        Assert.Equal((Entry(1), Attendance.Absent, Attendance.Excused), (corrected.Mark, corrected.Was, corrected.Attendance));
        Assert.IsType<SayWhy>(new CorrectAttendance(Id, Li, Entry(1), Attendance.Excused, "").Decide(Held, current).Refusal);
        Assert.IsType<NotMarkedYet>(new CorrectAttendance(Id, Li, Entry(1), Attendance.Excused, "错").Decide(Held, null).Refusal);
        Assert.IsType<SameAttendance>(new CorrectAttendance(Id, Li, Entry(1), Attendance.Absent, "错").Decide(Held, current).Refusal);
        Assert.Equal(new MarkChanged(Attendance.Absent), new CorrectAttendance(Id, Li, Entry(2), Attendance.Excused, "错").Decide(Held, current).Refusal);
        Assert.IsType<MadeUpIsApart>(new CorrectAttendance(Id, Li, Entry(1), Attendance.MadeUp, "错").Decide(Held, current).Refusal);
    }

    [Fact]
    public void Two_absent_members_make_it_up_in_one_go_on_the_day_they_did()
    {
        var roll = Roll((Li, Attendance.Absent), (Wang, Attendance.Excused), (Zhao, Attendance.Present));
        var ruling = new MakeUpAttendance(Id, [Li, Wang], new DateOnly(2025, 9, 25), "自学同一篇，交心得").Decide(roll, Nobody, new DateOnly(2025, 10, 9));

        Assert.Equal([Li, Wang], ruling.Happenings.Select(one => one.About!.Value));
        Assert.All(ruling.Happenings, one => Assert.Equal((new DateOnly(2025, 9, 25), "自学同一篇，交心得"), (one.On, one.Ground)));
        Assert.Equal([Attendance.Absent, Attendance.Excused], ruling.Happenings.Select(one => ((AttendanceMadeUp)one.Event).Was));
    }

    [Fact]
    public void Making_up_is_refused_where_nothing_was_missed_or_the_day_is_wrong_or_nothing_is_said()
    {
        var roll = Roll((Li, Attendance.Absent), (Zhao, Attendance.Present));
        var today = new DateOnly(2025, 10, 9);
        var own = new Dictionary<PersonId, Refusal> { [Li] = new NobodyIsExpected() };

        Assert.Equal(["赵强"], Assert.IsType<NothingWasMissed>(new MakeUpAttendance(Id, [Zhao], today, "补").Decide(roll, Nobody, today).Refusal).Names);
        Assert.IsType<NotADayForIt>(new MakeUpAttendance(Id, [Li], today.AddDays(1), "补").Decide(roll, Nobody, today).Refusal);
        Assert.IsType<NotADayForIt>(new MakeUpAttendance(Id, [Li], new DateOnly(2025, 9, 17), "补").Decide(roll, Nobody, today).Refusal);
        Assert.IsType<SayWhy>(new MakeUpAttendance(Id, [Li], today, " ").Decide(roll, Nobody, today).Refusal);
        Assert.IsType<FieldsAreWrong>(new MakeUpAttendance(Id, [], today, "补").Decide(roll, Nobody, today).Refusal);
        Assert.Same(own[Li], new MakeUpAttendance(Id, [Li], today, "补").Decide(roll, own, today).Refusal);
        Assert.IsType<NotInThisRoll>(new MakeUpAttendance(Id, [new PersonId(new Guid(77, 0, 0, new byte[8]))], today, "补").Decide(roll, Nobody, today).Refusal);
    }

    [Fact]
    public void Minutes_are_filed_once_it_has_begun()
    {
        var minutes = new FileMinutes(Id, [new MinutesFile(default, "00")]);
        Assert.IsType<NotHeldYet>(minutes.Decide(Called, Before).Refusal);
        Assert.Equal("00", Event<MinutesFiled>(minutes.Decide(Called, After)).Sha256);
        Assert.IsType<NothingToFile>(new FileMinutes(Id, []).Decide(Called, After).Refusal);
    }
}
