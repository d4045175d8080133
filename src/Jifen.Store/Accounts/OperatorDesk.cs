using Dapper;
using Jifen.Cycle;
using Jifen.Cycle.Accounts;
using Jifen.Store.Ledgers;
using Npgsql;

namespace Jifen.Store.Accounts;

/// <summary>Somebody the operator named.</summary>
public sealed record FoundPerson
{
    public required PersonId PersonId { get; init; }

    public required string Name { get; init; }

    public string? Number { get; init; }

    /// <summary>where the account's entries go: the branch, else where the office is; null: nowhere on a roll</summary>
    public OrganizationId? Home { get; init; }

    public string? HomeName { get; init; }

    public Guid? AccountId { get; init; }

    public string? LoginName { get; init; }

    public DateTimeOffset? DisabledAt { get; init; }

    public AccountState State => new(AccountId is not null, LoginName is not null, DisabledAt is not null, AwaitsLink: false);
}

/// <summary>
/// Accounts from the command line, for whoever holds the machine: when nobody can sign in any more, or the only administrator has lost his
/// password. What it does stands in the ledger as the operator's.
/// </summary>
public sealed class OperatorDesk(Database database, TimeProvider clock)
{
    private static readonly TimeSpan LinkLife = TimeSpan.FromDays(1);

    /// <param name="who">编号, 登录名 or 姓名, whole</param>
    public Task<IReadOnlyList<FoundPerson>> FindAsync(string who, CancellationToken cancel) => database.Owner.QueryAsync<FoundPerson>(
        """
        select p.person_id, p.name, p.number, h.home, o.name as home_name, a.account_id, a.login_name, a.disabled_at
        from person p
        cross join lateral (select home_of(p.person_id) as home) h
        left join organization o on o.organization_id = h.home
        left join account a using (person_id)
        where p.number = @who or p.name = @who or a.login_name = @who
        order by p.number
        """,
        new { who },
        cancel);

    /// <returns>the path of a one-time link; or why not</returns>
    public Task<(string? Path, Refusal? Refusal)> OpenAsync(FoundPerson person, CancellationToken cancel) =>
        EnterAsync(person, new OpenAccount(person.PersonId).Decide(person.State), cancel);

    /// <returns>the path of a one-time link; or why not</returns>
    public Task<(string? Path, Refusal? Refusal)> ResetAsync(FoundPerson person, string reason, CancellationToken cancel) =>
        EnterAsync(person, person.State is { Exists: true, HasLoginName: false, IsDisabled: false }
            // The link got lost before it was used: another one, nothing to enter.
            ? Ruling.NothingToDo
            : new ResetAccount(person.PersonId, reason).Decide(person.State), cancel);

    /// <returns>why not; null: done</returns>
    public async Task<Refusal?> DisableAsync(FoundPerson person, string reason, CancellationToken cancel) =>
        (await EnterAsync(person, new DisableAccount(person.PersonId, reason).Decide(person.State), cancel, withLink: false)).Refusal;

    private async Task<(string? Path, Refusal? Refusal)> EnterAsync(FoundPerson person, Ruling ruling, CancellationToken cancel, bool withLink = true)
    {
        if (ruling.Refusal is { } refusal)
        {
            return (null, refusal);
        }

        if (person.Home is not { } stream)
        {
            return (null, new OnNoRoll(person.Name));
        }

        var now = clock.GetUtcNow();
        await using var connection = await database.Owner.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await Ledger.TakeAsync(connection, [stream], cancel);
        await Ledger.AppendAsync(
            connection,
            stream,
            new EntryMaker(Operator.Person, Operator.Office, new OperationId(Guid.CreateVersion7(now)), now),
            ruling.Happenings,
            cancel);
        var path = withLink ? await IssueAsync(connection, person, now, cancel) : null;
        await transaction.CommitAsync(CancellationToken.None);
        return (path, null);
    }

    private static async Task<string> IssueAsync(NpgsqlConnection connection, FoundPerson person, DateTimeOffset now, CancellationToken cancel)
    {
        var token = SecretKey.Create();
        var isIssued = await connection.QuerySingleAsync<bool>(new CommandDefinition(
            "select issue_link(@hash, (select account_id from account where person_id = @person), @now, @until)",
            new { hash = SecretKey.Hash(token), person = person.PersonId.Value, now, until = now + LinkLife },
            cancellationToken: cancel));
        return isIssued
            ? OpenLink.PathOf(person.LoginName is null ? LinkPurpose.Invite : LinkPurpose.Reset, token)
            : throw new InvalidOperationException("the ledger grants a link and the account does not");
    }
}

/// <summary>Neither in a branch nor in office.</summary>
public sealed record OnNoRoll(string Name) : Refusal($"{Name}现在不在任何支部，也没有职务，不能开账号。先把组织关系或任职登记好。");
