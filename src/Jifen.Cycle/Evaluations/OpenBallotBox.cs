using Jifen.Cycle.Decisions;
using Jifen.Cycle.Rounds;

namespace Jifen.Cycle.Evaluations;

/// <summary>发票: a secret vote on a motion, as many slips as people who vote on it.</summary>
/// <param name="Codes">printed one-time codes</param>
/// <param name="Phones">one-time codes drawn on phones before the vote begins</param>
/// <param name="Papers">blank forms, counted by tellers</param>
public sealed record OpenMotionBallot(BallotBoxId Box, MotionId Motion, int Codes, int Phones, int Papers)
{
    /// <param name="tellers">who could count the paper</param>
    public Ruling Decide(MotionCase of, TellersOfPaper tellers)
    {
        if (of.ObjectionToVote is { } refusal)
        {
            return refusal;
        }

        var voting = of.Meeting!.VotingOn(of.Motion!);
        return Codes < 0 || Phones < 0 || Papers < 0 || Codes + Phones + Papers != voting
            ? new SlipsDoNotAddUp(Codes + Phones + Papers, voting)
            : tellers.ObjectionTo(Papers) is { } nobody ? nobody
            : new Happening(
                new BallotBoxOpened(
                    Box, BallotKind.Motion, of.Meeting.Round.ToString(), null, Motion, [BallotWords.Motion], BallotWords.OfMotion,
                    [new SlipsIssued(VoterKind.Member, Codes + Phones, Papers)], [], AsksOpinions: false, IsHandingOut: Phones > 0),
                Clause: of.Step?.Clause);
    }
}

/// <summary>How many of one kind may vote, as the form says.</summary>
public sealed record SlipsWanted(VoterKind Voter, int Codes, int Phones, int Papers)
{
    public int Sum => Codes + Phones + Papers;
}

/// <summary>发票 for 群评 or 测评: begins the step, or takes it anew when an earlier box was annulled.</summary>
public sealed record OpenEvaluation(BallotBoxId Box, RoundKey Round, string Step, IReadOnlyList<SlipsWanted> Slips)
{
    /// <summary>More representatives than this do not come to judge one branch.</summary>
    private const int Most = 1000;

    /// <param name="members">of the branch, with and without a vote: whom the ballot names</param>
    /// <param name="table">of points, as reviewed: what the masses judge</param>
    /// <param name="hasGroup">an evaluation group judged before</param>
    /// <param name="isRunning">a box of this step is open</param>
    /// <param name="tellers">who could count the paper</param>
    public Ruling Decide(YearBoard board, IReadOnlyList<PersonId> members, PointsTable table, bool hasGroup, bool isRunning, TellersOfPaper tellers)
    {
        if (board.Plan.Find(Round, Step) is not { } step || step.Step.Kind is not (StepKinds.MassEvaluation or StepKinds.DemocraticEvaluation))
        {
            return new NoSuchRoundStep(Step);
        }

        if (isRunning)
        {
            return new BoxIsOpen(step.FullName);
        }

        var hasBegun = board.StateOf(step) == StepState.Begun;
        if (!hasBegun && board.ObjectionToBegin(step) is { } refusal)
        {
            return refusal;
        }

        var voters = BallotWords.VotersOf(step.Step);
        var isMasses = step.Step.Kind == StepKinds.MassEvaluation;
        return this switch
        {
            _ when members.Count == 0 => new NobodyToJudge(),
            _ when Slips.Any(slips => slips.Codes < 0 || slips.Phones < 0 || slips.Papers < 0 || slips.Sum > Most) => new SlipsOutOfBounds(Most),
            _ when Slips.Any(slips => !voters.Contains(slips.Voter)) => new NotTheirEvaluation(string.Join("、", voters.Select(voter => voter.Name()))),
            _ when Slips.Sum(slips => slips.Sum) == 0 => new SlipsOutOfBounds(Most),
            // Whoever has no account cannot draw a slip on his own phone.
            _ when Slips.Any(slips => slips.Voter == VoterKind.MassRepresentative && slips.Phones > 0) => new SlipsOutOfBounds(Most),
            _ when Slips.Where(slips => slips.Voter == VoterKind.Member).Sum(slips => slips.Sum) > members.Count => new MoreSlipsThanMembers(members.Count),
            _ when tellers.ObjectionTo(Slips.Sum(slips => slips.Papers)) is { } nobody => nobody,
            _ => Ruling.Of(
            [
                .. hasBegun ? Array.Empty<Happening>() : [new Happening(new RoundStepBegun(Round.ToString(), Step), On: board.Today, Clause: step.Clause)],
                new Happening(
                    new BallotBoxOpened(
                        Box,
                        isMasses ? BallotKind.MassEvaluation : BallotKind.DemocraticEvaluation,
                        Round.ToString(),
                        Step,
                        null,
                        [.. members.Select(person => person.ToString()), .. isMasses ? [BallotWords.Branch, .. hasGroup ? [BallotWords.EvaluationGroup] : Array.Empty<string>()] : Array.Empty<string>()],
                        isMasses ? BallotWords.OfMasses : BallotWords.GradesOf(board.Plan.Scheme),
                        [.. Slips.Where(slips => slips.Sum > 0).Select(slips => new SlipsIssued(slips.Voter, slips.Codes + slips.Phones, slips.Papers))],
                        isMasses ? table.Rows : [],
                        AsksOpinions: true,
                        IsHandingOut: Slips.Any(slips => slips.Phones > 0)),
                    On: board.Today,
                    Clause: step.Clause),
            ]),
        };
    }
}

/// <summary>开始投票: slips are out.</summary>
public sealed record StartBalloting(BallotBoxId Box)
{
    public Ruling Decide(BallotBox? box) => box switch
    {
        null => new NoSuchBox(),
        { State: BallotBoxState.Open } => Ruling.NothingToDo,
        { State: not BallotBoxState.HandingOut } => new BoxIsShut(box.State),
        _ => new Happening(new BallotingStarted(Box)),
    };
}

/// <summary>作废重投: slips got lost, or what was voted on changed. What was cast is destroyed unread.</summary>
public sealed record AnnulBallots(BallotBoxId Box, string Reason)
{
    private const int ShortestReason = 4;

    public Ruling Decide(BallotBox? box) => box switch
    {
        null => new NoSuchBox(),
        { IsRunning: false } => new BoxIsShut(box.State),
        _ when Reason.Trim().Length < ShortestReason => new AnnulmentNeedsReason(),
        _ => new Happening(new BallotBoxAnnulled(Box, Reason.Trim()), Ground: Reason.Trim()),
    };
}
