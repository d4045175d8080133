using Jifen.Cycle.Rounds;

namespace Jifen.Cycle.Decisions;

/// <summary>Votes, counted.</summary>
public sealed record VoteCount(int InFavour, int Against, int Abstaining)
{
    public int Sum => InFavour + Against + Abstaining;
}

/// <summary>What a motion is decided on.</summary>
/// <param name="Table">the points as they are now; null where the motion is not about them</param>
public sealed record MotionCase(YearBoard Board, MembersMeeting? Meeting, Motion? Motion, VotingRule Rule, PointsTable? Table)
{
    /// <summary>What the vote decides besides the motion: the matter the motion stands for; null: nothing.</summary>
    public Func<MeetingVote, Ruling>? Consequence { get; init; }

    /// <summary>Why it cannot be voted on at all now; null when it can.</summary>
    public Refusal? ObjectionToVote => this switch
    {
        { Meeting: null } => new NoSuchMeeting(),
        { Meeting.IsClosed: true } => new MeetingIsOver(),
        { Motion: null } => new NoSuchMotion(),
        _ when Motion.Meeting != Meeting.Id => new NoSuchMotion(),
        { Motion.State: MotionState.Voting } => new VoteIsGoingOn(),
        { Motion.State: not MotionState.Open } => new MotionIsSettled(Motion.State),
        _ when Motion.Kind.IsReport() => new IsOnlyReported(),
        _ when !Rule.HasQuorum(Meeting.Present, Meeting.Due) => new NoQuorum(Meeting.Present, Meeting.Due, Rule.Quorum(Meeting.Due), ClauseOfStep),
        _ when TableNow is { } refusal => refusal,
        _ => null,
    };

    /// <summary>Why a secret vote on it cannot be counted now; null when it can.</summary>
    public Refusal? ObjectionToCount => this switch
    {
        { Meeting: null } => new NoSuchMeeting(),
        { Meeting.IsClosed: true } => new MeetingIsOver(),
        { Motion: null } => new NoSuchMotion(),
        { Motion.State: not MotionState.Voting } => new MotionIsSettled(Motion.State),
        _ => TableNow,
    };

    /// <summary>The step the meeting takes; null: none.</summary>
    public PlannedStep? Step => Meeting?.Step is { } name ? Board.Plan.Find(Meeting.Round, name) : null;

    private string? ClauseOfStep => Step?.Clause;

    internal Refusal? TableNow =>
        Motion?.Table is { } read && Table is { } now && read.Digest() != now.Digest() ? new TableHasChanged(read.ChangesTo(now)) : null;

    /// <summary>The vote and what follows from it: confirming the table ends the step.</summary>
    internal Ruling Come(VotingManner manner, VoteCount votes, bool isBrokenDown)
    {
        var (voting, due) = (Meeting!.VotingOn(Motion!), Meeting.Due);
        var decided = Decided(manner, votes, isBrokenDown, voting, due);
        if (Consequence is { } consequence)
        {
            var follows = consequence(new MeetingVote(Meeting, isBrokenDown ? votes : null, voting, due, Passes(votes, voting, due)));
            return follows.IsRefused ? follows : Ruling.Of([decided, .. follows.Happenings]);
        }

        if (Motion!.Kind != MotionKind.PointsTable || !Passes(votes, voting, due))
        {
            return decided;
        }

        return Board.ObjectionToEnd(Step!) is { } refusal ? refusal : Ruling.Of(decided, Confirmed(votes, isBrokenDown, voting, due));
    }

    internal bool Passes(VoteCount votes, int voting, int due) => Rule.Passes(votes.InFavour, voting, due);

    internal Happening Decided(VotingManner manner, VoteCount votes, bool isBrokenDown, int voting, int due) => new(
        new MotionDecided(
            Motion!.Id,
            Meeting!.Id,
            manner,
            voting,
            due,
            isBrokenDown ? votes.InFavour : null,
            isBrokenDown ? votes.Against : null,
            isBrokenDown ? votes.Abstaining : null,
            Rule.Needed(voting, due),
            Passes(votes, voting, due)),
        Motion.Concerned is [var only] ? only : null,
        Meeting.On,
        Clause: ClauseOfStep);

    /// <summary>The table is confirmed: the step ends with its digest.</summary>
    internal Happening Confirmed(VoteCount votes, bool isBrokenDown, int voting, int due)
    {
        var outcome = isBrokenDown
            ? $"{Meeting!.Body.Name()}表决通过：应到{due}人，实到{voting}人，赞成{votes.InFavour}票，反对{votes.Against}票，弃权{votes.Abstaining}票"
            : $"{Meeting!.Body.Name()}无记名表决通过：应到{due}人，实到{voting}人";
        return new Happening(new RoundStepEnded(Meeting.Round.ToString(), Step!.Name, Motion!.Table!.Digest(), outcome), On: Board.Today, Clause: Step.Clause);
    }
}

/// <summary>举手表决: those in favour, against and abstaining, counted by the host.</summary>
public sealed record DecideMotion(MotionId Motion, VoteCount Votes)
{
    public Ruling Decide(MotionCase of)
    {
        if (of.ObjectionToVote is { } refusal)
        {
            return refusal;
        }

        if (of.Rule.IsSecret)
        {
            return new VoteIsSecret(of.Step?.Clause);
        }

        var voting = of.Meeting!.VotingOn(of.Motion!);
        return Votes is { InFavour: < 0 } or { Against: < 0 } or { Abstaining: < 0 } || Votes.Sum != voting
            ? new VotesDoNotAddUp(Votes.Sum, voting)
            : of.Come(VotingManner.Open, Votes, isBrokenDown: true);
    }
}

/// <summary>通报: told to the meeting, without a vote.</summary>
public sealed record ReportMotion(MotionId Motion)
{
    /// <param name="told">what being told decides besides the motion; null: nothing</param>
    public Ruling Decide(MembersMeeting? meeting, Motion? motion, Func<MeetingVote, Ruling>? told = null) => (meeting, motion) switch
    {
        (null, _) => new NoSuchMeeting(),
        ({ IsClosed: true }, _) => new MeetingIsOver(),
        (_, null) => new NoSuchMotion(),
        (_, { State: not MotionState.Open }) => new MotionIsSettled(motion.State),
        _ when motion.Meeting != meeting.Id => new NoSuchMotion(),
        _ when !motion.Kind.IsReport() => new HasToBeVotedOn(),
        _ when told?.Invoke(new MeetingVote(meeting, null, meeting.Present, meeting.Due, true)) is { } follows =>
            follows.IsRefused ? follows : Ruling.Of([Reported(meeting), .. follows.Happenings]),
        _ => Reported(meeting),
    };

    private Happening Reported(MembersMeeting meeting) => new(new MotionReported(Motion, meeting.Id), On: meeting.On);
}

/// <summary>散会. What is not decided comes before the next meeting.</summary>
public sealed record CloseMeeting(MeetingId Meeting)
{
    public Ruling Decide(MembersMeeting? meeting, IReadOnlyList<Motion> motions) => meeting switch
    {
        null => new NoSuchMeeting(),
        { IsClosed: true } => new MeetingIsOver(),
        _ when motions.Any(motion => motion.State == MotionState.Voting) => new VoteIsGoingOn(),
        _ => new Happening(new MeetingClosed(Meeting), On: meeting.On),
    };
}
