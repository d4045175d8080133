namespace Jifen.Cycle.Records;

/// <summary>A fact as it stands.</summary>
/// <param name="Body">who confirmed it; null: nobody had to, or nobody has</param>
/// <param name="HasEnded">reversed since</param>
public sealed record FactOnRecord(EntryId Entry, PersonId Person, FactState State, string? Body, bool HasEnded);

/// <summary>认定: the body the scheme names confirmed the fact; from then on it counts, as of the day it happened.</summary>
/// <param name="Body">which body, and when it met: 支委会（2025年3月12日）</param>
public sealed record ConfirmFact(EntryId Fact, string Body)
{
    public Ruling Decide(FactOnRecord? fact) => fact switch
    {
        null or { HasEnded: true } => new NoSuchEntry(),
        { State: not FactState.Pending } => new NotPending(fact.State),
        _ when WrittenText.Fault(Fields.Body, "由谁认定", Body, WrittenText.LongestTitle, "如“支委会（3月12日）”", 2) is { } fault => new InputIsWrong([fault]),
        _ => new Happening(new FactConfirmed(fact.Entry, Body.Trim()), fact.Person),
    };
}

/// <summary>不认定, with the reason. The fact stays visible and never counts.</summary>
public sealed record RejectFact(EntryId Fact, string Reason)
{
    public Ruling Decide(FactOnRecord? fact) => fact switch
    {
        null or { HasEnded: true } => new NoSuchEntry(),
        { State: not FactState.Pending } => new NotPending(fact.State),
        _ when WrittenText.ReasonFault(Reason) is { } fault => new InputIsWrong([fault]),
        _ => new Happening(new FactRejected(fact.Entry, Reason.Trim()), fact.Person),
    };
}
