using Jifen.Cycle;
using Jifen.Cycle.Rounds;

namespace Jifen.Store.Reads;

/// <summary>The meeting before which comes what waits for one.</summary>
public static class NextMeeting
{
    /// <summary>The round in which it is held: of the one that is open, else of what has to be decided next, else the year, where a meeting takes motions alone.</summary>
    /// <returns>null when no scheme is in force</returns>
    public static async Task<RoundKey?> RoundAsync(DataScope scope, YearBoards boards, OrganizationId branch, CancellationToken cancel = default)
    {
        if (await Meetings.OpenAsync(scope, branch, cancel) is { } open)
        {
            return open.Round;
        }

        var years = await boards.RunningAsync(scope, branch, cancel);
        return years.SelectMany(year => year.Board.Current).FirstOrDefault(step => step.Step.Kind == StepKinds.Decision)?.Round.Key
            ?? (years is [.., var running] ? running.Board.Plan.WholeYear.Key : null);
    }
}
