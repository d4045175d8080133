namespace Jifen.Cycle.Members;

/// <summary>外出流动: from that day elsewhere; activity there counts with proof (JSIT-1).</summary>
/// <param name="ToWhere">place and organization that takes part</param>
/// <param name="PermitNumber">number of the 流动党员活动证; the proof, needed</param>
public sealed record StartFloating(PersonId Person, string ToWhere, string PermitNumber, DateOnly On)
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

        if (string.IsNullOrWhiteSpace(ToWhere))
        {
            return new DestinationIsMissing();
        }

        if (string.IsNullOrWhiteSpace(PermitNumber))
        {
            return new PermitIsMissing();
        }

        return history.On(Aspect.Floating, On) is { } now
            ? new FloatsAlready(now.From, now.Value)
            : new Happening(new FloatingStarted(ToWhere), Person, On, $"流动党员活动证 {PermitNumber}", "JSIT-1", Stream: branch.Branch);
    }
}

public sealed record DestinationIsMissing() : Refusal("请写明去向：所到的地方和接收的党组织。");

public sealed record PermitIsMissing()
    : Refusal("请写流动党员活动证的编号：在外参加活动要凭证计分。还没有办理的，写“办理中”，办好后再更正。", "JSIT-1");

public sealed record FloatsAlready(DateOnly Since, string Where)
    : Refusal($"从 {RollDays.Say(Since)} 起已登记外出流动（{Where}）。先登记返回，再登记新的去向。");
