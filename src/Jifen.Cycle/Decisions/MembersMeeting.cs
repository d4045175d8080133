using Jifen.Cycle.Rounds;

namespace Jifen.Cycle.Decisions;

/// <summary>Somebody who has to or may come.</summary>
/// <param name="HasVote">a full member; of the committee, whoever sits on it</param>
/// <param name="IsCounted">among those due even when he does not come</param>
public sealed record MeetingPerson(PersonId Person, bool HasVote, bool IsCounted, bool IsPresent);

/// <summary>党员大会, or the committee where it decides: as it stands.</summary>
/// <param name="Step">of the scheme; null: for motions alone</param>
public sealed record MembersMeeting(
    MeetingId Id,
    RoundKey Round,
    string? Step,
    MeetingBody Body,
    GatheringId? Gathering,
    DateOnly On,
    PersonId Host,
    PersonId MinutesBy,
    bool IsClosed,
    IReadOnlyList<MeetingPerson> People)
{
    /// <summary>应到会: with a vote, and counted or present.</summary>
    public int Due => People.Count(person => person is { HasVote: true } && (person.IsCounted || person.IsPresent));

    /// <summary>到会有表决权的.</summary>
    public int Present => People.Count(person => person is { HasVote: true, IsPresent: true });

    /// <summary>How many of those present vote on a motion.</summary>
    public int VotingOn(Motion motion) =>
        People.Count(person => person is { HasVote: true, IsPresent: true } && !(motion.ConcernedAbstain && motion.Concerned.Contains(person.Person)));
}

/// <summary>Where a motion stands.</summary>
public enum MotionState
{
    /// <summary>before a meeting, or to come before one</summary>
    Open,

    /// <summary>a secret vote is going on</summary>
    Voting,

    Passed,

    /// <summary>voted on, and not passed</summary>
    Failed,

    /// <summary>told to the meeting</summary>
    Reported,

    Withdrawn,
}

/// <summary>议题, as it stands.</summary>
/// <param name="Meeting">before which it is, or was; null: the next one</param>
/// <param name="Table">of points, as it was read out; null for other motions</param>
public sealed record Motion(
    MotionId Id,
    MotionKind Kind,
    string Title,
    IReadOnlyList<PersonId> Concerned,
    bool ConcernedAbstain,
    MotionState State,
    MeetingId? Meeting,
    EntryId? Corrects,
    PointsTable? Table);

/// <summary>Motions in words.</summary>
public static class MotionText
{
    public static string Name(this MotionKind kind) => kind switch
    {
        MotionKind.PointsTable => "确认积分表",
        MotionKind.PointsChange => "改动一人的积分",
        MotionKind.Exemption => "不参加积分管理",
        MotionKind.ObjectionReport => "通报异议办理结果",
        MotionKind.Rules => "办法、细则",
        MotionKind.Outcome => "结果运用",
        MotionKind.Grade => "等次",
        MotionKind.Other => "其他",
    };

    public static string Name(this MotionState state) => state switch
    {
        MotionState.Open => "待表决",
        MotionState.Voting => "正在投票",
        MotionState.Passed => "通过",
        MotionState.Failed => "未通过",
        MotionState.Reported => "已通报",
        MotionState.Withdrawn => "已撤回",
    };

    public static string Name(this MeetingBody body) => body == MeetingBody.Members ? "党员大会" : "支委会";

    /// <summary>The meeting hears it and does not vote.</summary>
    public static bool IsReport(this MotionKind kind) => kind == MotionKind.ObjectionReport;
}
