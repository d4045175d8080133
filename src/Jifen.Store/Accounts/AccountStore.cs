using System.Text.Json;
using Microsoft.AspNetCore.Identity;

namespace Jifen.Store.Accounts;

/// <summary>
/// Where ASP.NET Core Identity finds accounts, passwords, stamps and passkeys. Accounts are made and disabled by entries of the ledger and
/// get their login name through a one-time link: here neither is possible.
/// </summary>
public sealed class AccountStore(Database database, TimeProvider clock)
    : IUserPasswordStore<Account>, IUserSecurityStampStore<Account>, IUserPasskeyStore<Account>
{
    public Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Guid.TryParse(userId, out var id)
            ? database.App.OneAsync<Account>("select * from find_account(null, @id, null)", new { id }, cancellationToken)
            : Task.FromResult<Account?>(null);

    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        database.App.OneAsync<Account>("select * from find_account(@normalizedUserName, null, null)", new { normalizedUserName }, cancellationToken);

    public Task<Account?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        database.App.OneAsync<Account>("select * from find_account(null, null, @credentialId)", new { credentialId }, cancellationToken);

    /// <summary>Keeps the password and the stamp; nothing else of an account changes here.</summary>
    public async Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken)
    {
        var isKept = await database.App.OneAsync<bool>(
            "select renew_password(@AccountId, @PasswordHash, @SecurityStamp, @now)",
            new { user.AccountId, user.PasswordHash, user.SecurityStamp, now = clock.GetUtcNow() },
            cancellationToken);
        return isKept ? IdentityResult.Success : IdentityResult.Failed(new IdentityError { Code = "Disabled", Description = "账号已停用，没有保存。" });
    }

    public Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken) =>
        throw new NotSupportedException("an account is opened by an entry of the ledger");

    public Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken) =>
        throw new NotSupportedException("an account is disabled by an entry of the ledger, never deleted");

    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.AccountId.ToString());

    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.LoginName);

    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken)
    {
        user.LoginName = userName;
        return Task.CompletedTask;
    }

    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.NormalizedName);

    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken)
    {
        user.NormalizedName = normalizedName;
        return Task.CompletedTask;
    }

    public Task<string?> GetPasswordHashAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    public Task<bool> HasPasswordAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task SetPasswordHashAsync(Account user, string? passwordHash, CancellationToken cancellationToken)
    {
        user.PasswordHash = passwordHash;
        return Task.CompletedTask;
    }

    public Task<string?> GetSecurityStampAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SecurityStamp);

    public Task SetSecurityStampAsync(Account user, string stamp, CancellationToken cancellationToken)
    {
        user.SecurityStamp = stamp;
        return Task.CompletedTask;
    }

    public Task AddOrUpdatePasskeyAsync(Account user, UserPasskeyInfo passkey, CancellationToken cancellationToken) =>
        database.App.OneAsync<string>(
            "select keep_passkey(@AccountId, @CredentialId, @name, @CreatedAt, @body)::text",
            new
            {
                user.AccountId,
                passkey.CredentialId,
                name = passkey.Name ?? "通行密钥",
                passkey.CreatedAt,
                body = JsonSerializer.Serialize(new Kept(
                    passkey.PublicKey,
                    passkey.SignCount,
                    passkey.Transports,
                    passkey.IsUserVerified,
                    passkey.IsBackupEligible,
                    passkey.IsBackedUp,
                    passkey.AttestationObject,
                    passkey.ClientDataJson)),
            },
            cancellationToken);

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Account user, CancellationToken cancellationToken)
    {
        var rows = await database.App.QueryAsync<PasskeyRow>(
            "select credential_id, label, added_at, body from passkeys_of(@AccountId)", new { user.AccountId }, cancellationToken);
        return rows.Select(row =>
        {
            var kept = JsonSerializer.Deserialize<Kept>(row.Body)!;
            return new UserPasskeyInfo(
                row.CredentialId,
                kept.PublicKey,
                row.AddedAt,
                kept.SignCount,
                kept.Transports,
                kept.IsUserVerified,
                kept.IsBackupEligible,
                kept.IsBackedUp,
                kept.Attestation,
                kept.ClientData)
            {
                Name = row.Label,
            };
        }).ToList();
    }

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) =>
        (await GetPasskeysAsync(user, cancellationToken)).FirstOrDefault(passkey => passkey.CredentialId.AsSpan().SequenceEqual(credentialId));

    public Task RemovePasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) =>
        database.App.OneAsync<bool?>("select remove_passkey(@AccountId, @credentialId)", new { user.AccountId, credentialId }, cancellationToken);

    public void Dispose()
    {
        // Holds nothing: connections are the database's.
    }

    /// <summary>Of a passkey what has no column.</summary>
    private sealed record Kept(
        byte[] PublicKey,
        uint SignCount,
        string[]? Transports,
        bool IsUserVerified,
        bool IsBackupEligible,
        bool IsBackedUp,
        byte[] Attestation,
        byte[] ClientData);

    private sealed record PasskeyRow
    {
        public required byte[] CredentialId { get; init; }

        public required string Label { get; init; }

        public required DateTimeOffset AddedAt { get; init; }

        public required string Body { get; init; }
    }
}
