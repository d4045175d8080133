using System.Data;
using Dapper;
using Jifen.Cycle;
using Npgsql;

namespace Jifen.Store;

/// <summary>
/// A transaction in which the database knows who asks: row-level security shows what this person may see and nothing else. Nothing is
/// kept unless <see cref="CommitAsync"/> is called.
/// </summary>
public sealed class DataScope : IAsyncDisposable
{
    private readonly NpgsqlTransaction _transaction;

    static DataScope() => DapperTypes.Register();

    private DataScope(NpgsqlConnection connection, NpgsqlTransaction transaction, PersonId? person, DateOnly today)
    {
        Connection = connection;
        _transaction = transaction;
        Person = person;
        Today = today;
    }

    public NpgsqlConnection Connection { get; }

    /// <summary>null: nobody is signed in; no row under row-level security is visible</summary>
    public PersonId? Person { get; }

    /// <summary>The civil day on which the request is answered, Asia/Shanghai.</summary>
    public DateOnly Today { get; }

    /// <param name="source">the app's own role, which row-level security binds</param>
    public static async Task<DataScope> OpenAsync(
        NpgsqlDataSource source, PersonId? person, DateOnly today, CancellationToken cancel, IsolationLevel isolation = IsolationLevel.ReadCommitted)
    {
        var connection = await source.OpenConnectionAsync(cancel);
        try
        {
            var transaction = await connection.BeginTransactionAsync(isolation, cancel);
            await connection.ExecuteAsync(new CommandDefinition(
                "select set_config('jifen.person', @person, true), set_config('jifen.today', @today, true)",
                new { person = person?.ToString() ?? "", today = today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) },
                transaction,
                cancellationToken: cancel));
            return new DataScope(connection, transaction, person, today);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? with = null, CancellationToken cancel = default) =>
        (await Connection.QueryAsync<T>(new CommandDefinition(sql, with, _transaction, cancellationToken: cancel))).AsList();

    public Task<T?> OneAsync<T>(string sql, object? with = null, CancellationToken cancel = default) =>
        Connection.QuerySingleOrDefaultAsync<T?>(new CommandDefinition(sql, with, _transaction, cancellationToken: cancel));

    public Task<int> ExecuteAsync(string sql, object? with = null, CancellationToken cancel = default) =>
        Connection.ExecuteAsync(new CommandDefinition(sql, with, _transaction, cancellationToken: cancel));

    // No time limit on the commit itself: an answer that does not come is "unknown", never "done".
    public Task CommitAsync() => _transaction.CommitAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }
}
