using System.Diagnostics;
using System.Globalization;
using Jifen.Store.LocalPostgres;
using Npgsql;
using Xunit;

namespace Jifen.Integration.LocalPostgres;

/// <summary>A folder for a cluster of one test's own, gone with it.</summary>
internal sealed class ClusterPlace : IDisposable
{
    private readonly string _top = Path.Combine(Path.GetTempPath(), $"jifen-place-{Guid.CreateVersion7():N}");

    /// <param name="below">a folder below the temporary one, as deep as the test wants it</param>
    public ClusterPlace(string below = "postgres") => Folder = Path.Combine(_top, below);

    public string Folder { get; }

    public string Data => Path.Combine(Folder, "data");

    public string PidFile => Path.Combine(Data, "postmaster.pid");

    public LocalClusterOptions Options => new() { Folder = Folder, Durable = false };

    public int ServerPid => int.Parse(File.ReadLines(PidFile).First(), CultureInfo.InvariantCulture);

    public Task<LocalCluster> OpenAsync() => LocalCluster.OpenAsync(Options, TestContext.Current.CancellationToken);

    /// <summary>As the product opens it: what is committed survives.</summary>
    public Task<LocalCluster> OpenDurablyAsync() => LocalCluster.OpenAsync(Options with { Durable = true }, TestContext.Current.CancellationToken);

    /// <summary>Processes of a server on this folder.</summary>
    public IReadOnlyList<int> ServerPids() => Directory.GetDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0)
        .Where(pid => pid > 0 && LinkOf($"/proc/{pid}/cwd") == Data)
        .ToList();

    public static async Task<T> AskAsync<T>(LocalCluster cluster, string sql, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection(cluster.ConnectionTo(database).ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    /// <summary>Waits for what happens by itself within seconds.</summary>
    public static async Task<bool> ComesTrueAsync(Func<bool> condition)
    {
        for (var since = Stopwatch.StartNew(); since.Elapsed < TimeSpan.FromSeconds(15); await Task.Delay(20, TestContext.Current.CancellationToken))
        {
            if (condition())
            {
                return true;
            }
        }

        return false;
    }

    public static void Kill(params IEnumerable<int> pids)
    {
        foreach (var pid in pids)
        {
            try
            {
                using var process = Process.GetProcessById(pid);
                process.Kill();
            }
            catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
            {
                // It ended by itself between being found and being killed.
            }
        }
    }

    public void Dispose()
    {
        foreach (var pid in ServerPids())
        {
            Kill(pid);
        }

        if (Directory.Exists(_top))
        {
            Directory.Delete(_top, recursive: true);
        }
    }

    private static string? LinkOf(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
