using Jifen.Cycle;

namespace Jifen.Store.Reads;

/// <summary>What the list of daily records is narrowed to; null: everything.</summary>
/// <param name="Kind">attendance, dues, report, study, fact, or the id of one fact</param>
/// <param name="State">holds, pending, rejected, corrected</param>
public sealed record RecordFilter(PersonId? Person, string? Kind, DateOnly? Month, string? State)
{
    public static readonly RecordFilter Everything = new(null, null, null, null);
}

/// <summary>One line of the list of daily records.</summary>
public sealed record RecordLine
{
    public required EntryId EntryId { get; init; }

    public required PersonId PersonId { get; init; }

    public required string Name { get; init; }

    /// <summary>attendance, dues, report, study or fact</summary>
    public required string Sort { get; init; }

    /// <summary>attendance: word of the attendance; fact: id in the scheme</summary>
    public string? Kind { get; init; }

    public required DateOnly HappenedOn { get; init; }

    /// <summary>title of gathering, report or study; content of a fact</summary>
    public string? Title { get; init; }

    public decimal? Quantity { get; init; }

    public string? Level { get; init; }

    public decimal? Points { get; init; }

    /// <summary>dues: due and paid, yuan</summary>
    public decimal? Due { get; init; }

    public decimal? Paid { get; init; }

    public DateOnly? PaidOn { get; init; }

    public DateOnly? Month { get; init; }

    public Guid? GatheringId { get; init; }

    public string? GatheringKind { get; init; }

    /// <summary>counts, pending or rejected; facts only</summary>
    public string? State { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    public string? Recorder { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public string? EndedByName { get; init; }

    /// <summary>why, where it was reversed; null where a later entry took its place</summary>
    public string? EndedBecause { get; init; }

    public required int Files { get; init; }
}

/// <summary>日常记录 of a branch, newest first.</summary>
public static class BranchRecords
{
    public const int PageSize = 50;

    private const string Sorts =
        """
        select a.entry_id, a.person_id, 'attendance' as sort, a.attendance as kind, (g.starts_at at time zone 'Asia/Shanghai')::date as happened_on,
            g.title, null::numeric as quantity, null::text as level, null::numeric as points, null::numeric as due, null::numeric as paid,
            null::date as paid_on, null::date as month, a.gathering_id, g.kind as gathering_kind, null::text as state, a.recorded_at, a.recorded_by,
            a.ended_at, a.ended_by, 0 as files, a.organization_id
        from attendance a join gathering g using (gathering_id)
        where a.attendance <> 'present'
        union all
        select d.entry_id, d.person_id, 'dues', null, coalesce(d.paid_on, (d.month + interval '1 month - 1 day')::date), null, null, null, null,
            d.due, d.paid, d.paid_on, d.month, null, null, null, d.recorded_at, d.recorded_by, d.ended_at, d.ended_by, 0, d.organization_id
        from dues d
        union all
        select r.entry_id, r.person_id, 'report', null, r.received_on, r.title, null, null, null, null, null, null, null, null, null, null,
            r.recorded_at, r.recorded_by, r.ended_at, r.ended_by, num_nonnulls(r.evidence_id), r.organization_id
        from thought_report r
        union all
        select s.entry_id, s.person_id, 'study', null, s.studied_on, s.title, s.hours, null, null, null, null, null, null, null, null, null,
            s.recorded_at, s.recorded_by, s.ended_at, s.ended_by, num_nonnulls(s.evidence_id), s.organization_id
        from outside_study s
        union all
        select f.entry_id, f.person_id, 'fact', f.kind, f.happened_on, f.content, f.quantity, f.level, f.points, null, null, null, null, null, null,
            f.state, f.recorded_at, f.recorded_by, f.ended_at, f.ended_by, cardinality(f.evidence), f.organization_id
        from fact f
        """;

    /// <param name="page">from 1</param>
    /// <returns>one line more than a page where there is another page</returns>
    public static Task<IReadOnlyList<RecordLine>> OfAsync(
        DataScope scope, OrganizationId branch, RecordFilter filter, int page, CancellationToken cancel = default)
    {
        string? sort = filter.Kind is "attendance" or "dues" or "report" or "study" or "fact" ? filter.Kind : null;
        return scope.QueryAsync<RecordLine>(
            $"""
            select r.entry_id, r.person_id, coalesce(p.name, '（看不到姓名）') as name, r.sort, r.kind, r.happened_on, r.title, r.quantity, r.level, r.points,
                r.due, r.paid, r.paid_on, r.month, r.gathering_id, r.gathering_kind, r.state, r.recorded_at, recorder.name as recorder, r.ended_at,
                ender.name as ended_by_name, case when ended.kind = 'entry-reversed' then ended.body::jsonb ->> 'reason' end as ended_because, r.files
            from ({Sorts}) as r
            left join person p on p.person_id = r.person_id
            left join person recorder on recorder.person_id = r.recorded_by
            left join ledger_entry ended on ended.entry_id = r.ended_by
            left join person ender on ender.person_id = ended.recorded_by
            where r.organization_id = @branch
                and (@person::uuid is null or r.person_id = @person)
                and (@sort::text is null or r.sort = @sort)
                and (@fact::text is null or (r.sort = 'fact' and r.kind = @fact))
                and (@from::date is null or r.happened_on between @from and @to)
                and (@state::text is null
                    or (@state = 'holds' and r.ended_at is null and coalesce(r.state, 'counts') = 'counts')
                    or (@state = 'corrected' and r.ended_at is not null)
                    or (r.state = @state and r.ended_at is null))
            order by r.recorded_at desc, r.entry_id desc, r.person_id
            limit {PageSize + 1} offset @skip
            """,
            new
            {
                branch,
                person = filter.Person?.Value,
                sort,
                fact = sort is null ? filter.Kind : null,
                from = filter.Month,
                to = filter.Month?.AddMonths(1).AddDays(-1),
                state = filter.State,
                skip = (page - 1) * PageSize,
            },
            cancel);
    }
}
