namespace Jifen.Cycle.Rounds;

/// <summary>重新开启已办完的环节: with everything that rests on it, the last first, so that nothing stands on what is open.</summary>
public sealed record ReopenRoundStep(RoundKey Round, string Step, string Reason)
{
    private const int ShortestReason = 4;

    public Ruling Decide(YearBoard board)
    {
        if (board.Plan.Find(Round, Step) is not { } step)
        {
            return new NoSuchRoundStep(Step);
        }

        if (Reason.Trim().Length < ShortestReason)
        {
            return new ReopeningNeedsReason();
        }

        return board.MarkOf(step)?.EndedOn is null
            ? new NotEnded(step)
            : Ruling.Of([.. Resting(board, step).Reverse().Append(step).SelectMany(one => Undone(board, one)
                .Select(happened => new Happening(happened, On: board.Today, Ground: Reason.Trim(), Clause: one.Clause))
                .Prepend(Reopened(board, one)))]);
    }

    // It names the entry it takes back: that one, and not what may stand in its place by the time the superior confirms.
    private Happening Reopened(YearBoard board, PlannedStep step) => new(
        new RoundStepReopened(step.Round.Key.ToString(), step.Name, Reason.Trim()),
        On: board.Today,
        Ground: Reason.Trim(),
        Clause: step.Clause,
        Corrects: board.MarkOf(step)!.Entry);

    /// <summary>What the step had made final holds no more: the settled year, the decided grades, the accepted filing.</summary>
    private static IEnumerable<IEvent> Undone(YearBoard board, PlannedStep step) => step.Step.Kind switch
    {
        _ when board.MarkOf(step)?.EndedOn is null => [],
        StepKinds.Summary when step.Step.Every == Scoring.Schemes.Span.Year => [new AnnualResults.YearReopened(step.Round.Key.Year)],
        StepKinds.GradeDecision => [new AnnualResults.GradesReopened(step.Round.Key.Year)],
        StepKinds.Filing => [new Filings.FilingReopened(step.Round.Key.ToString(), step.Name)],
        _ => [],
    };

    /// <summary>What rests on a step, directly or by others, and has begun: in the order in which it was taken.</summary>
    public static IEnumerable<PlannedStep> Resting(YearBoard board, PlannedStep step)
    {
        var resting = board.Plan.AllRestingOn(step).Concat(FiledWith(board, step).SelectMany(filing => board.Plan.AllRestingOn(filing).Prepend(filing))).ToHashSet();
        return board.Plan.Steps.Where(later => resting.Contains(later) && board.MarkOf(later) is not null);
    }

    // A scheme may let the year be filed before or after its grades are decided: a filing made since then carries them.
    private static IEnumerable<PlannedStep> FiledWith(YearBoard board, PlannedStep step) => step.Step.Kind == StepKinds.GradeDecision
        ? board.Plan.In(step.Round.Key).Where(other => other.Step.Kind == StepKinds.Filing
            && board.MarkOf(other) is { } filed && (filed.BegunOn ?? filed.EndedOn) >= board.MarkOf(step)?.EndedOn)
        : [];
}
