namespace Jifen.Cycle.Organizations;

/// <summary>An organization joined the tree. Its own stream begins with this entry.</summary>
public sealed record OrganizationFounded(
    OrganizationId Organization, OrganizationId? Superior, OrganizationKind Kind, string Name, string ShortName, bool IsDirect) : IEvent;

public sealed record OrganizationRenamed(string Name, string ShortName) : IEvent;

public sealed record OrganizationDissolved(string Reason) : IEvent;

/// <summary>Somebody took office; from the day of the entry.</summary>
/// <param name="UntilOn">last day of the term, included; null: until it is ended</param>
public sealed record OfficeAssigned(OfficeTermId Term, Office Office, DateOnly? UntilOn, bool IsActing) : IEvent;

/// <summary>The day of the entry is the last day in office.</summary>
public sealed record OfficeEnded(OfficeTermId Term, string Reason) : IEvent;

/// <summary>The scheme by which an organization, and all below it that have none of their own, judge a year.</summary>
/// <param name="Fingerprint">of the kept scheme version, refinement included</param>
public sealed record SchemeAdopted(int Year, string SchemeId, string Fingerprint) : IEvent;
