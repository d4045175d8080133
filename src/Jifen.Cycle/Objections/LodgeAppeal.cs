using Jifen.Cycle.Notices;

namespace Jifen.Cycle.Objections;

/// <summary>
/// 向上级申诉, past the branch: against its answer, because the answer is overdue, or straight away where the scheme lets one turn to the superior.
/// </summary>
/// <param name="Objection">null: straight to the superior</param>
public sealed record LodgeAppeal(
    CaseId Case, CaseId? Objection, CaseSubject About, PersonId? Person, NoticeId? Notice, IReadOnlyList<EntryId> Entries, string Text)
{
    private const int ShortestText = 4;

    /// <param name="superior">above the branch; null: there is none</param>
    /// <param name="before">the objection; null where there is none of this id</param>
    /// <param name="isOpenAlready">one about the same is not answered yet, or was answered already</param>
    public Ruling Decide(
        PersonId by,
        OrganizationId branch,
        OrganizationId? superior,
        Case? before,
        Notice? notice,
        CaseTerms terms,
        WorkingCalendar calendar,
        string number,
        bool strangers,
        bool isOpenAlready,
        string digest,
        DateOnly today)
    {
        if (CaseText.RefusalOf("text", "理由", Text, ShortestText, RaiseObjection.LongestText) is { } text)
        {
            return text;
        }

        if (superior is not { } above)
        {
            return new NobodyAbove();
        }

        if (Objection is null)
        {
            if (!terms.GoesToSuperior)
            {
                return new FirstToTheBranch();
            }

            if (strangers || (About != CaseSubject.Work && Person is null))
            {
                return new EntryIsAnothers();
            }

            if (Notice is not null && notice is not { IsPublished: true })
            {
                return new NothingOnNotice();
            }
        }
        else if (before is null || before.RaisedBy != by || before.IsAppeal)
        {
            return new NoSuchCase();
        }
        else if (before.AnsweredOn is null && !before.IsOverdue(today))
        {
            return new BranchHasTime(before.AnswerBy);
        }

        if (isOpenAlready)
        {
            return new AppealIsThere();
        }

        return new Happening(
            new AppealLodged(
                Case,
                number,
                branch,
                Objection,
                before?.About ?? About,
                before?.Notice ?? Notice,
                before?.Round ?? notice?.Round,
                before?.Entries ?? Entries,
                terms.AppealBy(today, calendar),
                terms.NeedsReport,
                digest),
            before is null ? Person : before.Person,
            On: today,
            Clause: "JSIT-7⑤",
            Stream: above);
    }
}
