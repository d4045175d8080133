using System.Globalization;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Rounds;
using Jifen.Store;
using Jifen.Store.Reads;
using Jifen.Store.Steps;
using Jifen.Web.Components;
using Jifen.Web.Pages.Records;
using Microsoft.AspNetCore.Components;

namespace Jifen.Web.Pages.Rounds;

/// <summary>A page about the year of one branch, or about one round of it.</summary>
public abstract class YearPage : RecordPage
{
    /// <summary>yyyy; nothing means the running cycle. A round in the address says its own year.</summary>
    [SupplyParameterFromQuery(Name = "year")]
    public string? YearAsked { get; set; }

    [Inject]
    private protected YearBoards Boards { get; set; } = null!;

    /// <summary>null: no scheme is in force.</summary>
    private protected BranchYear? Year { get; private set; }

    /// <summary>The round the address names; null where it names none.</summary>
    private protected Round? Round { get; private set; }

    /// <summary>As the round stands in the address; null on pages of the year.</summary>
    private protected virtual string? RoundAsked => null;

    /// <summary>Where the address names no year: the one before, where it was lived here and its results have not gone up; then the one that runs.</summary>
    private protected virtual bool OpensOnUnfinished => false;

    private protected YearBoard Board => Year!.Board;

    private protected override bool IsMissing => RoundAsked is not null && RoundKey.Read(RoundAsked) is null;

    private protected sealed override async Task LoadAsync(DataScope scope)
    {
        var key = RoundKey.Read(RoundAsked);
        int? named = int.TryParse(YearAsked, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked is > 1900 and < 2100 ? asked : null;
        Year = (key?.Year ?? named) is { } year ? await Boards.OfAsync(scope, Branch, year, Visit.Aborted)
            : OpensOnUnfinished ? Unfinished(await Boards.RunningAsync(scope, Branch, Visit.Aborted))
            : await Boards.OnAsync(scope, Branch, Visit.Today, Visit.Aborted);
        Round = key is { } known ? Year?.Board.Plan.Find(known) : null;
        if (RoundAsked is not null && Round is null)
        {
            Close(new NoSuchRecord(), Microsoft.AspNetCore.Http.StatusCodes.Status404NotFound);
            return;
        }

        await LoadYearAsync(scope);
    }

    /// <summary>Whatever the page shows, with the board at hand; <see cref="Year"/> may be null on pages of the year.</summary>
    private protected abstract Task LoadYearAsync(DataScope scope);

    /// <summary>How far the round of the page has come.</summary>
    private protected Stage StageNow => Round is null ? Stage.Recording : Board.StageOf(Round.Key);

    private BranchYear? Unfinished(IReadOnlyList<BranchYear> running) => running is [var before, _]
        && before.Board.StageOf(RoundKey.OfYear(before.InForce.Year)) < Stage.Filed
        && before.Board.Plan.Steps.Any(step => before.Board.MarkOf(step)?.EndedOn is not null)
            ? before
            : running.Count == 0 ? null : running[^1];

    /// <summary>What goes along when a step is opened again, by name.</summary>
    private protected IReadOnlyList<string> Along(PlannedStep step) =>
        [.. ReopenRoundStep.Resting(Board, step).Select(other => other.Round.Key == step.Round.Key ? other.Name : other.FullName)];

    /// <summary>重新开启, with the reason of the form.</summary>
    /// <param name="doneAt">where it goes on, with the sentence to say there</param>
    private protected async Task ReopenAsync(RoundSteps steps, PlannedStep step, Func<string, string> doneAt)
    {
        var result = await steps.ReopenAsync(Branch, new ReopenRoundStep(step.Round.Key, step.Name, Sent.Text(ReopenForm.Reason)), Me.Person, OperationId, Visit.Aborted);
        Follow(result, doneAt(result.AwaitsSecond ? "已提出，等上级的人确认后重新开启" : "已重新开启"));
    }

    private protected string? ClauseUrl(string? clause) => clause is null || Year is null ? null : ClauseLink.Of(Year.InForce.Fingerprint, clause);
}
