using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Gatherings;

/// <summary>A gathering is to be held, or was held and is entered afterwards.</summary>
/// <param name="Hours">study hours it counts for; null: none</param>
/// <param name="PartyGroup">held by one Party group only</param>
/// <param name="StudyItem">the item of a published study schedule that it holds (STUD)</param>
/// <param name="LateAfterMinutes">迟到 from so many minutes after the start; 0: from the start itself</param>
public sealed record GatheringPlanned(
    GatheringId Gathering,
    GatheringKind Kind,
    string Title,
    DateTimeOffset StartsAt,
    DateTimeOffset? EndsAt,
    string Place,
    decimal? Hours,
    string? PartyGroup,
    string? Host,
    Guid? StudyItem,
    int LateAfterMinutes) : IEvent;

/// <summary>Time, place or matter are others now. All fields as they are after the change.</summary>
public sealed record GatheringChanged(
    GatheringId Gathering,
    GatheringKind Kind,
    string Title,
    DateTimeOffset StartsAt,
    DateTimeOffset? EndsAt,
    string Place,
    decimal? Hours,
    string? PartyGroup,
    string? Host,
    Guid? StudyItem,
    int LateAfterMinutes,
    string Reason) : IEvent;

/// <summary>Those who are expected were told. Again: the list is now this one.</summary>
public sealed record GatheringCalled(GatheringId Gathering, IReadOnlyList<PersonId> Expected) : IEvent;

public sealed record GatheringCancelled(GatheringId Gathering, string Reason) : IEvent;

/// <summary>请假, by the person himself, before the gathering.</summary>
public sealed record LeaveRequested(GatheringId Gathering, string Reason) : IEvent;

public sealed record LeaveWithdrawn(GatheringId Gathering) : IEvent;

public sealed record LeaveDecided(GatheringId Gathering, bool Granted, string? Answer) : IEvent;

/// <summary>How somebody signed in.</summary>
public enum CheckInManner
{
    /// <summary>scanned the code on the projector</summary>
    Code,

    /// <summary>entered by the recorder on the spot</summary>
    Hand,

    /// <summary>from the paper sheet</summary>
    Paper,
}

/// <summary>签到. The roll-call decides; this is what it starts from.</summary>
/// <param name="Odd">what is strange about the scan: an old code, two people on one device; null for none</param>
/// <param name="Device">digest of the phone's cookie and the gathering, so that a phone is known again in this gathering and in no other</param>
public sealed record MemberCheckedIn(
    GatheringId Gathering, DateTimeOffset ScannedAt, CheckInManner Manner, string? Odd, string? Device) : IEvent;

/// <summary>One person of a roll-call.</summary>
public sealed record AttendanceMark(PersonId Person, Attendance Attendance, string? Note);

/// <summary>The roll-call: everybody it names, whoever was there as expected too.</summary>
public sealed record AttendanceTaken(GatheringId Gathering, IReadOnlyList<AttendanceMark> Marks) : IEvent;

/// <summary>One person's attendance was written down wrongly. The old mark stays visible.</summary>
/// <param name="Mark">the entry in which the wrong mark stands; a roll-call holds many, so the ledger's own reference cannot name it</param>
public sealed record AttendanceCorrected(GatheringId Gathering, EntryId Mark, Attendance Was, Attendance Attendance, string Reason) : IEvent;

/// <summary>补课: what was missed was made up, on the day of the entry. The source key of the entry names the mark it takes the place of.</summary>
public sealed record AttendanceMadeUp(GatheringId Gathering, Attendance Was) : IEvent;

/// <summary>Minutes or papers of the gathering; the text lies with the evidence, its digest here.</summary>
public sealed record MinutesFiled(GatheringId Gathering, EvidenceId Evidence, string Sha256) : IEvent;
