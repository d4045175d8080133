using Jifen.Cycle;
using Jifen.Cycle.Decisions;
using Jifen.Cycle.Rounds;
using Jifen.Cycle.Scorecards;

namespace Jifen.Store.Reads;

/// <summary>The points of a branch at the end of a round: what happened later is left out, what was put right since is in.</summary>
public sealed class RoundTables(LiveScores live)
{
    /// <returns>null when no scheme is in force, or the branch is out of sight</returns>
    public async Task<BranchScores?> ScoresAsync(DataScope scope, OrganizationId branch, Round round, CancellationToken cancel = default)
    {
        if (await live.OfAsync(scope, branch, round.Key.Year, scope.Today, cancel) is not { } year)
        {
            return null;
        }

        var books = year.Scores.Books;
        var until = round.Last;
        return BranchScores.Of(
            year.Scores.Plan,
            books with
            {
                Attendances = [.. books.Attendances.Where(one => one.HeldOn <= until)],
                Dues = [.. books.Dues.Where(one => one.Month <= until)],
                ThoughtReports = [.. books.ThoughtReports.Where(one => one.ReceivedOn <= until)],
                OutsideStudies = [.. books.OutsideStudies.Where(one => one.StudiedOn <= until)],
                Facts = [.. books.Facts.Where(one => one.HappenedOn <= until)],
            },
            scope.Today < until ? scope.Today : until,
            year.Scores.Previous);
    }

    /// <returns>an empty table when no scheme is in force</returns>
    public async Task<PointsTable> TableAsync(DataScope scope, OrganizationId branch, Round round, CancellationToken cancel = default) =>
        await ScoresAsync(scope, branch, round, cancel) is { } scores ? PointsTable.Of(scores) : new PointsTable([]);
}
