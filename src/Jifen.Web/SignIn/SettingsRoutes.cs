using System.Buffers.Text;
using Jifen.Cycle;
using Jifen.Store.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Jifen.Web.SignIn;

/// <summary>What the buttons in the rows of the settings do.</summary>
internal static class SettingsRoutes
{
    public static void MapSettings(this IEndpointRouteBuilder site)
    {
        // Without a session: all but this one.
        site.MapPost("/settings/end-session", async (HttpContext context, Sessions sessions, [FromForm] Guid? session) =>
            {
                var current = context.Features.GetRequiredFeature<CurrentSession>();
                if (session is { } one)
                {
                    await sessions.EndAsync(current.Account, one, SessionEnd.SignedOutElsewhere, context.RequestAborted);
                }
                else
                {
                    await sessions.EndOthersAsync(current.Account, current.Session, context.RequestAborted);
                }

                return Results.LocalRedirect($"/settings?done={(session is null ? "others-ended" : "session-ended")}");
            })
            .WithMetadata(new NeedsAttribute("SE1"));
        site.MapPost("/settings/remove-passkey", async (HttpContext context, UserManager<Account> accounts, [FromForm] string credential) =>
            {
                if (Base64Url.IsValid(credential))
                {
                    await accounts.RemovePasskeyAsync(await accounts.CurrentAsync(context), Base64Url.DecodeFromChars(credential));
                }

                return Results.LocalRedirect("/settings?done=passkey-removed");
            })
            .WithMetadata(new NeedsAttribute("SE1"));
    }
}

/// <summary>The device said no, or the answer is not for this request.</summary>
public sealed record PasskeyNotMade() : Refusal("通行密钥没有登记成：等得太久，或设备没有通过验证。请再点一次“在这台设备上登记”。");
