namespace Jifen.Cycle.Rounds;

/// <summary>办完一个环节.</summary>
/// <param name="Digest">of the table of points it was taken on; null where there was none</param>
public sealed record EndRoundStep(RoundKey Round, string Step, string? Digest = null, string? Outcome = null)
{
    public Ruling Decide(YearBoard board)
    {
        if (board.Plan.Find(Round, Step) is not { } step)
        {
            return new NoSuchRoundStep(Step);
        }

        return board.ObjectionToEnd(step) is { } refusal
            ? refusal
            : new Happening(new RoundStepEnded(Round.ToString(), Step, Digest, Outcome), On: board.Today, Clause: step.Clause);
    }
}
