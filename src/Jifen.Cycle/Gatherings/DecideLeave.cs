namespace Jifen.Cycle.Gatherings;

/// <summary>The roll was taken: leave changes nothing any more.</summary>
public sealed record LeaveComesTooLate() : Refusal("已经点过名，请假不再变动。出席登记得不对的，请用“更正”，写明理由。");

/// <summary>批假. A decision may be changed until the roll is taken.</summary>
/// <param name="Answer">told to the person; must be there when leave is not granted</param>
public sealed record DecideLeave(GatheringId Gathering, PersonId Person, bool Grants, string? Answer)
{
    public Ruling Decide(Gathering gathering, LeaveRequest? asked) => this switch
    {
        _ when gathering.State == GatheringState.Cancelled => new GatheringIsCancelled(),
        _ when asked is null => new NoLeaveAsked(),
        _ when gathering.State == GatheringState.Held => new LeaveComesTooLate(),
        _ when !Grants && string.IsNullOrWhiteSpace(Answer) => new SayWhy("不准假的理由"),
        _ when asked.Granted == Grants => Ruling.NothingToDo,
        _ => new Happening(
            new LeaveDecided(Gathering, Grants, string.IsNullOrWhiteSpace(Answer) ? null : Answer.Trim()), About: Person),
    };
}
