using System.Diagnostics;
using Npgsql;

namespace Jifen.Store.LocalPostgres;

/// <summary>
/// One private PostgreSQL cluster in a folder, reached through a socket only, shared by every process that opens the folder. The first
/// one to come makes it and starts its server; the last one to leave stops it, and where that one is killed a guard does.
/// </summary>
public sealed class LocalCluster : IAsyncDisposable
{
    private static readonly TimeSpan ServerAnswers = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    private readonly LocalClusterOptions _options;
    private readonly ClusterFolder _folder;
    private readonly ServerTools _tools;
    private FileStream? _use;

    private LocalCluster(LocalClusterOptions options, ClusterFolder folder, ServerTools tools, FileStream use)
    {
        _options = options;
        _folder = folder;
        _tools = tools;
        _use = use;
    }

    /// <summary>Whether opening started the server; false where it ran already.</summary>
    public bool StartedHere { get; private set; }

    /// <summary>Whether opening made the cluster.</summary>
    public bool CreatedHere { get; private set; }

    /// <summary>Whether the server's process lives; a glance at /proc, cheap enough to be repeated all the time.</summary>
    public bool IsRunning => ServerProcess.IsRunning(_folder);

    /// <summary>The major version of PostgreSQL that wrote the cluster in a folder; null when there is none. Opens nothing.</summary>
    public static int? WrittenBy(string folder) => ClusterFolder.WrittenBy(Path.Combine(folder, "data"));

    public static async Task<LocalCluster> OpenAsync(LocalClusterOptions options, CancellationToken cancel = default)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new InstallationException("自带的数据库只在 Linux 上能用", "用已有的 PostgreSQL 服务器，写 --database 连接串");
        }

        var account = ServerAccount.For(options.RunAs);
        var folder = new ClusterFolder(options.Folder, account);
        await using var start = await FolderLock.ExclusiveAsync(folder.StartLock, cancel);
        // Waits here while a guard is just stopping the server.
        var use = await FolderLock.SharedAsync(folder.UseLock, cancel);
        try
        {
            var binaries = PostgresBinaries.Find(options.Binaries, ClusterFolder.WrittenBy(folder.Data));
            var cluster = new LocalCluster(options, folder, new ServerTools(folder, binaries, account, options), use);
            await cluster.OpenAsync(cancel);
            return cluster;
        }
        catch
        {
            await use.DisposeAsync();
            throw;
        }
    }

    /// <summary>Where the superuser reaches a database of this cluster. For setting it up; the product's own work uses lesser roles.</summary>
    public NpgsqlConnectionStringBuilder ConnectionTo(string database) => new()
    {
        Host = _folder.Run,
        Port = ServerTools.Port,
        Username = ServerTools.Superuser,
        Password = _folder.Secret,
        Database = database,
        Enlist = false,
        Pooling = false,
        ApplicationName = "jifen-setup",
    };

    /// <summary>Starts the server again if it died; any process that uses the folder may ask, at the same time too.</summary>
    /// <returns>whether it had to be started</returns>
    public async Task<bool> EnsureRunningAsync(CancellationToken cancel = default)
    {
        ObjectDisposedException.ThrowIf(_use is null, this);
        await using var start = await FolderLock.ExclusiveAsync(_folder.StartLock, cancel);
        return await EnsureStartedAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (_use is null)
        {
            return;
        }

        await using var start = await FolderLock.ExclusiveAsync(_folder.StartLock, CancellationToken.None);
        await _use.DisposeAsync();
        _use = null;
        while (true)
        {
            await using (var last = FolderLock.TryExclusive(_folder.UseLock))
            {
                if (last is not null)
                {
                    await _tools.StopAsync(CancellationToken.None);
                    _folder.LeaveRuntimeFolder();
                    return;
                }
            }

            await using (var others = FolderLock.TryShared(_folder.UseLock))
            {
                if (others is not null)
                {
                    // Somebody still works with it.
                    return;
                }
            }

            // The guard was quicker and is stopping it.
            await Task.Delay(Pause);
        }
    }

    private async Task OpenAsync(CancellationToken cancel)
    {
        _folder.Prepare();
        if (!_folder.HasCluster)
        {
            await _tools.CreateClusterAsync(cancel);
            CreatedHere = true;
        }

        StartedHere = await EnsureStartedAsync(cancel);
    }

    // Holding the start lock.
    private async Task<bool> EnsureStartedAsync(CancellationToken cancel)
    {
        if (_options.Guard)
        {
            // Before the server: where this process is killed in between, nothing stays behind.
            _tools.StartGuard();
        }

        var started = false;
        for (var since = Stopwatch.StartNew(); ; await Task.Delay(Pause, cancel))
        {
            if (!ServerProcess.IsRunning(_folder))
            {
                _folder.Prepare();
                await _tools.StartAsync(cancel);
                started = true;
            }

            if (await AnswersAsync(cancel))
            {
                return started;
            }

            if (since.Elapsed > ServerAnswers)
            {
                throw new InstallationException("PostgreSQL 在运行，却一直不应答", $"看 {_folder.Log}；机器太忙的，过一会儿再试");
            }
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(ConnectionTo("postgres").ConnectionString);
        try
        {
            await connection.OpenAsync(cancel);
            return true;
        }
        catch (PostgresException refused) when (refused.SqlState is PostgresErrorCodes.InvalidPassword)
        {
            throw new InstallationException(
                $"数据库不认“{Path.Combine(_folder.Root, "secret")}”里的口令：这个文件与 data 不是一对",
                "把同一份备份里的 secret 与 data 放在一起",
                refused);
        }
        catch (NpgsqlException notYet) when (notYet.IsTransient || notYet.InnerException is IOException or System.Net.Sockets.SocketException)
        {
            // Starting up, recovering from a crash, or gone in this moment.
            return false;
        }
    }
}
