using System.Diagnostics;
using System.Globalization;
using System.Text;
using Jifen.Bench.Figures;
using Jifen.Bench.Harness;

namespace Jifen.Bench;

/// <summary>Runs the groups of figures one after another and puts them into one Markdown table.</summary>
internal static class FigureTable
{
    private static readonly (string Name, bool NeedsNode, Func<Workshop, IEnumerable<Figure>> Run)[] Groups =
    [
        ("totals", false, TotalsFigures.Run),
        ("naive", false, TotalsFigures.RunNaive),
        ("zen", true, EngineFigures.RunZen),
        ("duckdb", true, EngineFigures.RunDuckDb),
        ("record", false, LinesFigures.RunRecord),
        ("sheets", false, LinesFigures.RunSheets),
        ("rescore", false, BranchFigures.RunRescore),
        ("memory", false, Memory),
        ("command", false, BranchFigures.RunCommandLine),
        ("csv", false, CsvFigures.Run),
    ];

    public static string Make(Workshop work)
    {
        var text = new StringBuilder();
        Line(text, $"# Figures");
        Line(text, $"");
        Line(text, $"{Machine.InWords()}");
        Line(text, $"");
        Line(text, $"{work.Years.Count} members in branches of 40, seed {work.Options.Seed}; each pair run in turn, {work.Options.Pairs} pairs after a warm-up; medians, and ratios from pair to pair.");
        Line(text, $"Before its time counts, every rival has made the same totals of the same facts.");
        Line(text, $"");
        Line(text, $"| figure | ours | beside it | ratio (least–most) | aim | |");
        Line(text, $"|---|---|---|---|---|---|");
        foreach (var (name, needsNode, run) in Groups)
        {
            if ((work.Options.Only is { } only && !only.Split(',').Contains(name)) || (needsNode && work.Options.Rivals is null))
            {
                continue;
            }

            var started = Stopwatch.GetTimestamp();
            foreach (var figure in run(work))
            {
                Line(text, $"{figure.ToMarkdown()}");
            }

            Console.Error.WriteLine(Figure.Text($"{name}: {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s"));
        }

        return text.ToString();
    }

    private static IEnumerable<Figure> Memory(Workshop work)
    {
        var info = GC.GetGCMemoryInfo();
        yield return Figure.Told(
            Figure.Text($"Held after all of the above, {work.Memory.Facts.Count} facts twice in memory (ours and the columns of the hand-written loops)"),
            Figure.Text($"{Peak.Of(Environment.ProcessId):0} MB at most, {info.HeapSizeBytes / 1e6:0} MB heap"));
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
