namespace Jifen.Cycle.Gatherings;

/// <summary>There is no request, or it was withdrawn.</summary>
public sealed record NoLeaveAsked() : Refusal("没有这条请假，或者已经撤回。请刷新页面。");

/// <summary>撤回请假: I am coming after all.</summary>
public sealed record WithdrawLeave(GatheringId Gathering)
{
    public Ruling Decide(Gathering gathering, PersonId person, LeaveRequest? asked) => this switch
    {
        _ when asked is null => new NoLeaveAsked(),
        _ when gathering.State == GatheringState.Held => new LeaveComesTooLate(),
        _ => new Happening(new LeaveWithdrawn(Gathering), About: person),
    };
}
