namespace Jifen.Store.Accounts;

/// <summary>
/// Counts guesses, by account and by where they come from: at most a hundred an hour. Those made from devices the account was never signed
/// in from do not count against its owner's devices, so that nobody can lock him out. Names nobody has are counted alike.
/// </summary>
public sealed class SignInAttempts(Database database, TimeProvider clock)
{
    /// <param name="normalizedName">the login name as it is compared</param>
    /// <param name="source">network address</param>
    /// <param name="device">key of the device's cookie</param>
    /// <returns>the attempt, counted until <see cref="SucceededAsync"/>; null: too many, do not look at the password</returns>
    public Task<long?> BeginAsync(string normalizedName, string source, string? device, CancellationToken cancel) =>
        database.App.OneAsync<long?>(
            "select begin_attempt(@normalizedName, @source, @hash::bytea, @now)",
            new { normalizedName, source, hash = device is null ? null : SecretKey.Hash(device), now = clock.GetUtcNow() },
            cancel);

    /// <summary>It was no guess, or was never judged.</summary>
    public Task SucceededAsync(long attempt, CancellationToken cancel) =>
        database.App.OneAsync<string>("select finish_attempt(@attempt)::text", new { attempt }, cancel);

    /// <summary>The account was signed in to from this device.</summary>
    public Task RememberAsync(string device, Guid account, CancellationToken cancel) =>
        database.App.OneAsync<string>(
            "select remember_device(@hash, @account, @now)::text", new { hash = SecretKey.Hash(device), account, now = clock.GetUtcNow() }, cancel);
}
