using Jifen.Cycle;
using Jifen.Cycle.Outcomes;

namespace Jifen.Store.Reads;

/// <summary>帮教措施 as it stands.</summary>
public sealed record MeasureRow
{
    public required Guid MeasureId { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required PersonId PersonId { get; init; }

    public required string Kind { get; init; }

    public required DateOnly DueOn { get; init; }

    public required PersonId Responsible { get; init; }

    public int? Year { get; init; }

    public string? Outcome { get; init; }

    public required DateOnly BegunOn { get; init; }

    public required string State { get; init; }

    public string? Result { get; init; }

    public DateOnly? EndedOn { get; init; }

    public required int Records { get; init; }

    public MeasureKind KindOf => Words.Known<MeasureKind>(Kind);

    public MeasureResult? ResultOf => Words.Read<MeasureResult>(Result);

    public bool IsOverdue(DateOnly today) => State == "open" && DueOn < today;
}

/// <summary>A measure that is not done, for a start page.</summary>
public sealed record OpenMeasure
{
    public required Guid MeasureId { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required string OrganizationName { get; init; }

    public required PersonId PersonId { get; init; }

    public string? Name { get; init; }

    public required string Kind { get; init; }

    public required DateOnly DueOn { get; init; }

    public required PersonId Responsible { get; init; }

    public string? ResponsibleName { get; init; }

    public required int Records { get; init; }

    public MeasureKind KindOf => Words.Known<MeasureKind>(Kind);
}

/// <summary>What was done for a measure, with what was said as far as it is still kept.</summary>
public sealed record MeasureRecordRow
{
    public required DateOnly RecordedOn { get; init; }

    public required PersonId RecordedBy { get; init; }

    public string? Text { get; init; }

    public Guid? EvidenceId { get; init; }

    public string? FileName { get; init; }
}

/// <summary>That a case was referred.</summary>
public sealed record ReferralRow
{
    public required PersonId PersonId { get; init; }

    public required string Kind { get; init; }

    public required string ReferredTo { get; init; }

    public required DateOnly ReferredOn { get; init; }

    public ReferralKind KindOf => Words.Known<ReferralKind>(Kind);
}

/// <summary>The separate volume (RS5): measures and referrals.</summary>
public static class Measures
{
    private const string Columns =
        """
        m.measure_id, m.organization_id, m.person_id, m.kind, m.due_on, m.responsible, m.year, m.outcome, m.begun_on, m.state, m.result, m.ended_on,
        (select count(*)::int from measure_record r where r.measure_id = m.measure_id) as records
        """;

    /// <summary>Open ones first, the earlier due first.</summary>
    public static Task<IReadOnlyList<MeasureRow>> OfAsync(DataScope scope, OrganizationId branch, CancellationToken cancel = default) =>
        scope.QueryAsync<MeasureRow>(
            $"select {Columns} from help_measure m where m.organization_id = @branch order by m.state = 'open' desc, m.due_on, m.measure_id", new { branch }, cancel);

    public static Task<MeasureRow?> OneAsync(DataScope scope, Guid measure, CancellationToken cancel = default) =>
        scope.OneAsync<MeasureRow>($"select {Columns} from help_measure m where m.measure_id = @measure", new { measure }, cancel);

    public static Task<IReadOnlyList<MeasureRecordRow>> RecordsAsync(DataScope scope, Guid measure, CancellationToken cancel = default) =>
        scope.QueryAsync<MeasureRecordRow>(
            """
            select r.recorded_on, r.recorded_by, n.text, r.evidence_id, v.file_name
            from measure_record r left join measure_note n using (note_id) left join evidence v on v.evidence_id = r.evidence_id
            where r.measure_id = @measure order by r.recorded_on, r.seq
            """,
            new { measure },
            cancel);

    public static Task<IReadOnlyList<ReferralRow>> ReferralsAsync(DataScope scope, OrganizationId branch, CancellationToken cancel = default) =>
        scope.QueryAsync<ReferralRow>(
            "select person_id, kind, referred_to, referred_on from referral where organization_id = @branch order by referred_on desc, entry_id", new { branch }, cancel);

    /// <summary>How many are past their day, for whoever may see them.</summary>
    public static Task<int> OverdueAsync(DataScope scope, OrganizationId branch, CancellationToken cancel = default) =>
        scope.OneAsync<int>(
            "select count(*)::int from help_measure where organization_id = @branch and state = 'open' and due_on < @Today", new { branch, scope.Today }, cancel);

    /// <summary>In sight, not done, and either due by a day or this person's to see to; the earlier due first.</summary>
    public static Task<IReadOnlyList<OpenMeasure>> OpenAsync(DataScope scope, PersonId responsible, DateOnly until, CancellationToken cancel = default) =>
        scope.QueryAsync<OpenMeasure>(
            """
            select m.measure_id, m.organization_id, coalesce(o.short_name, o.name) as organization_name, m.person_id, p.name, m.kind, m.due_on, m.responsible,
                r.name as responsible_name, (select count(*)::int from measure_record x where x.measure_id = m.measure_id) as records
            from help_measure m
            join organization o using (organization_id)
            left join person p on p.person_id = m.person_id
            left join person r on r.person_id = m.responsible
            where m.state = 'open' and (m.due_on <= @until or m.responsible = @responsible)
            order by m.due_on, m.measure_id
            """,
            new { responsible, until },
            cancel);

    /// <summary>Who may see to a measure: people of the branch, and officers of it and above it.</summary>
    public static Task<IReadOnlyList<PersonId>> ResponsibleAsync(DataScope scope, OrganizationId branch, CancellationToken cancel = default) =>
        scope.QueryAsync<PersonId>(
            """
            select a.person_id from affiliation a where a.organization_id = @branch and a.from_on <= @Today and (a.to_on is null or a.to_on >= @Today)
            union
            select t.person_id from office_term t join organization o on t.organization_id = any (o.ancestors)
            where o.organization_id = @branch and t.from_on <= @Today and (t.to_on is null or t.to_on >= @Today) and t.office <> 'administrator'
            """,
            new { branch, scope.Today },
            cancel);
}
