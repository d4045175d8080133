using Jifen.Cycle;
using Jifen.Cycle.Gatherings;
using Jifen.Scoring.Schemes;

namespace Jifen.Store.Reads;

/// <summary>One person at one gathering: expected or not, leave, sign-in, what is written down.</summary>
public sealed record GatheringPerson
{
    public required PersonId PersonId { get; init; }

    public required string Name { get; init; }

    /// <summary>编号</summary>
    public string? Number { get; init; }

    /// <summary>kebab-case word; null: unknown</summary>
    public string? Standing { get; init; }

    public string? PartyGroup { get; init; }

    public required bool IsExpected { get; init; }

    /// <summary>of the branch on the day of the gathering</summary>
    public required bool IsOnRoll { get; init; }

    public Guid? MarkEntry { get; init; }

    public string? MarkWord { get; init; }

    public string? MarkNote { get; init; }

    public DateOnly? MadeUpOn { get; init; }

    public string? LeaveReason { get; init; }

    public bool? LeaveGranted { get; init; }

    public string? LeaveAnswer { get; init; }

    public DateTimeOffset? ScannedAt { get; init; }

    public string? Manner { get; init; }

    public string? Odd { get; init; }

    public CurrentMark? Mark => MarkEntry is { } entry
        ? new CurrentMark(new EntryId(entry), Attendances.Of(MarkWord!) ?? throw new InvalidDataException($"no attendance is called {MarkWord}"), MarkNote)
        : null;

    public LeaveRequest? Leave => LeaveReason is { } reason ? new LeaveRequest(PersonId, reason, LeaveGranted) : null;

    public CheckInMark? CheckIn => ScannedAt is { } at ? new CheckInMark(at, Words.Known<CheckInManner>(Manner!), Odd) : null;
}

/// <summary>One thing that happened to one person's attendance.</summary>
public sealed record AttendanceHistory
{
    public required PersonId PersonId { get; init; }

    public required string Attendance { get; init; }

    public string? Note { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    public required string RecordedBy { get; init; }

    public required bool Holds { get; init; }
}

/// <summary>A file of the minutes.</summary>
public sealed record GatheringMinutes
{
    public required EvidenceId EvidenceId { get; init; }

    public required string FileName { get; init; }

    public required long Size { get; init; }

    public required string MediaType { get; init; }

    public required byte[] Sha256 { get; init; }

    public required DateTimeOffset FiledAt { get; init; }

    public required string FiledBy { get; init; }
}

/// <summary>The people of one gathering, for its page, its roll-call and its sign-in sheet.</summary>
public static class GatheringPeople
{
    /// <summary>Those expected, those with anything on record, and the others of the branch on that day; by name.</summary>
    public static Task<IReadOnlyList<GatheringPerson>> OfAsync(
        DataScope scope, OrganizationId organization, Gathering gathering, CancellationToken cancel = default) =>
        scope.QueryAsync<GatheringPerson>(
            """
            with known as (
                select e.person_id from gathering_expected e where e.gathering_id = @Id
                union select t.person_id from attendance t where t.gathering_id = @Id and t.ended_at is null
                union select c.person_id from check_in c where c.gathering_id = @Id
                union select f.person_id from affiliation f
                where f.organization_id = @organization and f.from_on <= @Day and (f.to_on is null or f.to_on >= @Day)
            )
            select * from (
            select k.person_id, coalesce(p.name, '（已转出）') as name, p.number,
                (select m.value from member_period m
                 where m.person_id = k.person_id and m.aspect = 'standing' and m.from_on <= @Day and (m.to_on is null or m.to_on >= @Day)
                 limit 1) as standing,
                (select m.value from member_period m
                 where m.person_id = k.person_id and m.aspect = 'party-group' and m.from_on <= @Day and (m.to_on is null or m.to_on >= @Day)
                 limit 1) as party_group,
                exists (select from gathering_expected e where e.gathering_id = @Id and e.person_id = k.person_id) as is_expected,
                exists (
                    select from affiliation f
                    where f.person_id = k.person_id and f.organization_id = @organization
                        and f.from_on <= @Day and (f.to_on is null or f.to_on >= @Day)) as is_on_roll,
                t.entry_id as mark_entry, t.attendance as mark_word, t.note as mark_note, t.made_up_on,
                l.reason as leave_reason, l.granted as leave_granted, l.answer as leave_answer,
                c.scanned_at, c.manner, c.odd
            from known k
            left join person p using (person_id)
            left join attendance t on t.gathering_id = @Id and t.person_id = k.person_id and t.ended_at is null
            left join leave_request l on l.gathering_id = @Id and l.person_id = k.person_id
            left join check_in c on c.gathering_id = @Id and c.person_id = k.person_id) as one
            order by name collate "zh-x-icu", person_id
            """,
            new { gathering.Id, organization, gathering.Day },
            cancel);

    /// <summary>What was written down about attendance and what took its place, the latest first.</summary>
    public static Task<IReadOnlyList<AttendanceHistory>> HistoryAsync(DataScope scope, GatheringId gathering, CancellationToken cancel = default) =>
        scope.QueryAsync<AttendanceHistory>(
            """
            select a.person_id, a.attendance, a.note, a.recorded_at, coalesce(p.name, '') as recorded_by, a.ended_at is null as holds
            from attendance a left join person p on p.person_id = a.recorded_by
            where a.gathering_id = @gathering
            order by a.recorded_at desc, a.ended_at is null desc
            """,
            new { gathering },
            cancel);

    /// <summary>Minutes and papers, the earliest first.</summary>
    public static Task<IReadOnlyList<GatheringMinutes>> MinutesAsync(DataScope scope, GatheringId gathering, CancellationToken cancel = default) =>
        scope.QueryAsync<GatheringMinutes>(
            """
            select m.evidence_id, e.file_name, e.size, e.media_type, e.sha256, m.filed_at, coalesce(p.name, '') as filed_by
            from gathering_minutes m join evidence e using (evidence_id) left join person p on p.person_id = m.filed_by
            where m.gathering_id = @gathering
            order by m.filed_at, e.file_name
            """,
            new { gathering },
            cancel);

    /// <summary>How many have signed in.</summary>
    public static Task<int> CheckedInAsync(DataScope scope, GatheringId gathering, CancellationToken cancel = default) =>
        scope.OneAsync<int>("select count(*)::int from check_in where gathering_id = @gathering", new { gathering }, cancel);

    /// <summary>Who signed in with this phone before; null: nobody.</summary>
    public static Task<string?> OnDeviceAsync(
        DataScope scope, GatheringId gathering, PersonId notHim, string device, CancellationToken cancel = default) =>
        scope.OneAsync<string>(
            """
            select coalesce(p.name, '另一人')
            from check_in c left join person p using (person_id)
            where c.gathering_id = @gathering and c.device = @device and c.person_id <> @notHim
            order by c.scanned_at
            limit 1
            """,
            new { gathering, notHim, device },
            cancel);
}
