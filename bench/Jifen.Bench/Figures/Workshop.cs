using Jifen.Bench.Generation;
using Jifen.Bench.Harness;
using Jifen.Scoring.Scorecards;

namespace Jifen.Bench.Figures;

/// <summary>What the groups of figures share: the scheme, the year in memory and as files, a folder that goes when all is done.</summary>
internal sealed class Workshop : IDisposable
{
    private readonly Lazy<MemoryYear> _memory;
    private readonly Lazy<Scorer> _scorer;
    private readonly Lazy<Totals> _totals;

    public Workshop(Options options)
    {
        Options = options;
        Jsit = new JsitScheme(options.Root);
        Years = new BranchYears(options.Members, options.Seed);
        _memory = new Lazy<MemoryYear>(() => MemoryYear.Of(Years));
        _scorer = new Lazy<Scorer>(() => new Scorer(Jsit.Plan, Memory.Roster, Memory.Facts));
        _totals = new Lazy<Totals>(() => Scorer.Score(2));
        Folder = Directory.CreateTempSubdirectory("jifen-bench-").FullName;
    }

    public Options Options { get; }

    public JsitScheme Jsit { get; }

    public BranchYears Years { get; }

    public string Folder { get; }

    public MemoryYear Memory => _memory.Value;

    public Scorer Scorer => _scorer.Value;

    /// <summary>Of everyone; what rivals are held against.</summary>
    public Totals Totals => _totals.Value;

    public string MembersFile => Made("members.csv", path => CsvYear.WriteMembers(Years, path));

    public string FactsFile(RowOrder order) =>
        Made(order == RowOrder.Member ? "facts.csv" : "facts-by-day.csv", path => CsvYear.WriteFacts(Years, Jsit.Scheme, path, order));

    public string At(string name) => Path.Combine(Folder, name);

    public Pairs Pair(Func<double> ours, Func<double> beside) => Pairs.Run(Options.Pairs, ours, beside);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private string Made(string name, Action<string> make)
    {
        var path = At(name);
        if (!File.Exists(path))
        {
            make(path);
        }

        return path;
    }
}
