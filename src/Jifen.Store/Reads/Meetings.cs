using System.Text.Json;
using Jifen.Cycle;
using Jifen.Cycle.Decisions;
using Jifen.Cycle.Rounds;
using Jifen.Store.Ledgers;

namespace Jifen.Store.Reads;

/// <summary>A motion with what became of it.</summary>
/// <param name="Text">null: none, erased, or out of sight</param>
/// <param name="InFavour">null where a vote was not broken down, or there was none</param>
public sealed record MotionOutcome(
    Motion Motion, string? Text, string? Note, VotingManner? Manner, int? Present, int? Due, int? InFavour, int? Against, int? Abstaining, int? Needed, DateTimeOffset At);

/// <summary>A meeting as a list names it.</summary>
public sealed record MeetingLine
{
    public required MeetingId MeetingId { get; init; }

    public required string Round { get; init; }

    public string? Step { get; init; }

    public required DateOnly HeldOn { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public string? UncountedGround { get; init; }
}

/// <summary>A change of points the meeting passed.</summary>
public sealed record DecidedChange
{
    public required string Title { get; init; }

    public required string Round { get; init; }

    public required MeetingId MeetingId { get; init; }

    public required DateOnly HeldOn { get; init; }
}

/// <summary>A vote that passed on points, with the meeting that took it.</summary>
public sealed record PassedVote
{
    /// <summary>points-table, points-change</summary>
    public required string Kind { get; init; }

    public required string Title { get; init; }

    public required Guid[] Concerned { get; init; }

    /// <summary>the record a change puts right</summary>
    public EntryId? Corrects { get; init; }

    public required MeetingId MeetingId { get; init; }

    public required string Round { get; init; }

    public required string Body { get; init; }

    public required DateOnly HeldOn { get; init; }

    public required int Due { get; init; }

    public required int Present { get; init; }

    /// <summary>null: fewer than five secret ballots</summary>
    public int? InFavour { get; init; }

    public int? Against { get; init; }

    public int? Abstaining { get; init; }
}

/// <summary>Meetings of a branch, and what was put before them.</summary>
public static class Meetings
{
    /// <summary>The one that has not been closed; null: none.</summary>
    public static async Task<MembersMeeting?> OpenAsync(DataScope scope, OrganizationId branch, CancellationToken cancel = default) =>
        await scope.OneAsync<MeetingId?>("select meeting_id from meeting where organization_id = @branch and closed_at is null", new { branch }, cancel) is { } open
            ? await OneAsync(scope, branch, open, cancel)
            : null;

    public static async Task<MembersMeeting?> OneAsync(DataScope scope, OrganizationId branch, MeetingId meeting, CancellationToken cancel = default)
    {
        var row = await scope.OneAsync<MeetingRow>(
            """
            select meeting_id, round, step, body, gathering_id, held_on, host, minutes_by, closed_at is not null as is_closed
            from meeting where meeting_id = @meeting and organization_id = @branch
            """,
            new { meeting, branch },
            cancel);
        if (row is null)
        {
            return null;
        }

        var people = await scope.QueryAsync<PersonRow>(
            """
            select m.person_id, m.has_vote, m.is_counted, m.is_present
            from meeting_person m left join person p using (person_id)
            where m.meeting_id = @meeting
            order by m.has_vote desc, p.name collate "zh-x-icu", m.person_id
            """,
            new { meeting },
            cancel);
        return new MembersMeeting(
            row.MeetingId,
            RoundKey.Known(row.Round),
            row.Step,
            Words.Known<MeetingBody>(row.Body),
            row.GatheringId,
            row.HeldOn,
            row.Host,
            row.MinutesBy,
            row.IsClosed,
            [.. people.Select(one => new MeetingPerson(one.PersonId, one.HasVote, one.IsCounted, one.IsPresent))]);
    }

    /// <summary>Those of one round, the latest first.</summary>
    public static Task<IReadOnlyList<MeetingLine>> InRoundAsync(DataScope scope, OrganizationId branch, RoundKey round, CancellationToken cancel = default) =>
        scope.QueryAsync<MeetingLine>(
            """
            select meeting_id, round, step, held_on, opened_at, closed_at, uncounted_ground
            from meeting where organization_id = @branch and round = @round order by opened_at desc
            """,
            new { branch, round = round.ToString() },
            cancel);

    /// <summary>What was held as this gathering, the latest first.</summary>
    public static Task<IReadOnlyList<MeetingLine>> OfGatheringAsync(DataScope scope, OrganizationId branch, GatheringId gathering, CancellationToken cancel = default) =>
        scope.QueryAsync<MeetingLine>(
            """
            select meeting_id, round, step, held_on, opened_at, closed_at, uncounted_ground
            from meeting where organization_id = @branch and gathering_id = @gathering order by opened_at desc
            """,
            new { branch, gathering },
            cancel);

    /// <summary>Gatherings that were a meeting already.</summary>
    public static async Task<IReadOnlySet<GatheringId>> HeldAsAsync(DataScope scope, OrganizationId branch, CancellationToken cancel = default) =>
        (await scope.QueryAsync<GatheringId>("select gathering_id from meeting where organization_id = @branch and gathering_id is not null", new { branch }, cancel)).ToHashSet();

