using Jifen.Cycle;

namespace Jifen.Store.Reads;

/// <summary>Hours studied elsewhere.</summary>
public sealed record OutsideStudyRow
{
    public required EntryId EntryId { get; init; }

    public required PersonId PersonId { get; init; }

    public string? Name { get; init; }

    public required DateOnly StudiedOn { get; init; }

    public required string Title { get; init; }

    public required decimal Hours { get; init; }

    public required string Ground { get; init; }

    public EvidenceId? EvidenceId { get; init; }
}

/// <summary>在外学习 of a branch in a cycle, the newest first.</summary>
public static class OutsideStudies
{
    public static Task<IReadOnlyList<OutsideStudyRow>> OfAsync(
        DataScope scope, OrganizationId branch, DateOnly from, DateOnly to, CancellationToken cancel = default) =>
        scope.QueryAsync<OutsideStudyRow>(
            """
            select s.entry_id, s.person_id, p.name, s.studied_on, s.title, s.hours, s.ground, s.evidence_id
            from outside_study s left join person p using (person_id)
            where s.organization_id = @branch and s.studied_on between @from and @to and s.ended_at is null
            order by s.studied_on desc, s.entry_id desc
            """,
            new { branch, from, to },
            cancel);
}
