using System.Collections.Concurrent;
using System.Text;
using Jifen.Cycle;
using Jifen.Scoring.Schemes;
using Jifen.Scoring.Scorecards;

namespace Jifen.Store.Reads;

/// <summary>The scheme that judges an organization's people in a cycle, ready to run.</summary>
/// <param name="AdoptedBy">the organization itself, or the nearest above it that adopted one</param>
/// <param name="AdoptedFor">the year it was adopted for; it stays in force until another is adopted</param>
/// <param name="Plan">compiled for the cycle asked for</param>
public sealed record SchemeInForce(OrganizationId AdoptedBy, int AdoptedFor, Plan Plan)
{
    public Scheme Scheme => Plan.Scheme;

    public string Fingerprint => Plan.Scheme.Fingerprint;

    /// <summary>The year of the cycle; for 学年 the year in which it begins.</summary>
    public int Year => Plan.Calendar.Year;

    public DateOnly CycleFirst => DateOnly.FromDayNumber(Plan.Calendar.Cycle.First);

    public DateOnly CycleLast => DateOnly.FromDayNumber(Plan.Calendar.Cycle.Last);
}

/// <summary>
/// Which scheme is in force where and when. What was kept under a fingerprint never changes, so loaded schemes and compiled plans are held
/// for the life of the program; which one was adopted is asked of the database every time.
/// </summary>
public sealed class SchemesInForce
{
    private readonly ConcurrentDictionary<string, Scheme> _schemes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Fingerprint, int Year), Plan> _plans = new();

    /// <param name="year">the year of the cycle; for 学年 the year in which it begins</param>
    /// <returns>null when neither the organization nor any above it has adopted a scheme that covers the year</returns>
    public async Task<SchemeInForce?> OfAsync(DataScope scope, OrganizationId organization, int year, CancellationToken cancel = default) =>
        (await OfAllAsync(scope, [organization], year, cancel)).GetValueOrDefault(organization);

    /// <summary>Of many organizations at once; those without a scheme in force are left out.</summary>
    /// <inheritdoc cref="OfAsync"/>
    public async Task<IReadOnlyDictionary<OrganizationId, SchemeInForce>> OfAllAsync(
        DataScope scope, IEnumerable<OrganizationId> organizations, int year, CancellationToken cancel = default)
    {
        var adoptions = await scope.QueryAsync<AdoptionRow>(
            """
            select distinct on (o.organization_id) o.organization_id as follower, s.organization_id, s.year, s.fingerprint
            from organization o join scheme_adoption s on s.organization_id = any (o.ancestors)
            where o.organization_id = any (@organizations) and s.year <= @year
            order by o.organization_id, array_position(o.ancestors, s.organization_id) desc, s.year desc
            """,
            new { organizations = organizations.Select(one => one.Value).ToArray(), year },
            cancel);
        var found = new Dictionary<OrganizationId, SchemeInForce>();
        foreach (var adopted in adoptions)
        {
            var scheme = await KeptAsync(scope, adopted.Fingerprint, cancel)
                ?? throw new InvalidDataException($"the scheme {adopted.Fingerprint} was adopted and is not kept");
            if (Covers(scheme, year))
            {
                found.Add(adopted.Follower, new SchemeInForce(adopted.OrganizationId, adopted.Year, PlanOf(scheme, year)));
            }
        }

        return found;
    }

    /// <summary>The scheme in whose cycle the day lies: a 学年 that began in September still runs in March.</summary>
    /// <inheritdoc cref="OfAsync"/>
    public async Task<SchemeInForce?> OnAsync(DataScope scope, OrganizationId organization, DateOnly day, CancellationToken cancel = default)
    {
        var own = await OfAsync(scope, organization, day.Year, cancel);
        if (own is not null && own.Plan.Calendar.Cycle.Contains(day.DayNumber))
        {
            return own;
        }

        var before = await OfAsync(scope, organization, day.Year - 1, cancel);
        return before is not null && before.Plan.Calendar.Cycle.Contains(day.DayNumber) ? before : null;
    }

    /// <summary>A scheme that was ever kept, by its fingerprint.</summary>
    /// <returns>null when no such scheme was kept</returns>
    /// <exception cref="InvalidDataException">what is kept is not what was kept: the bytes do not have this fingerprint</exception>
    public async Task<Scheme?> KeptAsync(DataScope scope, string fingerprint, CancellationToken cancel = default)
    {
        if (_schemes.TryGetValue(fingerprint, out var known))
        {
            return known;
        }

        var kept = await scope.OneAsync<VersionRow>(
            "select scheme_id, scheme_text, refinement_text from scheme_version where fingerprint = @fingerprint", new { fingerprint }, cancel);
        if (kept is null)
        {
            return null;
        }

        var loaded = SchemeLoader.Load(
            Source($"{kept.SchemeId}.scheme.yaml", kept.SchemeText),
            kept.RefinementText is { } refinement ? Source($"{kept.SchemeId}.refinement.yaml", refinement) : null);
        if (loaded.Value is not { } scheme || scheme.Fingerprint != fingerprint)
        {
            throw new InvalidDataException(
                $"the scheme kept as {fingerprint} is damaged: {loaded.Errors.FirstOrDefault()?.ToString() ?? $"its bytes have the fingerprint {loaded.Value!.Fingerprint}"}");
        }

        return _schemes.GetOrAdd(fingerprint, scheme);
    }

    /// <summary>Compiled once for every scheme and year.</summary>
    public Plan PlanOf(Scheme scheme, int year) => _plans.GetOrAdd((scheme.Fingerprint, year), _ => Plan.Compile(scheme, year));

    private static bool Covers(Scheme scheme, int year) => year >= scheme.FirstYear && year <= (scheme.LastYear ?? int.MaxValue);

    private static SchemeSource Source(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));

    private sealed record AdoptionRow
    {
        public required OrganizationId Follower { get; init; }

        public required OrganizationId OrganizationId { get; init; }

        public required int Year { get; init; }

        public required string Fingerprint { get; init; }
    }

    private sealed record VersionRow
    {
        public required string SchemeId { get; init; }

        public required string SchemeText { get; init; }

        public string? RefinementText { get; init; }
    }
}
