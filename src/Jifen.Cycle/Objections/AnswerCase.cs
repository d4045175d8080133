namespace Jifen.Cycle.Objections;

/// <summary>
/// 答复 of an objection or an appeal, in writing, by two. Upheld, it puts right what was recorded, in the same ruling: each correction names
/// the old entry, which stays visible.
/// </summary>
/// <param name="Finding">of an appeal: what was found out; an objection has been investigated before</param>
public sealed record AnswerCase(CaseId Case, bool Upheld, string Answer, string? Finding)
{
    private const int ShortestAnswer = 4;

    /// <summary>Which case an event answers; null: it is no answer.</summary>
    public static CaseId? CaseOf(IEvent happened) => happened switch
    {
        ObjectionAnswered objection => objection.Case,
        AppealAnswered appeal => appeal.Case,
        _ => null,
    };

    /// <param name="corrections">what the corrections came to, each decided by its own command</param>
    public Ruling Decide(Case? known, IReadOnlyList<Ruling> corrections, string digest, DateOnly today)
    {
        if (known is null)
        {
            return new NoSuchCase();
        }

        if (known.AnsweredOn is { } answered)
        {
            return new CaseIsAnswered(answered);
        }

        if (!known.IsAppeal && known.InvestigatedBy is null)
        {
            return new NotInvestigated();
        }

        if (CaseText.RefusalOf("answer", "答复", Answer, ShortestAnswer, RaiseObjection.LongestText) is { } text)
        {
            return text;
        }

        if (known.IsAppeal && CaseText.RefusalOf("finding", "核实情况", Finding ?? "", ShortestAnswer, RaiseObjection.LongestText) is { } finding)
        {
            return finding;
        }

        if (corrections.FirstOrDefault(ruling => ruling.IsRefused) is { } wrong)
        {
            return wrong;
        }

        if (!Upheld && corrections.Count > 0)
        {
            return new RefusedChangesNothing();
        }

        if (Upheld && known.Entries.Count > 0 && corrections.Count == 0)
        {
            return new UpheldCorrects();
        }

        IEvent happened = known.IsAppeal ? new AppealAnswered(Case, Upheld, digest) : new ObjectionAnswered(Case, Upheld, digest);
        return Ruling.Of([
            .. corrections.SelectMany(ruling => ruling.Happenings).Select(one => one with { Stream = known.Branch }),
            new Happening(happened, known.Person, On: today, Clause: "JSIT-7⑤", Stream: known.Branch)]);
    }
}
