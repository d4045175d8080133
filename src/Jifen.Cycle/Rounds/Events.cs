namespace Jifen.Cycle.Rounds;

/// <summary>A step of 流程 has begun: review, feedback, evaluation, meeting, notice.</summary>
/// <param name="Round">key of the round</param>
/// <param name="Step">name of the step in the scheme</param>
public sealed record RoundStepBegun(string Round, string Step) : IEvent;

/// <summary>A step of 流程 is done; what rests on it may begin.</summary>
/// <param name="Digest">SHA-256 of the table of points it was taken on, lower-case hex; null where no table was before it</param>
/// <param name="Outcome">what it came to, in a sentence</param>
public sealed record RoundStepEnded(string Round, string Step, string? Digest, string? Outcome) : IEvent;

/// <summary>A step that was done is opened again, with everything that rests on it. The superior sees it.</summary>
public sealed record RoundStepReopened(string Round, string Step, string Reason) : IEvent;
