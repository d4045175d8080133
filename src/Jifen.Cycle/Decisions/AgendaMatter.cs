namespace Jifen.Cycle.Decisions;

/// <summary>
/// What comes before the next members' meeting by itself: an application for exemption (JSIT-1), the answer to an objection (JSIT-7⑤), rules to be discussed. Its
/// motion has the id of the matter, so that it is put once, and what the meeting decides is written into the matter with the vote.
/// </summary>
/// <param name="Title">without names: those are <paramref name="Concerned"/></param>
/// <param name="Since">the day from which it waits</param>
public sealed record AgendaMatter(MotionId Motion, MotionKind Kind, string Title, IReadOnlyList<PersonId> Concerned, DateOnly Since)
{
    /// <summary>It is put before the meeting that is being opened.</summary>
    internal Happening Put() => new(new MotionPut(Motion, Kind, Title, Concerned, false, null, null), Concerned is [var only] ? only : null);
}

/// <summary>What a meeting decided on a matter, or was told of it.</summary>
/// <param name="Votes">null: told, or too few secret ballots to be broken down</param>
/// <param name="Present">entitled to vote on it and present</param>
public sealed record MeetingVote(MembersMeeting Meeting, VoteCount? Votes, int Present, int Due, bool IsPassed)
{
    /// <summary>The gathering it is; a meeting for which none was called stands for itself.</summary>
    public GatheringId Gathering => Meeting.Gathering ?? new GatheringId(Meeting.Id.Value);
}

/// <summary>A motion that came by itself goes by itself.</summary>
public sealed record MatterIsNotWithdrawn() : Refusal("这个议题是申请、答复或细则带来的，在这里撤不掉：会上不议的留到下次大会；申请人撤回申请、上级退回细则的，议题就没有了。");

/// <summary>Whose case it is writes down no vote on it.</summary>
public sealed record OwnMatter() : Refusal("这个议题是您本人的事，由副书记主持这一项、记下票数；没有副书记的，会后由支委在这份申请的页面登记表决。", "JSIT-1");
