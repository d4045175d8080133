using Jifen.Cycle;
using Jifen.Cycle.Permissions;
using Jifen.Store;
using Jifen.Store.Evidence;
using Jifen.Store.Reads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Jifen.Web.Pages.Records;

/// <summary>The only way to a file of evidence.</summary>
internal static class EvidenceRoutes
{
    // Whatever is in the file: no script, no request, no form of it works.
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

    public static void MapEvidence(this IEndpointRouteBuilder site) =>
        // Everybody who may attach may open what is his own; whether this file is, or may be opened otherwise, is judged for each.
        site.MapGet("/evidence/{id:guid}", OpenAsync).WithMetadata(new NeedsAttribute(Actions.EV1AttachEvidence.Id));

    private static async Task OpenAsync(Guid id, HttpContext http, Visit visit, EvidenceStore store)
    {
        var me = await visit.SignedInAsync();
        await using var scope = await visit.ReadAsync();
        if (await EvidenceUses.OfAsync(scope, new EvidenceId(id), visit.Aborted) is not { } file)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (file.CaseBranch is { } branch)
        {
            await OpenOfCaseAsync(http, visit, scope, file, branch, me, store);
            return;
        }

        var where = await Scopes.OfAsync(scope, file.OrganizationId, visit.Aborted);
        var persons = file.Persons.Select(person => new PersonId(person)).ToList();
        if (!file.IsOwn && (file.IsOfReport || !persons.Contains(me.Person)))
        {
            var verdict = Judge(file, persons, me, where);
            var reason = await ReadLog.ReasonAsync(scope, verdict, file.OrganizationId, visit.Now, visit.Aborted);
            if (verdict.Refusal is { } refusal)
            {
                await ErrorPages.ShowAsync(http, StatusCodes.Status403Forbidden, refusal.Message);
                return;
            }

            if (verdict.IsWithout(reason))
            {
                await ErrorPages.ShowAsync(
                    http, StatusCodes.Status403Forbidden, "打开别的支部的佐证，要先说明理由，理由会留痕。请到那个支部的“支部积分”页说明理由，半小时内有效。");
                return;
            }

            await ReadLog.EnterAsync(scope, verdict, file.OrganizationId, $"佐证“{file.FileName}”", persons, reason, visit.Now, visit.Aborted);
            await scope.CommitAsync();
        }

        await SendAsync(http, file, await store.ReadAsync(file.Sha256, visit.Aborted));
    }

    // Whoever reads the paper of a case reads what came with it: the database has judged that. What others open is noted for who raised it, never
    // for whom it is about.
    private static async Task OpenOfCaseAsync(HttpContext http, Visit visit, DataScope scope, EvidenceFile file, OrganizationId branch, Actor me, EvidenceStore store)
    {
        if (!file.IsOwn && file.CaseRaisedBy != me.Person)
        {
            var verdict = Authority.Judge(Actions.OB7SeeOpenCases, me, Target.Of(await Scopes.OfAsync(scope, branch, visit.Aborted)));
            if (verdict.Refusal is { } refusal)
            {
                await ErrorPages.ShowAsync(http, StatusCodes.Status403Forbidden, refusal.Message);
                return;
            }

            await ReadLog.EnterAsync(scope, verdict, branch, $"佐证“{file.FileName}”", [file.CaseRaisedBy!.Value], null, visit.Now, visit.Aborted);
            await scope.CommitAsync();
        }

        await SendAsync(http, file, await store.ReadAsync(file.Sha256, visit.Aborted));
    }

    private static Verdict Judge(EvidenceFile file, List<PersonId> persons, Actor me, Scope where)
    {
        if (persons.Count == 0)
        {
            // Papers of a gathering are for those who see the gathering; what belongs to nothing yet is for whoever kept it.
            return file.IsOfGathering
                ? Authority.Judge(Actions.GA7SeeGatherings, me, Target.Of(where))
                : Authority.Judge(Actions.EV2OpenOthersEvidence, me, Target.Of(where, Stage.Recording));
        }

        // What is about several people is opened by whoever may open it for each of them.
        var stage = file.IsUnderReview ? Stage.Reviewing : Stage.Recording;
        var verdicts = persons.ConvertAll(person => Authority.Judge(Actions.EV2OpenOthersEvidence, me, Target.About(person, where, stage)));
        return verdicts.Find(verdict => !verdict.IsAllowed) ?? verdicts[0];
    }

    private static async Task SendAsync(HttpContext http, EvidenceFile file, byte[] bytes)
    {
        var disposition = new ContentDispositionHeaderValue(EvidenceStore.IsPicture(file.MediaType) ? "inline" : "attachment");
        disposition.SetHttpFileName(file.FileName);
        var headers = http.Response.Headers;
        headers.ContentDisposition = disposition.ToString();
        headers.ContentSecurityPolicy = Policy;
        headers.ContentLength = bytes.Length;
        http.Response.ContentType = file.MediaType == "text/plain" ? "text/plain; charset=utf-8" : file.MediaType;
        await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }
}
