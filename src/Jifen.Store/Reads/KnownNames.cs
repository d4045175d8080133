using Jifen.Cycle;

namespace Jifen.Store.Reads;

/// <summary>Names of people, as far as the person who asks may know them.</summary>
public static class KnownNames
{
    /// <returns>those out of sight are left out</returns>
    public static async Task<IReadOnlyDictionary<PersonId, string>> OfAsync(DataScope scope, IReadOnlyCollection<PersonId> people, CancellationToken cancel = default)
    {
        if (people.Count == 0)
        {
            return new Dictionary<PersonId, string>();
        }

        var rows = await scope.QueryAsync<NameRow>(
            "select person_id, name from person where person_id = any (@ids) and name is not null", new { ids = people.Select(person => person.Value).ToArray() }, cancel);
        return rows.ToDictionary(row => row.PersonId, row => row.Name);
    }

    /// <summary>编号 of people by their ids as text; those without one, or out of sight, are left out.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> NumbersAsync(DataScope scope, IEnumerable<PersonId> people, CancellationToken cancel = default)
    {
        var rows = await scope.QueryAsync<NumberRow>(
            "select person_id, number from person where person_id = any (@ids) and number is not null", new { ids = people.Select(person => person.Value).ToArray() }, cancel);
        return rows.ToDictionary(row => row.PersonId.ToString(), row => row.Number);
    }

    private sealed record NumberRow
    {
        public required PersonId PersonId { get; init; }

        public required string Number { get; init; }
    }

    private sealed record NameRow
    {
        public required PersonId PersonId { get; init; }

        public required string Name { get; init; }
    }
}
