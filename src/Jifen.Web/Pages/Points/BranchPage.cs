using System.Globalization;
using Jifen.Cycle;
using Jifen.Cycle.Organizations;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Rounds;
using Jifen.Cycle.Scorecards;
using Jifen.Store;
using Jifen.Store.Reads;
using Jifen.Web.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Jifen.Web.Pages.Points;

/// <summary>
/// What the pages about one branch's points share: which branch, as of which day, whether this person may look, and the note in the log
/// that he did.
/// </summary>
public abstract class BranchPage : WholePage
{
    private Dictionary<PersonId, PersonOutlook>? _outlooks;

    [Inject]
    private protected Citations Citations { get; set; } = null!;

    [Inject]
    protected Visit Visit { get; set; } = null!;

    [Inject]
    protected LiveScores Live { get; set; } = null!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    [Inject]
    protected IHttpContextAccessor Http { get; set; } = null!;

    /// <summary>Id of the branch; nothing means one's own.</summary>
    [SupplyParameterFromQuery(Name = "branch")]
    public string? Branch { get; set; }

    /// <summary>yyyy-MM-dd; nothing means today.</summary>
    [SupplyParameterFromQuery(Name = "on")]
    public string? On { get; set; }

    /// <summary>Key of a round: the points as that round leaves them, as they were published; nothing means as of the day.</summary>
    [SupplyParameterFromQuery(Name = "round")]
    public string? RoundAsked { get; set; }

    [Inject]
    protected YearBoards Boards { get; set; } = null!;

    /// <summary>The round the address names; null where it names none.</summary>
    protected Round? Round { get; private set; }

    /// <summary>Which meetings fixed and changed the points of the year.</summary>
    private protected Decided? Decided { get; private set; }

    protected Actor Actor { get; private set; } = null!;

    protected OrganizationRow Organization { get; private set; } = null!;

    protected Scope Where { get; private set; } = null!;

    /// <summary>As of the end of this day.</summary>
    protected DateOnly Day { get; private set; }

    /// <summary>null: no scheme is in force on that day.</summary>
    protected LiveYear? Year { get; private set; }

    /// <summary>Why nothing is shown; null when something is.</summary>
    protected Refusal? Refusal { get; private set; }

    /// <summary>The table asks for a reason, and none was stated in the last half hour.</summary>
    protected bool AsksForReason { get; private set; }

    /// <summary>Stated for this organization; null where none is needed.</summary>
    protected string? Reason { get; private set; }

    /// <summary>The branch is found and this person may look; false while the page is still being read.</summary>
    protected bool IsOpen { get; private set; }

    /// <summary>The person is in no branch, and the page is about himself.</summary>
    protected bool IsNowhere { get; private set; }

    protected bool IsOwnBranch => Actor.Branch == Organization.OrganizationId;

    protected bool IsPast => Day != Visit.Today;

    /// <summary>Branch and day as they stand in the address, for links to the pages beside this one.</summary>
    protected string Query
    {
        get
        {
            var parts = new List<string>();
            if (!IsOwnBranch)
            {
                parts.Add($"branch={Organization.OrganizationId}");
            }

            if (IsPast)
            {
                parts.Add($"on={DayText.Iso(Day)}");
            }

            return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
        }
    }

    /// <summary>Finds the branch, judges, reads the scores.</summary>
    /// <param name="action">that showing the page takes</param>
    /// <param name="about">whom it is about; null: everybody of the branch</param>
    /// <returns>false when nothing can be shown: refused, asked for a reason, or sent elsewhere</returns>
    protected async Task<bool> OpenAsync(DataScope scope, ActionRow action, PersonId? about = null)
    {
        Actor = await Visit.SignedInAsync();
        Day = DateOnly.TryParseExact(On, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on) && on <= Visit.Today ? on : Visit.Today;
        var wanted = Guid.TryParse(Branch, out var id) ? new OrganizationId(id) : OwnBranch();
        if (wanted is not { } branch)
        {
            Navigation.NavigateTo("/branches");
            return false;
        }

        if (await Store.Reads.Organizations.OneAsync(scope, branch, Visit.Aborted) is not { } organization)
        {
            NotFound();
            return false;
        }

        Organization = organization;
        Citations.Branch = branch;
        Where = await Scopes.OfAsync(scope, branch, Visit.Aborted);
        var verdict = Judge(action, about);
        if (!verdict.IsAllowed)
        {
            Refusal = verdict.Refusal;
            Http.HttpContext!.Response.StatusCode = StatusCodes.Status403Forbidden;
            return false;
        }

        await LoadYearAsync(scope, branch);
        return IsOpen = true;
    }

