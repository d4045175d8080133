using Jifen.Cycle;
using Jifen.Cycle.Objections;
using Xunit;

namespace Jifen.Tests.Notices;

/// <summary>下次党员大会: one that began after the answer (JSIT-7⑤).</summary>
public sealed class ReportAnswerTests
{
    private static readonly DateOnly Day = new(2027, 1, 20);
    private static readonly GatheringId Meeting = new(new Guid("0198a000-0000-7000-8000-00000000aa01"));

    [Fact]
    public void On_the_day_of_the_answer_the_hour_tells_which_meeting_is_the_next()
    {
        var report = new ReportAnswer(Answered.Id, Meeting);

        Assert.IsType<MeetingBeforeAnswer>(report.Decide(Answered, Held(14, 30), Day).Refusal);
        Assert.IsType<AnswerReported>(Assert.Single(report.Decide(Answered, Held(19, 0), Day).Happenings).Event);
        // The meeting that is going on hears of it.
        Assert.False(report.Decide(Answered, Held(14, 30) with { BeganAt = null }, Day).IsRefused);
        Assert.IsType<MeetingBeforeAnswer>(report.Decide(Answered, Held(14, 30) with { HeldOn = Day.AddDays(-1), BeganAt = null }, Day).Refusal);
        Assert.IsType<MeetingNotHeldYet>(report.Decide(Answered, Held(19, 0) with { IsHeld = false }, Day).Refusal);
    }

    private static Case Answered { get; } = new(
        new CaseId(new Guid("0198a000-0000-7000-8000-00000000cc01")), "异议〔2027〕1号", false, new OrganizationId(new Guid("0198a000-0000-7000-8000-0000000000b1")), null,
        CaseSubject.Work, null, new PersonId(new Guid(1, 0, 0, new byte[8])), Day.AddDays(-3), null, "2026-q4", [], Day.AddDays(10), true,
        new PersonId(new Guid(2, 0, 0, new byte[8])), Day, true, null)
    {
        AnsweredAt = CivilTime.At(Day, new TimeOnly(17, 6)),
    };

    private static HeldMeeting Held(int hour, int minute) => new(Meeting, Day, true, CivilTime.At(Day, new TimeOnly(hour, minute)));
}
