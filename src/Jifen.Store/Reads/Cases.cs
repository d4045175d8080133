using Jifen.Cycle;
using Jifen.Cycle.Declarations;
using Jifen.Cycle.Objections;
using Jifen.Scoring.Schemes;

namespace Jifen.Store.Reads;

/// <summary>An objection or appeal with the names and days its pages show.</summary>
public sealed record CaseRow
{
    public required CaseId CaseId { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required string OrganizationName { get; init; }

    public required OrganizationId HandledBy { get; init; }

    public required string Number { get; init; }

    public required bool IsAppeal { get; init; }

    public CaseId? Objection { get; init; }

    public required string About { get; init; }

    public PersonId? PersonId { get; init; }

    public string? PersonName { get; init; }

    public NoticeId? NoticeId { get; init; }

    public string? Round { get; init; }

    public required Guid[] Entries { get; init; }

    public required PersonId RaisedBy { get; init; }

    public string? RaiserName { get; init; }

    public required DateOnly RaisedOn { get; init; }

    public required DateOnly AnswerBy { get; init; }

    public required bool NeedsReport { get; init; }

    public PersonId? InvestigatedBy { get; init; }

    public string? InvestigatorName { get; init; }

    public DateOnly? InvestigatedOn { get; init; }

    public DateOnly? AnsweredOn { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    public string? AnswererName { get; init; }

    public string? SecondName { get; init; }

    public bool? Upheld { get; init; }

    public OperationId? AnswerOperation { get; init; }

    public DateOnly? ReportedOn { get; init; }

    /// <summary>the appeal against it</summary>
    public CaseId? AppealedBy { get; init; }

    public Case ToCase() => new(
        CaseId, Number, IsAppeal, OrganizationId, Objection, Words.Known<CaseSubject>(About), PersonId, RaisedBy, RaisedOn, NoticeId, Round,
        [.. Entries.Select(entry => new EntryId(entry))], AnswerBy, NeedsReport, InvestigatedBy, AnsweredOn, Upheld, ReportedOn)
    {
        AnsweredAt = AnsweredAt,
    };
}

/// <summary>What somebody wrote in a case.</summary>
public sealed record CasePaper
{
    public required string Kind { get; init; }

    public required string Text { get; init; }

    /// <summary>files that came with it</summary>
    public required Guid[] Evidence { get; init; }

    /// <summary>totals before the answer, JSON</summary>
    public string? Points { get; init; }

    public required OperationId OperationId { get; init; }

    public required DateTimeOffset WrittenAt { get; init; }
}

/// <summary>An entry somebody objects to: one person's, whatever recorded it; of a declaration that was not accepted the one by which it was submitted.</summary>
public sealed record CaseEntry
{
    public required EntryId EntryId { get; init; }

    /// <summary>fact, dues, thought-report, outside-study, attendance, declaration</summary>
    public required string Type { get; init; }

    public required DateOnly On { get; init; }

    /// <summary>id of the fact in the scheme, title, kind of attendance</summary>
    public required string What { get; init; }

    public string? Detail { get; init; }

    public GatheringId? GatheringId { get; init; }

    public DeclarationId? DeclarationId { get; init; }

    public required PersonId RecordedBy { get; init; }

    public string? Recorder { get; init; }

    /// <summary>the second person of the entry</summary>
    public PersonId? SecondBy { get; init; }

    /// <summary>confirmed it, or did not accept it</summary>
    public PersonId? SignedBy { get; init; }

    public string? Signer { get; init; }

    /// <summary>does not hold any more</summary>
    public required bool HasEnded { get; init; }
}

/// <summary>A letter that came by the web.</summary>
public sealed record LetterRow
{
    public required Guid LetterId { get; init; }

    public required string Receipt { get; init; }

    public required string Text { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }
}

/// <summary>Objections and appeals, as far as the person who asks may see them.</summary>
public static class Cases
{
    private const string Select =
        """
        select c.case_id, c.organization_id, o.name as organization_name, c.handled_by, c.number, c.is_appeal, c.objection, c.about, c.person_id,
            p.name as person_name, c.notice_id, c.round, c.entries, c.raised_by, r.name as raiser_name, c.raised_on, c.answer_by, c.needs_report, c.investigated_by,
            i.name as investigator_name, c.investigated_on, c.answered_on, c.answered_at, a.name as answerer_name, s.name as second_name, c.upheld, c.answer_operation, c.reported_on,
            (select x.case_id from objection_case x where x.objection = c.case_id) as appealed_by
        from objection_case c
        join organization o on o.organization_id = c.organization_id
        left join person p on p.person_id = c.person_id
        left join person r on r.person_id = c.raised_by
        left join person i on i.person_id = c.investigated_by
        left join person a on a.person_id = c.answered_by
        left join person s on s.person_id = c.second_by
        """;

    public static Task<CaseRow?> OneAsync(DataScope scope, CaseId id, CancellationToken cancel = default) =>
        scope.OneAsync<CaseRow>($"{Select} where c.case_id = @id", new { id }, cancel);

    /// <summary>Everything in sight: the open first, those whose day comes soonest before the others.</summary>
    public static Task<IReadOnlyList<CaseRow>> InSightAsync(DataScope scope, CancellationToken cancel = default) =>
        scope.QueryAsync<CaseRow>(
            $"{Select} order by c.answered_on is not null, c.reported_on is not null or not c.needs_report, c.answer_by, c.number limit 200", cancel: cancel);

    public static Task<IReadOnlyList<CasePaper>> PapersAsync(DataScope scope, CaseId id, CancellationToken cancel = default) =>
        scope.QueryAsync<CasePaper>(
            "select kind, text, evidence, points, operation_id, written_at from case_paper where case_id = @id order by written_at, paper_id", new { id }, cancel);

    public static Task<IReadOnlyList<LetterRow>> LettersAsync(DataScope scope, OrganizationId branch, CancellationToken cancel = default) =>
        scope.QueryAsync<LetterRow>(
            "select letter_id, receipt, text, received_at from notice_letter where organization_id = @branch order by received_at desc limit 50", new { branch }, cancel);

    /// <summary>Entries of one person, as they stand; those that are not his, or not there, are left out.</summary>
    public static Task<IReadOnlyList<CaseEntry>> EntriesAsync(DataScope scope, PersonId person, IReadOnlyList<EntryId> entries, CancellationToken cancel = default) =>
        scope.QueryAsync<CaseEntry>(
            """
            select used.*, e.recorded_by, r.name as recorder, e.second_by, g.name as signer
            from (
                select f.entry_id, 'fact' as type, f.happened_on as "on", f.kind as what, concat_ws('，', f.level, f.content) as detail, null::uuid as gathering_id,
                    null::uuid as declaration_id, f.state_by as signed_by, f.ended_at is not null as has_ended
                from fact f where f.person_id = @person and f.entry_id = any (@ids)
                union all
                select d.entry_id, 'dues', d.month, '党费', null, null, null, null, d.ended_at is not null from dues d where d.person_id = @person and d.entry_id = any (@ids)
                union all
                select t.entry_id, 'thought-report', t.received_on, '思想汇报', t.title, null, null, null, t.ended_at is not null
                from thought_report t where t.person_id = @person and t.entry_id = any (@ids)
                union all
                select s.entry_id, 'outside-study', s.studied_on, '在外学习', s.title, null, null, null, s.ended_at is not null
                from outside_study s where s.person_id = @person and s.entry_id = any (@ids)
                union all
                select a.entry_id, 'attendance', (g.starts_at at time zone 'Asia/Shanghai')::date, a.attendance, g.title, a.gathering_id, null, null, a.ended_at is not null
                from attendance a join gathering g using (gathering_id) where a.person_id = @person and a.entry_id = any (@ids)
                union all
                -- One's own: what others reported says who reported it.
                select s.entry_id, 'declaration', d.happened_on, d.kind, concat_ws('，', d.level, d.content), null, d.declaration_id, s.state_by,
                    exists (select from fact f where f.declaration_id = d.declaration_id)
                from declaration d join declaration_state s using (declaration_id)
                where d.person_id = @person and d.author_id = @person and s.state = 'rejected' and s.entry_id = any (@ids)
            ) as used
            join ledger_entry e using (entry_id)
            left join person r on r.person_id = e.recorded_by
            left join person g on g.person_id = used.signed_by
            order by used."on"
            """,
            new { person, ids = entries.Select(entry => entry.Value).ToArray() },
            cancel);

    /// <summary>Members' meetings of the branch that took place, the latest first: gatherings that were called over, and meetings that were closed.</summary>
    public static async Task<IReadOnlyList<(HeldMeeting Meeting, string Title)>> MeetingsAsync(DataScope scope, OrganizationId branch, CancellationToken cancel = default) =>
        [.. (await scope.QueryAsync<MeetingRow>(
            """
            select m.id, m.held_on, m.began_at, m.title, m.is_held
            from (
                select g.gathering_id as id, (g.starts_at at time zone 'Asia/Shanghai')::date as held_on, g.starts_at as began_at, g.title, g.state = 'held' as is_held
                from gathering g where g.organization_id = @branch and g.kind = @kind and g.state <> 'cancelled'
                union all
                select d.meeting_id, d.held_on, d.opened_at, '党员大会', d.closed_at is not null from meeting d where d.organization_id = @branch and d.body = 'members' and d.gathering_id is null
            ) as m
            order by m.held_on desc limit 30
            """,
            new { branch, kind = GatheringKind.MembersMeeting.Id() },
            cancel)).Select(row => (new HeldMeeting(row.Id, row.HeldOn, row.IsHeld, row.BeganAt), row.Title))];

    /// <summary>One of <see cref="MeetingsAsync"/>; null: no such meeting of the branch.</summary>
    public static async Task<HeldMeeting?> MeetingAsync(DataScope scope, OrganizationId branch, GatheringId meeting, CancellationToken cancel = default) =>
        (await MeetingsAsync(scope, branch, cancel)).Select(one => one.Meeting).FirstOrDefault(one => one.Gathering == meeting);

    private sealed record MeetingRow
    {
        public required GatheringId Id { get; init; }

        public required DateOnly HeldOn { get; init; }

        public required DateTimeOffset BeganAt { get; init; }

        public required string Title { get; init; }

        public required bool IsHeld { get; init; }
    }
}
