using Jifen.Cycle;
using Jifen.Cycle.Records;

namespace Jifen.Store.Reads;

/// <summary>A report that was received, or that a member handed in.</summary>
public sealed record ReportRow
{
    public required EntryId EntryId { get; init; }

    public required PersonId PersonId { get; init; }

    public string? Name { get; init; }

    /// <summary>the day it was handed in: it counts for this day</summary>
    public required DateOnly On { get; init; }

    public required string Title { get; init; }

    public EvidenceId? EvidenceId { get; init; }

    /// <summary>received, waiting or returned</summary>
    public required string State { get; init; }

    public string? StateNote { get; init; }
}

/// <summary>思想汇报 of a branch or of one person.</summary>
public static class ThoughtReportBoard
{
    /// <summary>Received between the days, of these people.</summary>
    public static Task<IReadOnlyList<ReportRow>> ReceivedAsync(
        DataScope scope, IEnumerable<PersonId> people, DateOnly from, DateOnly to, CancellationToken cancel = default) =>
        scope.QueryAsync<ReportRow>(
            """
            select r.entry_id, r.person_id, r.received_on as "on", r.title, r.evidence_id, 'received' as state
            from thought_report r
            where r.person_id = any (@people) and r.received_on between @from and @to and r.ended_at is null
            order by r.received_on, r.entry_id
            """,
            new { people = people.Select(person => person.Value).ToArray(), from, to },
            cancel);

    /// <summary>Handed in and not dealt with yet, the oldest first.</summary>
    public static Task<IReadOnlyList<ReportRow>> WaitingAsync(DataScope scope, OrganizationId branch, CancellationToken cancel = default) =>
        scope.QueryAsync<ReportRow>(
            """
            select h.entry_id, h.person_id, p.name, h.handed_in_on as "on", h.title, h.evidence_id, h.state
            from thought_report_handed_in h left join person p using (person_id)
            where h.organization_id = @branch and h.state = 'waiting'
            order by h.handed_in_on, h.entry_id
            """,
            new { branch },
            cancel);

    /// <summary>What one person handed in or gave on paper, the newest first.</summary>
    public static Task<IReadOnlyList<ReportRow>> OfPersonAsync(DataScope scope, PersonId person, DateOnly from, CancellationToken cancel = default) =>
        scope.QueryAsync<ReportRow>(
            """
            select r.entry_id, r.person_id, r.received_on as "on", r.title, r.evidence_id, 'received' as state, null as state_note
            from thought_report r where r.person_id = @person and r.received_on >= @from and r.ended_at is null
            union all
            select h.entry_id, h.person_id, h.handed_in_on, h.title, h.evidence_id, h.state, h.state_note
            from thought_report_handed_in h where h.person_id = @person and h.handed_in_on >= @from and h.state <> 'received'
            order by "on" desc, entry_id desc
            """,
            new { person, from },
            cancel);

    /// <returns>null when there is no such report in the branch</returns>
    public static async Task<HandedInReport?> HandedInAsync(DataScope scope, OrganizationId branch, EntryId entry, CancellationToken cancel = default)
    {
        var row = await scope.OneAsync<HandedInRow>(
            """
            select h.entry_id, h.person_id, h.title, h.handed_in_on, h.evidence_id, h.state = 'waiting' as is_open
            from thought_report_handed_in h where h.entry_id = @entry and h.organization_id = @branch
            """,
            new { entry, branch },
            cancel);
        return row is null ? null : new HandedInReport(row.EntryId, row.PersonId, row.Title, row.HandedInOn, row.EvidenceId, row.IsOpen);
    }

    public static Task<bool> IsThereAsync(
        DataScope scope, PersonId person, DateOnly on, string title, CancellationToken cancel = default) =>
        scope.OneAsync<bool>(
            """
            select exists (select from thought_report r where r.person_id = @person and r.received_on = @on and r.title = @title and r.ended_at is null)
                or exists (select from thought_report_handed_in h
                    where h.person_id = @person and h.handed_in_on = @on and h.title = @title and h.state = 'waiting')
            """,
            new { person, on, title = title.Trim() },
            cancel);

    private sealed record HandedInRow
    {
        public required EntryId EntryId { get; init; }

        public required PersonId PersonId { get; init; }

        public required string Title { get; init; }

        public required DateOnly HandedInOn { get; init; }

        public required EvidenceId EvidenceId { get; init; }

        public required bool IsOpen { get; init; }
    }
}
