using Jifen.Store.LocalPostgres;
using Jifen.Store.Migrations;
using Jifen.Store.Roles;
using Npgsql;

namespace Jifen.Store;

/// <summary>The product's database, open, with a source of connections for each role.</summary>
public sealed class Database : IAsyncDisposable
{
    private const int OwnerConnections = 4;
    private const int ReaderConnections = 8;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Respite = TimeSpan.FromSeconds(5);

    private readonly DatabaseOptions _options;
    private readonly LocalCluster? _cluster;
    private readonly Logins _logins;

    static Database() => DapperTypes.Register();

    private Database(DatabaseOptions options, LocalCluster? cluster, Logins logins)
    {
        _options = options;
        _cluster = cluster;
        _logins = logins;
        Owner = Source(logins.Owner, DatabaseRole.Owner, OwnerConnections);
        App = Source(logins.App, DatabaseRole.App, options.AppConnections);
        Reader = Source(logins.Reader, DatabaseRole.Reader, ReaderConnections);
    }

    public DatabaseMode Mode => _options.Mode;

    /// <summary>Where the database is, for people: no password in it.</summary>
    public string Place => _options is LocalDatabaseOptions ? Path.GetFullPath(_options.DataFolder) : $"{_logins.App.Host}/{_logins.App.Database}";

    /// <summary>jifen_owner: migrations and the operator's work, never a request.</summary>
    public NpgsqlDataSource Owner { get; }

    /// <summary>jifen_app: everything the running system does.</summary>
    public NpgsqlDataSource App { get; }

    /// <summary>jifen_reader: what only reads.</summary>
    public NpgsqlDataSource Reader { get; }

    /// <summary>Which database this is; null before <see cref="MigrateAsync"/>.</summary>
    public Guid? Installation { get; private set; }

