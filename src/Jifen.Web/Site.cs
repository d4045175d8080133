using System.Text.Encodings.Web;
using System.Text.Unicode;
using Jifen.Store;
using Jifen.Store.Reads;
using Jifen.Store.Steps;
using Jifen.Web.Api;
using Jifen.Web.Components;
using Jifen.Web.Operation;
using Jifen.Web.Pages;
using Jifen.Web.Pages.AnnualResults;
using Jifen.Web.Pages.Evaluations;
using Jifen.Web.Pages.Members;
using Jifen.Web.Pages.Notices;
using Jifen.Web.Pages.Points;
using Jifen.Web.Pages.Schemes;
using Jifen.Web.Pages.Gatherings;
using Jifen.Web.Pages.Records;
using Jifen.Web.Pages.Declarations;
using Jifen.Web.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Constraints;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Jifen.Web;

/// <summary>What the site runs on.</summary>
/// <param name="Database">open and migrated; null where only the routes are asked for</param>
/// <param name="DataFolder">evidence and keys lie here; absolute</param>
/// <param name="Url">where it listens: loopback unless somebody says otherwise; port 0 takes a free one</param>
/// <param name="Clock">the one clock of the program</param>
public sealed record SiteSettings(Database? Database, string DataFolder, string Url, TimeProvider Clock)
{
    /// <summary>Folder of the schemes that come with the program.</summary>
    public required string SchemesFolder { get; init; }

    /// <summary>Says above every page that all people are invented.</summary>
    public bool IsDemo { get; init; }

    /// <summary>Proxies in front whose word is taken for where a request comes from and whether it came by TLS; see <see cref="Proxy.Read"/>.</summary>
    public IReadOnlyList<System.Net.IPNetwork> Proxies { get; init; } = [];

    /// <summary>/metrics is for everybody who reaches the site: behind a firewall of one's own.</summary>
    public bool HasOpenMetrics { get; init; }

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
        // What keeps the site from starting is thrown, and said in words by whoever started it: not a second time as a stack.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        var services = builder.Services;
        services.AddSingleton(settings);
        if (settings.Database is { } database)
        {
            // As an instance: it outlives the site, which would dispose of what it made itself.
            services.AddSingleton(database);
        }
        else
        {
            services.AddSingleton<Database>(_ => throw new InvalidOperationException("the site was built for its routes alone"));
        }

        services.AddSingleton(settings.Clock);
        // Chinese is written as it is, not as entities.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddSingleton<YearBoards>();
        services.AddSingleton(provider => new StepRunner(
            provider.GetRequiredService<Database>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<YearBoards>()));
        services.AddSingleton<RoundSteps>();
        services.AddSingleton(provider => provider.GetRequiredService<RoundSteps>().ReopeningRecheck);
        services.AddSingleton<RefinementSteps>();
        services.AddSingleton<RoundTables>();
        services.AddSingleton<MeetingSteps>();
        services.AddSingleton<BallotSteps>();
        services.AddSingleton<BallotUrn>();
        services.AddSingleton<SlipDesk>();
        services.AddSingleton<TellerDesk>();
        services.AddSingleton<SchemesInForce>();
        services.AddSingleton<SchemeSteps>();
        services.AddSingleton<LiveScores>();
        services.AddSingleton<ShippedSchemes>();
        services.AddSingleton<GatheringSteps>();
        services.AddSingleton<StudySteps>();
        services.AddSingleton<CheckInCodes>();
        services.AddHttpContextAccessor();
        services.AddScoped<Visit>();
        services.AddScoped<Citations>();
        services.AddRazorComponents();
        // The slim builder leaves it out; pages use it in their addresses.
        services.Configure<RouteOptions>(routes => routes.SetParameterPolicy<RegexInlineRouteConstraint>("regex"));
        services.AddCascadingValue(provider => Frame.Of(provider.GetRequiredService<Visit>(), provider.GetRequiredService<IHttpContextAccessor>(), settings));
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "jifen-form";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddSingleton<RequestFigures>();
        services.AddCompression();
        services.AddRecords();
        services.AddDeclarations();
        services.AddNotices();
        services.AddSignIn(settings);
        services.AddPeople();
        services.AddResults();
        settings.Services?.Invoke(services);

        var site = builder.Build();
        site.UseProxies(settings.Proxies);
        site.Use(next => context => context.RequestServices.GetRequiredService<RequestFigures>().CountAsync(context, next));
        site.UseCompression();
        site.UseMiddleware<ErrorPages>();
        site.UseMiddleware<SecurityHeaders>();
        site.UseMiddleware<SameSiteForms>();
        site.UseRouting();
        site.UseAuthentication();
        site.UseMiddleware<ActionGate>();
        site.UseAntiforgery();
        site.MapAssets().WithMetadata(new OpenToAllAttribute("style sheets and scripts, the same for everybody"));
        site.MapTypeSize().WithMetadata(new OpenToAllAttribute("a choice of the device"));
        site.MapHealth();
        site.MapMetrics();
        site.MapApi();
        site.MapSignIn();
        site.MapPeople();
        site.MapPoints();
        site.MapResults();
        CheckInCodes.Map(site);
        site.MapEvidence();
        site.MapRazorComponents<App>().Add(endpoint =>
        {
            // The framework's own address for redirects out of a page that has begun: carries a protected address, no content.
            if (endpoint is RouteEndpointBuilder { RoutePattern.RawText: { } path } && path.TrimStart('/').StartsWith("_framework/", StringComparison.Ordinal))
            {
                endpoint.Metadata.Add(new OpenToAllAttribute("redirects of the framework"));
            }
        });
        ActionGate.DemandActions(site);
        return site;
    }

    /// <summary>Every address, by path and method. Needs no database.</summary>
    public static IReadOnlyList<SiteRoute> Routes()
    {
        using var site = Build(new SiteSettings(null, AppContext.BaseDirectory, "http://127.0.0.1:0", TimeProvider.System) { SchemesFolder = "" });
        return ActionGate.EndpointsOf(site)
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["ANY"]).Select(method => new SiteRoute(
                method,
                $"/{endpoint.RoutePattern.RawText?.TrimStart('/')}",
                endpoint.Metadata.GetMetadata<NeedsAttribute>()?.Action,
                endpoint.Metadata.GetMetadata<OpenToAllAttribute>()?.Because)))
            .DistinctBy(route => (route.Method, route.Path))
            .OrderBy(route => route.Path, StringComparer.Ordinal)
            .ThenBy(route => route.Method, StringComparer.Ordinal)
            .ToList();
    }
}

/// <summary>An address of the site.</summary>
/// <param name="Action">of the table of actions; null for what is open to all</param>
public sealed record SiteRoute(string Method, string Path, string? Action, string? OpenBecause);
