namespace Jifen.Cycle.Evaluations;

/// <summary>投票: what somebody ticked. Checked here; stored without him.</summary>
/// <param name="Choices">subject → choice, as sent</param>
/// <param name="Opinion">free text; null for none</param>
public sealed record CastVote(IReadOnlyDictionary<string, string> Choices, string? Opinion)
{
    private const int LongestOpinion = 500;

    /// <returns>why it is not taken; null when it is</returns>
    /// <param name="choices">of the box</param>
    public Refusal? RefusalFor(IReadOnlyList<string> subjects, IReadOnlyList<string> choices)
    {
        var missing = subjects.Count(subject => !Choices.ContainsKey(subject));
        return this switch
        {
            _ when missing > 0 => new BallotIsIncomplete(missing),
            _ when Choices.Any(pair => !subjects.Contains(pair.Key) || !choices.Contains(pair.Value)) => new BallotIsOther(),
            { Opinion.Length: > LongestOpinion } => new OpinionTooLong(LongestOpinion),
            _ => null,
        };
    }
}
