using Jifen.Cycle;
using Jifen.Cycle.Decisions;
using Jifen.Cycle.Rounds;
using Jifen.Cycle.Scorecards;

namespace Jifen.Store.Reads;

/// <summary>The points of a branch at the end of a round: what happened later is left out, what was put right since is in.</summary>
public sealed class RoundTables(LiveScores live)
{
    /// <returns>null when no scheme is in force, or the branch is out of sight</returns>
    public async Task<BranchScores?> ScoresAsync(DataScope scope, OrganizationId branch, Round round, CancellationToken cancel = default) =>
        await live.OfAsync(scope, branch, round.Key.Year, scope.Today, cancel) is { } year ? RoundScores.Of(year.Scores, round) : null;

    /// <returns>an empty table when no scheme is in force</returns>
    public async Task<PointsTable> TableAsync(DataScope scope, OrganizationId branch, Round round, CancellationToken cancel = default) =>
        await ScoresAsync(scope, branch, round, cancel) is { } scores ? PointsTable.Of(scores) : new PointsTable([]);
}
