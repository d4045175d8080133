using Jifen.Cycle;
using Npgsql;

namespace Jifen.Store.Accounts;

/// <summary>Why a session is over.</summary>
public enum SessionEnd
{
    SignedOut,

    /// <summary>退出其他设备, asked on another device</summary>
    SignedOutElsewhere,

    /// <summary>the account was disabled</summary>
    Disabled,

    /// <summary>an office was given or taken</summary>
    Office,

    /// <summary>a one-time link was used</summary>
    Reset,

    /// <summary>the password was changed</summary>
    Password,

    /// <summary>twelve hours are over</summary>
    Expired,

    /// <summary>nothing was done for half an hour</summary>
    Idle,
}

/// <summary>A session found by its key.</summary>
/// <param name="Over">null: it holds</param>
public sealed record SessionRow(Guid SessionId, Guid AccountId, PersonId Person, SessionEnd? Over);

/// <summary>One device somebody is signed in on.</summary>
public sealed record DeviceSession
{
    public required Guid SessionId { get; init; }

    /// <summary>as in Windows 上的 Edge</summary>
    public required string Device { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; init; }
}

/// <summary>
/// Who is signed in where. Every request asks the database, so that a session that was ended anywhere – by its owner, with the account,
/// with a change of office or password – is over at the next request, whichever process answers it.
/// </summary>
public sealed class Sessions(Database database, TimeProvider clock)
{
    /// <summary>However busy: after this one signs in again. The half hour without a request is in the database's find_session.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    private static readonly TimeSpan Coarseness = TimeSpan.FromMinutes(1);

    /// <returns>the key for the browser's cookie; null: the account is disabled</returns>
    public async Task<string?> OpenAsync(Guid account, string device, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var key = SecretKey.Create();
        var isOpen = await database.App.OneAsync<bool?>(
            "select open_session(@id, @hash, @account, @device, @now, @until)",
            new { id = Guid.CreateVersion7(now), hash = SecretKey.Hash(key), account, device, now, until = now + Longest },
            cancel);
        return isOpen is true ? key : null;
    }

    /// <summary>Also notes that it is in use.</summary>
    /// <returns>null: there never was such a session</returns>
    public async Task<SessionRow?> FindAsync(string key, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var row = await database.App.OneAsync<FoundRow>(
            "select * from find_session(@hash, @now)", new { hash = SecretKey.Hash(key), now }, cancel);
        if (row is null)
        {
            return null;
        }

        if (row.Over is null && row.LastSeenAt <= now - Coarseness)
        {
            await TouchAsync(row.SessionId, now, cancel);
        }

        return new SessionRow(row.SessionId, row.AccountId, row.PersonId, Words.Read<SessionEnd>(row.Over));
    }

    public Task<IReadOnlyList<DeviceSession>> OfAsync(Guid account, CancellationToken cancel) =>
        database.App.QueryAsync<DeviceSession>("select * from sessions_of(@account, @now)", new { account, now = clock.GetUtcNow() }, cancel);

    /// <summary>Ends one session of the account.</summary>
    public Task EndAsync(Guid account, Guid session, SessionEnd because, CancellationToken cancel) =>
        database.App.OneAsync<int>(
            "select end_sessions(@account, @session, null, @now, @because)",
            new { account, session, now = clock.GetUtcNow(), because = Words.Of(because) },
            cancel);

    /// <summary>Ends every session of the account but one.</summary>
    /// <param name="kept">null: every one</param>
    /// <returns>how many were ended</returns>
    public Task<int> EndOthersAsync(Guid account, Guid? kept, CancellationToken cancel) =>
        database.App.OneAsync<int>(
            "select end_sessions(@account, null, @kept, @now, @because)",
            new { account, kept, now = clock.GetUtcNow(), because = Words.Of(SessionEnd.SignedOutElsewhere) },
            cancel);

    // Reading goes on while the database takes no writes.
    private async Task TouchAsync(Guid session, DateTimeOffset now, CancellationToken cancel)
    {
        try
        {
            await database.App.OneAsync<string>("select touch_session(@session, @now)::text", new { session, now }, cancel);
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.ReadOnlySqlTransaction)
        {
        }
    }

    private sealed record FoundRow
    {
        public required Guid SessionId { get; init; }

        public required Guid AccountId { get; init; }

        public required PersonId PersonId { get; init; }

        public required DateTimeOffset LastSeenAt { get; init; }

        public string? Over { get; init; }
    }
}
