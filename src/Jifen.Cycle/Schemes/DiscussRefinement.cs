using Jifen.Cycle.Decisions;
using Jifen.Cycle.Organizations;
using Jifen.Cycle.Rounds;
using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Schemes;

/// <summary>党员大会讨论: enough votes for it take it further, otherwise it goes back; how many, the scheme says or <see cref="VotingRule.Default"/>.</summary>
/// <param name="Meeting">which meeting, as in 2025年第一次党员大会</param>
public sealed record DiscussRefinement(string Fingerprint, string Meeting, DateOnly MetOn, int Present, int VotesFor, int VotesAgainst)
{
    private const int ShortestName = 2;

    /// <summary>What the scheme says of the vote in 定项目.</summary>
    public static VotingRule RuleOf(Scheme scheme) =>
        VotingRule.Of(scheme.Steps.FirstOrDefault(step => step.Kind == StepKinds.Refinement && RefinementBodies.AsksMeeting(step)));

    /// <param name="members">full members on the roll that day: whose votes count</param>
    public Ruling Decide(Refinement? refinement, Scheme scheme, int members, DateOnly today, YearBoard? board)
    {
        if (refinement is not { IsOpen: true })
        {
            return new NotOnItsWay();
        }

        if (refinement.DiscussedOn is { } on)
        {
            return new DiscussedBefore(on);
        }

        if (Meeting.Trim().Length < ShortestName || MetOn > today || MetOn < refinement.ProposedOn)
        {
            return new MeetingIsUnclear(refinement.ProposedOn, today);
        }

        if (Present < 0 || VotesFor < 0 || VotesAgainst < 0 || VotesFor + VotesAgainst > Present || Present > members)
        {
            return new VotesDoNotAddUp(members);
        }

        var rule = RuleOf(scheme);
        if (!rule.HasQuorum(Present, members))
        {
            return new TooFewPresent(Present, members, rule.Quorum(members));
        }

        var votes = new VoteCount(VotesFor, VotesAgainst, Present - VotesFor - VotesAgainst);
        return Come(refinement, scheme, board, Meeting.Trim(), MetOn, Present, members, votes, rule.Passes(VotesFor, Present, members));
    }

    /// <summary>At a meeting run here: by its vote on the motion.</summary>
    public static Ruling DecideAt(MeetingVote vote, Refinement? refinement, Scheme scheme, YearBoard? board) => refinement switch
    {
        not { IsOpen: true } => new NotOnItsWay(),
        { DiscussedOn: { } on } => new DiscussedBefore(on),
        _ => Come(refinement, scheme, board, $"{Records.Days.Full(vote.Meeting.On)}{vote.Meeting.Body.Name()}", vote.Meeting.On, vote.Present, vote.Due, vote.Votes, vote.IsPassed),
    };

    // Passed it goes to the superior where there is one, otherwise into force; not passed it goes back.
    private static Ruling Come(
        Refinement refinement, Scheme scheme, YearBoard? board, string meeting, DateOnly metOn, int present, int due, VoteCount? votes, bool isPassed)
    {
        var fingerprint = refinement.Fingerprint;
        var discussed = new Happening(
            new RefinementDiscussed(refinement.Year, fingerprint, meeting, metOn, present, votes?.InFavour, votes?.Against, votes?.Abstaining), On: metOn, Ground: meeting);
        if (!isPassed)
        {
            var counted = votes is null ? "" : $"，赞成{votes.InFavour}票";
            return Ruling.Of(discussed, new Happening(new RefinementReturned(refinement.Year, fingerprint, $"{meeting}没有通过：应到{due}人{counted}"), On: metOn));
        }

        var ended = RefinementProgress.Ended(board, hasMeeting: true, hasSuperior: false);
        return RefinementBodies.Of(scheme).Superior
            ? Ruling.Of([discussed, .. ended])
            : Ruling.Of([discussed, new Happening(new SchemeAdopted(refinement.Year, scheme.Id, fingerprint), Ground: meeting), .. ended]);
    }
}

/// <summary>Nothing of this name waits for anybody.</summary>
public sealed record NotOnItsWay() : Refusal("这份细则没有在办：没有提请过，已经采用，或者已经退回。请从“办法”页面重新进入。");

/// <summary>The meeting has passed it already.</summary>
public sealed record DiscussedBefore(DateOnly On) : Refusal($"这份细则已由{Records.Days.Full(On)}的党员大会表决过，不再表决一次。");

/// <summary>Which meeting, and when.</summary>
public sealed record MeetingIsUnclear(DateOnly ProposedOn, DateOnly Today)
    : Refusal($"请写明是哪次会议；日期在提请（{Records.Days.Full(ProposedOn)}）以后、今天（{Records.Days.Full(Today)}）以前。");

/// <summary>赞成＋反对 are more than came, or more came than there are.</summary>
public sealed record VotesDoNotAddUp(int Members)
    : Refusal($"票数对不上：赞成加反对不能多于到会，到会不能多于有表决权的正式党员（名册上{Members}人）。请核对会议记录。");

/// <summary>No decision before enough of those who may vote have come.</summary>
public sealed record TooFewPresent(int Present, int Members, int Needed)
    : Refusal($"到会有表决权的党员{Present}人，应到{Members}人，至少要到{Needed}人才能表决。请另行召开。");
