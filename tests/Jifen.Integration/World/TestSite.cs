using Dapper;
using Jifen.Cycle;
using Jifen.Store;
using Jifen.Store.Accounts;
using Jifen.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Jifen.Integration.World;

/// <summary>
/// The real site, listening on a free port of loopback, on a fresh database of its own. Give it offices first and sign in afterwards: a
/// change of office ends the sessions of whom it concerns, as it does for everybody.
/// </summary>
public sealed class TestSite : IAsyncDisposable
{
    private readonly string _folder;
    private readonly Action<IServiceCollection>? _services;
    private readonly Func<SiteSettings, SiteSettings>? _configure;
    private WebApplication _site;

    private TestSite(
        Database database, string folder, TimeProvider clock, Action<IServiceCollection>? services, Func<SiteSettings, SiteSettings>? configure)
    {
        Database = database;
        Clock = clock;
        _folder = folder;
        _services = services;
        _configure = configure;
        _site = Build("http://127.0.0.1:0");
        Address = new Uri("http://127.0.0.1");
    }

    public Database Database { get; }

    public TimeProvider Clock { get; }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; }

    public IServiceProvider Services => _site.Services;

    /// <summary>Where the site keeps evidence and keys.</summary>
    public string DataFolder => _folder;

    /// <param name="clock">the real one by default</param>
    /// <param name="services">replaces services of the site</param>
    /// <param name="configure">what an administrator would set</param>
    public static async Task<TestSite> StartAsync(
        Cluster cluster, TimeProvider? clock = null, Action<IServiceCollection>? services = null, Func<SiteSettings, SiteSettings>? configure = null)
    {
        var folder = Directory.CreateTempSubdirectory("jifen-site-").FullName;
        var site = new TestSite(await cluster.FreshAsync(), folder, clock ?? TimeProvider.System, services, configure);
        await site._site.StartAsync(TestContext.Current.CancellationToken);
        site.Address = new Uri(site._site.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return site;
    }

    /// <summary>Stops the program and starts it again, on the same database, folder and port.</summary>
    public async Task RestartAsync()
    {
        await _site.DisposeAsync();
        _site = Build(Address.ToString());
        await _site.StartAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A browser that nobody has signed in with.</summary>
    public Browser Browser() => new(this);

    /// <summary>A browser in which this person is signed in. Who has no account gets one, without password.</summary>
    public async Task<Browser> SignInAsync(PersonId person)
    {
        var account = await AccountAsync(person);
        var key = await Services.GetRequiredService<Sessions>().OpenAsync(account, "test", TestContext.Current.CancellationToken)
            ?? throw new InvalidOperationException($"the account of {person} is disabled");
        var browser = Browser();
        browser.Cookies.Add(new System.Net.Cookie("jifen-session", key, "/", Address.Host));
        return browser;
    }

    /// <summary>The account of a person, as if the ledger had opened it.</summary>
    public async Task<Guid> AccountAsync(PersonId person)
    {
        await using var connection = await Database.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        return await connection.QuerySingleAsync<Guid>(
            """
            with made as (
                insert into account (account_id, person_id, security_stamp, opened_at, link_granted_at)
                values (@id, @person, random_stamp(), @now, @now) on conflict (person_id) do nothing returning account_id)
            select account_id from made union all select account_id from account where person_id = @person limit 1
            """,
            new { id = Guid.CreateVersion7(), person = person.Value, now = Clock.GetUtcNow() });
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        await Database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private WebApplication Build(string url)
    {
        var settings = new SiteSettings(Database, _folder, url, Clock)
        {
            SchemesFolder = SchemesFolder(),
            Services = _services,
            LogLevel = Microsoft.Extensions.Logging.LogLevel.Error,
        };
        return Site.Build(_configure?.Invoke(settings) ?? settings);
    }

    private static string SchemesFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Jifen.slnx")))
            {
                return Path.Combine(folder.FullName, "schemes");
            }
        }

        throw new InvalidOperationException("the tests do not lie inside the repository");
    }
}
