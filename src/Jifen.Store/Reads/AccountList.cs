using Jifen.Cycle;
using Jifen.Cycle.Accounts;

namespace Jifen.Store.Reads;

/// <summary>A person as far as the account goes.</summary>
public sealed record AccountRow
{
    public required PersonId PersonId { get; init; }

    public required string Name { get; init; }

    public string? Number { get; init; }

    /// <summary>the branch; for somebody in none, where the office is</summary>
    public required OrganizationId OrganizationId { get; init; }

    public required string OrganizationName { get; init; }

    /// <summary>null: never opened</summary>
    public Guid? AccountId { get; init; }

    public string? LoginName { get; init; }

    public DateTimeOffset? OpenedAt { get; init; }

    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>a link is granted and not used</summary>
    public bool IsWaiting { get; init; }

    /// <summary>of the link that was issued last and not used; may be in the past</summary>
    public DateTimeOffset? LinkExpiresAt { get; init; }

    public DateTimeOffset? LastSeenAt { get; init; }

    public AccountState State => new(AccountId is not null, LoginName is not null, DisabledAt is not null, IsWaiting);
}

/// <summary>Which of them to show.</summary>
public enum AccountFilter
{
    All,

    /// <summary>没有账号</summary>
    Without,

    /// <summary>待本人设密码</summary>
    Waiting,

    /// <summary>在用</summary>
    InUse,

    /// <summary>已停用</summary>
    Disabled,
}

/// <summary>账号: the people whose accounts this person manages.</summary>
public static class AccountList
{
    public const int PageSize = 50;

    /// <param name="search">part of a name, number or organization; empty: everybody</param>
    /// <param name="page">1 and up</param>
    /// <returns>one page, and how many there are on all</returns>
    public static async Task<(IReadOnlyList<AccountRow> Rows, int Count)> ReadAsync(
        DataScope scope, string? search, AccountFilter filter, int page, CancellationToken cancel = default)
    {
        const string Where =
            """
            where (@search = '' or position(@search in a.name) > 0 or a.number = @search or position(@search in a.organization_name) > 0)
                and case @filter
                    when 'without' then a.account_id is null
                    when 'waiting' then a.is_waiting
                    when 'in-use' then a.account_id is not null and a.disabled_at is null and not a.is_waiting
                    when 'disabled' then a.disabled_at is not null
                    else true
                end
            """;
        var with = new { search = search?.Trim() ?? "", filter = Words.Of(filter), size = PageSize, skip = (Math.Max(page, 1) - 1) * PageSize };
        var count = await scope.OneAsync<int>($"select count(*)::int from accounts_in_sight() a {Where}", with, cancel);
        var rows = await scope.QueryAsync<AccountRow>(
            $"""
            select a.* from accounts_in_sight() a {Where}
            order by a.organization_name collate "zh-x-icu", a.name collate "zh-x-icu", a.person_id
            limit @size offset @skip
            """,
            with,
            cancel);
        return (rows, count);
    }

    /// <returns>null: out of sight</returns>
    public static Task<AccountRow?> OneAsync(DataScope scope, PersonId person, CancellationToken cancel = default) =>
        scope.OneAsync<AccountRow>("select * from accounts_in_sight() where person_id = @person", new { person }, cancel);
}