    private async Task LoadYearAsync(DataScope scope, OrganizationId branch)
    {
        if (RoundKey.Read(RoundAsked) is { } key && await Boards.OfAsync(scope, branch, key.Year, Visit.Aborted) is { } year && year.Board.Plan.Find(key) is { } round)
        {
            Round = round;
            var whole = await Live.OfAsync(scope, branch, key.Year, Visit.Today, Visit.Aborted);
            Year = whole is null ? null : whole with { Scores = RoundScores.Of(whole.Scores, round) };
        }
        else
        {
            Year = await Live.OnAsync(scope, branch, Day, Visit.Aborted);
        }

        Decided = Year is null ? null : await Decided.OfAsync(scope, Boards, branch, Year.InForce.Year, Visit.Aborted);
    }

    /// <summary>The page is about a whole year, not about a part of it.</summary>
    private protected bool IsOfWholeYear => Round is null or { Key.Span: Scoring.Schemes.Span.Year };

    /// <summary>The members' meeting fixed the totals of the round, and they were or will be published: no proposal any more.</summary>
    private protected bool IsDecided => Round is { } round && Decided?.Of(round.Last) is not null;

    /// <summary>
    /// Where somebody is heading, on pages of a year that is not over; null otherwise. A grade by the points of one day would judge what is
    /// still to come: in January everybody would be at the bottom.
    /// </summary>
    private protected PersonOutlook? OutlookOf(PersonId person)
    {
        if (Year is not { } year || Visit.Today > year.InForce.CycleLast || !IsOfWholeYear)
        {
            return null;
        }

        _outlooks ??= Outlook.Of(year.Scores).ToDictionary(one => one.Person.Person);
        return _outlooks.GetValueOrDefault(person);
    }

    /// <summary>The grade that was decided for somebody, where the page is about a whole year and people decide the grades.</summary>
    private protected async Task<DecidedGrade?> DecidedGradeAsync(DataScope scope, PersonId person) =>
        Round is { Key.Span: Scoring.Schemes.Span.Year } round ? await GradeDecisions.OwnAsync(scope, person, round.Key.Year, Visit.Aborted) : null;

    /// <summary>For somebody who is in no branch now: who and when, nothing else.</summary>
    protected async Task OpenNowhereAsync()
    {
        Actor = await Visit.SignedInAsync();
        Day = Visit.Today;
        IsNowhere = true;
    }

    /// <summary>Whether the page may show what the table marks with j now; asks for the reason otherwise.</summary>
    protected async Task<bool> HasReasonAsync(DataScope scope, Verdict verdict)
    {
        Reason = await ReadLog.ReasonAsync(scope, verdict, Organization.OrganizationId, Visit.Now, Visit.Aborted);
        AsksForReason = verdict.IsWithout(Reason);
        return !AsksForReason;
    }

    protected Verdict Judge(ActionRow action, PersonId? about = null) =>
        Authority.Judge(action, Actor, about is { } person ? Target.About(person, Where) : Target.Of(Where));

    /// <summary>Enters in the log who was shown here; in the transaction that read.</summary>
    protected Task LogAsync(DataScope scope, Verdict verdict, string page, IEnumerable<PersonId> persons) =>
        ReadLog.EnterAsync(scope, verdict, Organization.OrganizationId, page, persons, Reason, Visit.Now, Visit.Aborted);

    protected void NotFound()
    {
        Refusal = new NoSuchPage();
        Http.HttpContext!.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    /// <summary>Those on the roll of the branch, by their names.</summary>
    protected IEnumerable<ScoredPerson> OnRoll =>
        (Year?.Scores.People ?? []).Where(person => person.Presence == Presence.OnRoll);

    private OrganizationId? OwnBranch() =>
        Actor.Branch ?? Actor.Posts.Where(post => post.Kind == OrganizationKind.Branch).Select(post => (OrganizationId?)post.Organization).FirstOrDefault();
}

/// <summary>There is no such page, or it is out of sight: the two look the same.</summary>
public sealed record NoSuchPage() : Refusal("没有这一页，或者您看不到它。请从首页再找。");
