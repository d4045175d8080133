namespace Jifen.Cycle.Decisions;

/// <summary>Who decides.</summary>
public enum MeetingBody
{
    /// <summary>党员大会</summary>
    Members,

    /// <summary>支委会, where the scheme says 支委会 or 支部</summary>
    Committee,
}

/// <summary>What a motion is about.</summary>
public enum MotionKind
{
    /// <summary>积分表: the points of everybody, as a whole</summary>
    PointsTable,

    /// <summary>one person's points are to be others</summary>
    PointsChange,

    /// <summary>不参加积分管理 (JSIT-1)</summary>
    Exemption,

    /// <summary>通报 of how an objection was answered (JSIT-7⑤); told, not voted on</summary>
    ObjectionReport,

    /// <summary>办法、细则</summary>
    Rules,

    /// <summary>结果运用</summary>
    Outcome,

    /// <summary>等次</summary>
    Grade,

    Other,
}

/// <summary>How a vote was taken.</summary>
public enum VotingManner
{
    /// <summary>举手</summary>
    Open,

    /// <summary>无记名</summary>
    Secret,
}

/// <summary>A meeting has begun.</summary>
/// <param name="Round">key of the round</param>
/// <param name="Step">the step of the scheme it takes; null: a meeting for motions alone</param>
/// <param name="Gathering">the gathering it is, where one was called</param>
/// <param name="Host">主持人</param>
/// <param name="MinutesBy">记录人</param>
/// <param name="Voters">with the right to vote, those who are not counted included</param>
/// <param name="Attending">come without a vote: probationary members</param>
/// <param name="Uncounted">of the voters those who are not counted among those due unless they come; why is not in the ledger, it may be about health</param>
public sealed record MeetingOpened(
    MeetingId Meeting,
    string Round,
    string? Step,
    MeetingBody Body,
    GatheringId? Gathering,
    PersonId Host,
    PersonId MinutesBy,
    IReadOnlyList<PersonId> Voters,
    IReadOnlyList<PersonId> Attending,
    IReadOnlyList<PersonId> Uncounted) : IEvent;

/// <summary>签到, of everybody present, as the host has it. Again: the list is now this one.</summary>
public sealed record MeetingRollTaken(MeetingId Meeting, IReadOnlyList<PersonId> Present) : IEvent;

/// <summary>签到, by the person the entry is about.</summary>
public sealed record MeetingSignedIn(MeetingId Meeting) : IEvent;

/// <summary>
/// 议题: put to the next meeting of the branch, or to the one that is open. Whatever has to come before a meeting enters one: an exemption, rules to be
/// adopted, a report on an objection.
/// </summary>
/// <param name="Title">without names: those are <paramref name="Concerned"/></param>
/// <param name="ConcernedAbstain">回避: whom it concerns does not vote on it</param>
/// <param name="TextDigest">SHA-256 of the text, which lies beside the ledger; null: the title says all</param>
/// <param name="Corrects">the record that is to be put right; null: none in particular</param>
public sealed record MotionPut(
    MotionId Motion,
    MotionKind Kind,
    string Title,
    IReadOnlyList<PersonId> Concerned,
    bool ConcernedAbstain,
    string? TextDigest,
    EntryId? Corrects) : IEvent;

/// <summary>不再提请.</summary>
public sealed record MotionWithdrawn(MotionId Motion, string Reason) : IEvent;

/// <summary>The table as it was read out: what is voted on.</summary>
/// <param name="Digest">of <paramref name="Rows"/></param>
public sealed record PointsTablePresented(MeetingId Meeting, MotionId Motion, string Digest, IReadOnlyList<PointsTableRow> Rows) : IEvent;

/// <summary>表决.</summary>
/// <param name="Present">entitled to vote on it and present</param>
/// <param name="Due">应到会</param>
/// <param name="InFavour">null: fewer than five secret ballots are not broken down</param>
/// <param name="Needed">how many had to be in favour</param>
public sealed record MotionDecided(
    MotionId Motion, MeetingId Meeting, VotingManner Manner, int Present, int Due, int? InFavour, int? Against, int? Abstaining, int Needed, bool IsPassed) : IEvent;

/// <summary>通报: the meeting was told.</summary>
public sealed record MotionReported(MotionId Motion, MeetingId Meeting) : IEvent;

/// <summary>散会. Motions that were not decided come before the next one.</summary>
public sealed record MeetingClosed(MeetingId Meeting) : IEvent;
