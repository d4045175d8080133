using Dapper;
using Jifen.Cycle;
using Jifen.Cycle.Organizations;
using Jifen.Integration.Records;
using Jifen.Integration.World;
using Jifen.Scoring.Schemes;
using Jifen.Store;
using Jifen.Store.Ledgers;
using Jifen.Store.Steps;
using Xunit;
using static Jifen.Integration.Records.RecordsWorld;

namespace Jifen.Integration.Declarations;

/// <summary>What tests of a branch's year do again and again, in the two branches of <see cref="RecordsWorld"/>.</summary>
internal static class BranchYearWorld
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The branch keeps its year by another scheme.</summary>
    public static async Task AdoptAsync(this RecordsWorld world, string id)
    {
        var folder = Path.Combine(Repository.Root, "schemes", id);
        SchemeSource Source(string name) => new(name, Read(Path.Combine(folder, name)));
        var refinement = File.Exists(Path.Combine(folder, "example.refinement.yaml")) ? Source("example.refinement.yaml") : null;
        var scheme = SchemeLoader.Load(Source($"{id}.scheme.yaml"), refinement).Value!;
        await using (var scope = await DataScope.OpenAsync(world.Site.Database.Owner, null, new DateOnly(2025, 10, 20), Cancel))
        {
            await SchemeSteps.KeepAsync(scope, scheme, Source($"{id}.scheme.yaml"), refinement, Now, Cancel);
            await scope.CommitAsync();
        }

        await world.EnterAsync(Branch, null, new SchemeAdopted(2024, scheme.Id, scheme.Fingerprint), new DateOnly(2024, 1, 1));

        static byte[] Read(string path) => File.ReadAllBytes(path);
    }

    /// <summary>Gives an office, as a step would enter it.</summary>
    public static Task AppointAsync(this RecordsWorld world, PersonId person, Office office) =>
        world.EnterAsync(Branch, person, new OfficeAssigned(new OfficeTermId(Guid.CreateVersion7()), office, null, false), new DateOnly(2024, 1, 1));

    public static Task EnterAsync(this RecordsWorld world, OrganizationId stream, PersonId? about, IEvent happened, DateOnly on) => Ledger.AppendAsync(
        world.Site.Database.Owner,
        stream,
        new EntryMaker(Officer, "import", new OperationId(Guid.CreateVersion7()), CivilTime.At(on, new TimeOnly(9, 0))),
        [new Happening(happened, about, on)],
        Cancel);

    /// <summary>Declares through the pages: fills in, looks at the result, submits.</summary>
    public static async Task<Page> DeclareAsync(Browser browser, string fact, string on, params (string Name, string Value)[] more)
    {
        var form = await browser.GetAsync($"/declarations/new?fact={fact}");
        var preview = await browser.SubmitAsync(form, "button[data-action=preview-declaration]", [("on", on), ("ground", "社区感谢信"), .. more]);
        return preview.Document.QuerySelector("button[data-action=submit-declaration]") is null
            ? preview
            : await browser.SubmitAsync(preview, "button[data-action=submit-declaration]");
    }

    /// <summary>Begins the review of a round, which closes the window of its declarations.</summary>
    public static async Task<Page> BeginReviewAsync(Browser browser, string round) =>
        await browser.SubmitAsync(await browser.GetAsync($"/rounds/{round}/review"), "form[data-action=begin-review]");

    /// <summary>Whoever has an account has a password too: somebody who could be asked to confirm.</summary>
    public static async Task AllCanSignInAsync(this RecordsWorld world)
    {
        await using var connection = await world.Site.Database.Owner.OpenConnectionAsync(Cancel);
        await connection.ExecuteAsync("update account set login_name = person_id::text, normalized_name = person_id::text, password_hash = 'never compared here' where login_name is null");
    }

    /// <summary>Key of a term that can be reviewed now.</summary>
    public static async Task<string> TermAsync(this RecordsWorld world, Browser browser)
    {
        _ = world;
        var page = await browser.GetAsync("/rounds?year=2025");
        return page.Document.QuerySelectorAll("a[href*='-t']").Select(link => link.GetAttribute("href")!.Split('/', '?')[2]).Order(StringComparer.Ordinal).First();
    }

    /// <summary>The declaration made last.</summary>
    public static Task<Guid> LastAsync(this RecordsWorld world) =>
        world.OneAsync<Guid>("select declaration_id from declaration_state order by submitted_at desc, declaration_id desc limit 1");
}
