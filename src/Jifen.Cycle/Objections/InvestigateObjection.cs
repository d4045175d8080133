namespace Jifen.Cycle.Objections;

/// <summary>调查核实: by somebody unconcerned who neither recorded nor signed what it is about.</summary>
public sealed record InvestigateObjection(CaseId Case, string Finding)
{
    private const int ShortestFinding = 4;

    public Ruling Decide(Case? known, string digest, DateOnly today)
    {
        if (CaseText.RefusalOf("finding", "核实情况", Finding, ShortestFinding, RaiseObjection.LongestText) is { } text)
        {
            return text;
        }

        return known switch
        {
            null or { IsAppeal: true } => new NoSuchCase(),
            { AnsweredOn: { } on } => new CaseIsAnswered(on),
            _ => new Happening(new ObjectionInvestigated(Case, digest), known.Person, On: today, Clause: "JSIT-7⑤"),
        };
    }
}
