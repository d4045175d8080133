using Jifen.Scoring.Facts;

namespace Jifen.Cycle.Members;

/// <summary>How somebody came to a branch.</summary>
public enum Arrival
{
    /// <summary>On the roll when the branch began to use the ledger.</summary>
    OnRoll,

    /// <summary>发展入党，或确定为积极分子</summary>
    Admitted,

    /// <summary>转入</summary>
    TransferredIn,
}

/// <summary>How somebody left a branch.</summary>
public enum Departure
{
    /// <summary>转出 to a unit outside this installation</summary>
    TransferredOut,

    /// <summary>To another branch of this installation.</summary>
    Moved,

    /// <summary>Otherwise off the roll: death, removal, no longer an activist.</summary>
    Left,
}

/// <summary>A person got an id. The name is kept apart from the ledger; its digest is here.</summary>
/// <param name="NameDigest"><see cref="PersonName.Digest"/></param>
public sealed record PersonRegistered(PersonId Person, string NameDigest) : IEvent;

/// <summary>Name or number of a person was put right.</summary>
/// <param name="NameDigest"><see cref="PersonName.Digest"/> of the new one</param>
public sealed record PersonRenamed(PersonId Person, string NameDigest) : IEvent;

/// <summary>Somebody is on the roll of the branch from the day of the entry.</summary>
public sealed record MemberAdmitted(Arrival Arrived, Standing Standing, string? Category, string? PartyGroup, string? FromWhere) : IEvent;

/// <summary>The day of the entry is the last on this branch's roll. Points stay with the person.</summary>
public sealed record MemberLeft(Departure LeftBy, string? ToWhere) : IEvent;

public sealed record StandingChanged(Standing Standing) : IEvent;

public sealed record CategoryChanged(string Category) : IEvent;

public sealed record PartyGroupChanged(string PartyGroup) : IEvent;

/// <summary>外出流动</summary>
/// <param name="ToWhere">place and, if known, number of the 流动党员活动证</param>
public sealed record FloatingStarted(string ToWhere) : IEvent;

/// <summary>Back on the day of the entry.</summary>
public sealed record FloatingEnded : IEvent;

/// <summary>免予积分 (JSIT-1, DIST-1). Which of the document's cases, and why, may be about health and is never in the ledger.</summary>
/// <param name="UntilOn">last day, included; null: until it is ended</param>
public sealed record ExemptionGranted(DateOnly? UntilOn) : IEvent;

/// <summary>From the day of the entry on, points are kept again.</summary>
public sealed record ExemptionEnded : IEvent;
