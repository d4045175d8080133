using System.Text.Encodings.Web;
using System.Text.Unicode;
using Jifen.Store;
using Jifen.Store.Steps;
using Jifen.Web.Components;
using Jifen.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Jifen.Web;

/// <summary>What the site runs on.</summary>
/// <param name="Database">open and migrated</param>
/// <param name="DataFolder">evidence and keys lie here; absolute</param>
/// <param name="Url">where it listens: loopback unless somebody says otherwise; port 0 takes a free one</param>
/// <param name="Clock">the one clock of the program</param>
public sealed record SiteSettings(Database Database, string DataFolder, string Url, TimeProvider Clock)
{
    /// <summary>Folder of the schemes that come with the program.</summary>
    public required string SchemesFolder { get; init; }

    /// <summary>Lets tests and the demo set up what they need before the site starts.</summary>
    public Action<IServiceCollection>? Services { get; init; }

    /// <summary>One JSON line an event; null writes to standard output.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Warning;
}

/// <summary>The pages and the API over HTTP.</summary>
public static class Site
{
    /// <summary>Builds the site; nothing listens yet.</summary>
    /// <exception cref="InvalidOperationException">an endpoint names no action of the table</exception>
    public static WebApplication Build(SiteSettings settings)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = "jifen",
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseUrls(settings.Url);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Evidence of 20 MB with its form; larger files are refused on the page, with the reason.
            kestrel.Limits.MaxRequestBodySize = 24 << 20;
        });
        builder.Logging.ClearProviders();
        builder.Logging.AddJsonConsole(console => console.UseUtcTimestamp = true);
        builder.Logging.SetMinimumLevel(settings.LogLevel);
        var services = builder.Services;
        services.AddSingleton(settings);
        services.AddSingleton(settings.Database);
        services.AddSingleton(settings.Clock);
        // Chinese is written as it is, not as entities.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddSingleton<StepRunner>();
        services.AddHttpContextAccessor();
        services.AddScoped<Visit>();
        services.AddRazorComponents();
        services.AddCascadingValue(provider => Frame.Of(provider.GetRequiredService<Visit>(), provider.GetRequiredService<IHttpContextAccessor>()));
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "jifen-form";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddSignIn(settings);
        settings.Services?.Invoke(services);

        var site = builder.Build();
        site.UseMiddleware<ErrorPages>();
        site.UseMiddleware<SecurityHeaders>();
        site.UseRouting();
        site.UseAuthentication();
        site.UseMiddleware<ActionGate>();
        site.UseAntiforgery();
        site.MapAssets().WithMetadata(new OpenToAllAttribute("style sheets and scripts, the same for everybody"));
        site.MapTypeSize().WithMetadata(new OpenToAllAttribute("a choice of the device"));
        site.MapHealth();
        site.MapSignIn();
        site.MapRazorComponents<App>();
        ActionGate.DemandActions(site);
        return site;
    }
}
