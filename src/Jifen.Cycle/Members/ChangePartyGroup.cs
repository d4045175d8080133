namespace Jifen.Cycle.Members;

/// <summary>调整党小组, within the branch.</summary>
public sealed record ChangePartyGroup(PersonId Person, string PartyGroup, DateOnly On)
{
    public Ruling Decide(MemberHistory history, BranchRoll branch, DateOnly today)
    {
        if (RollDays.Objection(On, today) is { } day)
        {
            return day;
        }

        if (history.StayOn(On)?.Branch != branch.Branch)
        {
            return new NotOnThisRoll(branch.Name);
        }

        if (branch.ObjectionToGroup(PartyGroup) is { } unknown)
        {
            return unknown;
        }

        return history.On(Aspect.PartyGroup, On) is { } now && now.Value == PartyGroup
            ? new IsThatAlready(PartyGroup, now.From)
            : new Happening(new PartyGroupChanged(PartyGroup), Person, On, Stream: branch.Branch);
    }
}
