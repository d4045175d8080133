using System.Diagnostics;
using Jifen.Bench.Harness;
using Jifen.Bench.Live.Running;
using Jifen.Bench.Live.World;
using Jifen.Store;

namespace Jifen.Bench.Live.Figures;

/// <summary>From the command to the first page, beside its PostgreSQL opened alone.</summary>
internal static class StartFigures
{
    private const double SlowestStart = 5;

    public static async IAsyncEnumerable<Figure> RunAsync(Options options)
    {
        var (first, firstAlone, again, againAlone) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        // The first round is not counted: files are read from the disk.
        for (var round = 0; round <= options.Pairs; round++)
        {
            using var place = new DataPlace();
            using var bare = new DataPlace();
            Note(first, round, await StartAsync(options, place.Folder));
            Note(firstAlone, round, await OpenAsync(bare.Folder));
            Note(again, round, await StartAsync(options, place.Folder));
            Note(againAlone, round, await OpenAsync(bare.Folder));
        }

        yield return Beside("First start, empty folder, to the first page; beside initdb and start of its PostgreSQL alone", new Pairs(first, firstAlone));
        yield return Beside("Every later start to the first page; beside the start of its PostgreSQL alone", new Pairs(again, againAlone));
    }

    private static Figure Beside(string name, Pairs pairs) =>
        Figure.Within(name, pairs, Figure.Text($"{pairs.OursMedian:0.00} s"), Figure.Text($"{pairs.BesideMedian:0.00} s"), double.MaxValue) with
        {
            Aim = Figure.Text($"≤ {SlowestStart:0} s"),
            IsMet = pairs.OursMedian <= SlowestStart,
        };

    private static void Note(List<double> to, int round, double seconds)
    {
        if (round > 0)
        {
            to.Add(seconds);
        }
    }

    private static async Task<double> StartAsync(Options options, string folder)
    {
        using var system = await RunningSystem.StartAsync(options.Jifen, folder);
        return system.SecondsToFirstPage;
    }

    private static async Task<double> OpenAsync(string folder)
    {
        var began = Stopwatch.GetTimestamp();
        await using var database = await Database.OpenAsync(new LocalDatabaseOptions { DataFolder = folder });
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