    /// <summary>Opens the database, with its roles; the schema is left as it is.</summary>
    /// <exception cref="InstallationException">what is wrong, and how to mend it</exception>
    public static async Task<Database> OpenAsync(DatabaseOptions options, CancellationToken cancel = default)
    {
        new InstallationMark(options.DataFolder, options.Mode).RequireMode();
        Directory.CreateDirectory(options.DataFolder);
        var database = options switch
        {
            LocalDatabaseOptions local => await OpenLocalAsync(local, cancel),
            ServerDatabaseOptions server => await OpenServerAsync(server, cancel),
            _ => throw new ArgumentException("neither local nor server", nameof(options)),
        };
        try
        {
            var faults = await database.FaultsAsync(cancel);
            return faults.Count == 0 ? database : throw new InstallationException(faults);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Brings the schema to what this program needs.</summary>
    /// <returns>the names of the migrations applied here</returns>
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancel = default)
    {
        var applied = await Migrator().ApplyAsync(cancel);
        var installation = await IdentifyAsync(cancel);
        new InstallationMark(_options.DataFolder, Mode).Require(installation);
        Installation = installation;
        return applied;
    }

    /// <summary>The migrations that are not done yet.</summary>
    public Task<IReadOnlyList<string>> PendingMigrationsAsync(CancellationToken cancel = default) => Migrator().PendingAsync(cancel);

    /// <summary>Starts the private cluster's server again if it died, and forgets connections to the dead one. Nothing to do for a server.</summary>
    /// <returns>whether it had to be started</returns>
    public async Task<bool> EnsureRunningAsync(CancellationToken cancel = default)
    {
        if (_cluster is null || !await _cluster.EnsureRunningAsync(cancel))
        {
            return false;
        }

        Owner.Clear();
        App.Clear();
        Reader.Clear();
        return true;
    }

    /// <summary>Keeps the private cluster's server running until cancelled: one that dies is started again within a second.</summary>
    /// <param name="failed">told when it could not be started; it is tried again</param>
    public async Task KeepRunningAsync(Action<Exception> failed, CancellationToken cancel)
    {
        while (_cluster is not null && !cancel.IsCancellationRequested)
        {
            var pause = Glance;
            try
            {
                if (!_cluster.IsRunning)
                {
                    await EnsureRunningAsync(cancel);
                }
            }
            catch (Exception fault) when (fault is InstallationException or IOException or UnauthorizedAccessException)
            {
                failed(fault);
                pause = Respite;
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(pause, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Whether the database was made before: opening it then changes nothing.</summary>
    public static bool IsSetUp(DatabaseOptions options) => options switch
    {
        LocalDatabaseOptions => LocalCluster.WrittenBy(ClusterFolderOf(options)) is not null && File.Exists(PasswordFile(options)),
        ServerDatabaseOptions { AppConnectionString: null } => File.Exists(PasswordFile(options)),
        _ => true,
    };

    /// <summary>The major version of PostgreSQL that wrote the private cluster; null when there is none.</summary>
    public static int? WrittenBy(LocalDatabaseOptions options) => LocalCluster.WrittenBy(ClusterFolderOf(options));

    public async ValueTask DisposeAsync()
    {
        await Owner.DisposeAsync();
        await App.DisposeAsync();
        await Reader.DisposeAsync();
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
    }

    /// <summary>Another database of the same cluster or server, for tests; does not keep the cluster open.</summary>
    internal Database Beside(string name) => new(_options, cluster: null, _logins.For(name)) { Installation = Installation };

    /// <summary>Where the superuser of the private cluster reaches a database of it, for tests.</summary>
    internal string Superuser(string name) =>
        _cluster?.ConnectionTo(name).ConnectionString ?? throw new InvalidOperationException("only the one who opened the private cluster knows its superuser");

    private static async Task<Database> OpenLocalAsync(LocalDatabaseOptions options, CancellationToken cancel)
    {
        var cluster = await LocalCluster.OpenAsync(
            new LocalClusterOptions
            {
                Folder = ClusterFolderOf(options),
                Binaries = options.Binaries,
                RunAs = options.RunAs,
                Durable = options.Durable,
            },
            cancel);
        try
        {
            await using var superuser = new NpgsqlConnection(cluster.ConnectionTo("postgres").ConnectionString);
            await superuser.OpenAsync(cancel);
            var passwords = await RoleSetup.PrepareLocalAsync(superuser, PasswordFile(options), options.Name, cancel);
            NpgsqlConnectionStringBuilder Login(string role) => As(cluster.ConnectionTo(options.Name), role, passwords[role]);
            return new Database(options, cluster, new Logins(Login(DatabaseRole.Owner), Login(DatabaseRole.App), Login(DatabaseRole.Reader)));
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    private static async Task<Database> OpenServerAsync(ServerDatabaseOptions options, CancellationToken cancel)
    {
        var login = Parse(options.ConnectionString, "--database（JIFEN_DATABASE）");
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(login.ConnectionString) { Pooling = false }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancel);
        }
        catch (NpgsqlException refused)
        {
            throw new InstallationException(
                $"连不上数据库 {login.Host}/{login.Database}（用户 {login.Username}）：{(refused as PostgresException)?.MessageText ?? refused.InnerException?.Message ?? refused.Message}",
                "核对连接串里的主机、端口、数据库名、用户和口令，看看服务器开着没有",
                refused);
        }

        // The login's own rights are not the owner's: what is made belongs to jifen_owner, whoever logs in.
        var owner = new NpgsqlConnectionStringBuilder(login.ConnectionString) { Options = $"{login.Options} -c role={DatabaseRole.Owner}".Trim() };
        switch (options.AppConnectionString, options.ReaderConnectionString)
        {
            case ({ } app, { } reader):
                await RoleSetup.RequirePreparedAsync(connection, cancel);
                return new Database(options, cluster: null, new Logins(owner, Parse(app, "JIFEN_APP_DATABASE"), Parse(reader, "JIFEN_READER_DATABASE")));
            case (null, null):
                var passwords = await RoleSetup.PrepareServerAsync(connection, PasswordFile(options), cancel);
                return new Database(
                    options,
                    cluster: null,
                    new Logins(owner, As(login, DatabaseRole.App, passwords[DatabaseRole.App]), As(login, DatabaseRole.Reader, passwords[DatabaseRole.Reader])));
            default:
                throw new InstallationException("JIFEN_APP_DATABASE、JIFEN_READER_DATABASE 只给了一个", "两个都给，或都不给");
        }
    }

    private static NpgsqlConnectionStringBuilder Parse(string text, string name)
    {
        const string Example = "Host=db.example.edu.cn;Database=jifen;Username=jifen_admin;Password=…";
        try
        {
            var parsed = new NpgsqlConnectionStringBuilder(text);
            return parsed is { Host: not null, Database: not null }
                ? parsed
                : throw new InstallationException($"{name} 的连接串里没有主机（Host）或数据库名（Database）", $"写成：{Example}");
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException)
        {
            // Without the text itself, which has a password in it.
            throw new InstallationException($"{name} 的连接串看不懂", $"写成：{Example}", unreadable);
        }
    }

    private static NpgsqlConnectionStringBuilder As(NpgsqlConnectionStringBuilder login, string role, string password) =>
        new(login.ConnectionString) { Username = role, Password = password };

    private static string ClusterFolderOf(DatabaseOptions options) => Path.Combine(options.DataFolder, "postgres");

    private static string PasswordFile(DatabaseOptions options) => Path.Combine(options.DataFolder, "roles");

    // Two statements: the one does not see what another program committed while it waited for it.
    private async Task<Guid> IdentifyAsync(CancellationToken cancel)
    {
        var now = _options.Clock.GetUtcNow();
        await using var insert = Owner.CreateCommand("insert into installation (installation_id, created_at) values ($1, $2) on conflict do nothing");
        insert.Parameters.Add(new() { Value = Guid.CreateVersion7(now) });
        insert.Parameters.Add(new() { Value = now });
        await insert.ExecuteNonQueryAsync(cancel);
        await using var select = Owner.CreateCommand("select installation_id from installation");
        return (Guid)(await select.ExecuteScalarAsync(cancel))!;
    }

    private Migrator Migrator() => new(Owner, MigrationScript.Embedded());

    private async Task<IReadOnlyList<InstallationFault>> FaultsAsync(CancellationToken cancel)
    {
        try
        {
            return await SafetyCheck.FaultsAsync(App, _options.Durable, cancel);
        }
        catch (PostgresException refused) when (refused.SqlState is PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification)
        {
            return
            [
                new($"数据库不认 {_logins.App.Username} 的口令",
                    $"口令在“{PasswordFile(_options)}”（或 JIFEN_APP_DATABASE），要与数据库里的一致：从先装的那台机器复制，或由数据库管理员 alter role {_logins.App.Username} password"),
            ];
        }
    }

    private NpgsqlDataSource Source(NpgsqlConnectionStringBuilder login, string role, int connections)
    {
        var settings = new NpgsqlConnectionStringBuilder(login.ConnectionString)
        {
            ApplicationName = role.Replace('_', '-'),
            Enlist = false,
            Pooling = true,
            MaxPoolSize = connections,
            Timezone = "UTC",
        };
        if (role == DatabaseRole.App)
        {
            settings.MaxAutoPrepare = 100;
        }

        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        if (_options.Logs is { } logs)
        {
            builder.UseLoggerFactory(logs);
        }

        return builder.Build();
    }

    private sealed record Logins(NpgsqlConnectionStringBuilder Owner, NpgsqlConnectionStringBuilder App, NpgsqlConnectionStringBuilder Reader)
    {
        public Logins For(string database) => new(In(Owner, database), In(App, database), In(Reader, database));

        private static NpgsqlConnectionStringBuilder In(NpgsqlConnectionStringBuilder login, string database) =>
            new(login.ConnectionString) { Database = database };
    }
}
