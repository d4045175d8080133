using Jifen.Cycle;
using Jifen.Cycle.Organizations;
using Jifen.Cycle.Permissions;

namespace Jifen.Store.Reads;

/// <summary>What rights in an organization depend on: what is above it, who its secretary and recorders are today.</summary>
public static class Scopes
{
    /// <exception cref="InvalidOperationException">there is no such organization</exception>
    public static async Task<Scope> OfAsync(DataScope scope, OrganizationId organization, CancellationToken cancel = default)
    {
        var row = await scope.OneAsync<ScopeRow>(
            """
            select o.kind, o.ancestors,
                (select array_agg(t.person_id order by t.from_on) from office_term t
                 where t.organization_id = h.home and t.office = 'secretary'
                     and t.from_on <= @Today and (t.to_on is null or t.to_on >= @Today)) as secretaries,
                (select array_agg(t.person_id) from office_term t
                 where t.organization_id = h.home and t.office = 'recorder'
                     and t.from_on <= @Today and (t.to_on is null or t.to_on >= @Today)) as recorders
            from organization o,
                lateral (select case when o.kind = 'party-group' then coalesce(o.superior_id, o.organization_id) else o.organization_id end as home) h
            where o.organization_id = @organization
            """,
            new { organization, scope.Today },
            cancel) ?? throw new InvalidOperationException($"there is no organization {organization}");
        return new Scope(
            organization,
            Words.Known<OrganizationKind>(row.Kind),
            row.Ancestors.Reverse().Skip(1).Select(id => new OrganizationId(id)).ToList(),
            row.Secretaries is [var first, ..] ? new PersonId(first) : null,
            (row.Recorders ?? []).Select(id => new PersonId(id)).ToList());
    }

    /// <summary>
    /// Fingerprint of the scheme an organization runs in a year, its own or the nearest above; null when none is adopted. A scheme stays in
    /// force until the organization adopts another.
    /// </summary>
    public static Task<string?> SchemeOfAsync(DataScope scope, OrganizationId organization, int year, CancellationToken cancel = default) =>
        scope.OneAsync<string>(
            """
            select s.fingerprint
            from organization o join scheme_adoption s on s.organization_id = any (o.ancestors)
            where o.organization_id = @organization and s.year <= @year
            order by array_position(o.ancestors, s.organization_id) desc, s.year desc
            limit 1
            """,
            new { organization, year },
            cancel);

    private sealed record ScopeRow
    {
        public required string Kind { get; init; }

        public required Guid[] Ancestors { get; init; }

        public Guid[]? Secretaries { get; init; }

        public Guid[]? Recorders { get; init; }
    }
}
