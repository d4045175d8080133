using Jifen.Cycle.Decisions;

namespace Jifen.Cycle.Evaluations;

/// <summary>What is voted on.</summary>
public enum BallotKind
{
    /// <summary>one motion of a meeting</summary>
    Motion,

    /// <summary>群评: representatives of the masses judge the points of members, the branch and the evaluation group (JSUL-2)</summary>
    MassEvaluation,

    /// <summary>测评: a grade for each member</summary>
    DemocraticEvaluation,
}

/// <summary>Who votes, as 谁 of the scheme says it.</summary>
public enum VoterKind
{
    /// <summary>党员大会, 支委会, 支部</summary>
    Member,

    /// <summary>群众代表</summary>
    MassRepresentative,
}

/// <summary>How many may vote, and by what.</summary>
/// <param name="Codes">one-time codes, handed out on paper or drawn on the phone</param>
/// <param name="Papers">blank forms without a code, counted by two tellers</param>
public sealed record SlipsIssued(VoterKind Voter, int Codes, int Papers)
{
    public int Sum => Codes + Papers;
}

/// <summary>What was counted for one subject, in the order of the choices.</summary>
public sealed record SubjectTally(string Subject, IReadOnlyList<int> Counts);

/// <summary>The count of one kind of voters, or of all together.</summary>
/// <param name="Voter">null: all together</param>
public sealed record BallotTally(VoterKind? Voter, int Ballots, IReadOnlyList<SubjectTally> Subjects);

/// <summary>A secret vote is prepared. Who gets which slip is written down nowhere.</summary>
/// <param name="Round">key of the round</param>
/// <param name="Step">of the scheme; null for a motion</param>
/// <param name="Subjects">ids of people, <c>branch</c>, <c>group</c> or <c>motion</c></param>
/// <param name="Table">the points the masses judge, as they stand on the ballots; empty otherwise</param>
/// <param name="IsHandingOut">codes are still drawn on phones: votes are cast only after that</param>
public sealed record BallotBoxOpened(
    BallotBoxId Box,
    BallotKind Kind,
    string Round,
    string? Step,
    MotionId? Motion,
    IReadOnlyList<string> Subjects,
    IReadOnlyList<string> Choices,
    IReadOnlyList<SlipsIssued> Slips,
    IReadOnlyList<PointsTableRow> Table,
    bool AsksOpinions,
    bool IsHandingOut) : IEvent;

/// <summary>开始投票: no slip is drawn any more.</summary>
public sealed record BallotingStarted(BallotBoxId Box) : IEvent;

/// <summary>收票、计票. Ballots come no more.</summary>
/// <param name="Received">ballots of both sorts</param>
/// <param name="Papers">of those on paper</param>
/// <param name="Tellers">who counted the paper, two of them; empty where there was none</param>
/// <param name="Tallies">what can be shown: nothing of fewer than five ballots</param>
/// <param name="Digest">SHA-256 of the sorted ballots that were cast by code</param>
public sealed record BallotBoxClosed(
    BallotBoxId Box, int Received, int Papers, IReadOnlyList<PersonId> Tellers, IReadOnlyList<BallotTally> Tallies, string Digest) : IEvent;

/// <summary>作废: everything cast is destroyed unread; the vote is taken anew.</summary>
public sealed record BallotBoxAnnulled(BallotBoxId Box, string Reason) : IEvent;
