using Jifen.Cycle.Rounds;
using Jifen.Cycle.Scorecards;

namespace Jifen.Cycle.Reviews;

/// <summary>Points of one item of one person.</summary>
/// <param name="Item">section and item of the scheme, by id</param>
public sealed record ItemPoints(string Item, decimal Points);

/// <summary>One person's line of the table.</summary>
public sealed record PersonPoints(PersonId Person, decimal Total, IReadOnlyList<ItemPoints> Items);

/// <summary>The table of points that is signed: everybody who has a sheet in the branch, by person id; items in the order of the sheet.</summary>
/// <param name="Scheme">fingerprint</param>
public sealed record ReviewTable(string Round, string Scheme, IReadOnlyList<PersonPoints> People)
{
    public static ReviewTable Of(RoundKey round, BranchScores scores) => new(
        round.ToString(),
        scores.Plan.Scheme.Fingerprint,
        [.. scores.People
            .Where(person => person.Presence == Presence.OnRoll && scores.CardOf(person.Person).HasScorecard)
            .Select(person => LineOf(person, scores))
            .OrderBy(line => line.Person.Value.ToString(), StringComparer.Ordinal)]);

    private static PersonPoints LineOf(ScoredPerson person, BranchScores scores)
    {
        var card = scores.CardOf(person.Person);
        return new PersonPoints(
            person.Person,
            card.Total.Hundredths / 100m,
            [.. card.Sections.SelectMany(section => section.Items.Select(item => new ItemPoints($"{section.Id}/{item.Id}", item.Points.Hundredths / 100m)))]);
    }
}
