using Jifen.Cycle;
using Jifen.Cycle.Feedback;
using Jifen.Cycle.Rounds;
using Jifen.Store;
using Jifen.Store.Reads;

namespace Jifen.Web.Pages.Feedback;

/// <summary>Rounds whose review is signed, in the running cycle and the one before: of them one gets feedback.</summary>
internal static class FeedbackRounds
{
    /// <returns>the latest first</returns>
    public static async Task<List<(YearBoard Board, Round Round)>> OfAsync(YearBoards boards, DataScope scope, OrganizationId branch, CancellationToken cancel) =>
        [.. (await boards.RunningAsync(scope, branch, cancel))
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
