using Jifen.Cycle;
using Jifen.Cycle.Rounds;
using Jifen.Cycle.Scorecards;

namespace Jifen.Store.Reads;

/// <summary>The points of a branch up to the end of a round: what happened later is left out, what was put right since is in.</summary>
public static class RoundScores
{
    /// <returns>null when the branch is out of sight</returns>
    public static async Task<BranchScores?> OfAsync(
        LiveScores live, DataScope scope, OrganizationId branch, SchemeInForce inForce, Round round, CancellationToken cancel = default)
    {
        if (await BranchYearRecords.ReadAsync(scope, branch, inForce.Plan, scope.Today, cancel) is not { } books)
        {
            return null;
        }

        var last = round.Last < scope.Today ? round.Last : scope.Today;
        var before = await live.OfAsync(scope, branch, inForce.Year - 1, scope.Today, cancel);
        return BranchScores.Of(inForce.Plan, UpTo(books, last), last, before?.Scores.AsPrevious());
    }

    private static BranchBooks UpTo(BranchBooks books, DateOnly last) => books with
    {
        Attendances = [.. books.Attendances.Where(one => one.HeldOn <= last)],
        Dues = [.. books.Dues.Where(one => one.Month <= last)],
        ThoughtReports = [.. books.ThoughtReports.Where(one => one.ReceivedOn <= last)],
        OutsideStudies = [.. books.OutsideStudies.Where(one => one.StudiedOn <= last)],
        Facts = [.. books.Facts.Where(one => one.HappenedOn <= last)],
    };
}
