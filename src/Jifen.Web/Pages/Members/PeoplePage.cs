using Jifen.Cycle;
using Jifen.Cycle.Permissions;
using Jifen.Store;
using Jifen.Store.Reads;
using Jifen.Store.Steps;
using Jifen.Web.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Jifen.Web.Pages.Members;

/// <summary>A page about members, posts or organizations: who asks, the form that was sent, what became of it.</summary>
public abstract class PeoplePage : WholePage
{
    /// <summary>What was just done, for the note at the top.</summary>
    [SupplyParameterFromQuery]
    public string? Done { get; set; }

    [CascadingParameter]
    public HttpContext Http { get; set; } = null!;

    [Inject]
    private protected Visit Visit { get; set; } = null!;

    [Inject]
    private protected NavigationManager Navigation { get; set; } = null!;

    private protected Actor Me { get; private set; } = null!;

    private protected SentForm Sent => new(Http.Request);

    private protected Refusal? Refused { get; private set; }

    /// <summary>Why there is nothing to show; null: there is.</summary>
    private protected string? Missing { get; set; }

    /// <summary>Of the form on the page; the one that was sent when it comes back.</summary>
    private protected Guid Operation { get; private set; }

    private protected OperationId OperationId => new(Operation);

    private protected DateOnly Today => Visit.Today;

    protected override async Task OnInitializedAsync()
    {
        Me = await Visit.SignedInAsync();
        Operation = Sent.Id(OperationField.Name) ?? Guid.CreateVersion7(Visit.Now);
        await using var scope = await Visit.ReadAsync();
        await LoadAsync(scope);
    }

    /// <summary>Reads what the page shows.</summary>
    private protected abstract Task LoadAsync(DataScope scope);

    /// <summary>It does not exist, or this person may not know that it does.</summary>
    private protected void NotFound(string what = "没有找到，或者您看不到它")
    {
        Missing = what;
        Http.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    /// <summary>Nothing to show, for a reason of its own.</summary>
    private protected void Stop(string why) => Missing = why;

    /// <summary>What the table of actions says to this person here.</summary>
    private protected async Task<Verdict> JudgeAsync(DataScope scope, ActionRow action, OrganizationId organization, PersonId? about = null)
    {
        var where = await Scopes.OfAsync(scope, organization, Visit.Aborted);
        return Authority.Judge(action, Me, about is { } person ? Target.About(person, where) : Target.Of(where));
    }

    /// <summary>Shuts the page where the table does; true when it did.</summary>
    private protected async Task<bool> IsShutAsync(DataScope scope, ActionRow action, OrganizationId organization, PersonId? about = null)
    {
        if ((await JudgeAsync(scope, action, organization, about)).Refusal is not { } refusal)
        {
            return false;
        }

        Missing = refusal.Message;
        Http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return true;
    }

    /// <summary>On to the next page, which says that it is done or waits; or this page again with what is wrong.</summary>
    /// <param name="path">without query</param>
    private protected void Follow(StepResult result, string path, string done = "ok")
    {
        if (result.Refusal is { } refusal)
        {
            Refuse(refusal);
        }
        else
        {
            Navigation.NavigateTo($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}done={(result.AwaitsSecond ? "waits" : done)}");
        }
    }

    private protected void Refuse(Refusal refusal)
    {
        Refused = refusal;
        Http.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
    }

    /// <summary>A step with a field of the form missing or unreadable.</summary>
    private protected void Refuse(string message) => Refuse(new FormIsIncomplete(message));
}

/// <summary>The form lacks something that is needed to take the step at all.</summary>
public sealed record FormIsIncomplete(string What) : Refusal(What);
