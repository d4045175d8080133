using Jifen.Store.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Jifen.Web.SignIn;

/// <summary>The half of 通行密钥 that scripts talk to; js/passkey.js is the other.</summary>
internal static class PasskeyRoutes
{
    public static void MapPasskeys(this IEndpointRouteBuilder site)
    {
        site.MapPost("/sign-in/passkey/options", async (SignInManager<Account> passkeys) =>
                // For nobody in particular: the device knows whose keys it has.
                Results.Content(await passkeys.MakePasskeyRequestOptionsAsync(null), "application/json"))
            .RequireFormToken()
            .WithMetadata(new OpenToAllAttribute("whoever is not signed in signs in here"));
        site.MapPost("/sign-in/passkey", SignInAsync)
            .WithMetadata(new OpenToAllAttribute("whoever is not signed in signs in here"));
        site.MapPost("/settings/passkey-options", async (HttpContext context, Visit visit, UserManager<Account> accounts, SignInManager<Account> passkeys) =>
            {
                var account = await accounts.CurrentAsync(context);
                var entity = new PasskeyUserEntity
                {
                    Id = account.AccountId.ToString(),
                    Name = account.LoginName ?? "",
                    DisplayName = (await visit.SignedInAsync()).Name,
                };
                return Results.Content(await passkeys.MakePasskeyCreationOptionsAsync(entity), "application/json");
            })
            .RequireFormToken()
            .WithMetadata(new NeedsAttribute("SE1"));
    }

    /// <summary>The account of whoever is signed in.</summary>
    public static async Task<Account> CurrentAsync(this UserManager<Account> accounts, HttpContext context) =>
        await accounts.FindByIdAsync(context.User.FindFirst(Claims.Account)?.Value ?? "")
        ?? throw new InvalidOperationException("nobody is signed in");

    private static async Task<IResult> SignInAsync(
        SignInManager<Account> passkeys,
        UserManager<Account> accounts,
        SignInDesk desk,
        [FromForm] string? credential,
        [FromForm(Name = "return")] string? back)
    {
        var there = LocalPath.Of(back);
        var failed = Results.LocalRedirect($"/sign-in?done=no-passkey&return={Uri.EscapeDataString(there)}");
        PasskeyAssertionResult<Account> result;
        try
        {
            result = await passkeys.PerformPasskeyAssertionAsync(credential ?? "");
        }
        catch (InvalidOperationException)
        {
            // No request was begun in this browser, or it is over.
            return failed;
        }

        if (!result.Succeeded)
        {
            return failed;
        }

        // The counter of the key has moved on.
        await accounts.AddOrUpdatePasskeyAsync(result.User, result.Passkey);
        return await desk.OpenAsync(result.User) is null ? Results.LocalRedirect(there) : failed;
    }
}
