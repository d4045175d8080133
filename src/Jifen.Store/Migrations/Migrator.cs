using Npgsql;

namespace Jifen.Store.Migrations;

/// <summary>
/// Brings the schema to what this program needs: each script once, in order, in a transaction of its own. Any number of programs may do
/// it at once; they take turns under a lock of the database.
/// </summary>
/// <param name="owner">the role that owns everything; never the app's</param>
public sealed class Migrator(NpgsqlDataSource owner, IReadOnlyList<MigrationScript> scripts)
{
    // "jifen" and a number: any number nobody else uses.
    private const long Lock = 0x6A6966656E01;

    private const string Table = """
        create table if not exists schema_version (
            number int primary key,
            name text not null,
            hash text not null,
            applied_at timestamptz not null default now()
        )
        """;

    private readonly List<MigrationScript> _scripts = InOrder(scripts);

    /// <summary>Applies what is missing.</summary>
    /// <returns>the names of what was applied here, in order</returns>
    public async Task<IReadOnlyList<string>> ApplyAsync(CancellationToken cancel = default)
    {
        var applied = new List<string>();
        await using var connection = await owner.OpenConnectionAsync(cancel);
        while (await ApplyNextAsync(connection, cancel) is { } name)
        {
            applied.Add(name);
        }

        return applied;
    }

    /// <summary>What would be applied.</summary>
    public async Task<IReadOnlyList<string>> PendingAsync(CancellationToken cancel = default)
    {
        await using var connection = await owner.OpenConnectionAsync(cancel);
        var done = await AppliedAsync(connection, cancel);
        Require(done);
        return _scripts.Where(script => !done.ContainsKey(script.Number)).Select(script => script.Name).ToList();
    }

    // Each script in its own transaction, which holds the lock: what another program applied meanwhile is seen, a failure leaves nothing.
    private async Task<string?> ApplyNextAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await ExecuteAsync(connection, $"select pg_advisory_xact_lock({Lock})", cancel);
        var done = await AppliedAsync(connection, cancel);
        Require(done);
        var next = _scripts.Find(script => !done.ContainsKey(script.Number));
        if (next is null)
        {
            return null;
        }

        await ExecuteAsync(connection, Table, cancel);
        try
        {
            await ExecuteAsync(connection, next.Sql, cancel);
        }
        catch (PostgresException fault)
        {
            throw new InstallationException(
                $"迁移 {next.Name} 没有做成，已全部撤回：{fault.MessageText}（{fault.SqlState}）",
                "数据库没有变，可以照旧用原来的版本；把这句话交给维护的人",
                fault);
        }

        await using var record = new NpgsqlCommand("insert into schema_version (number, name, hash) values ($1, $2, $3)", connection)
        {
            Parameters = { new() { Value = next.Number }, new() { Value = next.Name }, new() { Value = next.Hash } },
        };
        await record.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
        return next.Name;
    }

    private static async Task<Dictionary<int, (string Name, string Hash)>> AppliedAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var applied = new Dictionary<int, (string, string)>();
        await using var known = new NpgsqlCommand("select to_regclass('schema_version') is not null", connection);
        if (await known.ExecuteScalarAsync(cancel) is not true)
        {
            return applied;
        }

        await using var command = new NpgsqlCommand("select number, name, hash from schema_version", connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            applied.Add(reader.GetInt32(0), (reader.GetString(1), reader.GetString(2)));
        }

        return applied;
    }

    private void Require(Dictionary<int, (string Name, string Hash)> done)
    {
        var mine = _scripts.ToDictionary(script => script.Number);
        foreach (var (number, (name, hash)) in done.OrderBy(applied => applied.Key))
        {
            if (!mine.TryGetValue(number, out var script))
            {
                throw new InstallationException(
                    $"数据库比程序新：做过迁移 {name}，这个程序不认识它，用下去会写坏数据", "换成更新数据库的那个版本的程序，或更新的版本");
            }

            if (script.Hash != hash)
            {
                throw new InstallationException(
                    $"迁移 {script.Name} 在做过之后被改动了：数据库里是按“{name}”原来的内容建的", "把文件改回原样；要再改结构，另写一个新号的迁移");
            }
        }

        var newest = done.Keys.DefaultIfEmpty().Max();
        if (_scripts.FirstOrDefault(script => script.Number < newest && !done.ContainsKey(script.Number)) is { } late)
        {
            throw new InstallationException(
                $"迁移 {late.Name} 排在已经做过的 {done[newest].Name} 之前，数据库里却没有做过它", "给它一个比做过的都大的号");
        }
    }

    private static List<MigrationScript> InOrder(IReadOnlyList<MigrationScript> scripts)
    {
        var ordered = scripts.OrderBy(script => script.Number).ToList();
        return ordered.GroupBy(script => script.Number).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new ArgumentException($"two migrations have the number {twice.Key}: {string.Join(", ", twice.Select(script => script.Name))}", nameof(scripts))
            : ordered;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        // However long a table takes to rewrite.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancel);
    }
}
