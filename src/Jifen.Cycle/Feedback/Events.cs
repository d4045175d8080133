using Jifen.Cycle.Declarations;

namespace Jifen.Cycle.Feedback;

/// <summary>申辩: one member's answer to the feedback that is not agreement.</summary>
public readonly record struct DefenceId(Guid Value) : IId<DefenceId>
{
    public static DefenceId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>认可: the member agrees with his sheet of the round.</summary>
/// <param name="Total">as he saw it</param>
public sealed record FeedbackAccepted(string Round, decimal Total) : IEvent;

/// <summary>申辩, in writing; its words lie beside the ledger.</summary>
/// <param name="Text">digest</param>
/// <param name="Declaration">the declaration it is about that was not accepted; null for the sheet as a whole</param>
public sealed record DefenceRaised(DefenceId Defence, string Round, string Text, DeclarationId? Declaration = null) : IEvent;

/// <summary>What a defence came to.</summary>
public enum DefenceOutcome
{
    /// <summary>采纳: the points are corrected, each by its own entry</summary>
    Upheld,

    /// <summary>部分采纳</summary>
    PartlyUpheld,

    /// <summary>不采纳</summary>
    NotUpheld,
}

/// <summary>答复, in writing; its words lie beside the ledger.</summary>
/// <param name="Text">digest</param>
public sealed record DefenceAnswered(DefenceId Defence, DefenceOutcome Outcome, string Text) : IEvent;
