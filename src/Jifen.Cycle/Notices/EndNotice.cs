using Jifen.Cycle.Rounds;

namespace Jifen.Cycle.Notices;

/// <summary>结束公示: nobody shortens it. Its days and those for objecting are over, and everything raised is answered.</summary>
public sealed record EndNotice(RoundKey Round, string Step)
{
    /// <param name="standing">published for this step and not replaced</param>
    /// <param name="open">objections and appeals about this round that are not answered</param>
    public Ruling Decide(YearBoard board, Notice? standing, int open)
    {
        if (board.Plan.Find(Round, Step) is not { } step || !step.Step.IsNoticeOfPoints())
        {
            return new NoSuchRoundStep(Step);
        }

        if (board.ObjectionToEnd(step) is { } refusal)
        {
            return refusal;
        }

        return standing switch
        {
            null => new NotBegun(step),
            _ when board.Today <= standing.OverAfter => new NoticeStillOpen(standing.LastOn!.Value, standing.OverAfter!.Value, step.Clause),
            _ when open > 0 => new CasesStillOpen(open, step.Clause),
            _ => new Happening(
                new RoundStepEnded(Round.ToString(), Step, standing.Digest, "公示期满，提出的异议都已答复"), On: board.Today, Clause: step.Clause),
        };
    }
}
