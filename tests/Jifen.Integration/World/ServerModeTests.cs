using Jifen.Integration.LocalPostgres;
using Jifen.Store;
using Jifen.Store.LocalPostgres;
using Npgsql;
using Xunit;

namespace Jifen.Integration.World;

/// <summary>A server somebody else runs, each test with one of its own: roles belong to a whole server.</summary>
public sealed class ServerModeTests : IAsyncLifetime
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    private readonly ClusterPlace _place = new("server");
    private readonly ClusterPlace _machine = new("machine");
    private readonly ClusterPlace _otherMachine = new("machine");
    private LocalCluster _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await _place.OpenAsync();
        await SuperuserAsync("create role installer login createrole password 'x'");
        await SuperuserAsync("create role clerk login password 'x'");
        await SuperuserAsync("create database jifen owner installer");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _place.Dispose();
        _machine.Dispose();
        _otherMachine.Dispose();
    }

    [Fact]
    public async Task A_login_that_may_create_roles_is_enough_and_what_is_made_belongs_to_the_owner_role()
    {
        Guid? installation;
        await using (var database = await Database.OpenAsync(As("installer"), Cancel))
        {
            Assert.NotEmpty(await database.MigrateAsync(Cancel));
            installation = database.Installation;
            Assert.Equal("jifen_owner", await OneAsync(database.Owner, "select tableowner::text from pg_tables where tablename = 'ledger_entry'"));
            Assert.Equal("jifen_app", await OneAsync(database.App, "select session_user::text"));
        }

        await using var again = await Database.OpenAsync(As("installer"), Cancel);
        Assert.Empty(await again.MigrateAsync(Cancel));
        Assert.Equal(installation, again.Installation);
    }

    [Fact]
    public async Task A_second_machine_needs_the_passwords_of_the_first()
    {
        await using var first = await Database.OpenAsync(As("installer"), Cancel);
        await first.MigrateAsync(Cancel);
        var second = As("installer") with { DataFolder = _otherMachine.Folder };

        var refusal = await Assert.ThrowsAsync<InstallationException>(() => Database.OpenAsync(second, Cancel));
        Assert.Contains("这台机器上却没有它们的口令", refusal.Message, StringComparison.Ordinal);

        File.Copy(Path.Combine(_machine.Folder, "roles"), Path.Combine(_otherMachine.Folder, "roles"));
        await using var opened = await Database.OpenAsync(second, Cancel);
        await opened.MigrateAsync(Cancel);
        Assert.Equal(first.Installation, opened.Installation);
    }

    [Fact]
    public async Task Programs_that_set_up_a_new_database_at_once_agree_which_one_it_is()
    {
        var databases = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Database.OpenAsync(As("installer"), Cancel)));
        await Task.WhenAll(databases.Select(database => database.MigrateAsync(Cancel)));

        Assert.Single(databases.Select(database => database.Installation).Distinct());
        foreach (var database in databases)
        {
            await database.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_login_that_may_not_is_told_what_to_ask_for()
    {
        var refusal = await Assert.ThrowsAsync<InstallationException>(() => Database.OpenAsync(As("clerk"), Cancel));

        Assert.Contains("clerk 不能建角色", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("create role jifen_app login password", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Roles_an_administrator_prepared_are_taken_as_they_are()
    {
        await SuperuserAsync("create role jifen_owner; grant jifen_owner to clerk; create role jifen_app login password 'a'; create role jifen_reader login password 'r'");
        await SuperuserAsync("grant create, temporary on database jifen to jifen_owner");
        await SuperuserAsync("grant usage, create on schema public to jifen_owner", "jifen");

        var options = As("clerk") with { AppConnectionString = Login("jifen_app", "a"), ReaderConnectionString = Login("jifen_reader", "r") };
        await using var database = await Database.OpenAsync(options, Cancel);

        Assert.NotEmpty(await database.MigrateAsync(Cancel));
        Assert.False(File.Exists(Path.Combine(_machine.Folder, "roles")));
    }

    [Fact]
    public async Task A_superuser_as_the_app_is_refused()
    {
        await SuperuserAsync("create role jifen_owner; grant jifen_owner to clerk; create role jifen_reader login password 'r'");
        var superuser = _server.ConnectionTo("jifen").ConnectionString;

        var refusal = await Assert.ThrowsAsync<InstallationException>(() => Database.OpenAsync(
            As("clerk") with { AppConnectionString = superuser, ReaderConnectionString = Login("jifen_reader", "r") }, Cancel));

        Assert.Contains("超级用户", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_forgets_what_it_acknowledged_is_refused_with_each_reason()
    {
        var refusal = await Assert.ThrowsAsync<InstallationException>(() => Database.OpenAsync(As("installer") with { Durable = true }, Cancel));

        Assert.Collection(
            refusal.Faults,
            fault => Assert.Contains("fsync = off", fault.Cause, StringComparison.Ordinal),
            fault => Assert.Contains("synchronous_commit = off", fault.Cause, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_database_than_last_time_is_refused()
    {
        await using (var database = await Database.OpenAsync(As("installer"), Cancel))
        {
            await database.MigrateAsync(Cancel);
        }

        await SuperuserAsync("create database other owner installer");
        var other = As("installer") with { ConnectionString = Login("installer", "x", "other") };
        await using var opened = await Database.OpenAsync(other, Cancel);
        var refusal = await Assert.ThrowsAsync<InstallationException>(() => opened.MigrateAsync(Cancel));

        Assert.Contains("上次用的是数据库", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named_without_the_password()
    {
        var refusal = await Assert.ThrowsAsync<InstallationException>(() => Database.OpenAsync(
            As("installer") with { ConnectionString = "Host=/nowhere;Database=jifen;Username=installer;Password=geheim" }, Cancel));

        Assert.Contains("连不上数据库 /nowhere/jifen", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", refusal.ToString(), StringComparison.Ordinal);
    }

    private ServerDatabaseOptions As(string login) => new() { DataFolder = _machine.Folder, ConnectionString = Login(login, "x"), Durable = false };

    private string Login(string user, string password, string database = "jifen")
    {
        var login = _server.ConnectionTo(database);
        login.Username = user;
        login.Password = password;
        return login.ConnectionString;
    }

    private async Task SuperuserAsync(string sql, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection(_server.ConnectionTo(database).ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private static async Task<string> OneAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync(Cancel))!;
    }
}
