using Jifen.Cycle;
using Jifen.Cycle.Permissions;
using Jifen.Store.Reads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Jifen.Web.Pages.Points;

/// <summary>Addresses of the points that are no pages.</summary>
internal static class PointsRoutes
{
    internal const int LongestReason = 200;

    public static void MapPoints(this IEndpointRouteBuilder site) =>
        site.MapPost("/points/reason", StateReasonAsync).WithMetadata(new NeedsAttribute("RC6"));

    private static async Task<IResult> StateReasonAsync(Visit visit, [FromForm] Guid branch, [FromForm] string? reason, [FromForm] string? back)
    {
        var organization = new OrganizationId(branch);
        await using var scope = await visit.ReadAsync();
        if (reason?.Trim() is not { Length: > 0 } said || await Store.Reads.Organizations.OneAsync(scope, organization, visit.Aborted) is null)
        {
            return TypedResults.LocalRedirect(Ours(back));
        }

        var where = await Scopes.OfAsync(scope, organization, visit.Aborted);
        if (Authority.Judge(Actions.RC6ReadOthersPoints, await visit.SignedInAsync(), Target.Of(where)).IsAllowed)
        {
            await ReadLog.StateReasonAsync(scope, organization, said.Length > LongestReason ? said[..LongestReason] : said, visit.Now, visit.Aborted);
            await scope.CommitAsync();
        }

        return TypedResults.LocalRedirect(Ours(back));
    }

    private static string Ours(string? back) =>
        back is ['/', ..] && !back.StartsWith("//", StringComparison.Ordinal) && !back.Contains('\\', StringComparison.Ordinal) ? back : "/";
}
