using Jifen.Cycle;
using Jifen.Cycle.Evaluations;
using Jifen.Cycle.Rounds;
using Jifen.Scoring.Schemes;

namespace Jifen.Store.Reads;

/// <summary>What a kind of voters, or all, said of one person.</summary>
/// <param name="Voter">null: all together</param>
/// <param name="Counts">in the order of <see cref="EvaluationResult.Choices"/></param>
public sealed record PersonTally(VoterKind? Voter, int Ballots, IReadOnlyList<int> Counts);

/// <summary>群评 or 测评 of a round, counted.</summary>
/// <param name="Received">ballots</param>
/// <param name="People">empty where fewer than five came back</param>
/// <param name="Weighed">percent of each choice, where the scheme weighs the kinds of voters; empty otherwise</param>
public sealed record EvaluationResult(
    BallotBoxId Box,
    BallotKind Kind,
    RoundKey Round,
    string Step,
    DateOnly ClosedOn,
    int Received,
    IReadOnlyList<string> Choices,
    IReadOnlyDictionary<PersonId, IReadOnlyList<PersonTally>> People,
    IReadOnlyDictionary<PersonId, IReadOnlyList<decimal>> Weighed);

/// <summary>Results of evaluations for whoever fixes grades and results: only of boxes that are closed, the last of each step.</summary>
public static class EvaluationResults
{
    /// <param name="board">of the year: says whether the scheme weighs the voters</param>
    public static async Task<IReadOnlyList<EvaluationResult>> OfAsync(
        DataScope scope, OrganizationId branch, RoundKey round, YearBoard board, CancellationToken cancel = default) =>
        [.. (await BallotBoxes.InRoundAsync(scope, branch, round, cancel))
            .Where(one => one.Box.State == BallotBoxState.Closed)
            .GroupBy(one => one.Box.Step!, StringComparer.Ordinal)
            .Select(boxes => ResultOf(boxes.Last(), board.Plan.Find(round, boxes.Key)?.Step))];

    /// <summary>权重 of the scheme by kind of voters; empty where it weighs none.</summary>
    public static IReadOnlyDictionary<VoterKind, int> WeightsOf(CycleStep? step) => (step?.Voting?.Weights ?? new Dictionary<string, int>())
        .GroupBy(weight => weight.Key == "群众代表" ? VoterKind.MassRepresentative : VoterKind.Member)
        .ToDictionary(group => group.Key, group => group.Sum(weight => weight.Value));

    private static EvaluationResult ResultOf(BallotBoxOutcome outcome, CycleStep? step)
    {
        var people = outcome.Box.Subjects
            .Select((subject, at) => (Person: Guid.TryParse(subject, out var id) ? new PersonId(id) : (PersonId?)null, Subject: subject, At: at))
            .Where(one => one.Person is not null)
            .ToList();
        var weights = WeightsOf(step);
        return new EvaluationResult(
            outcome.Box.Id,
            outcome.Box.Kind,
            outcome.Box.Round,
            outcome.Box.Step!,
            outcome.ClosedOn!.Value,
            outcome.Received!.Value,
            outcome.Box.Choices,
            outcome.Tallies.Count == 0
                ? new Dictionary<PersonId, IReadOnlyList<PersonTally>>()
                : people.ToDictionary(
                    one => one.Person!.Value,
                    one => (IReadOnlyList<PersonTally>)[.. outcome.Tallies.Select(tally => new PersonTally(tally.Voter, tally.Ballots, tally.Subjects[one.At].Counts))]),
            people
                .Select(one => (Person: one.Person!.Value, Shares: BallotCount.Weighed(outcome.Tallies, one.Subject, weights)))
                .Where(one => one.Shares is not null)
                .ToDictionary(one => one.Person, one => one.Shares!));
    }
}
