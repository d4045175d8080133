using Jifen.Cycle;
using Jifen.Cycle.Organizations;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Records;
using Jifen.Scoring.Schemes;
using Jifen.Store;
using Jifen.Store.Evidence;
using Jifen.Store.Reads;
using Jifen.Store.Steps;
using Jifen.Web.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Jifen.Web.Pages.Records;

/// <summary>There is no such record, or it is out of sight: the two look the same.</summary>
public sealed record NoSuchRecord() : Refusal("没有这条记录，或者您看不到它。请从“日常记录”再找。");

/// <summary>A page about the records of one branch: which branch, who asks, what was typed, what is refused.</summary>
public abstract class RecordPage : WholePage
{
    /// <summary>Id of the branch; nothing means the one in which one keeps records, or one's own.</summary>
    [SupplyParameterFromQuery(Name = "branch")]
    public string? BranchAsked { get; set; }

    [SupplyParameterFromQuery(Name = "done")]
    public string? DoneAsked { get; set; }

    /// <summary>What was just done, for the note at the top: not when the next thing was refused.</summary>
    public string? Done => HttpMethods.IsPost(Http.Request.Method) ? null : DoneAsked;

    [CascadingParameter]
    public HttpContext Http { get; set; } = null!;

    [Inject]
    private protected Citations Citations { get; set; } = null!;

    [Inject]
    private protected Visit Visit { get; set; } = null!;

    [Inject]
    private protected SchemesInForce Schemes { get; set; } = null!;

    [Inject]
    private protected NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private protected EvidenceDrafts Drafts { get; set; } = null!;

    private protected Actor Me { get; private set; } = null!;

    private protected OrganizationId Branch { get; private set; }

    private protected string BranchName { get; private set; } = "";

    private protected Scope Where { get; private set; } = Scope.Installation;

    private protected SentForm Sent { get; private set; } = null!;

    /// <summary>Of the form on the page; the one that was sent when it comes back.</summary>
    private protected Guid Operation { get; private set; }

    /// <summary>Why nothing of the page is shown; null when it is.</summary>
    private protected Refusal? Closed { get; private set; }

    /// <summary>Why what was sent was not done; the page stays, with everything typed.</summary>
    private protected Refusal? Refused { get; private set; }

    /// <summary>Files that came with the form and are kept.</summary>
    private protected IReadOnlyList<KeptFile> Files { get; private set; } = [];

    /// <summary>Everything is loaded: the framework draws a page once before that.</summary>
    private protected bool IsReady { get; private set; }

    /// <summary>The record the address speaks of is not there, or out of sight.</summary>
    private protected virtual bool IsMissing => false;

    /// <summary>What one needs to be shown the page at all.</summary>
    private protected abstract ActionRow Needed { get; }

    private protected OperationId OperationId => new(Operation);

    /// <summary>The branch as it stands in addresses; empty where it is one's own.</summary>
    private protected string BranchQuery => BranchAsked is null ? "" : $"branch={Branch}";

    /// <summary>An address of the branch the page is about.</summary>
    /// <param name="path">with what is asked and the place on the page, where it has them</param>
    private protected string Address(string path)
    {
        if (BranchQuery.Length == 0)
        {
            return path;
        }

        var place = path.IndexOf('#', StringComparison.Ordinal);
        var (page, mark) = place < 0 ? (path, "") : (path[..place], path[place..]);
        return $"{page}{(page.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{BranchQuery}{mark}";
    }

    protected override async Task OnInitializedAsync()
    {
        Me = await Visit.SignedInAsync();
        Sent = new SentForm(Http.Request);
        Operation = Sent.Operation ?? Guid.CreateVersion7(Visit.Now);
        await using var scope = await Visit.ReadAsync();
        if (await FindBranchAsync(scope) is not { } organization || IsMissing)
        {
            Close(new NoSuchRecord(), StatusCodes.Status404NotFound);
            return;
        }

        Branch = organization.OrganizationId;
        Citations.Branch = Branch;
        BranchName = organization.Name;
        Where = await Scopes.OfAsync(scope, Branch, Visit.Aborted);
        if (!IsOpen())
        {
            Close(new NotLetIn(Needed), StatusCodes.Status403Forbidden);
            return;
        }

        await LoadAsync(scope);
        await scope.CommitAsync();
        IsReady = true;
    }

