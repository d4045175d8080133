using Jifen.Integration.World;
using Jifen.Store;
using Jifen.Store.Migrations;
using Xunit;

namespace Jifen.Integration.Migrations;

public sealed class MigratorTests(Cluster cluster)
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    private static readonly MigrationScript[] Embedded = [.. MigrationScript.Embedded()];

    private static readonly MigrationScript Desk = MigrationScript.Of("9001_desk.sql", "create table desk (drawers int);\ninsert into desk values (3);");
    private static readonly MigrationScript Lamp = MigrationScript.Of("9002_lamp.sql", "create table lamp (); select pg_sleep(0.2);");

    [Fact]
    public void The_scripts_of_the_program_are_numbered_without_gaps()
    {
        Assert.Equal(Enumerable.Range(1, Embedded.Length), Embedded.Select(script => script.Number));
    }

    [Fact]
    public async Task Each_script_is_applied_once()
    {
        await using var database = await cluster.FreshAsync();

        Assert.Equal(["9001_desk", "9002_lamp"], await ApplyAsync(database, Desk, Lamp));
        Assert.Empty(await ApplyAsync(database, Desk, Lamp));
        Assert.Equal(1L, await OneAsync<long>(database, "select count(*) from desk"));
        Assert.Equal("jifen_owner", await OneAsync<string>(database, "select tableowner::text from pg_tables where tablename = 'desk'"));
    }

    [Fact]
    public async Task Two_who_migrate_at_once_take_turns()
    {
        await using var database = await cluster.FreshAsync();

        var applied = await Task.WhenAll(ApplyAsync(database, Desk, Lamp), ApplyAsync(database, Desk, Lamp));

        Assert.Equal(["9001_desk", "9002_lamp"], applied.SelectMany(names => names).Order(StringComparer.Ordinal));
        Assert.Equal(1L, await OneAsync<long>(database, "select count(*) from desk"));
    }

    [Fact]
    public async Task A_script_that_fails_leaves_nothing_and_the_ones_before_it_stay()
    {
        await using var database = await cluster.FreshAsync();
        var broken = MigrationScript.Of("9002_broken.sql", "create table half ();\n\ncreate table other (\n    id nonsense\n);");

        var refusal = await Assert.ThrowsAsync<InstallationException>(() => ApplyAsync(database, Desk, broken));

        Assert.Contains("迁移 9002_broken 没有做成，已全部撤回", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("nonsense", refusal.Message, StringComparison.Ordinal);
        Assert.True(await OneAsync<bool>(database, "select to_regclass('desk') is not null and to_regclass('half') is null"));
        Assert.Equal(["9002_lamp"], await ApplyAsync(database, Desk, Lamp));
    }

    [Fact]
    public async Task A_script_changed_after_it_was_applied_is_refused()
    {
        await using var database = await cluster.FreshAsync();
        await ApplyAsync(database, Desk);

        var refusal = await Assert.ThrowsAsync<InstallationException>(() => ApplyAsync(database, MigrationScript.Of("9001_desk.sql", "create table desk ();")));

        Assert.Contains("9001_desk 在做过之后被改动了", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Line_ends_do_not_count_as_a_change()
    {
        await using var database = await cluster.FreshAsync();
        await ApplyAsync(database, Desk);

        Assert.Empty(await ApplyAsync(database, MigrationScript.Of("9001_desk.sql", Desk.Sql.ReplaceLineEndings("\r\n"))));
    }

    [Fact]
    public async Task A_database_newer_than_the_program_is_refused()
    {
        await using var database = await cluster.FreshAsync();
        await ApplyAsync(database, Desk);

        var refusal = await Assert.ThrowsAsync<InstallationException>(() => database.MigrateAsync(Cancel));

        Assert.Contains("数据库比程序新：做过迁移 9001_desk", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_comes_late_under_an_early_number_is_refused()
    {
        await using var database = await cluster.FreshAsync();
        await ApplyAsync(database, Lamp);

        var refusal = await Assert.ThrowsAsync<InstallationException>(() => ApplyAsync(database, Desk, Lamp));

        Assert.Contains("排在已经做过的 9002_lamp 之前", refusal.Message, StringComparison.Ordinal);
    }

    private static Task<IReadOnlyList<string>> ApplyAsync(Database database, params MigrationScript[] scripts) =>
        new Migrator(database.Owner, [.. Embedded, .. scripts]).ApplyAsync(Cancel);

    private static async Task<T> OneAsync<T>(Database database, string sql)
    {
        await using var command = database.Owner.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Cancel))!;
    }
}
