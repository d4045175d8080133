using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Jifen.Web.Components;

/// <summary>大字: a choice of the device, kept in a cookie; nothing of it reaches the ledger.</summary>
public static class TypeSizeRoutes
{
    public const string Url = "/type-size";
    private const string Cookie = "type";
    private const string Large = "large";

    public static bool IsLargeType(this HttpRequest request) => string.Equals(request.Cookies[Cookie], Large, StringComparison.Ordinal);

    /// <summary>POST /type-size; goes back to where one was.</summary>
    public static IEndpointConventionBuilder MapTypeSize(this IEndpointRouteBuilder routes) =>
        routes.MapPost(Url, (HttpContext context, [FromForm] string? size, [FromForm] string? back) =>
        {
            if (string.Equals(size, Large, StringComparison.Ordinal))
            {
                context.Response.Cookies.Append(Cookie, Large, new CookieOptions
                {
                    HttpOnly = true,
                    IsEssential = true,
                    MaxAge = TimeSpan.FromDays(400),
                    Path = "/",
                    SameSite = SameSiteMode.Lax,
                    Secure = context.Request.IsHttps,
                });
            }
            else
            {
                context.Response.Cookies.Delete(Cookie, new CookieOptions { Path = "/" });
            }

            return TypedResults.LocalRedirect(IsOurs(back) ? back! : "/");
        });

    private static bool IsOurs(string? url) =>
        url is ['/', ..] && !url.StartsWith("//", StringComparison.Ordinal) && !url.Contains('\\', StringComparison.Ordinal);
}
