using Jifen.Cycle.Rounds;

namespace Jifen.Cycle.Notices;

/// <summary>拟公示. As often as one likes before it is published: the last is the one that counts.</summary>
/// <param name="Digest">of what will be shown</param>
/// <param name="Correction">更正公示: why; null for the first notice</param>
public sealed record PrepareNotice(NoticeId Notice, RoundKey Round, string Step, string Digest, string? Correction)
{
    private const int ShortestReason = 4;

    /// <param name="standing">published for this step and not replaced</param>
    public Ruling Decide(YearBoard board, Notice? standing)
    {
        if (board.Plan.Find(Round, Step) is not { Step.Kind: StepKinds.Notice } step)
        {
            return new NoSuchRoundStep(Step);
        }

        if (standing is null)
        {
            return board.ObjectionToBegin(step) is { } refusal ? refusal : Made(step, null, null);
        }

        return board.StateOf(step) switch
        {
            StepState.Ended when step.Step.Days is not null => new AlreadyEnded(step, board.MarkOf(step)!.EndedOn!.Value),
            StepState.Ahead or StepState.Outside => board.ObjectionToBegin(step)!,
            _ when (Correction?.Trim().Length ?? 0) < ShortestReason => new CorrectionNeedsReason(),
            _ => Made(step, standing.Id, Correction!.Trim()),
        };
    }

    private Happening Made(PlannedStep step, NoticeId? replaces, string? ground) => new(
        new NoticePrepared(Notice, Round.ToString(), Step, Digest, replaces, null), Ground: ground, Clause: step.Clause);
}
