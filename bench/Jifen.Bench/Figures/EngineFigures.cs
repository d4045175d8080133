using System.Globalization;
using System.Text.Json.Nodes;
using Jifen.Bench.Generation;
using Jifen.Bench.Harness;
using Jifen.Bench.Rivals;

namespace Jifen.Bench.Figures;

/// <summary>Totals beside engines made for other things: a rules engine and a database. Both use both cores, as we do here.</summary>
internal static class EngineFigures
{
    private const double LeastBesideRules = 500;
    private const int ZenMembers = 4_000;

    private static readonly string[] Graphs = ["expressions", "table"];

    /// <summary>By the fact, since the rules engine gets a sample; quoted for the faster of its two graphs.</summary>
    public static IEnumerable<Figure> RunZen(Workshop work)
    {
        var path = work.At("zen.jsonl");
        var sample = ZenSample.Write(path, work.Jsit.Scheme, work.Memory.Columns, work.Options.IsQuick ? ZenMembers / 10 : ZenMembers);
        using var zen = new NodeRival(work.Options.Rivals!, "zen.mjs", path);
        foreach (var graph in Graphs)
        {
            CheckZen(work, sample, zen.Ask(graph));
        }

        var fastest = Graphs.MinBy(zen.Time)!;
        var pairs = work.Pair(
            () => TotalsFigures.Score(work, 2) / work.Memory.Facts.Count,
            () => zen.Time(fastest) / sample.FactCount);
        yield return Figure.Ahead(
            Figure.Text($"Totals, 2 threads, by the fact, beside GoRules ZEN ({fastest}, {sample.Members.Count} members)"),
            pairs,
            Figure.Rate(1, pairs.OursMedian),
            Figure.Text($"{1e-6 / pairs.BesideMedian:0.00} M facts/s"),
            LeastBesideRules);
    }

    public static IEnumerable<Figure> RunDuckDb(Workshop work)
    {
        using var duck = new NodeRival(
            work.Options.Rivals!,
            "duckdb.mjs",
            work.MembersFile,
            work.FactsFile(RowOrder.Member),
            BranchYears.Year.ToString(CultureInfo.InvariantCulture),
            "2");
        duck.Time("run");
        var written = work.At("duckdb.csv");
        duck.Ask($"write {written}");
        CheckDuckDb(work, written);
        var facts = (double)work.Memory.Facts.Count;
        var pairs = work.Pair(() => TotalsFigures.Score(work, 2), () => duck.Time("run"));
        yield return Figure.Ahead(
            "Totals, 2 threads, beside DuckDB, 2 threads, on its own table in memory",
            pairs,
            Figure.Rate(facts, pairs.OursMedian),
            Figure.Rate(facts, pairs.BesideMedian),
            1);
    }

    private static void CheckZen(Workshop work, ZenSample sample, JsonNode answer)
    {
        var totals = answer["totals"]!.AsArray();
        for (var i = 0; i < totals.Count; i++)
        {
            var points = totals[i]!.AsArray().Select(value => (int)Math.Round(value!.GetValue<double>() * 100)).ToList();
            Same.Check("GoRules ZEN", work.Totals, [new SectionPoints(points[0], points[1], points[2], points[3])], sample.Members[i]);
        }
    }

    private static void CheckDuckDb(Workshop work, string path)
    {
        var members = 0;
        foreach (var row in File.ReadLines(path))
        {
            var values = row.Split(',').Select(value => int.Parse(value, CultureInfo.InvariantCulture)).ToList();
            Same.Check("DuckDB", work.Totals, [new SectionPoints(values[1], values[2], values[3], values[4])], values[0]);
            members++;
        }

        var expected = Enumerable.Range(0, work.Totals.Count).Count(work.Totals.HasScorecard);
        if (members != expected)
        {
            throw new InvalidOperationException($"DuckDB: {members} members, ours are {expected}");
        }
    }
}
