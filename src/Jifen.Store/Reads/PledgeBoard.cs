using Jifen.Cycle;

namespace Jifen.Store.Reads;

/// <summary>A pledge, as the person who asks may read it.</summary>
public sealed record PledgeRow
{
    public required PersonId PersonId { get; init; }

    public required string Name { get; init; }

    /// <summary>null where it is not published and not one's own, or was erased</summary>
    public string? Text { get; init; }

    public required DateTimeOffset GivenAt { get; init; }

    public DateOnly? PublishedOn { get; init; }
}

/// <summary>承诺 of a year.</summary>
public static class PledgeBoard
{
    public static Task<IReadOnlyList<PledgeRow>> OfAsync(DataScope scope, OrganizationId branch, string round, CancellationToken cancel = default) =>
        scope.QueryAsync<PledgeRow>(
            """
            select g.person_id, coalesce(p.name, '') as name, w.body as text, g.given_at, g.published_on
            from pledge g left join person p using (person_id)
            left join written_text w on w.organization_id = g.organization_id and w.digest = g.digest
            where g.organization_id = @branch and g.round = @round
            order by p.name collate "zh-x-icu", g.person_id
            """,
            new { branch, round },
            cancel);
}
