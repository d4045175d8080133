using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Jifen.Cycle.Scorecards;

namespace Jifen.Cycle.Decisions;

/// <summary>One person of a table of points.</summary>
/// <param name="Sections">subtotals in the order of the scheme's sections; empty in what is kept in the ledger before sections were</param>
/// <param name="Grade">as the scheme proposes it; null where it has none</param>
public sealed record PointsTableRow(PersonId Person, decimal Total, IReadOnlyList<decimal> Sections, string? Grade);

/// <summary>What somebody's points were, and are.</summary>
/// <param name="Was">null: he was not in the table</param>
/// <param name="Is">null: he is not in it any more</param>
public sealed record PointsTableChange(PersonId Person, PointsTableRow? Was, PointsTableRow? Is);

/// <summary>
/// 积分表: the points of a branch at the end of a round, as they are put before the meeting. Its digest is what was voted on: the same points
/// have the same digest, whoever computes them.
/// </summary>
public sealed record PointsTable(IReadOnlyList<PointsTableRow> Rows)
{
    /// <summary>Of those on the roll who have a sheet, in the order of their names.</summary>
    public static PointsTable Of(BranchScores scores) => new(
        [.. Enumerable.Range(0, scores.People.Count)
            .Where(index => scores.People[index].Presence == Presence.OnRoll && scores.Totals.HasScorecard(index))
            .Select(index => (scores.People[index].Person, Card: scores.Cards[index]))
            .Select(one => new PointsTableRow(
                one.Person,
                one.Card.Total.Hundredths / 100m,
                [.. one.Card.Sections.Select(section => section.Points.Hundredths / 100m)],
                one.Card.Grade))]);

    /// <summary>SHA-256 of a line for each person, in the order of their ids, lower-case hex.</summary>
    public string Digest()
    {
        var text = new StringBuilder();
        foreach (var row in Rows.OrderBy(row => row.Person.ToString(), StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{row.Person} {row.Total:0.##} ")
                .AppendJoin(';', row.Sections.Select(points => points.ToString("0.##", CultureInfo.InvariantCulture)))
                .Append(CultureInfo.InvariantCulture, $" {row.Grade}\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>Whose points, subtotals or grade are others in <paramref name="now"/>.</summary>
    public IReadOnlyList<PointsTableChange> ChangesTo(PointsTable now)
    {
        var was = Rows.ToDictionary(row => row.Person);
        var isNow = now.Rows.ToDictionary(row => row.Person);
        return [.. was.Keys.Union(isNow.Keys)
            .Select(person => new PointsTableChange(person, was.GetValueOrDefault(person), isNow.GetValueOrDefault(person)))
            .Where(change => !Same(change.Was, change.Is))];
    }

    private static bool Same(PointsTableRow? one, PointsTableRow? other) =>
        one is not null && other is not null && one.Total == other.Total && one.Grade == other.Grade && one.Sections.SequenceEqual(other.Sections);
}
