using System.Security.Cryptography;
using Jifen.Cycle;
using Jifen.Cycle.Members;

namespace Jifen.Store.Steps;

/// <summary>Names of persons: written with the entry that registers or changes them, in the same transaction, into a table that can be erased.</summary>
public static class PersonNames
{
    /// <summary>A person nobody knew before, with a fresh id and salt.</summary>
    public static PersonName New(string? number, string name, DateTimeOffset now) =>
        new(new PersonId(Guid.CreateVersion7(now)), number, name, FreshSalt());

    /// <summary>128 random bits, hex.</summary>
    public static string FreshSalt() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>Keeps the names that come with the happenings. Their entries are appended after it.</summary>
    internal static async Task KeepAsync(DataScope scope, IReadOnlyList<Happening> happenings, DateTimeOffset at, CancellationToken cancel)
    {
        var registered = NamesOf<PersonRegistered>(happenings);
        if (registered.Count > 0)
        {
            await scope.ExecuteAsync(
                """
                insert into person (person_id, number, name, name_salt, registered_at)
                select id, number, name, salt, @at from unnest(@ids, @numbers, @names, @salts) as one (id, number, name, salt)
                """,
                Columns(registered, at),
                cancel);
        }

        var renamed = NamesOf<PersonRenamed>(happenings);
        if (renamed.Count > 0)
        {
            await scope.ExecuteAsync(
                """
                update person p set number = one.number, name = one.name, name_salt = one.salt
                from unnest(@ids, @numbers, @names, @salts) as one (id, number, name, salt)
                where p.person_id = one.id
                """,
                Columns(renamed, at),
                cancel);
        }
    }

    private static List<PersonName> NamesOf<T>(IEnumerable<Happening> happenings)
        where T : IEvent => [.. happenings.Where(happening => happening is { Event: T, Names: not null }).Select(happening => happening.Names!)];

    private static object Columns(List<PersonName> names, DateTimeOffset at) => new
    {
        at,
        ids = names.ConvertAll(name => name.Person.Value).ToArray(),
        numbers = names.ConvertAll(name => name.Number).ToArray(),
        names = names.ConvertAll(name => name.Name).ToArray(),
        salts = names.ConvertAll(name => name.Salt).ToArray(),
    };
}