    /// <summary>Of the people of the meeting this gathering was, whether they were there.</summary>
    /// <returns>empty: it was no meeting, or nobody was called over yet</returns>
    public static async Task<IReadOnlyDictionary<PersonId, bool>> CalledOverAtAsync(
        DataScope scope, OrganizationId branch, GatheringId gathering, CancellationToken cancel = default)
    {
        var people = await scope.QueryAsync<CalledOver>(
            """
            select p.person_id, bool_or(p.is_present) as is_present
            from meeting m join meeting_person p using (meeting_id)
            where m.organization_id = @branch and m.gathering_id = @gathering
            group by p.person_id
            """,
            new { branch, gathering },
            cancel);
        return people.Any(one => one.IsPresent) ? people.ToDictionary(one => one.PersonId, one => one.IsPresent) : new Dictionary<PersonId, bool>();
    }

    /// <summary>Motions that were before a meeting, or with null those that wait for the next one; in the order in which they were put.</summary>
    public static async Task<IReadOnlyList<MotionOutcome>> MotionsAsync(
        DataScope scope, OrganizationId branch, MeetingId? meeting, CancellationToken cancel = default) =>
        [.. (await scope.QueryAsync<MotionRow>(
            $"{Select} where m.organization_id = @branch and m.meeting_id is not distinct from @meeting::uuid and (m.meeting_id is not null or m.state = 'open') order by m.put_at, m.motion_id",
            new { branch, meeting = meeting?.Value },
            cancel)).Select(row => row.ToOutcome())];

    public static async Task<MotionOutcome?> MotionAsync(DataScope scope, OrganizationId branch, MotionId motion, CancellationToken cancel = default) =>
        (await scope.OneAsync<MotionRow>($"{Select} where m.organization_id = @branch and m.motion_id = @motion", new { branch, motion }, cancel))?.ToOutcome();

    /// <summary>Passed, and the record it puts right still stands: nobody has carried it out, or it waits for its second person.</summary>
    public static Task<IReadOnlyList<DecidedChange>> NotCarriedOutAsync(DataScope scope, OrganizationId branch, CancellationToken cancel = default) =>
        scope.QueryAsync<DecidedChange>(
            """
            select m.title, t.round, t.meeting_id, t.held_on
            from motion m join meeting t using (meeting_id) join fact f on f.entry_id = m.corrects
            where m.organization_id = @branch and m.kind = 'points-change' and m.state = 'passed' and f.ended_at is null
            order by t.held_on
            """,
            new { branch },
            cancel);

    /// <summary>Votes on points that passed in the rounds of a year.</summary>
    public static Task<IReadOnlyList<PassedVote>> PassedAsync(DataScope scope, OrganizationId branch, int year, CancellationToken cancel = default) =>
        scope.QueryAsync<PassedVote>(
            """
            select m.kind, m.title, m.concerned, m.corrects, t.meeting_id, t.round, t.body, t.held_on, m.due, m.present, m.in_favour, m.against, m.abstaining
            from motion m join meeting t using (meeting_id)
            where m.organization_id = @branch and m.kind in ('points-table', 'points-change') and m.state = 'passed' and left(t.round, 4) = @year
            order by t.held_on, m.put_at
            """,
            new { branch, year = year.ToString("D4", System.Globalization.CultureInfo.InvariantCulture) },
            cancel);

    private const string Select =
        """
        select m.motion_id, m.kind, m.title, m.concerned, m.concerned_abstain, m.state, m.meeting_id, m.corrects, m.table_rows::text as table_rows,
            t.text, m.state_note as note, m.manner, m.present, m.due, m.in_favour, m.against, m.abstaining, m.needed, m.state_at as at
        from motion m left join motion_text t using (motion_id)
        """;

    private sealed record MeetingRow
    {
        public required MeetingId MeetingId { get; init; }

        public required string Round { get; init; }

        public string? Step { get; init; }

        public required string Body { get; init; }

        public GatheringId? GatheringId { get; init; }

        public required DateOnly HeldOn { get; init; }

        public required PersonId Host { get; init; }

        public required PersonId MinutesBy { get; init; }

        public required bool IsClosed { get; init; }
    }

    private sealed record CalledOver
    {
        public required PersonId PersonId { get; init; }

        public required bool IsPresent { get; init; }
    }

    private sealed record PersonRow
    {
        public required PersonId PersonId { get; init; }

        public required bool HasVote { get; init; }

        public required bool IsCounted { get; init; }

        public required bool IsPresent { get; init; }
    }

    private sealed record MotionRow
    {
        public required MotionId MotionId { get; init; }

        public required string Kind { get; init; }

        public required string Title { get; init; }

        public required Guid[] Concerned { get; init; }

        public required bool ConcernedAbstain { get; init; }

        public required string State { get; init; }

        public MeetingId? MeetingId { get; init; }

        public EntryId? Corrects { get; init; }

        public string? TableRows { get; init; }

        public string? Text { get; init; }

        public string? Note { get; init; }

        public string? Manner { get; init; }

        public int? Present { get; init; }

        public int? Due { get; init; }

        public int? InFavour { get; init; }

        public int? Against { get; init; }

        public int? Abstaining { get; init; }

        public int? Needed { get; init; }

        public required DateTimeOffset At { get; init; }

        public MotionOutcome ToOutcome() => new(
            new Motion(
                MotionId,
                Words.Known<MotionKind>(Kind),
                Title,
                [.. Concerned.Select(person => new PersonId(person))],
                ConcernedAbstain,
                Words.Known<MotionState>(State),
                MeetingId,
                Corrects,
                TableRows is null ? null : new PointsTable(JsonSerializer.Deserialize<List<PointsTableRow>>(TableRows, CanonicalJson.Options)!)),
            Text,
            Note,
            Words.Read<VotingManner>(Manner),
            Present,
            Due,
            InFavour,
            Against,
            Abstaining,
            Needed,
            At);
    }
}
