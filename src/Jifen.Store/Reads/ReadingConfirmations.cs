using Jifen.Cycle;
using Jifen.Scoring.Schemes;

namespace Jifen.Store.Reads;

/// <summary>A reading somebody confirmed.</summary>
public sealed record ReadingConfirmation
{
    public required OrganizationId OrganizationId { get; init; }

    public required string OrganizationName { get; init; }

    public required string Reading { get; init; }

    public required string Body { get; init; }

    public required DateOnly ConfirmedOn { get; init; }
}

/// <summary>Which 暂行 readings were confirmed: by the organization itself or by one above it.</summary>
public static class ReadingConfirmations
{
    public static Task<IReadOnlyList<ReadingConfirmation>> OfAsync(
        DataScope scope, OrganizationId organization, string fingerprint, CancellationToken cancel = default) =>
        scope.QueryAsync<ReadingConfirmation>(
            """
            select distinct on (c.reading) c.organization_id, above.name as organization_name, c.reading, c.body, c.confirmed_on
            from organization o
            join reading_confirmation c on c.organization_id = any (o.ancestors) and c.fingerprint = @fingerprint
            join organization above on above.organization_id = c.organization_id
            where o.organization_id = @organization
            order by c.reading, c.confirmed_on
            """,
            new { organization, fingerprint },
            cancel);

    /// <summary>Readings nobody has confirmed yet: the year may be tried, not settled.</summary>
    public static async Task<IReadOnlyList<Reading>> TentativeAsync(
        DataScope scope, OrganizationId organization, Scheme scheme, CancellationToken cancel = default)
    {
        var confirmed = (await OfAsync(scope, organization, scheme.Fingerprint, cancel)).Select(one => one.Reading).ToHashSet(StringComparer.Ordinal);
        return scheme.TentativeReadings.Where(reading => !confirmed.Contains(reading.Id)).ToList();
    }
}
