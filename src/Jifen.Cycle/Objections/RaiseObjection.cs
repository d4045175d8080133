using Jifen.Cycle.Notices;
using Jifen.Cycle.Records;

namespace Jifen.Cycle.Objections;

/// <summary>提异议: to the branch. The answer has a day, and the receipt a number, from this moment.</summary>
/// <param name="Person">whose result; null: the work</param>
/// <param name="Notice">objected to; null where it is about the work outside a notice</param>
public sealed record RaiseObjection(CaseId Case, CaseSubject About, PersonId? Person, NoticeId? Notice, IReadOnlyList<EntryId> Entries, string Text)
{
    public const int LongestText = 4000;
    private const int ShortestText = 4;

    /// <param name="notice">null: there is none of this id</param>
    /// <param name="strangers">entries named that are not about this person, or not there</param>
    /// <param name="isOpenAlready">the same person has one about the same that is not answered</param>
    public Ruling Decide(
        Notice? notice, CaseTerms terms, WorkingCalendar calendar, string number, bool strangers, bool isOpenAlready, string digest, DateOnly today)
    {
        if (CaseText.RefusalOf("text", "理由", Text, ShortestText, LongestText) is { } text)
        {
            return text;
        }

        if (About == CaseSubject.Work ? Entries.Count > 0 : Person is null || strangers)
        {
            return new EntryIsAnothers();
        }

        if (Notice is not null ? notice is not { IsPublished: true } : About != CaseSubject.Work)
        {
            return new NothingOnNotice();
        }

        return notice switch
        {
            { ReplacedBy: not null } => new NoticeWasReplaced(),
            { ObjectUntil: { } until } when today > until => new ObjectionTooLate(until, terms.GoesToSuperior),
            _ when isOpenAlready => new ObjectionIsOpenAlready(),
            _ => new Happening(
                new ObjectionRaised(Case, number, About, Notice, notice?.Round, Entries, terms.AnswerBy(today, calendar), terms.NeedsReport, digest),
                Person,
                On: today,
                Clause: "JSIT-7⑤"),
        };
    }
}

/// <summary>What is written in a case: there, readable, not endless.</summary>
internal static class CaseText
{
    public static InputIsWrong? RefusalOf(string field, string name, string text, int least, int most) =>
        WrittenText.Fault(field, name, text, most, "写明哪一项、为什么", least) is { } fault ? new InputIsWrong([fault]) : null;
}
