using Dapper;
using Jifen.Cycle;
using Jifen.Cycle.Accounts;
using Jifen.Demo;
using Jifen.Store;
using Jifen.Store.Ledgers;
using Microsoft.AspNetCore.Identity;

namespace Jifen.Bench.Live.World;

/// <summary>Accounts to sign in with, as their owners would have set them up.</summary>
internal static class Logins
{
    /// <summary>Opens an account for each; the login name is the person's number, the password that of the demo.</summary>
    public static async Task OpenAsync(Database database, OrganizationId stream, PersonId by, IReadOnlyList<DemoPerson> people)
    {
        // One hash for all: what it costs to make is no figure, what it costs to check is.
        var hash = new PasswordHasher<DemoPerson>().HashPassword(people[0], DemoWorld.Password);
        var at = TimeProvider.System.GetUtcNow();
        var maker = new EntryMaker(by, "organization-officer", new OperationId(Guid.CreateVersion7()), at);
        await using var connection = await database.Owner.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await Ledger.TakeAsync(connection, [stream], default);
        await Ledger.AppendAsync(connection, stream, maker, people.Select(person => new Happening(new AccountOpened(), person.Id)).ToList(), default);
        await connection.ExecuteAsync(
            """
            update account a set login_name = x.login, normalized_name = upper(normalize(x.login, nfkc)), password_hash = @hash, credentials_set_at = @at
            from unnest(@ids, @logins) as x (id, login) where a.person_id = x.id
            """,
            new { hash, at, ids = people.Select(person => person.Id.Value).ToArray(), logins = people.Select(person => person.Number).ToArray() });
        await transaction.CommitAsync();
    }
}
