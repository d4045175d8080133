using Jifen.Cycle;
using Jifen.Cycle.Organizations;

namespace Jifen.Store.Reads;

/// <summary>One node of the tree.</summary>
public sealed record OrganizationRow
{
    public required OrganizationId OrganizationId { get; init; }

    public OrganizationId? SuperiorId { get; init; }

    /// <summary>kebab-case word of <see cref="OrganizationKind"/></summary>
    public required string Kind { get; init; }

    public required string Name { get; init; }

    public required string ShortName { get; init; }

    public required bool IsDirect { get; init; }

    public required DateOnly FoundedOn { get; init; }

    public DateOnly? DissolvedOn { get; init; }

    /// <summary>from the top down, itself last</summary>
    public required Guid[] Ancestors { get; init; }

    public OrganizationKind KindOf => Words.Known<OrganizationKind>(Kind);
}

/// <summary>The tree of Party organizations.</summary>
public static class Organizations
{
    private const string Columns =
        "o.organization_id, o.superior_id, o.kind, o.name, o.short_name, o.is_direct, o.founded_on, o.dissolved_on, o.ancestors";

    public static Task<OrganizationRow?> OneAsync(DataScope scope, OrganizationId organization, CancellationToken cancel = default) =>
        scope.OneAsync<OrganizationRow>($"select {Columns} from organization o where o.organization_id = @organization", new { organization }, cancel);

    /// <summary>An organization and everything below it, parents before children, by name.</summary>
    public static Task<IReadOnlyList<OrganizationRow>> BelowAsync(DataScope scope, OrganizationId top, CancellationToken cancel = default) =>
        scope.QueryAsync<OrganizationRow>(
            $"""
            select {Columns} from organization o
            where @top = any (o.ancestors) and o.dissolved_on is null
            order by array_length(o.ancestors, 1), o.name collate "zh-x-icu"
            """,
            new { top },
            cancel);

    /// <summary>The whole tree, parents before children, by name.</summary>
    public static Task<IReadOnlyList<OrganizationRow>> AllAsync(DataScope scope, CancellationToken cancel = default) =>
        scope.QueryAsync<OrganizationRow>(
            $"""
            select {Columns} from organization o where o.dissolved_on is null
            order by array_length(o.ancestors, 1), o.name collate "zh-x-icu"
            """,
            cancel: cancel);
}
