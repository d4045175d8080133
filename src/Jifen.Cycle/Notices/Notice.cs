using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Notices;

/// <summary>A notice as the ledger knows it.</summary>
/// <param name="ReplacedBy">the corrected notice that was published in its place</param>
public sealed record Notice(
    NoticeId Id,
    string Round,
    string Step,
    string Digest,
    PersonId PreparedBy,
    NoticeId? Replaces,
    ExemptionId? Exemption,
    DateOnly? PublishedOn,
    DateOnly? FirstOn,
    DateOnly? LastOn,
    DateOnly? ObjectUntil,
    bool OpenToWeb,
    NoticeId? ReplacedBy)
{
    public bool IsPublished => PublishedOn is not null;

    /// <summary>The last day on which something may still come of it: its own days and those in which one may object.</summary>
    public DateOnly? OverAfter => ObjectUntil ?? LastOn;
}

/// <summary>A row of what is shown: one person, masked, or a line of a list.</summary>
/// <param name="Person">whose; never shown, so that one finds one's own</param>
public sealed record NoticeRow(PersonId? Person, string Name, IReadOnlyList<string> Cells);

/// <summary>What a notice shows, frozen: the same on the screen, on paper and on the web.</summary>
/// <param name="Text">the branch's own wording above the table</param>
/// <param name="ObjectTo">where to object, and how</param>
public sealed record NoticeContent(
    string Title, string Organization, string Scheme, string Text, string ObjectTo, IReadOnlyList<string> Columns, IReadOnlyList<NoticeRow> Rows, string? Correction);

/// <summary>How long a notice stands and one may object: the scheme's days, else what is usual, said on the page.</summary>
/// <param name="IsUsual">the scheme does not say until when one may object</param>
public sealed record NoticeTerms(int? Days, bool Working, int ObjectDays, bool ObjectWorking, bool IsUsual)
{
    /// <summary>Where nothing says otherwise: 5 working days, for the notice of an exemption and for objecting after a notice.</summary>
    public const int UsualDays = 5;

    public static NoticeTerms Of(CycleStep step) => new(
        step.Days,
        step.WorkingDays,
        step.Objections?.RaiseDays ?? UsualDays,
        step.Objections?.RaiseDays is null || step.Objections.RaiseWorkingDays,
        step.Objections?.RaiseDays is null);

    /// <summary>Of the notice of an exemption.</summary>
    public static NoticeTerms Of(ExemptionRules? rules) => new(rules?.NoticeDays ?? UsualDays, rules?.NoticeDays is null || rules.WorkingDays, UsualDays, true, true);

    /// <summary>First and last day, and the last on which one may object, when it is published on a day.</summary>
    public (DateOnly First, DateOnly? Last, DateOnly? ObjectUntil) From(DateOnly published, WorkingCalendar calendar)
    {
        DateOnly? last = Days is { } days ? calendar.After(published, days, Working) : null;
        return (published.AddDays(1), last, last is { } end ? calendar.After(end, ObjectDays, ObjectWorking) : null);
    }
}
