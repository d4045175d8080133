using Npgsql;
using Xunit;

namespace Jifen.Integration.World;

public sealed class FreshDatabaseTests(Cluster cluster)
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fresh_database_is_migrated_and_knows_which_one_it_is()
    {
        await using var database = await cluster.FreshAsync();

        Assert.Empty(await database.PendingMigrationsAsync(Cancel));
        Assert.NotNull(database.Installation);
        Assert.Equal(database.Installation, await OneAsync<Guid>(database.Reader, "select installation_id from installation"));
    }

    [Fact]
    public async Task Two_fresh_databases_know_nothing_of_each_other()
    {
        await using var one = await cluster.FreshAsync();
        await using var other = await cluster.FreshAsync();
        await using var make = one.Owner.CreateCommand("create table only_here ()");
        await make.ExecuteNonQueryAsync(Cancel);

        Assert.False(await OneAsync<bool>(other.Owner, "select to_regclass('only_here') is not null"));
    }

    [Fact]
    public async Task Each_source_connects_as_its_own_role_and_none_is_above_row_level_security()
    {
        await using var database = await cluster.FreshAsync();

        Assert.Equal("jifen_owner", await OneAsync<string>(database.Owner, "select current_user::text"));
        Assert.Equal("jifen_app", await OneAsync<string>(database.App, "select current_user::text"));
        Assert.Equal("jifen_reader", await OneAsync<string>(database.Reader, "select current_user::text"));
        Assert.False(await OneAsync<bool>(
            database.Owner, "select bool_or(rolsuper or rolbypassrls or rolcreaterole or rolcreatedb) from pg_roles where rolname like 'jifen\\_%'"));
    }

    [Fact]
    public async Task The_app_changes_no_schema_and_the_reader_changes_nothing()
    {
        await using var database = await cluster.FreshAsync();

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await RefusalAsync(database.App, "create table mine ()"));
        Assert.Equal(PostgresErrorCodes.ReadOnlySqlTransaction, await RefusalAsync(database.Reader, "create temporary table mine ()"));
    }

    private static async Task<T> OneAsync<T>(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Cancel))!;
    }

    private static async Task<string> RefusalAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Cancel))).SqlState;
    }
}
