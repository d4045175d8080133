using Jifen.Web.Components;
using Microsoft.AspNetCore.Http;

namespace Jifen.Web;

/// <summary>What the layout shows around the page of this request.</summary>
internal static class Frame
{
    /// <remarks>The gate has loaded who asks before any page is rendered.</remarks>
    public static PageFrame Of(Visit visit, IHttpContextAccessor http)
    {
        var request = http.HttpContext?.Request;
        var frame = new PageFrame { Path = request?.Path ?? "/", IsLargeType = request?.IsLargeType() ?? false };
        return visit.Actor is { } actor ? frame with { Person = actor.Name } : frame;
    }
}
