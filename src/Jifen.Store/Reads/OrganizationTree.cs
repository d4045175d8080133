using Jifen.Cycle;
using Jifen.Cycle.Organizations;

namespace Jifen.Store.Reads;

/// <summary>A node of the tree with what is counted of it.</summary>
public sealed record TreeRow
{
    public required OrganizationId OrganizationId { get; init; }

    public OrganizationId? SuperiorId { get; init; }

    public required string Kind { get; init; }

    public required string Name { get; init; }

    public required string ShortName { get; init; }

    public required bool IsDirect { get; init; }

    /// <summary>1 for the top</summary>
    public required int Depth { get; init; }

    /// <summary>on the roll today, here and below, without activists; what this person may not see is not counted</summary>
    public required long Members { get; init; }

    public required long Activists { get; init; }

    /// <summary>branches at or below it</summary>
    public required long Branches { get; init; }

    /// <summary>this person may see who is on its roll</summary>
    public required bool IsInSight { get; init; }

    /// <summary>书记 now, by name; null: vacant, or out of sight</summary>
    public string? Secretary { get; init; }

    public required bool HasSecretary { get; init; }

    public OrganizationKind KindOf => Words.Known<OrganizationKind>(Kind);
}

/// <summary>The tree of /organizations.</summary>
public static class OrganizationTree
{
    /// <summary>Every organization with counts, each below its superior, siblings by name.</summary>
    public static Task<IReadOnlyList<TreeRow>> AllAsync(DataScope scope, CancellationToken cancel = default) => scope.QueryAsync<TreeRow>(
        """
        with recursive
        on_roll as (
            select a.organization_id, m.value as standing
            from affiliation a
            left join member_period m on m.person_id = a.person_id and m.aspect = 'standing' and m.from_on <= @Today and (m.to_on is null or m.to_on >= @Today)
            where a.from_on <= @Today and (a.to_on is null or a.to_on >= @Today)),
        own as (
            select organization_id, count(*) filter (where standing is distinct from 'activist') as members, count(*) filter (where standing = 'activist') as activists
            from on_roll group by organization_id),
        counted as (
            select up.id as organization_id, sum(coalesce(own.members, 0)) as members, sum(coalesce(own.activists, 0)) as activists,
                count(*) filter (where o.kind = 'branch') as branches
            from organization o left join own using (organization_id), unnest(o.ancestors) as up (id)
            where o.dissolved_on is null
            group by up.id),
        ordered as (
            select o.organization_id, o.superior_id, array[row_number() over (order by o.name collate "zh-x-icu")] as place
            from organization o
            where o.dissolved_on is null and (o.superior_id is null or not exists (select from organization s where s.organization_id = o.superior_id))
            union all
            select o.organization_id, o.superior_id, up.place || row_number() over (partition by o.superior_id order by o.name collate "zh-x-icu")
            from ordered up join organization o on o.superior_id = up.organization_id
            where o.dissolved_on is null)
        select o.organization_id, o.superior_id, o.kind, o.name, o.short_name, o.is_direct, array_length(ordered.place, 1) as depth,
            coalesce(c.members, 0)::bigint as members, coalesce(c.activists, 0)::bigint as activists, coalesce(c.branches, 0)::bigint as branches,
            o.organization_id = any (visible_organizations()) as is_in_sight,
            s.name as secretary, s.person_id is not null as has_secretary
        from ordered join organization o using (organization_id)
        left join counted c using (organization_id)
        left join lateral (
            select t.person_id, p.name from office_term t left join person p using (person_id)
            where t.organization_id = o.organization_id and t.office = case o.kind when 'party-group' then 'group-leader' else 'secretary' end
                and t.from_on <= @Today and (t.to_on is null or t.to_on >= @Today)
            order by t.is_acting, t.from_on limit 1) s on true
        order by ordered.place
        """,
        new { scope.Today },
        cancel);

    /// <summary>An organization as steps about the tree decide on it.</summary>
    /// <returns>null when there is none</returns>
    public static async Task<TreeNode?> NodeAsync(DataScope scope, OrganizationId organization, CancellationToken cancel = default)
    {
        if (await Organizations.OneAsync(scope, organization, cancel) is not { } row)
        {
            return null;
        }

        return new TreeNode(
            row.OrganizationId, row.SuperiorId, row.KindOf, row.Name, row.ShortName, row.FoundedOn, row.DissolvedOn, await NamesBelowAsync(scope, organization, null, cancel));
    }

    /// <summary>Full and short names of what stands directly below.</summary>
    /// <param name="but">left out: the one that is being renamed</param>
    internal static async Task<IReadOnlyCollection<string>> NamesBelowAsync(
        DataScope scope, OrganizationId superior, OrganizationId? but, CancellationToken cancel) => (await scope.QueryAsync<string>(
        """
        select unnest(array[name, short_name]) from organization
        where superior_id = @superior and dissolved_on is null and organization_id is distinct from @but::uuid
        """,
        new { superior, but = but?.Value },
        cancel)).ToHashSet(StringComparer.Ordinal);
}
