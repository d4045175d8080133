namespace Jifen.Cycle.Members;

/// <summary>Takes somebody off the roll: transferred to a unit outside this installation, or otherwise gone. Points stay with the person.</summary>
/// <param name="LastOn">last day on the roll</param>
/// <param name="ToWhere">the unit that takes somebody over; needed when transferred</param>
/// <param name="Ground">依据</param>
public sealed record RemoveMember(PersonId Person, Departure LeftBy, string? ToWhere, DateOnly LastOn, string? Ground)
{
    public Ruling Decide(MemberHistory history, BranchRoll branch, DateOnly today)
    {
        if (RollDays.Objection(LastOn, today) is { } day)
        {
            return day;
        }

        if (history.Open is not { } open || open.Branch != branch.Branch)
        {
            return new NotOnThisRoll(branch.Name);
        }

        if (LastOn < open.From)
        {
            return new LeavesBeforeArrival(LastOn, open.From);
        }

        return LeftBy switch
        {
            Departure.TransferredOut when string.IsNullOrWhiteSpace(ToWhere) => new DestinationUnitIsMissing(),
            Departure.Left when string.IsNullOrWhiteSpace(Ground) => new LeavingNeedsGround(),
            Departure.Moved => new MovesByTransferOnly(),
            _ => new Happening(new MemberLeft(LeftBy, ToWhere), Person, LastOn, Ground, Stream: branch.Branch),
        };
    }
}

public sealed record DestinationUnitIsMissing() : Refusal("转出的，请写明转到哪个单位。");

public sealed record LeavingNeedsGround() : Refusal("请写明依据，例如去世、除名决定的日期和文号。依据会记入台账，只写必要的。");

public sealed record MovesByTransferOnly() : Refusal("转到本系统里的另一个支部，请用“转接组织关系”，积分和历史会跟着走。");
