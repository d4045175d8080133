using Jifen.Cycle;
using Jifen.Cycle.Permissions;
using Jifen.Store;
using Jifen.Store.Reads;
using Jifen.Web.Pages.Rounds;

namespace Jifen.Web.Pages.AnnualResults;

/// <summary>
/// A page about what a year came to for people: for whoever may see everybody's, with a stated reason where the table asks for one, noted in
/// the log of readings; who may see only his own is shown that.
/// </summary>
public abstract class ResultPage : YearPage
{
    /// <summary>Whether one may see everybody's.</summary>
    private protected Verdict Looking { get; private set; } = null!;

    private protected bool SeesAll => Looking.IsAllowed;

    /// <summary>The table asks for a reason, and none was stated in the last half hour.</summary>
    private protected bool AsksForReason { get; private set; }

    private protected string? Reason { get; private set; }

    /// <summary>The page has something to show to who sees only his own.</summary>
    private protected virtual bool ShowsOwn => false;

    /// <summary>This page, to come back to.</summary>
    private protected string Here => $"{Http.Request.Path}{Http.Request.QueryString}";

    private protected sealed override bool IsOpen()
    {
        Looking = Authority.Judge(Needed, Me, Target.Of(Where));
        return Looking.IsAllowed || (ShowsOwn && Authority.Judge(Needed, Me, Target.About(Me.Person, Where)).IsAllowed);
    }

    private protected sealed override async Task LoadYearAsync(DataScope scope)
    {
        if (SeesAll)
        {
            Reason = await ReadLog.ReasonAsync(scope, Looking, Branch, Visit.Now, Visit.Aborted);
            AsksForReason = Looking.IsWithout(Reason);
        }

        if (!AsksForReason)
        {
            await LoadResultsAsync(scope);
        }
    }

    /// <summary>Whatever the page shows.</summary>
    private protected abstract Task LoadResultsAsync(DataScope scope);

    /// <summary>Enters in the log who was shown here, unless it was only oneself.</summary>
    private protected Task LogAsync(DataScope scope, string page, IEnumerable<PersonId> persons) => SeesAll
        ? ReadLog.EnterAsync(scope, Looking, Branch, page, persons, Reason, Visit.Now, Visit.Aborted)
        : Task.CompletedTask;
}
