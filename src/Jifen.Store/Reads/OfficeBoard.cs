using Jifen.Cycle;
using Jifen.Cycle.Organizations;

namespace Jifen.Store.Reads;

/// <summary>A term of office with names, as /offices shows it.</summary>
public sealed record OfficeTermRow
{
    public required OfficeTermId OfficeTermId { get; init; }

    public required PersonId PersonId { get; init; }

    /// <summary>null: out of sight</summary>
    public string? PersonName { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required string OrganizationName { get; init; }

    public required string OrganizationKind { get; init; }

    public required string Office { get; init; }

    public required DateOnly FromOn { get; init; }

    /// <summary>last day, included; null: open</summary>
    public DateOnly? ToOn { get; init; }

    public required bool IsActing { get; init; }

    public string? Ground { get; init; }

    public Office OfficeOf => Words.Known<Office>(Office);

    public OrganizationKind KindOf => Words.Known<OrganizationKind>(OrganizationKind);

    public bool Covers(DateOnly day) => FromOn <= day && (ToOn is null || ToOn >= day);
}

/// <summary>Who holds and held which post.</summary>
public static class OfficeBoard
{
    private const string Columns =
        """
        select t.office_term_id, t.person_id, p.name as person_name, t.organization_id, o.name as organization_name, o.kind as organization_kind,
            t.office, t.from_on, t.to_on, t.is_acting, e.ground
        from office_term t
        join organization o using (organization_id)
        left join person p using (person_id)
        left join ledger_entry e on e.entry_id = t.entry_id
        """;

    /// <summary>Of one organization, the latest first.</summary>
    public static Task<IReadOnlyList<OfficeTermRow>> OfAsync(DataScope scope, OrganizationId organization, CancellationToken cancel = default) =>
        scope.QueryAsync<OfficeTermRow>($"{Columns} where t.organization_id = @organization order by t.from_on desc, t.is_acting", new { organization }, cancel);

    /// <summary>Of one person, the latest first.</summary>
    public static Task<IReadOnlyList<OfficeTermRow>> OfPersonAsync(DataScope scope, PersonId person, CancellationToken cancel = default) =>
        scope.QueryAsync<OfficeTermRow>($"{Columns} where t.person_id = @person order by t.from_on desc", new { person }, cancel);

    /// <returns>null when there is none</returns>
    public static Task<OfficeTermRow?> OneAsync(DataScope scope, OfficeTermId term, CancellationToken cancel = default) =>
        scope.OneAsync<OfficeTermRow>($"{Columns} where t.office_term_id = @term", new { term }, cancel);
}
