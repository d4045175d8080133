namespace Jifen.Cycle.Members;

/// <summary>Which of the document's cases somebody is exempted by. It may tell of health, and is kept apart from the ledger with the reason.</summary>
public enum ExemptionCase
{
    /// <summary>JSIT-1(a): away from the city continuously within the year</summary>
    Away,

    /// <summary>JSIT-1(b), DIST-1: old, bedridden, long ill</summary>
    OldOrIll,

    /// <summary>JSIT-1(c): newly admitted or transferred in less than half a year ago</summary>
    NewlyArrived,

    /// <summary>JSIT-1(d)</summary>
    Other,
}

/// <summary>
/// 免予积分, as the branch resolved it: application, committee, members' meeting, public notice (JSIT-1). Records the outcome with its period;
/// the case and the reason are kept apart.
/// </summary>
/// <param name="Ground">the resolution and the notice, without the reason</param>
/// <param name="UntilOn">last day, included</param>
public sealed record GrantExemption(PersonId Person, DateOnly On, DateOnly? UntilOn, string? Ground)
{
    public Ruling Decide(MemberHistory history, BranchRoll branch, DateOnly today)
    {
        if (RollDays.Objection(On, today) is { } day)
        {
            return day;
        }

        if (UntilOn < On)
        {
            return new EndsBeforeItBegins(On, UntilOn.Value);
        }

        if (history.StayOn(On)?.Branch != branch.Branch)
        {
            return new NotOnThisRoll(branch.Name);
        }

        if (string.IsNullOrWhiteSpace(Ground))
        {
            return new ExemptionNeedsResolution();
        }

        return history.On(Aspect.Exemption, On) is { } now
            ? new IsExemptAlready(now.From)
            : new Happening(new ExemptionGranted(UntilOn), Person, On, Ground, "JSIT-1", Stream: branch.Branch);
    }
}

/// <summary>恢复积分.</summary>
/// <param name="On">first day on which points are kept again</param>
public sealed record EndExemption(PersonId Person, DateOnly On)
{
    public Ruling Decide(MemberHistory history, BranchRoll branch, DateOnly today)
    {
        if (RollDays.Objection(On, today) is { } day)
        {
            return day;
        }

        return history.On(Aspect.Exemption, On) is null
            ? new IsNotExempt()
            : new Happening(new ExemptionEnded(), Person, On, Clause: "JSIT-1", Stream: branch.Branch);
    }
}

public sealed record EndsBeforeItBegins(DateOnly From, DateOnly Until)
    : Refusal($"止期（{RollDays.Say(Until)}）早于起期（{RollDays.Say(From)}）。请改正日期。");

public sealed record ExemptionNeedsResolution()
    : Refusal("免予积分要经本人申请、支委会审查、党员大会通过、公示无异议。请写明大会和公示的日期作为依据（不写病情等个人原因）。", "JSIT-1");

public sealed record IsExemptAlready(DateOnly Since) : Refusal($"从 {RollDays.Say(Since)} 起已经免予积分。要改期限，先恢复积分再重新登记。", "JSIT-1");

public sealed record IsNotExempt() : Refusal("那一天此人不是免予积分，不用恢复。", "JSIT-1");
