using Jifen.Cycle.Notices;
using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Objections;

/// <summary>How far a case has come.</summary>
public enum CaseState
{
    /// <summary>nobody has looked into it yet</summary>
    Raised,

    /// <summary>finding written, not answered</summary>
    Investigated,

    /// <summary>answered; the next members' meeting has not been told</summary>
    Answered,

    Closed,
}

/// <summary>An objection or an appeal as the ledger knows it.</summary>
/// <param name="Objection">of an appeal: the objection before it</param>
public sealed record Case(
    CaseId Id,
    string Number,
    bool IsAppeal,
    OrganizationId Branch,
    CaseId? Objection,
    CaseSubject About,
    PersonId? Person,
    PersonId RaisedBy,
    DateOnly RaisedOn,
    NoticeId? Notice,
    string? Round,
    IReadOnlyList<EntryId> Entries,
    DateOnly AnswerBy,
    bool NeedsReport,
    PersonId? InvestigatedBy,
    DateOnly? AnsweredOn,
    bool? Upheld,
    DateOnly? ReportedOn)
{
    /// <summary>When the answer took effect; null: not answered, or not known to the hour.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    public CaseState State => this switch
    {
        { AnsweredOn: not null } when ReportedOn is not null || !NeedsReport => CaseState.Closed,
        { AnsweredOn: not null } => CaseState.Answered,
        { InvestigatedBy: not null } => CaseState.Investigated,
        _ => CaseState.Raised,
    };

    /// <summary>Not answered in time: the superior sees it, and the person may go there.</summary>
    public bool IsOverdue(DateOnly today) => AnsweredOn is null && today > AnswerBy;

    /// <summary>Nobody of these decides in it.</summary>
    public IReadOnlyList<PersonId> Concerned => Person is { } person && person != RaisedBy ? [person, RaisedBy] : [RaisedBy];
}

/// <summary>How long an answer may take and where one may turn: the scheme's terms, else what is usual, said on the page.</summary>
/// <param name="IsUsual">the scheme does not say how long an answer may take</param>
public sealed record CaseTerms(int AnswerDays, bool AnswerWorking, int AppealDays, bool AppealWorking, bool GoesToSuperior, bool NeedsReport, bool IsUsual)
{
    private const int UsualAnswer = 10;
    private const int UsualAppeal = 20;

    public static CaseTerms Of(ObjectionTerms? terms) => new(
        terms?.AnswerDays ?? UsualAnswer,
        terms?.AnswerDays is null || terms.WorkingDays,
        terms?.AppealDays ?? UsualAppeal,
        terms?.AppealDays is null || terms.AppealWorkingDays,
        terms is null || terms.To.Contains("上级"),
        terms?.ReportAt is not null,
        terms?.AnswerDays is null);

    public DateOnly AnswerBy(DateOnly today, WorkingCalendar calendar) => calendar.After(today, AnswerDays, AnswerWorking);

    public DateOnly AppealBy(DateOnly today, WorkingCalendar calendar) => calendar.After(today, AppealDays, AppealWorking);
}
