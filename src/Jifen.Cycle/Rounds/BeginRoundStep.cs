namespace Jifen.Cycle.Rounds;

/// <summary>开始一个环节. Beginning a review ends the window in which one declares: nobody has to end it besides.</summary>
public sealed record BeginRoundStep(RoundKey Round, string Step)
{
    public Ruling Decide(YearBoard board)
    {
        if (board.Plan.Find(Round, Step) is not { } step || !step.Step.HasBeginning())
        {
            return new NoSuchRoundStep(Step);
        }

        return board.ObjectionToBegin(step) is { } refusal
            ? refusal
            : new Happening(new RoundStepBegun(Round.ToString(), Step), On: board.Today, Clause: step.Clause);
    }
}
