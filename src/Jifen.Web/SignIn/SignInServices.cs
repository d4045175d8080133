using Jifen.Store.Accounts;
using Jifen.Store.Keys;
using Jifen.Store.Steps;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Jifen.Web.SignIn;

/// <summary>Everything that knows how somebody proves who he is.</summary>
public static class SignInServices
{
    /// <summary>PBKDF2 with SHA-512: about a tenth of a second of one processor, guessed once.</summary>
    internal static readonly IOptions<PasswordHasherOptions> Hashing = Options.Create(new PasswordHasherOptions { IterationCount = 210_000 });

    public static void AddSignIn(this IServiceCollection services, SiteSettings settings)
    {
        services.AddAuthentication(SessionAuthentication.Name)
            .AddScheme<AuthenticationSchemeOptions, SessionAuthentication>(SessionAuthentication.Name, null)
            // What a passkey request asked for, between its two halves.
            .AddCookie(IdentityConstants.TwoFactorUserIdScheme, cookie =>
            {
                cookie.Cookie.Name = "jifen-passkey";
                cookie.Cookie.HttpOnly = true;
                cookie.Cookie.SameSite = SameSiteMode.Strict;
                cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                cookie.ExpireTimeSpan = TimeSpan.FromMinutes(5);
            });
        services.AddIdentityCore<Account>(identity =>
            {
                // Empty: any character; what a login name is made of is judged by LoginNames.
                identity.User.AllowedUserNameCharacters = "";
                identity.Password.RequiredLength = PasswordRules.Shortest;
                identity.Password.RequireDigit = false;
                identity.Password.RequireLowercase = false;
                identity.Password.RequireUppercase = false;
                identity.Password.RequireNonAlphanumeric = false;
                identity.Password.RequiredUniqueChars = 1;
            })
            .AddUserStore<AccountStore>()
            .AddPasswordValidator<PasswordRules>()
            .AddErrorDescriber<IdentityWords>()
            .AddSignInManager();
        services.Replace(ServiceDescriptor.Singleton<ILookupNormalizer, LoginNames>());
        services.AddSingleton(Hashing);
        services.Configure<IdentityPasskeyOptions>(passkeys =>
        {
            // Two factors in one: the device, and the finger or PIN that unlocks it. Known by the device, so that no login name is typed.
            passkeys.UserVerificationRequirement = "required";
            passkeys.ResidentKeyRequirement = "required";
        });
        services.AddSingleton<Sessions>();
        services.AddSingleton<SignInAttempts>();
        services.AddSingleton<OneTimeLinks>();
        services.AddSingleton(new PasswordGate(atOnce: 2, mostWaiting: 200, patience: TimeSpan.FromSeconds(10)));
        services.AddScoped<SignInDesk>();
        services.AddSingleton<AccountSteps>();
        services.AddSingleton(new KeyFile(settings.DataFolder));
        services.AddSingleton<KeyTable>();
        services.AddDataProtection().SetApplicationName("jifen");
        if (settings.Database is null)
        {
            // Only the routes are asked for: no key is read or made.
            return;
        }

        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(keys =>
        {
            keys.XmlRepository = provider.GetRequiredService<KeyTable>();
            keys.XmlEncryptor = new KeyFileEncryptor(provider.GetRequiredService<KeyFile>());
        }));
    }

    /// <summary>What has no page of its own.</summary>
    public static void MapSignIn(this IEndpointRouteBuilder site)
    {
        site.MapPost("/sign-out", async (HttpContext context) =>
            {
                await context.SignOutAsync(SessionAuthentication.Name);
                return Results.LocalRedirect("/sign-in?done=signed-out");
            })
            .RequireFormToken()
            .WithMetadata(new OpenToAllAttribute("whoever is not signed in is signed out already"));
        site.MapPasskeys();
        site.MapSettings();
    }
}
