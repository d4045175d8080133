using Microsoft.AspNetCore.Http;

namespace Jifen.Web;

/// <summary>
/// Refuses what changes something and comes from another site: a second lock beside the form's own token. Browsers say where a request
/// comes from; programs that say nothing are let through to the token.
/// </summary>
internal sealed class SameSiteForms(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var isSafe = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
        return isSafe || !IsForeign(request)
            ? next(context)
            : ErrorPages.ShowAsync(context, StatusCodes.Status403Forbidden, "这个请求是从别的网站发来的，没有办理。请从积分册自己的页面操作。");
    }

    private static bool IsForeign(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site)
        {
            return site is not ("same-origin" or "none");
        }

        // Only the host: behind a proxy that ends TLS the scheme is not the browser's.
        return request.Headers.Origin.ToString() is { Length: > 0 } origin
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && HostString.FromUriComponent(from) == request.Host);
    }
}
