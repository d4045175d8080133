using Jifen.Cycle.Permissions;
using Jifen.Cycle.Pledges;
using Jifen.Cycle.Rounds;
using Jifen.Web.Components;

namespace Jifen.Web.Pages.Rounds;

/// <summary>Where a step of a round is taken, and how its state is said.</summary>
internal static class StepPages
{
    /// <returns>null: it is taken on the page of its round</returns>
    public static string? UrlOf(PlannedStep step) => step.Step.Kind switch
    {
        StepKinds.Notice when GivePledge.IsPublication(step) => $"/pledges?year={step.Round.Key.Year}",
        StepKinds.Notice => $"/rounds/{step.Round.Key}/notice?step={Uri.EscapeDataString(step.Name)}",
        StepKinds.Refinement => "/schemes/refinements",
        StepKinds.Summary => $"/rounds/{step.Round.Key}/totals",
        StepKinds.GradeDecision => $"/rounds/{step.Round.Key}/grades",
        StepKinds.Filing => $"/rounds/{step.Round.Key}/filing",
        StepKinds.Decision => $"/rounds/{step.Round.Key}/meeting",
        StepKinds.MassEvaluation or StepKinds.DemocraticEvaluation => $"/rounds/{step.Round.Key}/evaluation",
        StepKinds.Declaration => "/declarations",
        StepKinds.Review or StepKinds.GroupEvaluation => $"/rounds/{step.Round.Key}/review",
        StepKinds.Feedback => $"/rounds/{step.Round.Key}/feedback",
        StepKinds.Pledge => $"/pledges?year={step.Round.Key.Year}",
        StepKinds.SelfEvaluation => $"/self-evaluations?round={step.Round.Key}",
        _ => null,
    };

    /// <summary>Where the next meeting is opened, with what waits for it.</summary>
    /// <param name="round">of <see cref="Store.Reads.NextMeeting"/></param>
    public static string NextMeetingUrl(RoundKey round) => $"/rounds/{round}/meeting#another";

    /// <summary>Whose page it is.</summary>
    /// <returns>null: of everybody who sees the round; AboutAll: of whoever may do it about everybody, not about oneself alone</returns>
    public static (ActionRow Action, bool AboutAll)? NeededFor(PlannedStep step) => step.Step.Kind switch
    {
        StepKinds.Declaration => (Actions.DE1DeclareOwnItem, false),
        StepKinds.Feedback => (Actions.PE4AnswerDefence, false),
        StepKinds.SelfEvaluation => (Actions.PG1WritePledge, false),
        StepKinds.Summary or StepKinds.GradeDecision => (Actions.RS1ReadProposals, true),
        _ => null,
    };

    public static string Name(this StepState state) => state switch
    {
        StepState.Ahead => "还没到",
        StepState.Open => "可以办",
        StepState.Begun => "正在办",
        StepState.Ended => "已办完",
        StepState.Outside => "采用办法以前",
    };

    public static Tone ToneOf(this StepState state) => state switch
    {
        StepState.Open => Tone.Caution,
        StepState.Begun => Tone.Active,
        StepState.Ended => Tone.Good,
        _ => Tone.Faded,
    };

    public static TrailState Trail(this StepState state) => state switch
    {
        StepState.Ahead => TrailState.Ahead,
        StepState.Open or StepState.Begun => TrailState.Current,
        StepState.Ended => TrailState.Done,
        StepState.Outside => TrailState.Skipped,
    };
}
