using Dapper;
using Npgsql;

namespace Jifen.Store.Accounts;

/// <summary>One statement of its own: before sign-in there is no person to open a <see cref="DataScope"/> for.</summary>
internal static class SourceQueries
{
    static SourceQueries() => DapperTypes.Register();

    public static async Task<IReadOnlyList<T>> QueryAsync<T>(this NpgsqlDataSource source, string sql, object? with, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        return (await connection.QueryAsync<T>(new CommandDefinition(sql, with, cancellationToken: cancel))).AsList();
    }

    public static async Task<T?> OneAsync<T>(this NpgsqlDataSource source, string sql, object? with, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        return await connection.QuerySingleOrDefaultAsync<T?>(new CommandDefinition(sql, with, cancellationToken: cancel));
    }
}
