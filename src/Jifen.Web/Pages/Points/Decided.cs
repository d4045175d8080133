using Jifen.Cycle;
using Jifen.Cycle.Decisions;
using Jifen.Cycle.Rounds;
using Jifen.Store;
using Jifen.Store.Reads;
using Jifen.Web.Components;

namespace Jifen.Web.Pages.Points;

/// <summary>A meeting behind a figure, in words, and where its minutes stand.</summary>
public sealed record DecidedBy(string Text, string Url);

/// <summary>Which meeting fixed the points of a round, and what meetings changed, in the year of one branch.</summary>
public sealed class Decided(YearBoard board, OrganizationId branch, IReadOnlyList<PassedVote> votes)
{
    /// <returns>null when no scheme is in force</returns>
    public static async Task<Decided?> OfAsync(DataScope scope, YearBoards boards, OrganizationId branch, int year, CancellationToken cancel) =>
        await boards.OfAsync(scope, branch, year, cancel) is { } known ? new Decided(known.Board, branch, await Meetings.PassedAsync(scope, branch, year, cancel)) : null;

    /// <summary>The meeting that fixed what happened on a day: of the shortest round that was decided.</summary>
    /// <returns>null while none has</returns>
    public DecidedBy? Of(DateOnly day)
    {
        var step = board.Plan.Steps
            .Where(step => step.Step.Kind == StepKinds.Decision && step.Round.Contains(day) && board.StateOf(step) == StepState.Ended)
            .OrderBy(step => step.Round.Last)
            .FirstOrDefault();
        return step is null ? null
            : votes.LastOrDefault(vote => Words.Known<MotionKind>(vote.Kind) == MotionKind.PointsTable && vote.Round == step.Round.Key.ToString()) is { } vote ? Of(vote, $"{step.Round.Name}由")
            : new DecidedBy($"{step.Round.Name}{step.Name}，{(board.MarkOf(step)?.EndedOn is { } on ? DayText.Full(on) : "")}办完", $"/rounds/{step.Round.Key}?branch={branch}");
    }

    /// <summary>Changes of a person's points that meetings decided, each with the record it puts right.</summary>
    public IEnumerable<(string Title, EntryId? Corrects, DecidedBy By)> ChangesOf(PersonId person) =>
        from vote in votes
        where Words.Known<MotionKind>(vote.Kind) == MotionKind.PointsChange && vote.Concerned.Contains(person.Value)
        select (vote.Title, vote.Corrects, Of(vote, ""));

    private DecidedBy Of(PassedVote vote, string before) => new(
        $"{before}{DayText.Full(vote.HeldOn)}{Words.Known<MeetingBody>(vote.Body).Name()}评定：应到{vote.Due}人，到会{vote.Present}人，{(vote.InFavour is null ? "票数不足五张，不公布分项" : $"赞成{vote.InFavour}票，反对{vote.Against}票，弃权{vote.Abstaining}票")}",
        $"/rounds/{vote.Round}/meeting/minutes?meeting={vote.MeetingId}&branch={branch}");
}
