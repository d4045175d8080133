using Jifen.Cycle;
using Jifen.Cycle.Gatherings;
using Jifen.Cycle.Permissions;
using Jifen.Store;
using Jifen.Store.Reads;
using Jifen.Store.Steps;
using Jifen.Web.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Jifen.Web.Pages.Gatherings;

/// <summary>A page about one gathering: found in the scope of who asks, or not found.</summary>
public abstract class GatheringPage : WholePage
{
    /// <summary>from the address</summary>
    [Parameter]
    public Guid Id { get; set; }

    [SupplyParameterFromQuery(Name = "done")]
    public string? DoneAsked { get; set; }

    /// <summary>What was just done, for the note at the top: not when the next thing was refused.</summary>
    public string? Done => HttpMethods.IsPost(Http.Request.Method) ? null : DoneAsked;

    [CascadingParameter]
    public HttpContext Http { get; set; } = null!;

    [Inject]
    private protected Visit Visit { get; set; } = null!;

    [Inject]
    private protected GatheringSteps Steps { get; set; } = null!;

    [Inject]
    private protected SchemesInForce Schemes { get; set; } = null!;

    [Inject]
    private protected NavigationManager Navigation { get; set; } = null!;

    /// <summary>null: not found, or not for this person</summary>
    private protected Gathering? Found { get; private set; }

    private protected OrganizationId Branch { get; private set; }

    private protected string BranchName { get; private set; } = "";

    private protected Scope Where { get; private set; } = Scope.Installation;

    private protected Actor Me { get; private set; } = null!;

    /// <summary>The scheme that judges the day of the gathering; null: none was adopted.</summary>
    private protected SchemeInForce? InForce { get; private set; }

    private protected Refusal? Refused { get; private set; }

    /// <summary>Of the form on the page; the one that was sent when it comes back.</summary>
    private protected Guid Operation { get; private set; }

    /// <summary>What one needs to be shown the page at all, in the branch that holds the gathering.</summary>
    private protected abstract ActionRow Needed { get; }

    private protected string Url => $"/gatherings/{Id}";

    private protected string Round => RoundName.Of(InForce?.Scheme, Found!.Day);

    private protected IReadOnlyList<Link> Crumbs => [new("活动", "/gatherings"), new(Found!.Plan.Title, Url)];

    protected override async Task OnInitializedAsync()
    {
        Me = await Visit.SignedInAsync();
        Operation = Form.OperationOf(Http.Request) ?? Guid.CreateVersion7(Visit.Now);
        await using var scope = await Visit.ReadAsync();
        if (await GatheringStates.OneAsync(scope, new GatheringId(Id), Visit.Aborted) is not { } found)
        {
            Http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        Where = await Scopes.OfAsync(scope, found.Organization, Visit.Aborted);
        if (!May(Needed))
        {
            Http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        (Branch, Found) = found;
        BranchName = (await Store.Reads.Organizations.OneAsync(scope, Branch, Visit.Aborted))!.Name;
        InForce = await Schemes.OnAsync(scope, Branch, Found.Day, Visit.Aborted);
        await LoadAsync(scope);
    }

    /// <summary>Whatever else the page shows; <see cref="Found"/> is there.</summary>
    private protected virtual Task LoadAsync(DataScope scope) => Task.CompletedTask;

    /// <summary>Shows or hides what leads to a step; the step judges again.</summary>
    private protected bool May(ActionRow action) => Authority.MayEver(action, Me, Where);

    /// <summary>After a step: on to the next page, or this one again with what is wrong.</summary>
    /// <param name="done">path with query</param>
    private protected void Follow(StepResult result, string done)
    {
        if (result.Refusal is { } refusal)
        {
            Refuse(refusal);
        }
        else
        {
            Navigation.NavigateTo(done);
        }
    }

    private protected void Refuse(Refusal refusal)
    {
        Refused = refusal;
        Http.Response.StatusCode = refusal is NoSuchGathering ? StatusCodes.Status404NotFound : StatusCodes.Status422UnprocessableEntity;
    }

    private protected PersonId Myself => Me.Person;

    private protected OperationId OperationId => new(Operation);
}
