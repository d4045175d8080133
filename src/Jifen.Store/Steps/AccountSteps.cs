using Jifen.Cycle;
using Jifen.Cycle.Accounts;
using Jifen.Cycle.Permissions;
using Jifen.Store.Accounts;
using Jifen.Store.Reads;

namespace Jifen.Store.Steps;

/// <summary>A link to hand to its person; it is shown once and kept nowhere.</summary>
/// <param name="Path">below the address of the site</param>
public sealed record IssuedLink(string Path, DateTimeOffset ExpiresAt);

/// <summary>Opening, resetting and disabling accounts, and the links for them.</summary>
public sealed class AccountSteps(StepRunner steps, Database database, TimeProvider clock)
{
    /// <summary>How long a link holds.</summary>
    public static readonly TimeSpan LinkLife = TimeSpan.FromDays(7);

    public Task<StepResult> OpenAsync(OpenAccount command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        TakeAsync(Actions.AC1CreateAccount, command.Person, command, "开通账号", null, by, operation, command.Decide, cancel);

    public Task<StepResult> ResetAsync(ResetAccount command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        // Whoever hands out a new password could sign in as that person: the same care as with a new account.
        TakeAsync(Actions.AC1CreateAccount, command.Person, command, "重设密码", command.Reason, by, operation, command.Decide, cancel);

    public Task<StepResult> DisableAsync(DisableAccount command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        TakeAsync(Actions.AC2DisableAccount, command.Person, command, "停用账号", command.Reason, by, operation, command.Decide, cancel);

    /// <summary>
    /// Makes the link that the ledger grants; links made before are void. Not a step: it may be made again when it got lost, by whoever may
    /// open accounts here.
    /// </summary>
    public async Task<(IssuedLink? Link, Refusal? Refusal)> IssueLinkAsync(PersonId person, PersonId by, CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        await using var scope = await DataScope.OpenAsync(database.App, by, CivilTime.DayOf(now), cancel);
        if (await AccountList.OneAsync(scope, person, cancel) is not { } row || await Actors.LoadAsync(scope, by, cancel) is not { } actor)
        {
            return (null, new NotAmongYours());
        }

        var verdict = Authority.Judge(Actions.AC1CreateAccount, actor, Target.About(person, await Scopes.OfAsync(scope, row.OrganizationId, cancel)));
        if (verdict.Refusal is { } refusal)
        {
            return (null, refusal);
        }

        var token = SecretKey.Create();
        var until = now + LinkLife;
        var isIssued = row.AccountId is not null && await scope.OneAsync<bool>(
            "select issue_link(@hash, @AccountId, @now, @until)", new { hash = SecretKey.Hash(token), row.AccountId, now, until }, cancel);
        if (!isIssued)
        {
            return (null, new NoLinkGranted());
        }

        await scope.CommitAsync();
        return (new IssuedLink(OpenLink.PathOf(row.LoginName is null ? LinkPurpose.Invite : LinkPurpose.Reset, token), until), null);
    }

    private async Task<StepResult> TakeAsync(
        ActionRow action,
        PersonId person,
        object command,
        string what,
        string? reason,
        PersonId by,
        OperationId operation,
        Func<AccountState, Ruling> decide,
        CancellationToken cancel)
    {
        AccountRow? row;
        await using (var scope = await DataScope.OpenAsync(database.App, by, clock.Today(), cancel))
        {
            row = await AccountList.OneAsync(scope, person, cancel);
        }

        if (row is null)
        {
            return new StepResult(new NotAmongYours(), []);
        }

        var step = new Step(by, action, row.OrganizationId, operation, new { what, command }, $"为{row.Name}{what}")
        {
            Concerned = [person],
            Reason = reason,
        };
        return await steps.TakeAsync(
            step,
            async context => await AccountList.OneAsync(context.Scope, person, cancel) is { } now ? decide(now.State) : new NotAmongYours(),
            cancel);
    }
}
