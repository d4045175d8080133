using System.Text.RegularExpressions;
using Jifen.Bench.Harness;
using Jifen.Bench.Live.Running;
using Jifen.Bench.Live.World;

namespace Jifen.Bench.Live.Figures;

/// <summary>
/// The five pages that are asked for most: everybody's start page and points whenever a phone is taken out; after a meeting the recorder's
/// list of gatherings, the roll-call, and the branch's table to see what came of it.
/// </summary>
internal static partial class PageFigures
{
    private const double SlowestAlone = 300;
    private const double SlowestAtPace = 50;
    private const int AtOnce = 8;
    private const double PerSecond = 200;
    private const string Nothing = "/healthz";

    public static async IAsyncEnumerable<Figure> RunAsync(Options options, Town town)
    {
        var members = await town.MembersSignedInAsync();
        var recorders = await town.SignInAsync(town.Recorders);
        var rolls = new string[recorders.Count];
        for (var n = 0; n < recorders.Count; n++)
        {
            rolls[n] = Rolls().Match(await recorders[n].ReadAsync("/")) is { Success: true } found
                ? found.Value
                : throw new InvalidOperationException("no gathering waits on the recorder's start page");
        }

        (string Name, IReadOnlyList<Visitor> Visitors, Func<int, string> Path)[] pages =
        [
            ("start page of a member", members, _ => "/"),
            ("own points", members, _ => "/me"),
            ("branch's points table", recorders, _ => "/points"),
            ("list of gatherings", recorders, _ => "/gatherings"),
            ("roll-call of 40", recorders, n => rolls[n]),
        ];
        foreach (var page in pages)
        {
            yield return await AloneAsync(options, town, page.Name, page.Visitors, page.Path);
        }

        foreach (var page in pages)
        {
            yield return await TogetherAsync(options, town, page.Name, page.Visitors.Take(AtOnce).ToList(), page.Path);
        }

        var mixed = members.Select((visitor, n) => (visitor, Path: n % 2 == 0 ? "/" : "/me"))
            .Concat(recorders.SelectMany((visitor, n) => new[] { (visitor, Path: "/points"), (visitor, Path: "/gatherings"), (visitor, Path: rolls[n]) }))
            .ToList();
        var every = mixed.Count / PerSecond;
        var visitors = mixed.ConvertAll(one => one.visitor);
        await Load.AtTheirPaceAsync(visitors, (n, _) => mixed[n].Path, every, options.Stint);
        var paced = await Load.AtTheirPaceAsync(visitors, (n, _) => mixed[n].Path, every, options.Stint * 3);
        yield return new Figure(
            Figure.Text($"{town.Name}: all five, {visitors.Count} visitors, {PerSecond:0} requests/s whatever the answers take ({paced.PerSecond:0} answered)"),
            paced.InWords(),
            "",
            "",
            Figure.Text($"p95 ≤ {SlowestAtPace:0} ms"),
            paced.At(0.95) <= SlowestAtPace);
        foreach (var visitor in recorders)
        {
            visitor.Dispose();
        }
    }

    // One request at a time, from one visitor after the other, and each time an empty answer of the same server beside it.
    private static async Task<Figure> AloneAsync(Options options, Town town, string name, IReadOnlyList<Visitor> visitors, Func<int, string> path)
    {
        var (page, nothing) = (new List<double>(), new List<double>());
        var bytes = 0;
        foreach (var (visitor, n) in visitors.Select((visitor, n) => (visitor, n)).Take(AtOnce))
        {
            bytes = await visitor.AskAsync(path(n));
            await visitor.AskAsync(path(n));
        }

        for (var began = Environment.TickCount64; Environment.TickCount64 - began < options.Stint * 1000;)
        {
            var n = page.Count % visitors.Count;
            page.Add(await Load.TimeAsync(visitors[n], path(n)));
            nothing.Add(await Load.TimeAsync(visitors[n], Nothing));
        }

        var (ours, beside) = (new Latencies(page, 1), new Latencies(nothing, 1));
        return new Figure(
            Figure.Text($"{town.Name}: {name}, alone ({bytes / 1000.0:0.0} kB on the wire); beside an empty answer"),
            ours.InWords(),
            beside.InWords(),
            Figure.Text($"{ours.At(0.5) / beside.At(0.5):0.0} × its time"),
            Figure.Text($"p95 ≤ {SlowestAlone:0} ms"),
            ours.At(0.95) <= SlowestAlone);
    }

    private static async Task<Figure> TogetherAsync(Options options, Town town, string name, IReadOnlyList<Visitor> visitors, Func<int, string> path)
    {
        await Load.BackToBackAsync(visitors, path, options.Stint / 3);
        var (ours, beside) = (new List<Latencies>(), new List<Latencies>());
        for (var round = 0; round < 3; round++)
        {
            ours.Add(await Load.BackToBackAsync(visitors, path, options.Stint / 3));
            beside.Add(await Load.BackToBackAsync(visitors, _ => Nothing, options.Stint / 6));
        }

        var all = new Latencies(ours.SelectMany(one => one.Milliseconds).ToList(), ours.Sum(one => one.Seconds));
        var ratios = ours.Zip(beside, (one, other) => other.PerSecond / one.PerSecond).ToList();
        return new Figure(
            Figure.Text($"{town.Name}: {name}, {visitors.Count} at once; beside an empty answer"),
            Figure.Text($"{all.PerSecond:0} requests/s, {all.InWords()}"),
            Figure.Text($"{beside.Average(one => one.PerSecond):0} requests/s"),
            Figure.Text($"{Pairs.Median(ratios):0.0} × its time ({ratios.Min():0.0}–{ratios.Max():0.0})"),
            "",
            null);
    }

    [GeneratedRegex("/gatherings/[0-9a-f-]{36}/roll", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rolls();
}
