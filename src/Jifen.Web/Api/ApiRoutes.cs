using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Jifen.Web.Api;

/// <summary>Addresses for programs: JSON in, JSON out, signed in as a person, through the same table of actions and the same steps as the pages.</summary>
internal static class ApiRoutes
{
    public static void MapApi(this IEndpointRouteBuilder site)
    {
        site.MapGet("/api/v1/me/points", PointsApi.OwnAsync).WithMetadata(new NeedsAttribute("RC5"));
        site.MapGet("/api/v1/branches/{branch:guid}/points", PointsApi.OfBranchAsync).WithMetadata(new NeedsAttribute("RC6"));
        // Only application/json: no form of another site can send it without being asked first, and nobody is told yes.
        site.MapPost("/api/v1/branches/{branch:guid}/facts", FactsApi.RecordAsync).WithMetadata(new NeedsAttribute("RC1"));
        site.MapGet("/openapi/v1.json", () => TypedResults.Bytes(Document(), "application/json; charset=utf-8")).WithMetadata(new NeedsAttribute("HL1"));
    }

    /// <summary>The description, written by hand; a test holds it against the addresses.</summary>
    internal static byte[] Document()
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream("openapi.json")!;
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return bytes.ToArray();
    }
}
