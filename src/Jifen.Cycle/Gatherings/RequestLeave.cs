namespace Jifen.Cycle.Gatherings;

/// <summary>One asks leave only from what one is expected at.</summary>
public sealed record NotExpected() : Refusal("您不在这次活动的应到名单里，不用请假。");

/// <summary>Leave is asked beforehand.</summary>
public sealed record BegunAlready() : Refusal("活动已经开始，不能再从这里请假。请直接向书记或记录员说明。");

/// <summary>A request is open, or was granted.</summary>
public sealed record AskedAlready(bool IsGranted)
    : Refusal(IsGranted ? "这次已经准假，不用再请。" : "您已经请过假，正在等批。要改理由，先撤回再请。");

/// <summary>请假, by the person himself, before the gathering begins.</summary>
public sealed record RequestLeave(GatheringId Gathering, string Reason)
{
    public const int LongestReason = 200;

    /// <param name="asked">what he asked before; null: nothing</param>
    public Ruling Decide(Gathering gathering, PersonId person, LeaveRequest? asked, DateTimeOffset now) => this switch
    {
        _ when gathering.State == GatheringState.Cancelled => new GatheringIsCancelled(),
        _ when !gathering.Expected.Contains(person) => new NotExpected(),
        _ when now >= gathering.Plan.StartsAt || gathering.State == GatheringState.Held => new BegunAlready(),
        _ when asked is { Granted: not false } => new AskedAlready(asked.Granted == true),
        _ when string.IsNullOrWhiteSpace(Reason) => new SayWhy("请假的理由"),
        _ when Reason.Length > LongestReason => new FieldsAreWrong([new FieldFault("reason", $"理由不超过{LongestReason}个字")]),
        _ => new Happening(new LeaveRequested(Gathering, Reason.Trim()), About: person),
    };
}
