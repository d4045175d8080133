using System.Globalization;
using Jifen.Cycle;
using Jifen.Cycle.Rounds;
using Jifen.Cycle.Scorecards;
using Jifen.Store;
using Jifen.Store.Reads;
using Jifen.Web.Pages.Points;

namespace Jifen.Web.Pages.Home;

/// <summary>What the year before came to for a member: in January that is what he looks for, and the new year has hardly begun.</summary>
/// <param name="Name">2026年度, or 2025—2026学年</param>
/// <param name="Note">how far it has come</param>
public sealed record LastYear(string Name, string Total, string Note, string Url)
{
    /// <param name="running">both cycles, as <see cref="YearBoards.RunningAsync"/> reads them</param>
    /// <returns>null: there was none here, or he was not in it</returns>
    internal static async Task<LastYear?> OfAsync(DataScope scope, IReadOnlyList<BranchYear> running, LiveScores live, OrganizationId branch, PersonId person, CancellationToken cancel)
    {
        if (running is not [var before, _])
        {
            return null;
        }

        var (year, name) = (before.InForce.Year, before.Board.Plan.WholeYear.Name);
        var url = $"/me?round={RoundKey.OfYear(year)}";
        if (await SettledYears.OwnAsync(scope, person, year, cancel) is { } settled)
        {
            var isProposal = settled.Decided is null && before.Board.GradesAreOpen;
            var note = (settled.Decided?.Grade ?? settled.Line.Grade) is not { } grade ? "已定分"
                : isProposal ? $"已定分，照分是{grade}，等次还没有定"
                : $"已定分，{grade}";
            return new LastYear(name, settled.Line.Total.ToString("0.##", CultureInfo.InvariantCulture), note, url);
        }

        // A year that was over before the branch began here is not worked out.
        return before.Board.StageOf(RoundKey.OfYear(year)) < Cycle.Permissions.Stage.Settled
            && await live.OfAsync(scope, branch, year, scope.Today, cancel) is { } computed
            && computed.Scores.PersonOf(person) is { Presence: Presence.OnRoll } && computed.Scores.CardOf(person) is { HasScorecard: true } card
            ? new LastYear(name, PointsText.Plain(card.Total), "还没有定分", url)
            : null;
    }
}
