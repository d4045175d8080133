using Jifen.Cycle.Members;
using Jifen.Cycle.Records;
using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Exemptions;

/// <summary>申请免予积分: for oneself, by one of the document's cases.</summary>
/// <param name="Kind">外出 老病 新到 其他</param>
public sealed record ApplyForExemption(ExemptionId Application, string Kind, DateOnly FromOn, DateOnly? UntilOn, string Reason)
{
    private const int LongestReason = 1000;
    private const int ShortestReason = 4;

    /// <param name="hasOpen">an application of this person is under way</param>
    public Ruling Decide(PersonId by, MemberHistory history, BranchRoll branch, ExemptionRules? rules, bool hasOpen, string digest, DateOnly today)
    {
        if (rules is null || rules.Kinds.Count == 0)
        {
            return new SchemeExemptsNobody();
        }

        if (rules.Kinds.All(kind => kind.Kind != Kind))
        {
            return new InputIsWrong([new RowFault(RowFault.WholeForm, "kind", "请选办法列出的一种情形")]);
        }

        if (WrittenText.Fault("reason", "理由", Reason, LongestReason, "写明起因和起止", ShortestReason) is { } fault)
        {
            return new InputIsWrong([fault]);
        }

        if (RollDays.Objection(FromOn, today) is { } day)
        {
            return day;
        }

        if (UntilOn < FromOn)
        {
            return new EndsBeforeItBegins(FromOn, UntilOn.Value);
        }

        if (history.StayOn(today)?.Branch != branch.Branch)
        {
            return new NotOnThisRoll(branch.Name);
        }

        return history.On(Aspect.Exemption, FromOn) is { } now ? new IsExemptAlready(now.From)
            : hasOpen ? new ApplicationIsOpen()
            : new Happening(new ExemptionApplied(Application, FromOn, UntilOn, digest), by, On: today, Clause: rules.Clauses is [var clause, ..] ? clause : null);
    }
}

/// <summary>撤回申请, as long as nothing came of it.</summary>
public sealed record WithdrawExemption(ExemptionId Application)
{
    public Ruling Decide(Application? known, PersonId by) => known switch
    {
        null => new NoSuchApplication(),
        _ when known.Person != by => new NoSuchApplication(),
        { IsSettled: true } or { IsWithdrawn: true } or { Reviewed: false } or { Passed: false } => new ApplicationIsOver(),
        _ => new Happening(new ExemptionWithdrawn(Application), by),
    };
}
