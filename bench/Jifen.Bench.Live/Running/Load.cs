using System.Diagnostics;
using Jifen.Bench.Harness;

namespace Jifen.Bench.Live.Running;

/// <summary>How long requests took.</summary>
/// <param name="Milliseconds">each of them, in no order</param>
/// <param name="Seconds">how long they were made</param>
internal sealed record Latencies(IReadOnlyList<double> Milliseconds, double Seconds)
{
    public double PerSecond => Milliseconds.Count / Seconds;

    public double At(double share)
    {
        var sorted = Milliseconds.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
    }

    public string InWords() => Figure.Text($"{At(0.5):0.0} / {At(0.95):0.0} / {At(0.99):0.0} ms");
}

/// <summary>Requests made by visitors.</summary>
internal static class Load
{
    /// <summary>Each visitor asks as soon as he has his answer.</summary>
    public static async Task<Latencies> BackToBackAsync(IReadOnlyList<Visitor> visitors, Func<int, string> path, double seconds)
    {
        var began = Stopwatch.GetTimestamp();
        var all = await Task.WhenAll(visitors.Select(async (visitor, index) =>
        {
            var taken = new List<double>();
            while (Stopwatch.GetElapsedTime(began).TotalSeconds < seconds)
            {
                taken.Add(await TimeAsync(visitor, path(index)));
            }

            return taken;
        }));
        return new Latencies(all.SelectMany(one => one).ToList(), Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    /// <summary>
    /// Each visitor asks at his own moments, whether the answer before was slow or not: a server that stalls is not asked less.
    /// </summary>
    /// <param name="every">seconds between two requests of one visitor</param>
    public static async Task<Latencies> AtTheirPaceAsync(IReadOnlyList<Visitor> visitors, Func<int, int, string> path, double every, double seconds)
    {
        var began = Stopwatch.GetTimestamp();
        var all = await Task.WhenAll(visitors.Select(async (visitor, index) =>
        {
            var taken = new List<double>();
            for (var n = 0; ; n++)
            {
                var due = (((double)index / visitors.Count) + n) * every;
                if (due >= seconds)
                {
                    return taken;
                }

                // From when it was due, if one's own answer before came too late for it; a timer that wakes late is not the server's fault.
                var from = due;
                if (due > Stopwatch.GetElapsedTime(began).TotalSeconds)
                {
                    await Task.Delay(TimeSpan.FromSeconds(due - Stopwatch.GetElapsedTime(began).TotalSeconds));
                    from = Stopwatch.GetElapsedTime(began).TotalSeconds;
                }

                await visitor.AskAsync(path(index, n));
                taken.Add((Stopwatch.GetElapsedTime(began).TotalSeconds - from) * 1000);
            }
        }));
        return new Latencies(all.SelectMany(one => one).ToList(), Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    /// <returns>milliseconds of one request</returns>
    public static async Task<double> TimeAsync(Visitor visitor, string path)
    {
        var began = Stopwatch.GetTimestamp();
        await visitor.AskAsync(path);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }
}
