using Jifen.Cycle;
using Jifen.Cycle.Accounts;
using Jifen.Cycle.Members;
using Jifen.Cycle.Organizations;
using Jifen.Scoring.Facts;
using Jifen.Store.Ledgers;
using Jifen.Store.Steps;
using Npgsql;

namespace Jifen.Store.Accounts;

/// <summary>Who an installation begins with.</summary>
/// <param name="Number">编号; null for none</param>
public sealed record SetUp(OrganizationKind Kind, string OrganizationName, string ShortName, string OfficerName, string? Number);

/// <summary>
/// The beginning: there is no default account. The program prints a link; whoever holds it names the top organization and himself, and is its
/// officer and the administrator. Once somebody can sign in, no such link works any more.
/// </summary>
public static class FirstOfficer
{
    private static readonly TimeSpan LinkLife = TimeSpan.FromDays(1);

    /// <summary>For the program's start, with the owner's rights.</summary>
    /// <returns>the path of a new link; null: somebody can sign in already</returns>
    public static async Task<string?> LinkAsync(Database database, TimeProvider clock, CancellationToken cancel = default)
    {
        var token = SecretKey.Create();
        var now = clock.GetUtcNow();
        var isIssued = await database.Owner.OneAsync<bool?>(
            """
            insert into invitation (token_hash, purpose, issued_at, expires_at)
            select @hash, 'first-officer', @now, @until
            where not exists (select from account where password_hash is not null) and not exists (select from organization)
            returning true
            """,
            new { hash = SecretKey.Hash(token), now, until = now + LinkLife },
            cancel);
        return isIssued is true ? OpenLink.PathOf(LinkPurpose.FirstOfficer, token) : null;
    }

    /// <summary>Whether a link of this kind still sets anything up.</summary>
    public static async Task<bool> IsAwaitedAsync(Database database, string token, CancellationToken cancel)
    {
        await using var scope = await DataScope.OpenAsync(database.App, null, default, cancel);
        await NameLinkAsync(scope, token, cancel);
        return await scope.OneAsync<bool>("select set_up_is_open()", cancel: cancel);
    }

    /// <summary>
    /// Enters the top organization, the officer, his offices and his account, and uses the link: all or nothing. Where the top is a branch,
    /// he is its secretary and on its roll: nobody could enter him afterwards but himself.
    /// </summary>
    /// <returns>the account; or why not</returns>
    public static async Task<(Guid? Account, Refusal? Refusal)> SetUpAsync(
        Database database, TimeProvider clock, string token, SetUp setUp, NewCredentials credentials, OperationId operation, CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        var name = PersonNames.New(setUp.Number, setUp.OfficerName, now);
        if (name.Objection() is { } objection)
        {
            return (null, objection);
        }

        var person = name.Person;
        var organization = new OrganizationId(Guid.CreateVersion7(now));
        var isBranch = setUp.Kind == OrganizationKind.Branch;
        Happening InOffice(Office office) => new(new OfficeAssigned(new OfficeTermId(Guid.CreateVersion7(now)), office, null, IsActing: false), person);
        await using var scope = await DataScope.OpenAsync(database.App, person, CivilTime.DayOf(now), cancel);
        // One at a time: the second finds that the first has used the link.
        await Ledger.TakeAsync(scope.Connection, [new OrganizationId(Operator.Person.Value), organization], cancel);
        await NameLinkAsync(scope, token, cancel);
        if (!await scope.OneAsync<bool>("select set_up_is_open()", cancel: cancel))
        {
            return (null, new LinkDoesNotHold());
        }

        var places = await StepRunner.AppendAsync(
            scope,
            organization,
            new EntryMaker(person, Operator.Installer, operation, now),
            [
                new(new OrganizationFounded(organization, null, setUp.Kind, setUp.OrganizationName, setUp.ShortName, IsDirect: false)),
                new(new PersonRegistered(person, name.Digest), person, Names: name),
                .. isBranch ? new Happening[] { new(new MemberAdmitted(Arrival.OnRoll, Standing.Full, null, null, null), person) } : [],
                InOffice(isBranch ? Office.Secretary : Office.OrganizationOfficer),
                InOffice(Office.Administrator),
                new(new AccountOpened(), person),
            ],
            cancel);
        try
        {
            // An account has the id of the entry that opened it.
            var account = await scope.OneAsync<Guid?>(
                OneTimeLinks.UseSql, OneTimeLinks.Parameters(token, places[^1].Entry.Value, credentials, now), cancel);
            if (account is null)
            {
                return (null, new LinkDoesNotHold());
            }

            await scope.CommitAsync();
            return (account, null);
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.RestrictViolation)
        {
            return (null, new LinkDoesNotHold());
        }
    }

    private static Task<int> NameLinkAsync(DataScope scope, string token, CancellationToken cancel) =>
        scope.ExecuteAsync("select set_config('jifen.set_up', @hash, true)", new { hash = Convert.ToHexStringLower(SecretKey.Hash(token)) }, cancel);
}
