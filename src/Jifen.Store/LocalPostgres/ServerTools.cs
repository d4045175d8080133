using System.Diagnostics;
using System.Globalization;

namespace Jifen.Store.LocalPostgres;

/// <summary>initdb and pg_ctl on one folder, run as the server's user.</summary>
internal sealed class ServerTools(ClusterFolder folder, PostgresBinaries binaries, ServerAccount account, LocalClusterOptions options)
{
    public const string Superuser = "postgres";
    public const int Port = 5432;

    private const string Include = "include_if_exists = '../jifen.conf'";
    private const long LargestLog = 16 << 20;

    private static readonly TimeSpan OrphansLeave = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    // What a new start says while the memory of a killed server is not free yet.
    private static readonly string[] NotGoneYet = ["shared memory block", "lock file \"postmaster.pid\" already exists"];

    /// <summary>Makes the cluster in a draft folder first: one that was cut off is never taken for one.</summary>
    public async Task CreateClusterAsync(CancellationToken cancel)
    {
        var draft = folder.Draft();
        var password = folder.WriteForServer(Path.Combine(folder.Root, "initdb.password"), folder.Secret);
        string[] arguments =
        [
            "--pgdata", Below(draft), "--username", Superuser, "--pwfile", password, "--auth", "scram-sha-256",
            "--encoding", "UTF8", "--locale", "C.UTF-8", "--data-checksums", .. options.Durable ? Array.Empty<string>() : ["--no-sync"],
        ];
        try
        {
            if (await RunAsync("initdb", arguments, cancel) != 0)
            {
                throw new InstallationException(
                    $"建不成新的数据库（initdb 失败）：{LastLines(folder.ToolLog)}", $"看 {folder.ToolLog}；多半是磁盘满了，或文件系统不许改权限");
            }
        }
        finally
        {
            File.Delete(password);
        }

        folder.Adopt(draft);
    }

    public async Task StartAsync(CancellationToken cancel)
    {
        await WaitForOrphansAsync(cancel);
        ClearTraces();
        await WriteSettingsAsync(cancel);
        for (var since = Stopwatch.StartNew(); ; await Task.Delay(Pause, cancel))
        {
            // Ten minutes: after a crash the server replays its log before it answers.
            string[] arguments = ["start", "--pgdata", Below(folder.Data), "--log", Below(folder.Log), "--wait", "--timeout", "600", "--silent"];
            if (await RunAsync("pg_ctl", arguments, cancel) == 0)
            {
                return;
            }

            var said = LastLines(folder.Log);
            if (since.Elapsed > OrphansLeave || !NotGoneYet.Any(words => said.Contains(words, StringComparison.Ordinal)))
            {
                throw new InstallationException($"PostgreSQL 没有启动：{said}", $"看 {folder.Log}；自己在 postgresql.conf 里改过的，先改回来");
            }
        }
    }

    /// <summary>Stops the server if it runs; open transactions are rolled back.</summary>
    public Task StopAsync(CancellationToken cancel) => RunAsync("pg_ctl", StopArguments, cancel);

    /// <summary>
    /// Leaves a small process behind that stops the server once no process uses it any more, however the last one ended. It waits in the
    /// kernel for the exclusive lock; a second one goes away by itself.
    /// </summary>
    public void StartGuard()
    {
        var stop = account.Command(binaries.PathOf("pg_ctl"), StopArguments);
        string[] words = ["flock", "--wait", "5", folder.GuardLock, "flock", "--exclusive", folder.UseLock, .. stop];
        // In a session of its own, so that Ctrl-C does not reach it; without our output, which others may read to its end.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "setsid -- \"$@\" </dev/null >/dev/null 2>&1 &", "guard", .. words]) { WorkingDirectory = "/" };
        using var shell = Process.Start(start)!;
        shell.WaitForExit();
    }

    private string[] StopArguments => ["stop", "--pgdata", folder.Data, "--mode", "fast", "--wait", "--timeout", "60", "--silent"];

