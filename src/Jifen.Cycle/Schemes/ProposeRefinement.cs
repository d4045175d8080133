using Jifen.Cycle.Rounds;
using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Schemes;

/// <summary>提请讨论: the draft is frozen under its fingerprint and goes to the bodies the scheme names.</summary>
public sealed record ProposeRefinement(int Year)
{
    /// <param name="loaded">what reading document and draft came to</param>
    /// <param name="known">the same text put forward for this year before; null for none</param>
    /// <param name="open">another refinement of this year still on its way</param>
    /// <param name="isFrozen">a round of the year has been reviewed by the present scheme</param>
    public Ruling Decide(Loaded<Scheme> loaded, Refinement? known, Refinement? open, bool isFrozen, YearBoard? board)
    {
        if (loaded.Value is not { } scheme)
        {
            return new SchemeHasFaults(loaded.Errors.ToList());
        }

        if (isFrozen)
        {
            return new YearIsUnderWay(Year);
        }

        if (Year < scheme.FirstYear || Year > (scheme.LastYear ?? int.MaxValue))
        {
            return new SchemeIsForOtherYears(scheme, Year);
        }

        if (scheme.Slots is { Count: > 0 } slots)
        {
            return new SlotsAreEmpty(slots);
        }

        if (known is { ReturnedBecause: null })
        {
            return new ProposedBefore(known.ProposedOn);
        }

        return open is not null
            ? new AnotherIsOnItsWay(open.ProposedOn)
            : Ruling.Of([
                new Happening(new RefinementProposed(Year, scheme.Id, scheme.Fingerprint), Ground: scheme.Refinement?.Name ?? scheme.Name),
                .. RefinementProgress.Ended(board, hasMeeting: false, hasSuperior: false)]);
    }
}

/// <summary>支部定 that nobody has filled would score as nothing all year.</summary>
public sealed record SlotsAreEmpty(IReadOnlyList<Slot> Slots)
    : Refusal($"还有{Slots.Count}处“支部定”没有填，全年都会按0分算：{string.Join("；", Slots.Take(5).Select(slot => slot.What))}。填好再提请讨论。", Slots[0].Clauses is [var clause, ..] ? clause : null);

/// <summary>The same text is on its way or in force.</summary>
public sealed record ProposedBefore(DateOnly On) : Refusal($"这份细则已在{Records.Days.Full(On)}提请讨论，一字未改。要改，先改草稿。");

/// <summary>One at a time.</summary>
public sealed record AnotherIsOnItsWay(DateOnly On) : Refusal($"{Records.Days.Full(On)}提请的一份细则还没有办完。先由大会表决或退回，再提新的。");

/// <summary>The rules do not change while the game is on.</summary>
public sealed record YearIsUnderWay(int Year)
    : Refusal($"{Year}年已经按现在的办法评过分，年中不能换办法或改细则。新的从{Year + 1}年起用；确要改的，先按“重新开启”退回已评的考评期。");
