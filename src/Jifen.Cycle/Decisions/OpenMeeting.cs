using Jifen.Cycle.Gatherings;
using Jifen.Cycle.Rounds;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Decisions;

/// <summary>开会: begins the step 评定, or goes on with it when an earlier meeting did not come to the end.</summary>
/// <param name="Step">null: for motions alone</param>
/// <param name="Uncounted">不计入应到会: those whom the rules let stay away without counting them</param>
/// <param name="UncountedGround">which meeting passed it, which level agreed; not why, that may be about health</param>
public sealed record OpenMeeting(
    MeetingId Meeting,
    RoundKey Round,
    string? Step,
    GatheringId? Gathering,
    PersonId Host,
    PersonId MinutesBy,
    IReadOnlyList<PersonId> Uncounted,
    string? UncountedGround)
{
    private const int ShortestGround = 4;

    /// <param name="roll">of the branch today</param>
    /// <param name="open">a meeting of the branch that has not been closed; null: none</param>
    /// <param name="waiting">what comes before a members' meeting by itself and is not put yet</param>
    public Ruling Decide(YearBoard board, IReadOnlyList<RollPerson> roll, MembersMeeting? open, IReadOnlyList<AgendaMatter> waiting)
    {
        var step = Step is null ? null : board.Plan.Find(Round, Step);
        if (board.Plan.Find(Round) is null || (Step is not null && step?.Step.Kind != StepKinds.Decision))
        {
            return new NoSuchRoundStep(Step ?? "");
        }

        if (open is not null)
        {
            return new MeetingIsOpen(open.On);
        }

        var isRunning = step is not null && board.StateOf(step) == StepState.Begun;
        if (step is not null && !isRunning && board.ObjectionToBegin(step) is { } refusal)
        {
            return refusal;
        }

        var body = BodyOf(step?.Step);
        var voters = VotersOf(body, roll);
        var attending = body == MeetingBody.Committee ? [] : roll.Where(person => person.Standing == Standing.Probationary).Select(person => person.Person).ToList();
        return this switch
        {
            _ when voters.Count == 0 => new NobodyWithVote(body),
            _ when Host == MinutesBy => new HostTakesNoMinutes(),
            _ when roll.All(person => person.Person != Host) || roll.All(person => person.Person != MinutesBy) => new NotOfTheMeeting(),
            _ when Uncounted.Except(voters).Any() => new NotOfTheMeeting(),
            _ when Uncounted.Count > 0 && (UncountedGround?.Trim().Length ?? 0) < ShortestGround => new UncountedNeedsGround(),
            _ => Ruling.Of(
            [
                .. step is null || isRunning ? Array.Empty<Happening>() : [new Happening(new RoundStepBegun(Round.ToString(), step.Name), On: board.Today, Clause: step.Clause)],
                new Happening(
                    new MeetingOpened(Meeting, Round.ToString(), Step, body, Gathering, Host, MinutesBy, voters, attending, [.. Uncounted.Distinct()]),
                    On: board.Today,
                    Ground: Uncounted.Count > 0 ? UncountedGround!.Trim() : null,
                    Clause: step?.Clause),
                .. body == MeetingBody.Members ? waiting.Select(matter => matter.Put()) : [],
            ]),
        };
    }

    /// <summary>谁 of the step: the members' meeting, or the committee in the name of the branch.</summary>
    public static MeetingBody BodyOf(CycleStep? step) =>
        step is null || step.By.Count == 0 || step.By.Contains("党员大会") ? MeetingBody.Members : MeetingBody.Committee;

    /// <summary>Who votes: full members; of the committee, whoever sits on it.</summary>
    public static IReadOnlyList<PersonId> VotersOf(MeetingBody body, IEnumerable<RollPerson> roll) => [.. roll
        .Where(person => person.Standing == Standing.Full && (body == MeetingBody.Members || person.IsOfCommittee))
        .Select(person => person.Person)];
}
