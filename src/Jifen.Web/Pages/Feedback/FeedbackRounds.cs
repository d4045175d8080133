using Jifen.Cycle.Feedback;
using Jifen.Cycle.Rounds;
using Jifen.Store.Reads;

namespace Jifen.Web.Pages.Feedback;

/// <summary>Rounds whose review is signed, in the running cycle and the one before: of them one gets feedback.</summary>
internal static class FeedbackRounds
{
    /// <param name="running">both cycles, as <see cref="YearBoards.RunningAsync"/> reads them</param>
    /// <returns>the latest first</returns>
    public static List<(YearBoard Board, Round Round)> Of(IReadOnlyList<BranchYear> running) =>
        [.. running
            .SelectMany(year => year.Board.Plan.Rounds
                .Where(round => ReviewDesks.StepOf(year.Board, round.Key) is { } step && year.Board.StateOf(step) == StepState.Ended)
                .Select(round => (year.Board, round)))
            .OrderByDescending(one => one.round.Last)];

    public static string Name(this DefenceOutcome outcome) => outcome switch
    {
        DefenceOutcome.Upheld => "采纳",
        DefenceOutcome.PartlyUpheld => "部分采纳",
        DefenceOutcome.NotUpheld => "不采纳",
    };
}
