using Jifen.Cycle;

namespace Jifen.Store.Reads;

/// <summary>An adoption: who runs which scheme from which year on.</summary>
public sealed record AdoptionRow
{
    public required OrganizationId OrganizationId { get; init; }

    public required string OrganizationName { get; init; }

    public required int Year { get; init; }

    public required string Fingerprint { get; init; }

    public required string SchemeId { get; init; }

    public required string SchemeName { get; init; }

    public required bool IsRefined { get; init; }
}

/// <summary>Schemes that were kept and adopted. Schemes are public: everybody who signs in sees all of them.</summary>
public static class KeptSchemes
{
    /// <summary>Every adoption, from the top of the tree down, the latest year first.</summary>
    public static Task<IReadOnlyList<AdoptionRow>> AdoptionsAsync(DataScope scope, CancellationToken cancel = default) =>
        scope.QueryAsync<AdoptionRow>(
            """
            select a.organization_id, o.name as organization_name, a.year, a.fingerprint, v.scheme_id, v.scheme_name, v.refinement_text is not null as is_refined
            from scheme_adoption a join organization o using (organization_id) join scheme_version v using (fingerprint)
            order by array_length(o.ancestors, 1), o.name collate "zh-x-icu", a.year desc
            """,
            cancel: cancel);

    /// <summary>The kept version an address means.</summary>
    /// <param name="key">a fingerprint, its first twelve characters or more, or the id of a scheme: then the version adopted last</param>
    /// <returns>its fingerprint; null when none was kept</returns>
    public static Task<string?> FindAsync(DataScope scope, string key, CancellationToken cancel = default) =>
        scope.OneAsync<string>(
            """
            select v.fingerprint
            from scheme_version v
            left join lateral (select max(a.year) as year from scheme_adoption a where a.fingerprint = v.fingerprint) as adopted on true
            where v.fingerprint = @key or (length(@key) >= 12 and starts_with(v.fingerprint, @key)) or v.scheme_id = @key
            order by v.fingerprint = @key desc, adopted.year desc nulls last, v.kept_at desc
            limit 1
            """,
            new { key },
            cancel);
}
