using Jifen.Scoring.Schemes;

namespace Jifen.Scoring.Outcomes;

/// <summary>结果运用 without 名额, which ask nothing of the others in the branch, made ready for each profile. One a thread.</summary>
internal sealed class FreeOutcomes(IReadOnlyList<Outcome> outcomes, int profiles)
{
    private readonly OpenOutcome[]?[] _ofProfile = new OpenOutcome[]?[profiles];

    /// <returns>those that people of the profile can come under at all, in the order of the scheme</returns>
    public OpenOutcome[] For(int index, Profile profile) => _ofProfile[index] ??= Open(profile);

    private OpenOutcome[] Open(Profile profile)
    {
        var open = new List<OpenOutcome>(outcomes.Count);
        foreach (var outcome in outcomes)
        {
            if (outcome.Condition.For(profile) is { } condition)
            {
                open.Add(new OpenOutcome(outcome.Index, condition.Totals.Least, condition.Totals.Most, condition));
            }
        }

        return open.ToArray();
    }
}

/// <param name="Index"><see cref="Outcome.Index"/></param>
/// <param name="Least">totals below this need not be asked further</param>
/// <param name="Most">nor those above this</param>
/// <param name="Condition">what is still to be asked</param>
internal readonly record struct OpenOutcome(int Index, long Least, long Most, Condition Condition);
