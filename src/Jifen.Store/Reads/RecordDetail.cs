using Jifen.Cycle;

namespace Jifen.Store.Reads;

/// <summary>An entry of the ledger about a person, with what became of it.</summary>
public sealed record RecordEntry
{
    public required EntryId EntryId { get; init; }

    public required OrganizationId StreamId { get; init; }

    public required string OrganizationName { get; init; }

    public required long Seq { get; init; }

    public required string Kind { get; init; }

    public required PersonId PersonId { get; init; }

    public required string Name { get; init; }

    public required DateOnly HappenedOn { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    public required PersonId RecordedBy { get; init; }

    public string? Recorder { get; init; }

    /// <summary>word of the role in which it was recorded</summary>
    public required string Office { get; init; }

    public required OperationId OperationId { get; init; }

    public string? Ground { get; init; }

    public string? Clause { get; init; }

    /// <summary>fingerprint of the scheme in force when it was recorded</summary>
    public string? Scheme { get; init; }

    public string? SchemeName { get; init; }

    public required string Body { get; init; }

    public required byte[] EntryHash { get; init; }

    /// <summary>the entry this one put right</summary>
    public EntryId? Corrects { get; init; }

    /// <summary>the entry by which it ceased to hold</summary>
    public EntryId? EndedBy { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public string? EndedByName { get; init; }

    public string? EndedOffice { get; init; }

    public string? EndedKind { get; init; }

    public string? EndedBecause { get; init; }

    /// <summary>made in the same step as the reversal: the right one</summary>
    public EntryId? ReplacedBy { get; init; }

    /// <summary>counts, pending or rejected; facts only</summary>
    public string? State { get; init; }

    public string? StateNote { get; init; }

    public DateTimeOffset? StateAt { get; init; }

    public string? StateByName { get; init; }

    /// <summary>how many people were named in the same step for the same fact and still hold</summary>
    public required int Together { get; init; }
}

/// <summary>A file that belongs to an entry.</summary>
public sealed record EvidenceRow
{
    public required EvidenceId EvidenceId { get; init; }

    public required string FileName { get; init; }

    public required long Size { get; init; }

    public required string MediaType { get; init; }

    public required byte[] Sha256 { get; init; }

    public required DateTimeOffset KeptAt { get; init; }

    public string? Keeper { get; init; }
}

/// <summary>One entry with its history and its files.</summary>
public static class RecordDetail
{
    /// <returns>null when there is no such entry about a person in sight</returns>
    public static Task<RecordEntry?> OfAsync(DataScope scope, EntryId entry, CancellationToken cancel = default) =>
        scope.OneAsync<RecordEntry>(
            """
            select e.entry_id, e.stream_id, o.name as organization_name, e.seq, e.kind, e.person_id, coalesce(p.name, '（看不到姓名）') as name, e.happened_on,
                e.recorded_at, e.recorded_by, recorder.name as recorder, e.office, e.operation_id, e.ground, e.clause, e.scheme, v.scheme_name,
                e.body, e.entry_hash, e.corrects, view.ended_by, view.ended_at, ender.name as ended_by_name, ended.office as ended_office,
                ended.kind as ended_kind, ended.body::jsonb ->> 'reason' as ended_because,
                (select n.entry_id from ledger_entry n
                 where n.operation_id = ended.operation_id and n.stream_id = e.stream_id and n.kind = e.kind and n.person_id = e.person_id
                 order by n.seq limit 1) as replaced_by,
                f.state, f.state_note, f.state_at, settler.name as state_by_name,
                (select count(*)::int from ledger_entry n join fact other on other.entry_id = n.entry_id
                 where n.operation_id = e.operation_id and n.stream_id = e.stream_id and other.kind = f.kind and other.ended_at is null
                     and other.state <> 'rejected') as together
            from ledger_entry e
            join organization o on o.organization_id = e.stream_id
            left join person p on p.person_id = e.person_id
            left join person recorder on recorder.person_id = e.recorded_by
            left join scheme_version v on v.fingerprint = e.scheme
            left join fact f on f.entry_id = e.entry_id
            left join person settler on settler.person_id = f.state_by
            left join lateral (
                select d.ended_by, d.ended_at from dues d where d.entry_id = e.entry_id
                union all select r.ended_by, r.ended_at from thought_report r where r.entry_id = e.entry_id
                union all select s.ended_by, s.ended_at from outside_study s where s.entry_id = e.entry_id
                union all select x.ended_by, x.ended_at from fact x where x.entry_id = e.entry_id
            ) as view on true
            left join ledger_entry ended on ended.entry_id = view.ended_by
            left join person ender on ender.person_id = ended.recorded_by
            where e.entry_id = @entry and e.person_id is not null
            """,
            new { entry },
            cancel);

    /// <summary>Files of an entry, in the order in which they came.</summary>
    public static Task<IReadOnlyList<EvidenceRow>> FilesAsync(DataScope scope, EntryId entry, CancellationToken cancel = default) =>
        scope.QueryAsync<EvidenceRow>(
            """
            select v.evidence_id, v.file_name, v.size, v.media_type, v.sha256, v.kept_at, p.name as keeper
            from (
                select unnest(f.evidence) as evidence_id from fact f where f.entry_id = @entry
                union select r.evidence_id from thought_report r where r.entry_id = @entry
                union select h.evidence_id from thought_report_handed_in h where h.entry_id = @entry
                union select s.evidence_id from outside_study s where s.entry_id = @entry
            ) as used
            join evidence v using (evidence_id)
            left join person p on p.person_id = v.kept_by
            order by v.kept_at, v.evidence_id
            """,
            new { entry },
            cancel);
}
