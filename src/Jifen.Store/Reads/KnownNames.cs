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

    private sealed record NameRow
    {
        public required PersonId PersonId { get; init; }

        public required string Name { get; init; }
    }
}
