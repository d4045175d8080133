using Jifen.Cycle;
using Npgsql;

namespace Jifen.Store.Accounts;

/// <summary>What a one-time link is for.</summary>
public enum LinkPurpose
{
    /// <summary>sets up the installation</summary>
    FirstOfficer,

    /// <summary>login name and password for the first time</summary>
    Invite,

    /// <summary>a new password</summary>
    Reset,
}

/// <summary>A link that holds.</summary>
public sealed record OpenLink
{
    public required string Purpose { get; init; }

    /// <summary>null for the first officer, who has no account yet</summary>
    public Guid? AccountId { get; init; }

    public PersonId? PersonId { get; init; }

    public string? PersonName { get; init; }

    /// <summary>as it was, when the link is for a new password</summary>
    public string? LoginName { get; init; }

    public LinkPurpose PurposeOf => Words.Known<LinkPurpose>(Purpose);

    /// <summary>Where the person goes.</summary>
    public static string PathOf(LinkPurpose purpose, string token) => purpose switch
    {
        LinkPurpose.FirstOfficer => $"/set-up/{token}",
        LinkPurpose.Invite => $"/invitation/{token}",
        LinkPurpose.Reset => $"/reset/{token}",
    };
}

/// <summary>What somebody sets through a link; the password is hashed already.</summary>
public sealed record NewCredentials(string LoginName, string NormalizedName, string PasswordHash, string SecurityStamp);

/// <summary>The login name belongs to somebody else.</summary>
public sealed record LoginNameIsTaken(string LoginName) : Refusal($"登录名“{LoginName}”已经有人用了，请换一个，比如加上工号。");

/// <summary>Used, out of time, replaced by a newer one, or never issued.</summary>
public sealed record LinkDoesNotHold() : Refusal("这个链接已经用过、过期，或者有了更新的链接。请找给您链接的人重新生成一个。");

/// <summary>一次性链接: looking at one and using one. They are issued by <see cref="Steps.AccountSteps"/>, or by the operator.</summary>
public sealed class OneTimeLinks(Database database, TimeProvider clock)
{
    public Task<OpenLink?> FindAsync(string token, CancellationToken cancel) =>
        database.App.OneAsync<OpenLink>(
            "select * from find_link(@hash, @now)", new { hash = SecretKey.Hash(token), now = clock.GetUtcNow() }, cancel);

    /// <summary>Sets login name and password; the link and everything that was valid before is over.</summary>
    /// <returns>the account; or why not</returns>
    public async Task<(Guid? Account, Refusal? Refusal)> UseAsync(string token, NewCredentials credentials, CancellationToken cancel)
    {
        try
        {
            var account = await database.App.OneAsync<Guid?>(
                UseSql, Parameters(token, null, credentials, clock.GetUtcNow()), cancel);
            return account is null ? (null, new LinkDoesNotHold()) : (account, null);
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return (null, new LoginNameIsTaken(credentials.LoginName));
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.RestrictViolation)
        {
            return (null, new LinkDoesNotHold());
        }
    }

    internal const string UseSql = "select use_link(@hash, @first, @LoginName, @NormalizedName, @PasswordHash, @SecurityStamp, @now)";

    /// <param name="first">the first officer's account, whose link names none</param>
    internal static object Parameters(string token, Guid? first, NewCredentials credentials, DateTimeOffset now) => new
    {
        hash = SecretKey.Hash(token),
        first,
        credentials.LoginName,
        credentials.NormalizedName,
        credentials.PasswordHash,
        credentials.SecurityStamp,
        now,
    };
}
