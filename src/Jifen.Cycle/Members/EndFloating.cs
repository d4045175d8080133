namespace Jifen.Cycle.Members;

/// <summary>流动返回.</summary>
/// <param name="On">first day back</param>
public sealed record EndFloating(PersonId Person, DateOnly On)
{
    public Ruling Decide(MemberHistory history, BranchRoll branch, DateOnly today)
    {
        if (RollDays.Objection(On, today) is { } day)
        {
            return day;
        }

        return history.Periods.LastOrDefault(period => period.Aspect == Aspect.Floating) switch
        {
            { To: null } away when On < away.From => new BackBeforeLeaving(On, away.From),
            { To: null } => new Happening(new FloatingEnded(), Person, On, Stream: branch.Branch),
            _ => new DoesNotFloat(),
        };
    }
}

public sealed record BackBeforeLeaving(DateOnly On, DateOnly From)
    : Refusal($"返回的日子（{RollDays.Say(On)}）早于外出的日子（{RollDays.Say(From)}）。请改正日期。");

public sealed record DoesNotFloat() : Refusal("此人没有登记外出流动，不用登记返回。");
