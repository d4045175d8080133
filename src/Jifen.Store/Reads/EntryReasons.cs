using Jifen.Cycle;

namespace Jifen.Store.Reads;

/// <summary>What the ledger says about an entry that points rest on: who wrote it down, when, on what ground, who confirmed it.</summary>
public sealed record EntryReason
{
    public required EntryId EntryId { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>null when the name is out of sight: somebody of a branch before</summary>
    public string? Recorder { get; init; }

    /// <summary>kebab-case word of the role at that time; null where only the record itself is in sight, not its ledger</summary>
    public string? Office { get; init; }

    public string? SecondBy { get; init; }

    public string? Ground { get; init; }

    /// <summary>the body that confirmed a fact, and who entered that</summary>
    public string? ConfirmedBy { get; init; }

    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>the gathering it is about; null for other records</summary>
    public GatheringId? GatheringId { get; init; }

    public string? Note { get; init; }
}

/// <summary>Reasons of entries, for the lines of a sheet.</summary>
public static class EntryReasons
{
    /// <returns>by entry; an entry whose records are out of sight is left out</returns>
    public static async Task<IReadOnlyDictionary<EntryId, EntryReason>> OfAsync(
        DataScope scope, PersonId person, IEnumerable<EntryId> entries, CancellationToken cancel = default)
    {
        var ids = entries.Select(entry => entry.Value).Distinct().ToArray();
        var rows = await scope.QueryAsync<EntryReason>(
            """
            with record as (
                select a.entry_id, a.recorded_at, a.recorded_by, null as ground, null as state_note, null::timestamptz as state_at, null::uuid as state_by,
                    a.gathering_id, a.note
                from attendance a where a.entry_id = any (@ids) and a.person_id = @person
                union all
                select d.entry_id, d.recorded_at, d.recorded_by, null, null, null, null, null, null
                from dues d where d.entry_id = any (@ids)
                union all
                select t.entry_id, t.recorded_at, t.recorded_by, null, null, null, null, null, null
                from thought_report t where t.entry_id = any (@ids)
                union all
                select o.entry_id, o.recorded_at, o.recorded_by, o.ground, null, null, null, null, null
                from outside_study o where o.entry_id = any (@ids)
                union all
                select f.entry_id, f.recorded_at, f.recorded_by, f.ground, f.state_note, f.state_at, f.state_by, null, null
                from fact f where f.entry_id = any (@ids)
            )
            select r.entry_id, r.recorded_at, p.name as recorder, e.office, second.name as second_by, coalesce(e.ground, r.ground) as ground,
                r.state_note || coalesce('，' || confirmer.name || '录入', '') as confirmed_by,
                case when r.state_by is not null then r.state_at end as confirmed_at, r.gathering_id, r.note
            from record r
            left join ledger_entry e using (entry_id)
            left join person p on p.person_id = r.recorded_by
            left join person second on second.person_id = e.second_by
            left join person confirmer on confirmer.person_id = r.state_by
            """,
            new { ids, person },
            cancel);
        return rows.GroupBy(row => row.EntryId).ToDictionary(group => group.Key, group => group.First());
    }
}
