using System.Globalization;
using System.Text;
using Jifen.Bench.Harness;
using Jifen.Bench.Live.Figures;
using Jifen.Bench.Live.World;

namespace Jifen.Bench.Live;

/// <summary>Starts the product, measures it group after group, and puts the figures into one Markdown table.</summary>
internal static class LiveTable
{
    public static async Task<string> MakeAsync(Options options)
    {
        var text = new StringBuilder();
        Line(text, $"# Figures of the running system");
        Line(text, $"");
        Line(text, $"{Machine.InWords()}");
        Line(text, $"");
        Line(text, $"Load, program and PostgreSQL share the machine. Times of pages are p50 / p95 / p99 at the client, to the last byte; where something is named beside it, both were run in turn and the ratio is that of the medians from pair to pair.");
        Line(text, $"");
        Line(text, $"| figure | ours | beside it | ratio (least–most) | aim | |");
        Line(text, $"|---|---|---|---|---|---|");
        if (options.Runs("start"))
        {
            await TellAsync("start", StartFigures.RunAsync(options));
        }

        if (options.Runs("demo"))
        {
            using var place = new DataPlace();
            await using var college = await Town.OfDemoAsync(options, place);
            await TellAsync("demo: memory", MemoryFigures.RunAsync(options, college));
            await TellAsync("demo: pages", PageFigures.RunAsync(options, college));
        }

        if (options.Only is null || "large gathering import rescore".Split(' ').Any(options.Runs))
        {
            using var place = new DataPlace(options.Keep);
            await using var college = await Town.OfLargeAsync(options, place);
            if (options.Runs("large"))
            {
                await TellAsync("large: memory", MemoryFigures.RunAsync(options, college));
                await TellAsync("large: pages", PageFigures.RunAsync(options, college));
            }

            if (options.Runs("rescore"))
            {
                await TellAsync("rescore", RescoreFigures.RunAsync(options, college));
            }

            if (options.Runs("gathering"))
            {
                await TellAsync("gathering", GatheringFigures.RunAsync(options, college));
            }

            if (options.Runs("import"))
            {
                await TellAsync("import", ImportFigures.RunAsync(options, college));
            }
        }

        return text.ToString();

        async Task TellAsync(string group, IAsyncEnumerable<Figure> figures)
        {
            await foreach (var figure in figures)
            {
                Line(text, $"{figure.ToMarkdown()}");
                await Console.Error.WriteLineAsync($"{group} ({Machine.Others()}): {figure.ToMarkdown()}");
            }
        }
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
