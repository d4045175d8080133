using Jifen.Cycle;

namespace Jifen.Store.Reads;

/// <summary>A fact that waits for the body the scheme names.</summary>
public sealed record PendingFactRow
{
    public required EntryId EntryId { get; init; }

    public required PersonId PersonId { get; init; }

    public required string Name { get; init; }

    public required string Kind { get; init; }

    public required DateOnly HappenedOn { get; init; }

    public required decimal Quantity { get; init; }

    public string? Level { get; init; }

    public string? Content { get; init; }

    public decimal? Points { get; init; }

    public required string Ground { get; init; }

    public string? Clause { get; init; }

    public required int Files { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    public string? Recorder { get; init; }
}

/// <summary>待认定: the oldest first.</summary>
public static class PendingFacts
{
    public static Task<IReadOnlyList<PendingFactRow>> OfAsync(DataScope scope, OrganizationId branch, CancellationToken cancel = default) =>
        scope.QueryAsync<PendingFactRow>(
            """
            select f.entry_id, f.person_id, coalesce(p.name, '（看不到姓名）') as name, f.kind, f.happened_on, f.quantity, f.level, f.content, f.points, f.ground,
                f.clause, cardinality(f.evidence) as files, f.recorded_at, r.name as recorder
            from fact f
            left join person p using (person_id)
            left join person r on r.person_id = f.recorded_by
            where f.organization_id = @branch and f.state = 'pending' and f.ended_at is null
            order by f.recorded_at, f.entry_id
            """,
            new { branch },
            cancel);

    public static Task<int> CountAsync(DataScope scope, OrganizationId branch, CancellationToken cancel = default) =>
        scope.OneAsync<int>(
            "select count(*)::int from fact where organization_id = @branch and state = 'pending' and ended_at is null", new { branch }, cancel);
}
