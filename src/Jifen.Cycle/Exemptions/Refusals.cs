using Jifen.Cycle.Records;

namespace Jifen.Cycle.Exemptions;

public sealed record SchemeExemptsNobody() : Refusal("本支部适用的办法没有免予积分的规定，人人参加。长期在外的，请办流动党员的手续。");

public sealed record ApplicationIsOpen() : Refusal("您已经申请过，还在办。要改内容的，先撤回，再重新申请。");

public sealed record NoSuchApplication() : Refusal("没有这份申请，或者不由您办。请从“免予积分”页面重新进入。");

public sealed record ApplicationIsOver() : Refusal("这份申请已经办完，不能再撤回。");

/// <summary>Somebody was first, or something comes before it.</summary>
public sealed record NotThisStepNow(ExemptionStep Next) : Refusal($"这份申请现在{ExemptionText.Of(Next)}，不能办这一步。请刷新页面。");

public sealed record VotedBeforeApplication(DateOnly Applied) : Refusal($"表决要在申请（{Days.Full(Applied)}）以后的党员大会上。请选那以后的一次。");

/// <summary>Where an application stands, in words.</summary>
public static class ExemptionText
{
    public static string Of(ExemptionStep step) => step switch
    {
        ExemptionStep.Review => "等支委会审核",
        ExemptionStep.Vote => "等党员大会表决",
        ExemptionStep.Publish => "等公示",
        ExemptionStep.Wait => "正在公示",
        ExemptionStep.Settle => "等登记免予",
        ExemptionStep.File => "等上级备案",
        ExemptionStep.Granted => "已免予",
        ExemptionStep.Refused => "没有同意",
        ExemptionStep.Withdrawn => "已撤回",
    };
}