    /// <summary>Whatever the page shows.</summary>
    private protected abstract Task LoadAsync(DataScope scope);

    /// <summary>Some record of the page names its branch; otherwise the address or the posts do.</summary>
    private protected virtual Task<OrganizationId?> BranchOfRecordAsync(DataScope scope) => Task.FromResult<OrganizationId?>(null);

    /// <summary>Without a branch of one's own it is about the organization one holds an office in.</summary>
    private protected virtual bool IsForOrganizationsAbove => false;

    /// <summary>Whether the page is for this person at all.</summary>
    private protected virtual bool IsOpen() => May(Needed);

    /// <summary>Shows or hides what leads to a step; the step judges again.</summary>
    private protected bool May(ActionRow action) => Authority.MayEver(action, Me, Where);

    /// <summary>Whether one may do this about everybody of the branch, not only about oneself.</summary>
    private protected bool MayForAll(ActionRow action) => Authority.Judge(action, Me, Target.Of(Where)).IsAllowed;

    private protected Verdict Judge(ActionRow action, PersonId about, Stage stage = Stage.Recording) =>
        Authority.Judge(action, Me, Target.About(about, Where, stage));

    private protected void Close(Refusal refusal, int status)
    {
        Closed = refusal;
        Http.Response.StatusCode = status;
    }

    /// <summary>The page comes back with what is wrong.</summary>
    private protected void Refuse(Refusal refusal)
    {
        Refused = refusal;
        Http.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
    }

    /// <summary>After a step: on to the next page, or this one again with what is wrong.</summary>
    private protected void Follow(StepResult result, string next)
    {
        if (result.Refusal is { } refusal)
        {
            Refuse(refusal);
        }
        else
        {
            Navigation.NavigateTo(next);
        }
    }

    /// <summary>What is wrong with a field of the form, for beside it.</summary>
    private protected string? FaultOf(string field) =>
        (Refused as InputIsWrong)?.Faults.Where(fault => fault.Field == field).Select(fault => fault.Message).FirstOrDefault();

    /// <summary>Keeps the files of the form; what is wrong with them is shown at their field.</summary>
    private protected async Task TakeFilesAsync()
    {
        var (files, refusal) = await Drafts.TakeAsync(Sent, Fields.Evidence, Me.Person, Visit.Aborted);
        Files = files;
        if (refusal is not null)
        {
            Refuse(new InputIsWrong([new RowFault(RowFault.WholeForm, Fields.Evidence, refusal.Message.TrimEnd('。'))]));
        }
    }

    private protected IEnumerable<(string Name, string Value)> SealedFiles => Files.Select(file => (EvidenceDrafts.Field, Drafts.Seal(file, Me.Person)));

    private protected async Task<Scheme?> SchemeOnAsync(DataScope scope, DateOnly day) => (await Schemes.OnAsync(scope, Branch, day, Visit.Aborted))?.Scheme;

    private async Task<OrganizationRow?> FindBranchAsync(DataScope scope)
    {
        var wanted = await BranchOfRecordAsync(scope)
            ?? (Guid.TryParse(BranchAsked, out var asked) ? new OrganizationId(asked) : HomeOf(Me, Needed))
            ?? (IsForOrganizationsAbove && Me.Posts is [var post, ..] ? post.Organization : null);
        return wanted is { } branch ? await Store.Reads.Organizations.OneAsync(scope, branch, Visit.Aborted) : null;
    }

    /// <summary>The branch in which one may do this by office, else one's own.</summary>
    private static OrganizationId? HomeOf(Actor actor, ActionRow action) =>
        actor.Posts
            .Where(post => post.Kind == OrganizationKind.Branch && post.Office is Office.Recorder or Office.Secretary or Office.DeputySecretary
                or Office.CommitteeMember or Office.Evaluator)
            .Where(post => Authority.MayEver(action, actor, new Scope(post.Organization, post.Kind, [], null, [])))
            .OrderBy(post => post.Office == Office.Recorder ? 0 : 1)
            .Select(post => (OrganizationId?)post.Organization)
            .FirstOrDefault() ?? actor.Branch;
}
