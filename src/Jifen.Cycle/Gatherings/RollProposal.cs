using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Gatherings;

/// <summary>One who signed in.</summary>
/// <param name="Odd">what was strange about it; null for nothing</param>
public sealed record CheckInMark(DateTimeOffset At, CheckInManner Manner, string? Odd);

/// <summary>What the roll-call starts from for one person.</summary>
/// <param name="Look">why the recorder should look at this one; null: as for everybody</param>
public sealed record ProposedMark(Attendance Attendance, string? Look);

/// <summary>点名的初值: everybody was there, but for leave granted and, where people signed in, whoever did not.</summary>
public static class RollProposal
{
    /// <param name="checkIn">null: did not sign in</param>
    /// <param name="leave">null: asked no leave</param>
    /// <param name="peopleSignedIn">somebody scanned the code: who did not is proposed as absent</param>
    public static ProposedMark Of(Gathering gathering, CheckInMark? checkIn, LeaveRequest? leave, bool peopleSignedIn)
    {
        if (checkIn is not null)
        {
            var late = checkIn.At - gathering.Plan.StartsAt;
            var isLate = late > TimeSpan.FromMinutes(gathering.Plan.LateAfterMinutes);
            var look = new[]
            {
                checkIn.Odd,
                leave?.Granted == true ? "准了假，又签了到" : null,
                isLate ? $"{CivilTime.Of(checkIn.At):HH:mm}签到，晚{(int)late.TotalMinutes}分钟" : null,
            }.Where(one => one is not null).ToList();
            return new ProposedMark(isLate ? Attendance.Late : Attendance.Present, look.Count == 0 ? null : string.Join('；', look));
        }

        return leave switch
        {
            { Granted: true } => new ProposedMark(Attendance.Excused, "已准假"),
            { Granted: null } => new ProposedMark(Attendance.Absent, "请了假，还没有批"),
            _ when peopleSignedIn => new ProposedMark(Attendance.Absent, "没有签到"),
            _ => new ProposedMark(Attendance.Present, null),
        };
    }
}
