using Jifen.Cycle.Rounds;
using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Schemes;

/// <summary>Who has to agree to a refinement before it is in force: what the scheme says in 定项目.</summary>
/// <param name="Meeting">the members' meeting discusses it and votes</param>
/// <param name="Superior">the organization above approves it</param>
public sealed record RefinementBodies(bool Meeting, bool Superior)
{
    private const string MembersMeeting = "党员大会";
    private const string SuperiorOrganization = "上级党组织";

    /// <summary>A scheme that says nothing of it leaves it to the meeting: it is the branch's own rule.</summary>
    public static RefinementBodies Of(Scheme scheme)
    {
        var steps = scheme.Steps.Where(step => step.Kind == StepKinds.Refinement).ToList();
        return new RefinementBodies(
            steps.Count == 0 || steps.Any(AsksMeeting),
            steps.Any(AsksSuperior));
    }

    internal static bool AsksMeeting(CycleStep step) => step.By.Contains(MembersMeeting);

    internal static bool AsksSuperior(CycleStep step) => step.By.Contains(SuperiorOrganization);
}

/// <summary>支部细化 on its way: what has happened to it.</summary>
/// <param name="ProposedBy">drafted and put forward by; does not approve it</param>
/// <param name="DiscussedOn">null: the meeting has not passed it</param>
public sealed record Refinement(
    int Year, string Fingerprint, PersonId ProposedBy, DateOnly ProposedOn, DateOnly? DiscussedOn, DateOnly? ApprovedOn, string? ReturnedBecause, bool IsInForce)
{
    public bool IsOpen => ReturnedBecause is null && !IsInForce;
}

/// <summary>Taking a refinement into force: the adoption and, where the year asks for it, the ends of the steps it completes.</summary>
internal static class RefinementProgress
{
    /// <summary>What ends with this much agreement.</summary>
    /// <param name="board">of the year it is to judge; null where no scheme is in force yet</param>
    public static IEnumerable<Happening> Ended(YearBoard? board, bool hasMeeting, bool hasSuperior)
    {
        foreach (var step in board?.Plan.In(board.Plan.WholeYear.Key) ?? [])
        {
            if (step.Step.Kind == StepKinds.Refinement
                && (!RefinementBodies.AsksMeeting(step.Step) || hasMeeting)
                && (!RefinementBodies.AsksSuperior(step.Step) || hasSuperior)
                && board!.MarkOf(step) is null)
            {
                yield return new Happening(new RoundStepEnded(step.Round.Key.ToString(), step.Name, null, null), On: board.Today, Clause: step.Clause);
            }
        }
    }
}
