namespace Jifen.Cycle.Members;

/// <summary>What of a member has a history of its own.</summary>
public enum Aspect
{
    /// <summary>身份: word of <see cref="Scoring.Facts.Standing"/></summary>
    Standing,

    /// <summary>类别, as the scheme names it</summary>
    Category,

    /// <summary>党小组, by name</summary>
    PartyGroup,

    /// <summary>外出流动, with the place</summary>
    Floating,

    /// <summary>免予积分</summary>
    Exemption,
}

/// <summary>组织关系: on the roll of a branch from – to, both included.</summary>
/// <param name="To">null: still there</param>
public sealed record Stay(OrganizationId Branch, DateOnly From, DateOnly? To, Arrival Arrived, Departure? LeftBy)
{
    public bool Covers(DateOnly day) => From <= day && (To is null || To >= day);
}

/// <summary>A stretch in which an aspect had one value, both days included.</summary>
public sealed record Period(Aspect Aspect, string Value, DateOnly From, DateOnly? To)
{
    public bool Covers(DateOnly day) => From <= day && (To is null || To >= day);
}

/// <summary>Everything a step about a member decides on. A person nobody knew before has nothing in it.</summary>
/// <param name="Stays">in order of time</param>
/// <param name="Periods">in order of time within an aspect</param>
public sealed record MemberHistory(PersonId Person, IReadOnlyList<Stay> Stays, IReadOnlyList<Period> Periods)
{
    public static MemberHistory Nothing(PersonId person) => new(person, [], []);

    /// <summary>The stay that has no end yet.</summary>
    public Stay? Open => Stays.FirstOrDefault(stay => stay.To is null);

    /// <summary>Where the person is on the roll on that day.</summary>
    public Stay? StayOn(DateOnly day) => Stays.LastOrDefault(stay => stay.Covers(day));

    public Period? On(Aspect aspect, DateOnly day) => Periods.LastOrDefault(period => period.Aspect == aspect && period.Covers(day));

    public string? ValueOn(Aspect aspect, DateOnly day) => On(aspect, day)?.Value;
}

/// <summary>What a step about members needs to know of their branch.</summary>
/// <param name="Groups">党小组 there now, by name</param>
public sealed record BranchRoll(OrganizationId Branch, string Name, Organizations.OrganizationKind Kind, DateOnly? DissolvedOn, IReadOnlyList<string> Groups)
{
    /// <returns>why nobody can be entered here, or null</returns>
    public Refusal? Objection() => this switch
    {
        { Kind: not Organizations.OrganizationKind.Branch } => new NotABranch(Name),
        { DissolvedOn: not null } => new BranchIsDissolved(Name),
        _ => null,
    };

    /// <returns>why nobody can be put in this group, or null</returns>
    public Refusal? ObjectionToGroup(string? group) =>
        group is null || Groups.Contains(group) ? null : new NoSuchGroup(group, Name, Groups);
}

public sealed record NotABranch(string Organization)
    : Refusal($"“{Organization}”不是党支部。党员的组织关系在党支部，请选择一个支部。");

public sealed record BranchIsDissolved(string Branch) : Refusal($"“{Branch}”已经撤销，不能再登记人员。");

public sealed record NoSuchGroup(string Group, string Branch, IReadOnlyList<string> Groups)
    : Refusal($"“{Branch}”没有“{Group}”这个党小组。{(Groups.Count == 0 ? "支部还没有设立党小组，请先在“组织”里设立，或者留空。" : $"现有：{string.Join("、", Groups)}。")}");
