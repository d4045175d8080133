namespace Jifen.Cycle.Reviews;

/// <summary>One person's total as somebody reviewed it.</summary>
public sealed record ReviewedTotal(PersonId Person, decimal Total);

/// <summary>核实: the points of these people, as they stood, are found right. Whose total changes afterwards is looked at again.</summary>
public sealed record PointsReviewed(string Round, string Step, IReadOnlyList<ReviewedTotal> People) : IEvent;

/// <summary>初评意见 about one person; its words lie beside the ledger.</summary>
/// <param name="Finding">digest</param>
public sealed record FindingWritten(string Round, string Step, string Finding) : IEvent;
