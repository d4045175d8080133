namespace Jifen.Cycle.Objections;

/// <summary>A members' meeting of the branch.</summary>
/// <param name="BeganAt">null: it is going on</param>
public sealed record HeldMeeting(GatheringId Gathering, DateOnly HeldOn, bool IsHeld, DateTimeOffset? BeganAt)
{
    /// <summary>It could be told of an answer: it began after it.</summary>
    public bool IsAfter(Case known) => BeganAt is not { } began || known.AnsweredAt is not { } answered ? HeldOn >= known.AnsweredOn : began >= answered;
}

/// <summary>下次党员大会通报 (ReportAtNextMeeting): the case is closed only when a meeting after the answer was told.</summary>
public sealed record ReportAnswer(CaseId Case, GatheringId Gathering)
{
    /// <param name="meeting">null: no members' meeting of this branch</param>
    public Ruling Decide(Case? known, HeldMeeting? meeting, DateOnly today) => known switch
    {
        null => new NoSuchCase(),
        { AnsweredOn: null } => new NotAnsweredYet(),
        { State: CaseState.Closed } => new CaseIsClosed(),
        _ when meeting is null => new NoSuchMeeting(),
        _ when !meeting.IsHeld => new MeetingNotHeldYet(),
        _ when !meeting.IsAfter(known) => new MeetingBeforeAnswer(known.AnsweredOn.Value),
        _ => new Happening(new AnswerReported(Case, Gathering, meeting.HeldOn), known.Person, On: today, Clause: "JSIT-7⑤"),
    };
}