    // Two servers on one folder would destroy it, so the children of a killed one are waited for. PostgreSQL looks out for them too.
    private async Task WaitForOrphansAsync(CancellationToken cancel)
    {
        for (var since = Stopwatch.StartNew(); since.Elapsed < OrphansLeave && ServerProcess.HasOrphans(folder);)
        {
            await Task.Delay(Pause, cancel);
        }
    }

    /// <summary>Removes what names no server of ours: it outlived a crash, a reboot or a container.</summary>
    private void ClearTraces()
    {
        if (ServerProcess.HasOrphans(folder))
        {
            return;
        }

        foreach (var trace in Directory.GetFiles(folder.Run, ".s.PGSQL.*").Append(folder.PidFile))
        {
            File.Delete(trace);
        }

        if (new FileInfo(folder.Log) is { Exists: true, Length: > LargestLog })
        {
            File.Move(folder.Log, $"{folder.Log}.old", overwrite: true);
        }
    }

    // In a file of their own, read last: what a person wrote in postgresql.conf stays, what the product needs wins.
    private async Task WriteSettingsAsync(CancellationToken cancel)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["listen_addresses"] = "",
            ["port"] = Port.ToString(CultureInfo.InvariantCulture),
            ["unix_socket_directories"] = $"\"{folder.Run.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
            ["unix_socket_permissions"] = "0700",
            ["max_connections"] = "60",
            ["shared_buffers"] = "128MB",
            ["max_wal_size"] = "1GB",
            ["jit"] = "off",
            ["timezone"] = "UTC",
            ["lc_messages"] = "C",
            ["cluster_name"] = "jifen",
            // The log tells what took long and what failed, never of whom: no parameters, no rows.
            ["log_timezone"] = "UTC",
            ["log_checkpoints"] = "off",
            ["log_min_duration_statement"] = "500",
            ["log_parameter_max_length"] = "0",
            ["log_parameter_max_length_on_error"] = "0",
            ["log_error_verbosity"] = "terse",
        };
        if (!options.Durable)
        {
            settings["fsync"] = "off";
            settings["synchronous_commit"] = "off";
            settings["full_page_writes"] = "off";
            // With hundreds of databases a worker would always be on its way to one of them.
            settings["autovacuum"] = "off";
        }

        foreach (var (name, value) in options.Settings)
        {
            settings[name] = value;
        }

        var lines = settings.Select(setting => $"{setting.Key} = '{setting.Value.Replace("'", "''", StringComparison.Ordinal)}'");
        var own = Path.Combine(folder.Root, "jifen.conf");
        await File.WriteAllLinesAsync(own, lines.Prepend("# 由积分册写，每次启动重写；要改设置，写在 data/postgresql.conf"), cancel);
        account.Own(own);

        var main = Path.Combine(folder.Data, "postgresql.conf");
        if (!(await File.ReadAllTextAsync(main, cancel)).Contains(Include, StringComparison.Ordinal))
        {
            // As the server's user: in its folder root follows nobody's links.
            await RunAsync(account.Command("/bin/sh", ["-c", "printf '\\n%s\\n' \"$2\" >>\"$1\"", "sh", main, Include]), cancel);
        }
    }

    private Task<int> RunAsync(string tool, IReadOnlyList<string> arguments, CancellationToken cancel) =>
        RunAsync(account.Command(binaries.PathOf(tool), arguments), cancel);

    /// <summary>Runs a program to its end, its words into a file: a server it starts would hold a pipe of ours open.</summary>
    private async Task<int> RunAsync(IReadOnlyList<string> command, CancellationToken cancel)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", "out=$1; shift; exec \"$@\" </dev/null >\"$out\" 2>&1", "sh", folder.ToolLog, .. command])
        {
            WorkingDirectory = folder.Root,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["LC_ALL"] = "C.UTF-8";
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(cancel);
        return process.ExitCode;
    }

    // initdb and pg_ctl put paths into shell commands of their own with quotes too few: they are run in the folder and get short ones.
    private string Below(string path) => Path.GetRelativePath(folder.Root, path);

    private static string LastLines(string file) =>
        File.Exists(file) ? string.Join("；", File.ReadLines(file).TakeLast(4).Select(line => line.Trim())) : $"{file} 没有写出来";
}
