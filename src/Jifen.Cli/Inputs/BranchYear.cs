using Jifen.Documents;
using Jifen.Documents.Imports;
using Jifen.Scoring;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;
using Jifen.Scoring.Scorecards;

namespace Jifen.Cli.Inputs;

/// <summary>What the user named for one run.</summary>
internal sealed record BranchYearFiles(
    string Scheme, string? Refinement, string Members, string Facts, int Year, string? Previous, int? Threads)
{
    // Below this a second thread costs more than it brings.
    private const long WorthAThread = 1 << 20;

    public int ThreadsToUse =>
        Threads ?? (File.Exists(Facts) && new FileInfo(Facts).Length > WorthAThread ? Environment.ProcessorCount : 1);

    public IEnumerable<NamedFile> Inputs()
    {
        yield return new NamedFile("--members", Members);
        yield return new NamedFile("--facts", Facts);
        if (Previous is not null)
        {
            yield return new NamedFile("--previous", Previous);
        }

        if (Refinement is not null)
        {
            yield return new NamedFile("--refine", Refinement);
        }
    }
}

/// <summary>A file as the user named it, and by which option.</summary>
internal sealed record NamedFile(string Option, string Path)
{
    /// <summary>Both would be one file; what is no ordinary file is none of the kind.</summary>
    public bool IsSame(NamedFile other) =>
        Option != other.Option && !Path.StartsWith("/dev/", StringComparison.Ordinal)
        && System.IO.Path.GetFullPath(Path) == System.IO.Path.GetFullPath(other.Path);
}

/// <summary>Everything one run works on, read and checked.</summary>
/// <param name="Warnings">of the roster, the facts and last year's totals, and what the scheme leaves open, each in one line</param>
internal sealed record BranchYear(Scorer Scorer, int Threads, IReadOnlyList<Problem> Warnings)
{
    public Scheme Scheme => Scorer.Plan.Scheme;

    public Roster Roster => Scorer.Roster;

    public int Year => Scorer.Plan.Calendar.Year;

    /// <returns>the reasons when something cannot be taken: of every file that could be looked at, not only of the first</returns>
    /// <param name="onlyTotals">nobody will ask for a line: only what totals need is kept of the facts</param>
    public static Loaded<BranchYear> Read(Session session, BranchYearFiles files, Progress progress, bool onlyTotals = false)
    {
        // A scheme takes a tenth of a second to read, on one thread: there is something to do meanwhile on another.
        var ahead = Environment.ProcessorCount > 1 ? Task.Run(() => MemberRoster.ReadAhead(new InputFile(files.Members))) : null;
        var loaded = session.Shelf.Load(files.Scheme, files.Refinement);
        return loaded.Value is { } scheme
            ? Read(files, scheme, progress, onlyTotals, ahead)
            : new Loaded<BranchYear>(null, loaded.Problems);
    }

    /// <param name="scheme">the scheme to judge by, already loaded</param>
    /// <inheritdoc cref="Read(Session, BranchYearFiles, Progress, bool)"/>
    /// <param name="ahead">the roster, if it is being read already</param>
    public static Loaded<BranchYear> Read(
        BranchYearFiles files, Scheme scheme, Progress progress, bool onlyTotals = false, Task<RosterAhead?>? ahead = null)
    {
        if (YearFault(scheme, files) is { } fault)
        {
            return new Loaded<BranchYear>(null, [fault]);
        }

        // It stands on every sheet, and whoever asks for it first waits a while.
        if (!onlyTotals && Environment.ProcessorCount > 1)
        {
            _ = Task.Run(() => scheme.Fingerprint);
        }

        var threads = files.ThreadsToUse;
        var problems = new List<Problem>(OpenQuestions(scheme, files.Scheme));
        var plan = Plan.Compile(scheme, files.Year);
        if (threads > 1 && ahead is { IsCompleted: false })
        {
            Rehearsal.Run(plan);
        }

        var roster = ahead?.GetAwaiter().GetResult()?.For(scheme) ?? MemberRoster.Read(new InputFile(files.Members), scheme);
        problems.AddRange(roster.Problems);
        var previous = files.Previous is { } path ? PreviousTotals.Read(new InputFile(path)) : null;
        problems.AddRange(previous?.Problems ?? []);
        if (roster.Value is not { } members)
        {
            return new Loaded<BranchYear>(null, problems);
        }

        var facts = FactList.Read(
            new InputFile(files.Facts), scheme, members, threads, progress.Of("读事实"), onlyTotals ? TotalsNeed.Of(plan, members) : null);
        problems.AddRange(facts.Problems);
        if (facts.Value is not { } table || previous is { Value: null })
        {
            return new Loaded<BranchYear>(null, problems);
        }

        var scorer = new Scorer(plan, members, table, previous?.Value);
        return new Loaded<BranchYear>(new BranchYear(scorer, threads, problems), problems);
    }

    private static Problem? YearFault(Scheme scheme, BranchYearFiles files)
    {
        if (files.Year >= scheme.FirstYear && files.Year <= (scheme.LastYear ?? int.MaxValue))
        {
            return null;
        }

        var until = scheme.LastYear is { } last ? $"到{last}年" : "起";
        return new Problem(
            Severity.Error,
            files.Scheme,
            0,
            0,
            $"这份办法从{scheme.FirstYear}年{until}适用，{files.Year}年不在其内",
            "改 --year，或用那一年的办法（./jifen scheme list 看各办法的适用年份）");
    }

    // In a run over a year's facts the author's notes are noise; that the result is only a trial is not.
    private static IEnumerable<Problem> OpenQuestions(Scheme scheme, string source)
    {
        if (scheme.Slots.Count > 0)
        {
            const int Named = 3;
            var names = string.Join("、", scheme.Slots.Take(Named).Select(slot => slot.What)) + (scheme.Slots.Count > Named ? "等" : "");
            yield return new Problem(
                Severity.Warning,
                source,
                0,
                0,
                $"有{scheme.Slots.Count}处“支部定”没有填（{names}），暂按 0 或空计，只能试算",
                "用 --refine 给出支部的细则");
        }

        if (scheme.TentativeReadings.Count() is > 0 and var tentative)
        {
            yield return new Problem(
                Severity.Warning,
                source,
                0,
                0,
                $"有{tentative}处解释是暂行的，结果只可试算、公示草案，不可定分",
                $"由有权的组织确认后写进办法（./jifen scheme show {source} 看各条）");
        }
    }
}
