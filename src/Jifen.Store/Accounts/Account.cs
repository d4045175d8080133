using Jifen.Cycle;

namespace Jifen.Store.Accounts;

/// <summary>账号, as signing in needs it. Mutable, since ASP.NET Core Identity fills it in.</summary>
public sealed class Account
{
    public required Guid AccountId { get; init; }

    public required PersonId PersonId { get; init; }

    /// <summary>null until the person has used the link</summary>
    public string? LoginName { get; set; }

    public string? NormalizedName { get; set; }

    public string? PasswordHash { get; set; }

    /// <summary>Sessions carry a copy: a new one ends them all.</summary>
    public required string SecurityStamp { get; set; }

    public DateTimeOffset? DisabledAt { get; init; }
}
