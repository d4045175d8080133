using Jifen.Cycle;

namespace Jifen.Store.Reads;

/// <summary>A kept file with whom it is about: what decides who may open it.</summary>
public sealed record EvidenceFile
{
    public required EvidenceId EvidenceId { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required PersonId KeptBy { get; init; }

    public required byte[] Sha256 { get; init; }

    public required long Size { get; init; }

    public required string MediaType { get; init; }

    public required string FileName { get; init; }

    /// <summary>whom it is about; empty where it belongs to no person's record</summary>
    public required Guid[] Persons { get; init; }

    /// <summary>it belongs to something that waits to be confirmed or received</summary>
    public required bool IsUnderReview { get; init; }

    /// <summary>the person who asks kept it, under his own name or shielded</summary>
    public required bool IsOwn { get; init; }

    /// <summary>of a report that no fact has come of yet: whom it is about does not open it</summary>
    public required bool IsOfReport { get; init; }

    /// <summary>minutes or papers of a gathering</summary>
    public required bool IsOfGathering { get; init; }

    /// <summary>of a paper of an objection or an appeal that the person who asks may read: the branch it is about</summary>
    public OrganizationId? CaseBranch { get; init; }

    /// <summary>who raised that case</summary>
    public PersonId? CaseRaisedBy { get; init; }
}

/// <summary>Files of evidence.</summary>
public static class EvidenceUses
{
    /// <summary>Files to be listed, in the order in which they were kept; those out of sight are left out.</summary>
    public static Task<IReadOnlyList<EvidenceRow>> RowsAsync(DataScope scope, IReadOnlyList<Guid> files, CancellationToken cancel = default) =>
        scope.QueryAsync<EvidenceRow>(
            """
            select v.evidence_id, v.file_name, v.size, v.media_type, v.sha256, v.kept_at, p.name as keeper
            from evidence v left join person p on p.person_id = v.kept_by where v.evidence_id = any (@ids) order by v.kept_at, v.evidence_id
            """,
            new { ids = files.ToArray() },
            cancel);

    /// <returns>null when there is no such file in sight</returns>
    public static Task<EvidenceFile?> OfAsync(DataScope scope, EvidenceId evidence, CancellationToken cancel = default) =>
        scope.OneAsync<EvidenceFile>(
            """
            with used as (
                select f.person_id, f.state = 'pending' and f.ended_at is null as is_open from fact f where f.evidence @> array[@evidence]
                union all select r.person_id, false from thought_report r where r.evidence_id = @evidence
                union all select h.person_id, h.state = 'waiting' from thought_report_handed_in h where h.evidence_id = @evidence
                union all select x.person_id, true from exemption_reason x where x.evidence @> array[@evidence]
                union all select s.person_id, false from outside_study s where s.evidence_id = @evidence
                union all select d.person_id, coalesce(d.is_open, false) from declarations_with(@evidence) d
                union all select m.person_id, false from measure_record m where m.evidence_id = @evidence
            )
            select v.evidence_id, v.organization_id, v.kept_by, v.sha256, v.size, v.media_type, v.file_name,
                coalesce((select array_agg(distinct u.person_id) from used u), '{}') as persons,
                exists (select from used u where u.is_open) as is_under_review,
                v.kept_by = @person or exists (select from declarations_with(@evidence) d where d.is_mine) as is_own,
                exists (select from declarations_with(@evidence) d where d.is_report and not d.is_fact) as is_of_report,
                exists (select from ledger_entry e
                    where e.stream_id = v.organization_id and e.kind = 'minutes-filed' and e.body::jsonb ->> 'evidence' = v.evidence_id::text) as is_of_gathering,
                c.organization_id as case_branch, c.raised_by as case_raised_by
            from evidence v
            left join case_paper p on p.evidence @> array[v.evidence_id]
            left join objection_case c using (case_id)
            where v.evidence_id = @evidence
            """,
            new { evidence, person = scope.Person },
            cancel);
}
