using System.Diagnostics;
using System.Globalization;

namespace Jifen.Bench.Live.Running;

/// <summary>The product as a user starts it: its own process, its own PostgreSQL, in a data folder of its own.</summary>
internal sealed class RunningSystem : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly Process _process;

    private RunningSystem(Process process, Uri address, double secondsToFirstPage)
    {
        _process = process;
        Address = address;
        SecondsToFirstPage = secondsToFirstPage;
    }

    public Uri Address { get; }

    /// <summary>From the start of the process to the last byte of the sign-in page.</summary>
    public double SecondsToFirstPage { get; }

    public static async Task<RunningSystem> StartAsync(string jifen, string dataFolder, bool demo = false)
    {
        var start = new ProcessStartInfo(jifen, ["start", "--data", dataFolder, "--port", "0", .. demo ? ["--demo"] : Array.Empty<string>()])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        var began = Stopwatch.GetTimestamp();
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{jifen} does not start");
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            {
                if (line.IndexOf("http://", StringComparison.Ordinal) is >= 0 and var at)
                {
                    var address = new Uri(line[at..].Trim());
                    using var http = new HttpClient();
                    (await http.GetAsync(new Uri(address, "/sign-in"), patience.Token)).EnsureSuccessStatusCode();
                    var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
                    _ = TellFaultsAsync(process.StandardOutput);
                    return new RunningSystem(process, address, seconds);
                }
            }

            throw new InvalidOperationException($"{jifen} start ended without saying where it listens");
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    /// <summary>Memory of the program alone, MB, shared pages counted by their share.</summary>
    public double ProgramMegabytes() => Pss(_process.Id);

    /// <summary>Memory of its PostgreSQL with all backends, MB.</summary>
    public static double PostgresMegabytes(string dataFolder) =>
        File.Exists(PidFile(dataFolder)) && int.Parse(File.ReadLines(PidFile(dataFolder)).First(), CultureInfo.InvariantCulture) is var postmaster
            ? Pss(postmaster) + ChildrenOf(postmaster).Sum(Pss)
            : 0;

    public void Dispose()
    {
        // As a service manager does: requests are answered, then the database is closed.
        using var stop = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        stop.WaitForExit();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(30)))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    // What it says later is not to fill the pipe; a fault under load is worth more than the figure.
    private static async Task TellFaultsAsync(StreamReader log)
    {
        while (await log.ReadLineAsync() is { } line)
        {
            if (line.Contains("\"LogLevel\":\"Error\"", StringComparison.Ordinal))
            {
                await Console.Error.WriteLineAsync(line);
            }
        }
    }

    private static string PidFile(string dataFolder) => Path.Combine(dataFolder, "postgres", "data", "postmaster.pid");

    private static IEnumerable<int> ChildrenOf(int parent)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) && ParentOf(id) == parent)
            {
                yield return id;
            }
        }
    }

    // The name in brackets may hold anything; state and parent follow its last bracket.
    private static int ParentOf(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static double Pss(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/smaps_rollup").First(one => one.StartsWith("Pss:", StringComparison.Ordinal));
            return double.Parse(line["Pss:".Length..^"kB".Length], CultureInfo.InvariantCulture) / 1024;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return 0;
        }
    }
}
