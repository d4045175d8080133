using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Gatherings;

/// <summary>One who signed in.</summary>
/// <param name="Odd">what was strange about it; null for nothing</param>
public sealed record CheckInMark(DateTimeOffset At, CheckInManner Manner, string? Odd);

/// <summary>What the roll-call starts from for one person.</summary>
/// <param name="Look">why the recorder should look at this one; null: as for everybody</param>
public sealed record ProposedMark(Attendance Attendance, string? Look);

/// <summary>
/// 点名的初值: everybody was there, but for leave granted and, where people signed in, whoever did not. Where the gathering was a meeting that was
/// called over (评定 of the members' meeting), what was said there.
/// </summary>
public static class RollProposal
{
    private const string NotAtMeeting = "会上点到时没有到";

    /// <param name="checkIn">null: did not sign in</param>
    /// <param name="leave">null: asked no leave</param>
    /// <param name="peopleSignedIn">somebody scanned the code: who did not is proposed as absent</param>
    /// <param name="atMeeting">whether he was there when the meeting was called over; null: it was not, or he is not of it</param>
    public static ProposedMark Of(Gathering gathering, CheckInMark? checkIn, LeaveRequest? leave, bool peopleSignedIn, bool? atMeeting = null)
    {
        if (checkIn is not null)
        {
            var late = checkIn.At - gathering.Plan.StartsAt;
            var isLate = late > TimeSpan.FromMinutes(gathering.Plan.LateAfterMinutes);
            var look = new[]
            {
                checkIn.Odd,
                leave?.Granted == true ? "准了假，又签了到" : null,
                atMeeting == false ? NotAtMeeting : null,
                isLate ? $"{CivilTime.Of(checkIn.At):HH:mm}签到，晚{(int)late.TotalMinutes}分钟" : null,
            }.Where(one => one is not null).ToList();
            return new ProposedMark(isLate ? Attendance.Late : Attendance.Present, look.Count == 0 ? null : string.Join('；', look));
        }

        return leave switch
        {
            { Granted: true } when atMeeting == true => new ProposedMark(Attendance.Present, "准了假，会上点到时到了"),
            { Granted: true } => new ProposedMark(Attendance.Excused, "已准假"),
            _ when atMeeting == true => new ProposedMark(Attendance.Present, null),
            { Granted: null } => new ProposedMark(Attendance.Absent, "请了假，还没有批"),
            _ when atMeeting == false => new ProposedMark(Attendance.Absent, NotAtMeeting),
            _ when peopleSignedIn => new ProposedMark(Attendance.Absent, "没有签到"),
            _ => new ProposedMark(Attendance.Present, null),
        };
    }
}
