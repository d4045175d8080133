using Jifen.Cycle;
using Jifen.Cycle.Scorecards;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Outcomes;
using Jifen.Scoring.Schemes;

namespace Jifen.Store.Reads;

/// <summary>A branch's points in one cycle with the scheme that judged them.</summary>
public sealed record LiveYear(SchemeInForce InForce, BranchScores Scores);

/// <summary>
/// Points as of a day, computed when somebody looks. What was computed is kept under the version of everything it rests on, asked anew each
/// time: a page after any entry shows that entry.
/// </summary>
public sealed class LiveScores(SchemesInForce schemes)
{
    // Scores of a branch of 40 are a megabyte or two; of the year before only what the next one asks of it is kept, some kilobytes.
    private readonly KeptYears<BranchScores> _scores = new(256);
    private readonly KeptYears<IReadOnlyList<PreviousResult>> _results = new(4096);

    /// <summary>In the cycle in which the day lies.</summary>
    /// <inheritdoc cref="OfAsync"/>
    public async Task<LiveYear?> OnAsync(DataScope scope, OrganizationId branch, DateOnly day, CancellationToken cancel = default) =>
        await schemes.OnAsync(scope, branch, day, cancel) is { } inForce ? await ComputeAsync(scope, branch, inForce, day, cancel) : null;

    /// <param name="year">the year of the cycle</param>
    /// <param name="day">what was recorded after it is not seen</param>
    /// <returns>null when no scheme is in force, or the branch is out of sight</returns>
    public async Task<LiveYear?> OfAsync(DataScope scope, OrganizationId branch, int year, DateOnly day, CancellationToken cancel = default) =>
        await schemes.OfAsync(scope, branch, year, cancel) is { } inForce ? await ComputeAsync(scope, branch, inForce, day, cancel) : null;

    private async Task<LiveYear?> ComputeAsync(DataScope scope, OrganizationId branch, SchemeInForce inForce, DateOnly day, CancellationToken cancel)
    {
        // The version is read before what it stands for: what is kept under it may be newer, never older.
        if (await BranchYearRecords.VersionAsync(scope, branch, cancel) is not { } version)
        {
            return null;
        }

        var scores = await _scores.FindAsync(
            new KeptYear(branch, inForce.Year, day), new YearVersion(version, inForce.Fingerprint), () => WorkOutAsync(scope, branch, inForce, version, day, cancel));
        return scores is null ? null : new LiveYear(inForce, scores);
    }

    private async Task<BranchScores?> WorkOutAsync(
        DataScope scope, OrganizationId branch, SchemeInForce inForce, string version, DateOnly day, CancellationToken cancel) =>
        await BranchYearRecords.ReadAsync(scope, branch, inForce.Plan, day, cancel) is not { } books ? null : BranchScores.Of(
            inForce.Plan,
            books,
            day,
            await PreviousAsync(scope, branch, inForce, version, day, cancel),
            await SettledYears.ChoicesAsync(scope, branch, inForce.Year, day, cancel));

    /// <summary>Whether anything in the scheme looks at the year before.</summary>
    public static bool LooksBack(Scheme scheme) => AsksForLastYear(scheme);

    // The settled year stands once there is one, of everybody where he was settled. Until then the year before is computed like this one, with
    // what is known on the day.
    private async Task<PreviousYear?> PreviousAsync(
        DataScope scope, OrganizationId branch, SchemeInForce inForce, string version, DateOnly day, CancellationToken cancel)
    {
        if (!AsksForLastYear(inForce.Scheme))
        {
            return null;
        }

        var (settled, isSettledHere) = await SettledYears.PreviousAsync(scope, branch, inForce, inForce.Year - 1, day, cancel);
        if (isSettledHere)
        {
            return new PreviousYear(settled);
        }

        var computed = await ResultsAsync(scope, branch, inForce.Year - 1, version, day, cancel);
        var elsewhere = settled.Select(result => result.Member).ToHashSet(StringComparer.Ordinal);
        return computed is null && settled.Count == 0 ? null : new PreviousYear([.. (computed ?? []).Where(result => !elsewhere.Contains(result.Member)), .. settled]);
    }

    private async Task<IReadOnlyList<PreviousResult>?> ResultsAsync(DataScope scope, OrganizationId branch, int year, string version, DateOnly day, CancellationToken cancel)
    {
        if (await schemes.OfAsync(scope, branch, year, cancel) is not { } inForce)
        {
            return null;
        }

        var key = new KeptYear(branch, year, day);
        var standing = new YearVersion(version, inForce.Fingerprint);
        return await _results.FindAsync(
            key, standing, async () => (_scores.Find(key, standing) ?? await WorkOutAsync(scope, branch, inForce, version, day, cancel))?.Results());
    }

    private static bool AsksForLastYear(Scheme scheme) =>
        scheme.RunningAccount is not null
        || scheme.Sections.Any(section => section.Start.Kind == StartKind.ShareOfLastYear)
        || scheme.Outcomes.Any(outcome => AsksForLastYear(outcome.Condition))
        || scheme.Grades.Any(grade => grade.Condition is { } condition && AsksForLastYear(condition));

    private static bool AsksForLastYear(Condition condition) => condition switch
    {
        TwoYears => true,
        AllOf all => all.Parts.Any(AsksForLastYear),
        AnyOf any => any.Groups.Any(AsksForLastYear),
        _ => false,
    };
}
