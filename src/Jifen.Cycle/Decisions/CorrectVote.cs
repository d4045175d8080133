using Jifen.Cycle.Records;
using Jifen.Cycle.Rounds;

namespace Jifen.Cycle.Decisions;

/// <summary>A vote as the ledger has it.</summary>
/// <param name="Entry">the entry that says so last</param>
/// <param name="Present">entitled to vote on it and present when it was taken</param>
/// <param name="Followed">what was entered with it, by kind: the end of the step, the matter it decided</param>
/// <param name="IsCarriedOut">the change of points it passed is recorded, or waits for its second person</param>
public sealed record VoteOnRecord(
    EntryId Entry, VotingManner Manner, int Present, int Due, VoteCount? Votes, bool IsPassed, ILookup<string, EntryId> Followed, bool IsCarriedOut);

/// <summary>
/// 更正票数: a show of hands was typed wrong, and the meeting is still open. The new count names the entry it takes the place of; what rested on the wrong one
/// follows it, or, where more has been built on that, nothing is changed.
/// </summary>
public sealed record CorrectVote(MotionId Motion, VoteCount Votes, string Reason)
{
    /// <param name="of">its consequence is that of the matter as it was before the vote</param>
    /// <param name="was">null: it was not voted on</param>
    public Ruling Decide(MotionCase of, VoteOnRecord? was) => of switch
    {
        { Meeting: null } => new NoSuchMeeting(),
        { Meeting.IsClosed: true } => new MinutesAreFinal(),
        { Motion: null } => new NoSuchMotion(),
        _ when of.Motion.Meeting != of.Meeting.Id => new NoSuchMotion(),
        _ when was is null || of.Motion.State is not (MotionState.Passed or MotionState.Failed) => new NothingVotedYet(),
        _ when was.Manner == VotingManner.Secret => new CountedByTellers(),
        _ when Votes is { InFavour: < 0 } or { Against: < 0 } or { Abstaining: < 0 } || Votes.Sum != was.Present => new VotesDoNotAddUp(Votes.Sum, was.Present),
        _ when Votes == was.Votes => new SameVotes(),
        _ when WrittenText.Fault(Fields.Reason, "更正的理由", Reason, WrittenText.LongestReason, "如“赞成、反对填反了”") is { } fault => new InputIsWrong([fault]),
        _ => Come(of, was),
    };

    private Ruling Come(MotionCase of, VoteOnRecord was)
    {
        var passes = of.Passes(Votes, was.Present, was.Due);
        var corrected = of.Decided(VotingManner.Open, Votes, isBrokenDown: true, was.Present, was.Due) with { Ground = Reason.Trim(), Corrects = was.Entry };
        var follows = of switch
        {
            { Consequence: { } consequence } => Anew(consequence(new MeetingVote(of.Meeting!, Votes, was.Present, was.Due, passes)), was),
            { Motion.Kind: MotionKind.PointsTable } => OfTheTable(of, was, passes),
            _ when was.Followed.Count > 0 => new MatterHasMovedOn(),
            _ when was is { IsPassed: true, IsCarriedOut: true } && !passes => new ChangeIsCarriedOut(),
            _ => Ruling.NothingToDo,
        };
        return follows.IsRefused ? follows : Ruling.Of([corrected, .. follows.Happenings]);
    }

    /// <summary>What the matter came to by the wrong count is named by what it comes to now.</summary>
    private static Ruling Anew(Ruling now, VoteOnRecord was) => now.IsRefused
        ? now
        : Ruling.Of([.. now.Happenings.Select(one => was.Followed[EventKind.Of(one.Event)].ToList() is [var earlier] ? one with { Corrects = earlier } : one)]);

    private Ruling OfTheTable(MotionCase of, VoteOnRecord was, bool passes)
    {
        var step = of.Step!;
        if (!was.IsPassed)
        {
            return !passes ? Ruling.NothingToDo
                : (of.TableNow ?? of.Board.ObjectionToEnd(step)) is { } refusal ? refusal
                : of.Confirmed(Votes, isBrokenDown: true, was.Present, was.Due);
        }

        if (of.Board.MarkOf(step) is not { EndedOn: not null } mark || !was.Followed[EventKind.Of<RoundStepEnded>()].Contains(mark.Entry))
        {
            return new VoteHoldsNoMore(step);
        }

        if (ReopenRoundStep.Resting(of.Board, step).ToList() is { Count: > 0 } resting)
        {
            return new TableIsBuiltOn(step, resting);
        }

        var reopened = new Happening(
            new RoundStepReopened(step.Round.Key.ToString(), step.Name, $"更正表决票数：{Reason.Trim()}"), On: of.Board.Today, Ground: Reason.Trim(), Clause: step.Clause, Corrects: mark.Entry);
        return Ruling.Of(
            reopened,
            passes
                ? of.Confirmed(Votes, isBrokenDown: true, was.Present, was.Due)
                // The meeting goes on: the table may be read and voted on again.
                : new Happening(new RoundStepBegun(step.Round.Key.ToString(), step.Name), On: of.Board.Today, Clause: step.Clause));
    }
}
