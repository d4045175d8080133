using Jifen.Scoring.Facts;

namespace Jifen.Cycle.Members;

/// <summary>
/// 转接组织关系 from one branch of this installation to another, in one step: off the old roll the day before, on the new one from that day.
/// Standing and category go along; the facts of the year stay where they were recorded and count for the person.
/// </summary>
/// <param name="From">the branch left</param>
/// <param name="PartyGroup">in the new branch</param>
/// <param name="On">first day in the new branch</param>
public sealed record TransferMember(PersonId Person, OrganizationId From, string? PartyGroup, DateOnly On, string? Ground)
{
    public Ruling Decide(MemberHistory history, BranchRoll from, BranchRoll to, DateOnly today)
    {
        if (from.Branch == to.Branch)
        {
            return new IsThatAlready(to.Name, history.Open?.From ?? On);
        }

        if (to.Objection() is { } objection)
        {
            return objection;
        }

        if (RollDays.Objection(On, today) is { } day)
        {
            return day;
        }

        if (history.Open is not { } open || open.Branch != From)
        {
            return new NotOnThisRoll(from.Name);
        }

        if (On <= open.From)
        {
            return new MovesBeforeArrival(On, open.From);
        }

        if (to.ObjectionToGroup(PartyGroup) is { } group)
        {
            return group;
        }

        return Ruling.Of(Happenings(history, from, to));
    }

    internal IReadOnlyList<Happening> Happenings(MemberHistory history, BranchRoll from, BranchRoll to)
    {
        var standing = Words.Known<Standing>(history.ValueOn(Aspect.Standing, On) ?? Words.Of(Standing.Full));
        return
        [
            new Happening(new MemberLeft(Departure.Moved, to.Name), Person, On.AddDays(-1), Ground, Stream: from.Branch),
            new Happening(
                new MemberAdmitted(Arrival.TransferredIn, standing, history.ValueOn(Aspect.Category, On), PartyGroup, from.Name),
                Person,
                On,
                Ground,
                Stream: to.Branch),
        ];
    }
}

public sealed record MovesBeforeArrival(DateOnly On, DateOnly From)
    : Refusal($"转到新支部的日子（{RollDays.Say(On)}）要晚于到现在支部的日子（{RollDays.Say(From)}）。当初登记错支部的，请先核对历史。");
