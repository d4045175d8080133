using Jifen.Cycle.Members;
using Jifen.Cycle.Objections;
using Jifen.Cycle.Records;
using Jifen.Scoring.Schemes;
using MeetingVote = Jifen.Cycle.Decisions.MeetingVote;

namespace Jifen.Cycle.Exemptions;

/// <summary>支委会审核, 支部同意: agreed or not, with a remark that says nothing of the reason.</summary>
public sealed record ReviewExemption(ExemptionId Application, bool Agreed, string Remark)
{
    public Ruling Decide(Application? known, ExemptionRules? rules, DateOnly today) => known?.Next(rules, today) switch
    {
        null => new NoSuchApplication(),
        not ExemptionStep.Review => new NotThisStepNow(known!.Next(rules, today)),
        _ when WrittenText.Fault("remark", "审核意见", Remark, WrittenText.LongestReason, "如“支委会3月12日审核，符合”", 2) is { } fault => new InputIsWrong([fault]),
        _ => new Happening(new ExemptionReviewed(Application, Agreed, Remark.Trim()), known!.Person, On: today, Clause: Clauses.Of(rules)),
    };
}

/// <summary>党员大会表决 at a meeting run here: by its rule, with the votes of the motion.</summary>
public sealed record ExemptionBeforeMeeting(Application Known, ExemptionRules? Rules)
{
    public Ruling Decide(MeetingVote vote, DateOnly today) => Known.Next(Rules, today) switch
    {
        not ExemptionStep.Vote and var next => new NotThisStepNow(next),
        _ when vote.Meeting.On < Known.AppliedOn => new VotedBeforeApplication(Known.AppliedOn),
        _ => new Happening(
            new ExemptionVoted(
                Known.Id, vote.Gathering, vote.Meeting.On, vote.Present, vote.Votes?.InFavour, vote.Votes?.Against, vote.Votes?.Abstaining, vote.IsPassed),
            Known.Person,
            On: today,
            Clause: Clauses.Of(Rules)),
    };
}

/// <summary>党员大会表决 at a meeting not run here: passed by more than half of those present who have a vote.</summary>
public sealed record VoteOnExemption(ExemptionId Application, GatheringId Meeting, int Present, int For, int Against, int Abstained)
{
    private const int MostPeople = 10_000;

    /// <param name="meeting">null: no members' meeting of this branch</param>
    public Ruling Decide(Application? known, ExemptionRules? rules, HeldMeeting? meeting, DateOnly today)
    {
        if (known?.Next(rules, today) is not { } next)
        {
            return new NoSuchApplication();
        }

        if (next != ExemptionStep.Vote)
        {
            return new NotThisStepNow(next);
        }

        if (meeting is null)
        {
            return new NoSuchMeeting();
        }

        if (!meeting.IsHeld || meeting.HeldOn < known.AppliedOn)
        {
            return meeting.IsHeld ? new VotedBeforeApplication(known.AppliedOn) : new MeetingNotHeldYet();
        }

        return Present is < 1 or > MostPeople || For < 0 || Against < 0 || Abstained < 0 || (long)For + Against + Abstained > Present
            ? new InputIsWrong([new RowFault(RowFault.WholeForm, "present", "票数合不上：赞成、反对、弃权加起来不能多于到会有表决权的人数")])
            : new Happening(
                new ExemptionVoted(Application, Meeting, meeting.HeldOn, Present, For, Against, Abstained, For * 2 > Present), known.Person, On: today, Clause: Clauses.Of(rules));
    }
}

/// <summary>登记免予, or 备案: the last step. The exemption is entered on the roster.</summary>
public sealed record SettleExemption(ExemptionId Application)
{
    /// <param name="step">Settle for the branch, File for the superior</param>
    /// <param name="openCases">objections to the notice that are not answered</param>
    public Ruling Decide(Application? known, ExemptionStep step, ExemptionRules? rules, int openCases, MemberHistory history, BranchRoll branch, string ground, DateOnly today)
    {
        if (known?.Next(rules, today) is not { } next)
        {
            return new NoSuchApplication();
        }

        if (next != step)
        {
            return new NotThisStepNow(next);
        }

        if (openCases > 0)
        {
            return new Notices.CasesStillOpen(openCases, Clauses.Of(rules));
        }

        var granted = new GrantExemption(known.Person, known.FromOn, known.UntilOn, ground).Decide(history, branch, today);
        return granted.IsRefused
            ? granted
            : Ruling.Of([.. granted.Happenings, new Happening(new ExemptionSettled(Application), known.Person, On: today, Clause: Clauses.Of(rules), Stream: branch.Branch)]);
    }
}

internal static class Clauses
{
    public static string? Of(ExemptionRules? rules) => rules?.Clauses is [var clause, ..] ? clause : null;
}
