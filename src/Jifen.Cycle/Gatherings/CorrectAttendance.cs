using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Gatherings;

/// <summary>There is no mark to correct.</summary>
public sealed record NotMarkedYet() : Refusal("还没有登记他的出席，请先点名。");

/// <summary>It was corrected or made up since the page was read.</summary>
public sealed record MarkChanged(Attendance Now)
    : Refusal($"打开这一页以后，别人已经改成了“{Now.Name()}”。没有保存您的更正，请看过再定。");

/// <summary>The correction would change nothing.</summary>
public sealed record SameAttendance(Attendance Attendance) : Refusal($"现在登记的就是“{Attendance.Name()}”，没有要改的。");

/// <summary>更正: one person's attendance was written down wrongly.</summary>
/// <param name="Mark">the entry the page showed</param>
public sealed record CorrectAttendance(GatheringId Gathering, PersonId Person, EntryId Mark, Attendance Attendance, string Reason)
{
    /// <param name="current">null: nothing is written down</param>
    public Ruling Decide(Gathering gathering, CurrentMark? current) => this switch
    {
        _ when gathering.State == GatheringState.Cancelled => new GatheringIsCancelled(),
        _ when current is null => new NotMarkedYet(),
        _ when current.Attendance == Attendance => new SameAttendance(Attendance),
        _ when current.Entry != Mark => new MarkChanged(current.Attendance),
        _ when Attendance == Attendance.MadeUp => new MadeUpIsApart(),
        _ when string.IsNullOrWhiteSpace(Reason) => new SayWhy("为什么更正"),
        _ => new Happening(
            new AttendanceCorrected(Gathering, current.Entry, current.Attendance, Attendance, Reason.Trim()),
            About: Person,
            On: gathering.Day,
            Ground: Reason.Trim()),
    };
}
