using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Jifen.Store.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jifen.Web.SignIn;

/// <summary>The session of this request.</summary>
internal sealed record CurrentSession(Guid Session, Guid Account);

/// <summary>The browser came with a session that is over.</summary>
internal sealed record EndedSession(SessionEnd Because);

/// <summary>
/// Who asks, from the session's cookie. The cookie is a random key and says nothing by itself; whether it opens anything is asked of the
/// database at every request.
/// </summary>
internal sealed class SessionAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, Sessions sessions)
    : SignInAuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string Name = "session";

    /// <summary>Under https no other host of the domain can set it.</summary>
    public static string CookieOf(HttpRequest request) => request.IsHttps ? "__Host-jifen-session" : "jifen-session";

    public static ClaimsPrincipal PrincipalOf(Guid account, Guid person) => new(new ClaimsIdentity(
        [new Claim(Claims.Account, account.ToString()), new Claim(Claims.Person, person.ToString())], Name));

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // Whoever casts a ballot is nobody, also when he is signed in: his session is not even looked at, or its last use would stand beside the
        // ballot. Here and not in the pipeline: the host adds authentication by itself where it is left out.
        if (Request.Path.StartsWithSegments("/ballot", StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        // 43 characters: 32 bytes. Anything else was not made here.
        if (Request.Cookies[CookieOf(Request)] is not { Length: 43 } key || await sessions.FindAsync(key, Context.RequestAborted) is not { } session)
        {
            return AuthenticateResult.NoResult();
        }

        if (session.Over is { } because)
        {
            Context.Features.Set(new EndedSession(because));
            return AuthenticateResult.NoResult();
        }

        Context.Features.Set(new CurrentSession(session.SessionId, session.AccountId));
        return AuthenticateResult.Success(new AuthenticationTicket(PrincipalOf(session.AccountId, session.Person.Value), Scheme.Name));
    }

    protected override async Task HandleSignInAsync(ClaimsPrincipal user, AuthenticationProperties? properties)
    {
        // A key that somebody may have planted in this browser is never taken over.
        await EndCurrentAsync();
        var account = Guid.Parse(user.FindFirstValue(Claims.Account)!, CultureInfo.InvariantCulture);
        var key = await sessions.OpenAsync(account, DeviceLabel.Of(Request.Headers.UserAgent.ToString()), Context.RequestAborted)
            ?? throw new InvalidOperationException("the account was disabled in this moment");
        Response.Cookies.Append(CookieOf(Request), key, Cookie());
    }

    protected override async Task HandleSignOutAsync(AuthenticationProperties? properties)
    {
        await EndCurrentAsync();
        Response.Cookies.Delete(CookieOf(Request), Cookie());
    }

    private Task EndCurrentAsync() => Context.Features.Get<CurrentSession>() is { } current
        ? sessions.EndAsync(current.Account, current.Session, SessionEnd.SignedOut, Context.RequestAborted)
        : Task.CompletedTask;

    // Gone with the browser. Lax: a link in a message or a scanned code arrives signed in; forms have a token of their own.
    private CookieOptions Cookie() => new()
    {
        HttpOnly = true,
        IsEssential = true,
        Path = "/",
        SameSite = SameSiteMode.Lax,
        Secure = Request.IsHttps,
    };
}
