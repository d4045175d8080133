using Jifen.Cycle.Organizations;
using Jifen.Scoring;
using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Schemes;

/// <summary>采用办法: from this year on the organization, and all below it that have none of their own, judge by this scheme.</summary>
/// <param name="Year">the year of the first cycle it judges</param>
public sealed record AdoptScheme(OrganizationId Organization, int Year, SchemeSource Scheme, SchemeSource? Refinement)
{
    /// <param name="loaded">what reading the two files came to</param>
    /// <param name="now">fingerprint of what the organization itself adopted for the year; null for none</param>
    /// <param name="isFrozen">a round of the year has been reviewed by the present scheme</param>
    public Ruling Decide(Loaded<Scheme> loaded, string? now, DateOnly today, bool isFrozen = false)
    {
        if (loaded.Value is not { } scheme)
        {
            return new SchemeHasFaults(loaded.Errors.ToList());
        }

        if (Year < scheme.FirstYear || Year > (scheme.LastYear ?? int.MaxValue))
        {
            return new SchemeIsForOtherYears(scheme, Year);
        }

        if (scheme.Fingerprint == now)
        {
            return Ruling.NothingToDo;
        }

        return isFrozen
            ? new YearIsUnderWay(Year)
            : new Happening(
                new SchemeAdopted(Year, scheme.Id, scheme.Fingerprint),
                On: today,
                Ground: scheme.Refinement is { } refinement ? $"{Title(scheme)}；{Passed(refinement)}" : Title(scheme));
    }

    private static string Title(Scheme scheme) => scheme.DocumentNumber is { } number ? $"{scheme.Name}（{number}）" : scheme.Name;

    private static string Passed(RefinementHead refinement) =>
        refinement.Meeting is { } meeting ? $"{refinement.Name}，{refinement.PassedOn}{meeting}通过" : refinement.Name;
}

/// <summary>The files cannot be taken; every fault with its line and column.</summary>
public sealed record SchemeHasFaults(IReadOnlyList<Problem> Faults)
    : Refusal($"办法还不能用：有{Faults.Count}处错误。第一处：{Faults[0]}");

/// <summary>适用周期 does not cover the year.</summary>
public sealed record SchemeIsForOtherYears(Scheme Scheme, int Year)
    : Refusal($"《{Scheme.Name}》从{Scheme.FirstYear}年{(Scheme.LastYear is { } last ? $"到{last}年" : "起")}适用，不能用于{Year}年。改年份，或选那一年的办法。");
