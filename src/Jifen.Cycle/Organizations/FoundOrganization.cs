using Jifen.Cycle.Members;

namespace Jifen.Cycle.Organizations;

/// <summary>An organization as steps about the tree see it.</summary>
/// <param name="NamesBelow">full and short names of the organizations directly below it</param>
public sealed record TreeNode(
    OrganizationId Organization,
    OrganizationId? Superior,
    OrganizationKind Kind,
    string Name,
    string ShortName,
    DateOnly FoundedOn,
    DateOnly? DissolvedOn,
    IReadOnlyCollection<string> NamesBelow);

/// <summary>设立党组织 below another one. Recorded with the superior: nobody sees the new one before it stands.</summary>
public sealed record FoundOrganization(OrganizationId Organization, OrganizationKind Kind, string Name, string ShortName, DateOnly On)
{
    /// <summary>Longest name, in characters.</summary>
    public const int LongestName = 80;

    public Ruling Decide(TreeNode superior, DateOnly today)
    {
        if (superior.DissolvedOn is not null)
        {
            return new OrganizationIsDissolved(superior.Name);
        }

        if (!superior.Kind.Below().Contains(Kind))
        {
            return new CannotStandBelow(Kind, superior.Kind);
        }

        if (RollDays.Objection(On, today) is { } day)
        {
            return day;
        }

        if (NameObjection(Name, ShortName, superior.NamesBelow) is { } name)
        {
            return name;
        }

        var isDirect = Kind == OrganizationKind.Branch && superior.Kind is OrganizationKind.PartyCommittee or OrganizationKind.WorkingCommittee;
        return new Happening(
            new OrganizationFounded(Organization, superior.Organization, Kind, Name, ShortName, isDirect), On: On, Stream: superior.Organization);
    }

    /// <param name="taken">names that stand beside it</param>
    internal static Refusal? NameObjection(string name, string shortName, IReadOnlyCollection<string> taken)
    {
        if (string.IsNullOrWhiteSpace(name) || string.IsNullOrWhiteSpace(shortName))
        {
            return new OrganizationNameIsMissing();
        }

        if (name.Length > LongestName || shortName.Length > LongestName)
        {
            return new OrganizationNameIsTooLong();
        }

        return taken.Contains(name) ? new OrganizationNameIsTaken(name)
            : taken.Contains(shortName) ? new OrganizationNameIsTaken(shortName)
            : null;
    }
}

public sealed record OrganizationIsDissolved(string Name) : Refusal($"“{Name}”已经撤销，不能再变动。");

public sealed record CannotStandBelow(OrganizationKind Kind, OrganizationKind Superior)
    : Refusal($"{Superior.Name()}下面不能设{Kind.Name()}。{(Superior.Below() is { Count: > 0 } kinds ? $"可以设：{string.Join("、", kinds.Select(OrganizationText.Name))}。" : "")}");

public sealed record OrganizationNameIsMissing() : Refusal("请写组织的全称和简称。简称用在表格和导入的“支部”一列里。");

public sealed record OrganizationNameIsTooLong() : Refusal($"组织名称至多 {FoundOrganization.LongestName} 个字。");

public sealed record OrganizationNameIsTaken(string Name) : Refusal($"同一个上级下面已经有“{Name}”。请换一个名称，免得导入、统计时分不清。");
