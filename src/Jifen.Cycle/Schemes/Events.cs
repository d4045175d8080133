namespace Jifen.Cycle.Schemes;

/// <summary>A branch's refinement was put forward: from now on its text does not change.</summary>
/// <param name="Year">of the first cycle it is to judge</param>
/// <param name="Fingerprint">of the scheme with this refinement</param>
public sealed record RefinementProposed(int Year, string SchemeId, string Fingerprint) : IEvent;

/// <summary>The members' meeting discussed it and voted.</summary>
/// <param name="Meeting">which meeting, in words</param>
public sealed record RefinementDiscussed(int Year, string Fingerprint, string Meeting, DateOnly MetOn, int Present, int? VotesFor, int? VotesAgainst, int? VotesAbstained) : IEvent;

/// <summary>The superior approved it, where the document asks for that (JSUL-1).</summary>
public sealed record RefinementApproved(int Year, string Fingerprint) : IEvent;

/// <summary>It goes back to the branch: the meeting did not pass it, or the superior did not approve it.</summary>
public sealed record RefinementReturned(int Year, string Fingerprint, string Reason) : IEvent;
