using Jifen.Store.Accounts;
using Microsoft.AspNetCore.Http;

namespace Jifen.Web.SignIn;

/// <summary>Proves that an account was signed in to from this browser before. It opens nothing; guesses made elsewhere do not count against it.</summary>
internal static class DeviceCookie
{
    private const string Name = "jifen-device";

    public static string? Read(HttpRequest request) => request.Cookies[Name] is { Length: 43 } key ? key : null;

    /// <summary>The browser's key; a new one where it has none.</summary>
    public static string Keep(HttpContext context)
    {
        var key = Read(context.Request) ?? SecretKey.Create();
        context.Response.Cookies.Append(Name, key, new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = TimeSpan.FromDays(400),
            Path = "/",
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
        });
        return key;
    }
}
