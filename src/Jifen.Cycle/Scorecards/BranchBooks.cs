using Jifen.Cycle.Members;
using Jifen.Cycle.Organizations;
using Jifen.Cycle.Records;
using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Scorecards;

/// <summary>
/// What is on record about a branch's people as of some day: everything the points of a cycle are computed from. Whoever else recorded it:
/// what another branch wrote about somebody before he came is here too.
/// </summary>
/// <param name="People">everybody whose affiliation to the branch touches the cycle up to that day</param>
public sealed record BranchBooks(
    OrganizationId Branch,
    string Name,
    IReadOnlyList<BookedPerson> People,
    IReadOnlyList<BookedAttendance> Attendances,
    IReadOnlyList<BookedDues> Dues,
    IReadOnlyList<BookedReport> ThoughtReports,
    IReadOnlyList<BookedStudy> OutsideStudies,
    IReadOnlyList<BookedFact> Facts);

/// <param name="Number">编号; null when none was given</param>
/// <param name="Place">in the order in which a roster lists names</param>
/// <param name="Affiliations">to this branch and to others, in order of time</param>
public sealed record BookedPerson(
    PersonId Person,
    string Name,
    string? Number,
    int Place,
    IReadOnlyList<BookedAffiliation> Affiliations,
    IReadOnlyList<BookedPeriod> Periods,
    IReadOnlyList<BookedOffice> Offices);

/// <param name="ToOn">last day, included; null: still there</param>
public sealed record BookedAffiliation(
    OrganizationId Organization, DateOnly FromOn, DateOnly? ToOn, Arrival Arrived, Departure? LeftBy = null, string? ToWhere = null)
{
    public bool Covers(DateOnly day) => FromOn <= day && (ToOn is null || ToOn >= day);
}

/// <param name="Value">standing: kebab-case word; category and group: as written; exemption: which of the document's cases</param>
public sealed record BookedPeriod(Aspect Aspect, DateOnly FromOn, DateOnly? ToOn, string Value)
{
    public bool Covers(DateOnly day) => FromOn <= day && (ToOn is null || ToOn >= day);
}

/// <summary>An office in the branch or in one of its groups.</summary>
public sealed record BookedOffice(Office Office, DateOnly FromOn, DateOnly? ToOn)
{
    public bool Covers(DateOnly day) => FromOn <= day && (ToOn is null || ToOn >= day);
}

/// <summary>One person at one gathering.</summary>
/// <param name="Hours">study hours noted with the gathering; null: none</param>
public sealed record BookedAttendance(
    EntryId Entry, PersonId Person, GatheringId Gathering, GatheringKind Kind, string Title, DateOnly HeldOn, decimal? Hours, Attendance Attendance);

/// <param name="Month">first day of the month</param>
/// <param name="PaidOn">null: not paid yet</param>
public sealed record BookedDues(EntryId Entry, PersonId Person, DateOnly Month, decimal Due, decimal Paid, DateOnly? PaidOn);

public sealed record BookedReport(EntryId Entry, PersonId Person, DateOnly ReceivedOn, string Title);

public sealed record BookedStudy(EntryId Entry, PersonId Person, DateOnly StudiedOn, string Title, decimal Hours);

/// <param name="Kind">English id of the fact in the scheme by which it was recorded</param>
/// <param name="Operation">joint facts of several people were recorded in one operation</param>
public sealed record BookedFact(
    EntryId Entry,
    PersonId Person,
    string Kind,
    DateOnly HappenedOn,
    decimal Quantity,
    string? Level,
    string? Content,
    decimal? Points,
    FactState State,
    OperationId Operation);
