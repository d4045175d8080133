using Jifen.Cycle;

namespace Jifen.Store.Reads;

/// <summary>One thing that was ever recorded about somebody, as it holds or as it was before it was corrected.</summary>
public sealed record HistoryRow
{
    public required EntryId EntryId { get; init; }

    /// <summary>attendance, dues, thought-report, outside-study, fact</summary>
    public required string Source { get; init; }

    public required DateOnly HappenedOn { get; init; }

    /// <summary>the gathering, the month, the report; for a fact its id in the scheme</summary>
    public required string What { get; init; }

    /// <summary>attendance word, amounts, hours, level and content; null for none</summary>
    public string? Detail { get; init; }

    /// <summary>counts, pending or rejected; of facts only</summary>
    public string? State { get; init; }

    public required string OrganizationName { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    public string? Recorder { get; init; }

    /// <summary>when it ceased to hold; null: it holds</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>who corrected it, and the reason given; null where the correcting entry is out of sight</summary>
    public string? EndedByName { get; init; }

    public string? EndedReason { get; init; }

    public GatheringId? GatheringId { get; init; }
}

/// <summary>Everything recorded about one person, corrections included.</summary>
public static class PersonHistory
{
    /// <param name="from">first day on which it happened</param>
    /// <param name="to">last day, included</param>
    public static Task<IReadOnlyList<HistoryRow>> OfAsync(
        DataScope scope, PersonId person, DateOnly from, DateOnly to, CancellationToken cancel = default) =>
        scope.QueryAsync<HistoryRow>(
            """
            with record as (
                select a.entry_id, 'attendance' as source, (g.starts_at at time zone 'Asia/Shanghai')::date as happened_on, g.title as what,
                    a.attendance as detail, null as state, a.organization_id, a.recorded_at, a.recorded_by, a.ended_at, a.ended_by, a.gathering_id
                from attendance a join gathering g using (gathering_id) where a.person_id = @person
                union all
                select d.entry_id, 'dues', d.month, to_char(d.month, 'YYYY-MM'),
                    '应交' || trim_scale(d.due) || '元，已交' || trim_scale(d.paid) || '元' || coalesce('，' || d.paid_on, ''), null,
                    d.organization_id, d.recorded_at, d.recorded_by, d.ended_at, d.ended_by, null
                from dues d where d.person_id = @person
                union all
                select t.entry_id, 'thought-report', t.received_on, t.title, null, null, t.organization_id, t.recorded_at, t.recorded_by, t.ended_at, t.ended_by, null
                from thought_report t where t.person_id = @person
                union all
                select o.entry_id, 'outside-study', o.studied_on, o.title, trim_scale(o.hours) || '学时，' || o.ground, null, o.organization_id, o.recorded_at,
                    o.recorded_by, o.ended_at, o.ended_by, null
                from outside_study o where o.person_id = @person
                union all
                select f.entry_id, 'fact', f.happened_on, f.kind,
                    concat_ws('，', f.level, f.content, case when f.quantity <> 1 then '数量' || trim_scale(f.quantity) end,
                        case when f.points is not null then trim_scale(f.points) || '分' end, f.ground),
                    f.state, f.organization_id, f.recorded_at, f.recorded_by, f.ended_at, f.ended_by, null
                from fact f where f.person_id = @person
            )
            select r.entry_id, r.source, r.happened_on, r.what, r.detail, r.state, o.name as organization_name, r.recorded_at, p.name as recorder,
                r.ended_at, who.name as ended_by_name, e.body::jsonb ->> 'reason' as ended_reason, r.gathering_id
            from record r
            join organization o using (organization_id)
            left join person p on p.person_id = r.recorded_by
            left join ledger_entry e on e.entry_id = r.ended_by
            left join person who on who.person_id = e.recorded_by
            where r.happened_on between @from and @to
            order by r.happened_on desc, r.recorded_at desc
            """,
            new { person, from, to },
            cancel);
}
