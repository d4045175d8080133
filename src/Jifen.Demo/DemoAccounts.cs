using Dapper;
using Jifen.Cycle;
using Jifen.Cycle.Accounts;
using Jifen.Cycle.Organizations;
using Jifen.Store;
using Jifen.Store.Ledgers;
using Microsoft.AspNetCore.Identity;

namespace Jifen.Demo;

/// <summary>Accounts of the demo: every post of every branch has one, so that steps of two are taken by two.</summary>
internal sealed class DemoAccounts(Database database)
{
    private static readonly string[] Tellers = ["监票甲", "监票乙"];

    // One password, one hash: hashing it for each of a hundred posts would take longer than a year of their books.
    private readonly string _hash = new PasswordHasher<DemoLogin>().HashPassword(null!, DemoWorld.Password);

    /// <summary>Opens what is not open yet and sets name and password.</summary>
    /// <param name="home">in whose ledger the accounts are opened</param>
    public async Task OpenAsync(OrganizationId home, IReadOnlyCollection<(string Login, PersonId Person)> logins, DateTimeOffset at, CancellationToken cancel)
    {
        var maker = new EntryMaker(DemoWorld.Officer, "organization-officer", new OperationId(DemoId.Of($"accounts {home} {at:yyyyMMddHHmm}")), at);
        await using var connection = await database.Owner.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var people = logins.Select(login => login.Person.Value).ToArray();
        var open = (await connection.QueryAsync<Guid>("select person_id from account where person_id = any (@people)", new { people })).ToHashSet();
        await DemoLedger.WriteAsync(
            connection, home, maker, cancel,
            [.. logins.Where(login => !open.Contains(login.Person.Value)).Select(login => new Happening(new AccountOpened(), login.Person))]);
        await connection.ExecuteAsync(
            """
            update account set login_name = l.login, normalized_name = upper(normalize(l.login, nfkc)), password_hash = @_hash, credentials_set_at = @at
            from unnest(@people, @names) l (person, login)
            where person_id = l.person
            """,
            new { _hash, at, people, names = logins.Select(login => login.Login).ToArray() });
        await transaction.CommitAsync(CancellationToken.None);
    }

    /// <summary>商贸教工支部书记: the branch's short name and the post, one login to each post; and two without office, who count ballots of paper.</summary>
    public static IReadOnlyCollection<(string Login, PersonId Person)> PostsOf(DemoOrganization branch, IReadOnlyList<DemoPerson> people, DateOnly since) =>
    [
        .. people.SelectMany(person => person.Offices.Select(office => (Post: NameOf(office), person.Id)))
            .Where(one => one.Post is not null)
            .DistinctBy(one => one.Post)
            .Select(one => (branch.ShortName + one.Post, one.Id)),
        .. people.Where(person => person.Offices.Count == 0 && person.JoinedOn <= since).Take(Tellers.Length).Select((person, n) => (branch.ShortName + Tellers[n], person.Id)),
    ];

    private static string? NameOf(Office office) => office switch
    {
        Office.Secretary => "书记",
        Office.DeputySecretary => "副书记",
        Office.Recorder => "记录员",
        Office.CommitteeMember => "支委",
        Office.Evaluator => "考评组长",
        _ => null,
    };
}
