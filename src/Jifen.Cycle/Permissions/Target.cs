using Jifen.Cycle.Organizations;

namespace Jifen.Cycle.Permissions;

/// <summary>
/// The organization an action touches, with what its people's rights depend on. For a group (党小组): the secretary and recorders of its branch.
/// </summary>
/// <param name="Above">the organizations above it, the nearest first</param>
/// <param name="Secretary">who holds the post there now; null while it is vacant</param>
/// <param name="Recorders">积分记录员 there now</param>
public sealed record Scope(
    OrganizationId Organization,
    OrganizationKind Kind,
    IReadOnlyList<OrganizationId> Above,
    PersonId? Secretary,
    IReadOnlyCollection<PersonId> Recorders)
{
    /// <summary>No organization: public pages, one's own account. Nobody has an office here; only the administrator and the public are somebody.</summary>
    public static Scope Installation { get; } = new(default, OrganizationKind.PartyCommittee, [], null, []);

    /// <summary>A group has no offices of its own that count here: it is its branch.</summary>
    public OrganizationId Home => Kind == OrganizationKind.PartyGroup && Above.Count > 0 ? Above[0] : Organization;

    /// <summary>Others stand below it.</summary>
    public bool IsAboveBranches => Kind is not (OrganizationKind.Branch or OrganizationKind.PartyGroup);
}

/// <summary>Whom an action concerns. It has to be said: where nothing is said, nothing that depends on it is allowed.</summary>
public readonly record struct Concern
{
    private Concern(PersonId? person)
    {
        Person = person;
        IsSaid = true;
    }

    public PersonId? Person { get; }

    public bool IsSaid { get; }

    /// <summary>Nobody in particular: a gathering, an objection to the work as a whole.</summary>
    public static Concern Nobody { get; } = new(null);

    public static Concern Of(PersonId person) => new(person);
}

/// <summary>What an action is to be done to.</summary>
/// <param name="Concern">whom it concerns; of many people judge one by one (<see cref="Authority.JudgeEach"/>)</param>
/// <param name="Stage">of the round, the notice or the vote it touches; null where there is none</param>
/// <param name="Handlers">who drafted, recorded or signed what this is about; null where nobody looked it up</param>
/// <param name="IsInvited">invited by name, or comes with a valid one-time link</param>
/// <param name="IsOpenedToWeb">the organization has opened this to the public</param>
public sealed record Target(
    Scope Scope,
    Concern Concern = default,
    Stage? Stage = null,
    IReadOnlyCollection<PersonId>? Handlers = null,
    bool IsInvited = false,
    bool IsOpenedToWeb = false)
{
    public static Target About(PersonId person, Scope scope, Stage? stage = null) => new(scope, Concern.Of(person), stage);

    /// <summary>It concerns nobody in particular.</summary>
    public static Target Of(Scope scope, Stage? stage = null) => new(scope, Concern.Nobody, stage);
}
