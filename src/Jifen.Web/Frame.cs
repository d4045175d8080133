using Jifen.Cycle.Organizations;
using Jifen.Web.Components;
using Microsoft.AspNetCore.Http;

namespace Jifen.Web;

/// <summary>What the layout shows around the page of this request.</summary>
internal static class Frame
{
    /// <remarks>The gate has loaded who asks before any page is rendered.</remarks>
    public static PageFrame Of(Visit visit, IHttpContextAccessor http, SiteSettings settings)
    {
        var request = http.HttpContext?.Request;
        var frame = new PageFrame { Path = request?.Path ?? "/", IsLargeType = request?.IsLargeType() ?? false, Banner = settings.IsDemo ? "演示数据：人名、地名、单位均为虚构" : null };
        return visit.Actor is not { } actor ? frame : frame with
        {
            Organization = actor.HomeName,
            Person = actor.Name,
            Post = actor.Posts is [var post, ..] ? post.Office.Name() : null,
            Menu = Menu.Of(actor),
            PersonMenu = Menu.OwnOf(actor),
        };
    }
}
