using Jifen.Scoring.Schemes;
using Jifen.Scoring.Scorecards;

namespace Jifen.Cli.Inputs;

/// <summary>The same facts judged by one of two schemes.</summary>
/// <param name="Label">甲 or 乙</param>
/// <param name="Unknown">kinds of fact that only the other scheme knows, with how many there are: they do not count here</param>
internal sealed record TrialSide(
    string Label, Scheme Scheme, BranchYear Year, Totals Totals, IReadOnlyList<(string Fact, int Count)> Unknown)
{
    /// <param name="scheme">the scheme of this side</param>
    /// <param name="other">the scheme of the other side, whose kinds of fact are let pass without a score</param>
    public static Loaded<TrialSide> Score(string label, BranchYearFiles files, Scheme scheme, Scheme other, Progress progress)
    {
        var loaded = BranchYear.Read(files, WithKindsOf(other, scheme), progress);
        if (loaded.Value is not { } year)
        {
            return new Loaded<TrialSide>(null, loaded.Problems);
        }

        var totals = year.Scorer.Score(year.Threads, progress.Of($"按{label}算分", year.Roster.Count));
        return new Loaded<TrialSide>(new TrialSide(label, scheme, year, totals, CountForeign(year, scheme.FactKinds.Count)), loaded.Problems);
    }

    // Facts that only the other scheme knows would be errors here. They are taken in as kinds that no rule looks at, and named to the user.
    private static Scheme WithKindsOf(Scheme other, Scheme scheme)
    {
        var own = scheme.FactKinds;
        var ids = own.Select(kind => kind.Id).ToHashSet(StringComparer.Ordinal);
        var foreign = other.FactKinds
            .Where(kind => own.All(known => known.Name != kind.Name))
            .Select((kind, index) => kind with
            {
                Index = own.Count + index,
                Id = ids.Contains(kind.Id) ? $"{kind.Id}@{other.Id}" : kind.Id,
                Unscored = "这份办法没有这种事实",
            });
        return scheme with { FactKinds = [.. own, .. foreign] };
    }

    private static List<(string Fact, int Count)> CountForeign(BranchYear year, int own) =>
        Enumerable.Range(0, year.Scorer.Facts.Count)
            .Select(year.Scorer.Facts.KindOf)
            .Where(kind => kind >= own)
            .GroupBy(kind => kind)
            .OrderBy(group => group.Key)
            .Select(group => (year.Scheme.FactKinds[group.Key].Name, group.Count()))
            .ToList();
}
