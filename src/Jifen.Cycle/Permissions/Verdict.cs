namespace Jifen.Cycle.Permissions;

/// <summary>What an allowed action is bound to.</summary>
[Flags]
public enum Qualifiers
{
    None = 0,

    /// <summary>takes effect only when a second person has confirmed (<see cref="Authority.JudgeSecond"/>)</summary>
    NeedsSecond = 1 << 0,

    /// <summary>that second person is from outside the branch</summary>
    SecondFromOutside = 1 << 1,

    /// <summary>a reason must be given, and is logged</summary>
    NeedsReason = 1 << 2,

    /// <summary>shown without reasons, numbers, health, disposal</summary>
    Redacted = 1 << 3,

    /// <summary>rests on the right to vote</summary>
    VotingOnly = 1 << 4,

    /// <summary>digests, no content</summary>
    HashesOnly = 1 << 5,

    /// <summary>done while a vote is open: shown to the tellers and to D</summary>
    ShownToTellers = 1 << 6,
}

/// <summary>Whether somebody may, in which role, bound to what; or why not.</summary>
public sealed record Verdict
{
    private Verdict(ActionRow? action, Role? role, Qualifiers qualifiers, Refusal? refusal) =>
        (Action, Role, Qualifiers, Refusal) = (action, role, qualifiers, refusal);

    /// <summary>null only where no such action exists</summary>
    public ActionRow? Action { get; }

    /// <summary>the office at that time, for the ledger; null when refused</summary>
    public Role? Role { get; }

    public Qualifiers Qualifiers { get; }

    public Refusal? Refusal { get; }

    public bool IsAllowed => Refusal is null;

    public bool Needs(Qualifiers qualifier) => (Qualifiers & qualifier) == qualifier;

    /// <param name="reason">stated for it, and still holding; null: none</param>
    /// <returns>whether it is allowed now; false also where only the reason is missing</returns>
    public bool IsAllowedWith(string? reason) => IsAllowed && !IsWithout(reason);

    /// <returns>whether a reason must be given and was not</returns>
    public bool IsWithout(string? reason) => reason is null && Needs(Qualifiers.NeedsReason);

    internal static Verdict Allow(ActionRow action, Role role, Qualifiers qualifiers) => new(action, role, qualifiers, null);

    internal static Verdict Refuse(ActionRow? action, Refusal refusal) => new(action, null, Qualifiers.None, refusal);
}

/// <summary>One of many people an action concerns.</summary>
public sealed record PersonVerdict(PersonId Person, Verdict Verdict);

/// <summary>An action that concerns many people at once, judged one by one: a roll-call goes through without the recorder's own line.</summary>
public sealed record VerdictEach(IReadOnlyList<PersonVerdict> All)
{
    public IEnumerable<PersonVerdict> Allowed => All.Where(one => one.Verdict.IsAllowed);

    /// <summary>whom somebody else must do it for, and why</summary>
    public IEnumerable<PersonVerdict> Excluded => All.Where(one => !one.Verdict.IsAllowed);

    /// <summary>Somebody is left to do it for.</summary>
    public bool IsAllowedForSome => All.Any(one => one.Verdict.IsAllowed);
}
