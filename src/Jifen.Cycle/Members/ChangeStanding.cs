using Jifen.Scoring.Facts;

namespace Jifen.Cycle.Members;

/// <summary>身份变更: 积极分子 → 预备党员 → 正式党员. From the first day of the present standing it is a correction, and any is possible.</summary>
/// <param name="Ground">依据: the resolution that did it; needed</param>
public sealed record ChangeStanding(PersonId Person, Standing Standing, DateOnly On, string? Ground)
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

        if (string.IsNullOrWhiteSpace(Ground))
        {
            return new ResolutionIsMissing();
        }

        if (history.On(Aspect.Standing, On) is { } now)
        {
            var was = Words.Known<Standing>(now.Value);
            if (was == Standing)
            {
                return new IsThatAlready(Member.StandingName(Standing), now.From);
            }

            if (now.From != On && !Follows(was))
            {
                return new StandingDoesNotFollow(was, Standing, now.From);
            }
        }

        return new Happening(new StandingChanged(Standing), Person, On, Ground, Stream: branch.Branch);
    }

    private bool Follows(Standing was) => (was, Standing) switch
    {
        (Standing.Activist, Standing.Probationary) => true,
        (Standing.Probationary, Standing.Full) => true,
        // 取消预备党员资格
        (Standing.Probationary, Standing.Activist) => true,
        _ => false,
    };
}

public sealed record ResolutionIsMissing() : Refusal("请写明依据，例如“2025年5月20日支部党员大会通过，上级批复”。依据会记入台账。", "党章第七条");

public sealed record IsThatAlready(string What, DateOnly Since) : Refusal($"从 {RollDays.Say(Since)} 起已经是“{What}”，没有变化。");

public sealed record StandingDoesNotFollow(Standing Was, Standing Wanted, DateOnly Since)
    : Refusal(
        $"不能从“{Member.StandingName(Was)}”直接变为“{Member.StandingName(Wanted)}”：入党积极分子先成为预备党员，预备期满再转正。"
        + $"如果是当初登记错了，把日期写成 {RollDays.Say(Since)}（现在这个身份的第一天），就是更正。",
        "党章第七条");
