using Dapper;
using Jifen.Cycle;
using Jifen.Cycle.Rounds;
using Jifen.Demo;
using Jifen.Integration.World;
using Jifen.Store;
using Jifen.Store.Ledgers;
using Jifen.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Npgsql;
using Xunit;

namespace Jifen.Journeys.World;

/// <summary>Whose hand the page is in.</summary>
public enum Screen
{
    /// <summary>A desk in the office: 1366 × 768, mouse.</summary>
    Desk,

    /// <summary>A phone: 390 × 844, thumb.</summary>
    Phone,
}

/// <summary>The demo college in real life: the real site on a free port, on a database of this test class's own.</summary>
public sealed class DemoSite(Cluster cluster, Chromium chromium) : IAsyncLifetime
{
    private readonly Dictionary<string, string> _sessions = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("jifen-journey-").FullName;
    private Database? _database;
    private WebApplication? _site;

    public DemoClock Clock { get; } = new();

    public Database Database => _database ?? throw new InvalidOperationException("the site is not open");

    /// <summary>Where it listens; the same after a restart.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    public async ValueTask InitializeAsync()
    {
        _database = await DemoCollege.CopyAsync(cluster);
        await StartAsync();
    }

    public async Task StartAsync()
    {
        _site = Site.Build(new SiteSettings(Database, _folder, Address.ToString(), Clock)
        {
            SchemesFolder = DemoCollege.SchemesFolder,
            IsDemo = true,
            LogLevel = LogLevel.Error,
        });
        await _site.StartAsync();
        Address = new Uri(_site.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    /// <summary>Nobody answers any more, until it is started again.</summary>
    public async Task StopAsync()
    {
        if (_site is not null)
        {
            await _site.DisposeAsync();
            _site = null;
        }
    }

    /// <summary>Time goes by; who does nothing meanwhile is signed out.</summary>
    public void PutTo(DateTimeOffset moment)
    {
        Clock.PutTo(moment);
        _sessions.Clear();
    }

    /// <summary>A browser in which nobody is signed in.</summary>
    public async Task<Journey> VisitorAsync(Screen screen = Screen.Desk, bool scripts = true) =>
        await Journey.OpenAsync(await OpenAsync(screen, scripts, session: null));

    /// <summary>A browser in which somebody of the demo is signed in, by typing name and password once; on the start page.</summary>
    /// <param name="login">登录名 of the demo</param>
    /// <param name="scripts">false: a browser that runs none</param>
    public async Task<Journey> SignedInAsync(string login, Screen screen = Screen.Desk, bool scripts = true)
    {
        await _turn.WaitAsync();
        try
        {
            if (!_sessions.ContainsKey(login))
            {
                _sessions[login] = await SignInAsync(login);
            }
        }
        finally
        {
            _turn.Release();
        }

        var journey = await Journey.OpenAsync(await OpenAsync(screen, scripts, _sessions[login]));
        await journey.BeginAsync();
        return journey;
    }

    /// <summary>Whom one signs in as by this name.</summary>
    public static PersonId Person(string login) => LoginOf(login).Person;

    /// <summary>Whether this is a login of the branch, not of those above it.</summary>
    public static bool IsOfBranch(string login) => LoginOf(login).Organization == LoginOf("书记").Organization;

    private static DemoLogin LoginOf(string login) => DemoWorld.Logins(DemoClock.Morning.Year - 1).First(one => one.Login == login);

    /// <summary>The branch the demo logins are of.</summary>
    public static OrganizationId Branch => DemoWorld.Organization(DemoWorld.ShownBranch);

    /// <summary>A service of the running site.</summary>
    public T Service<T>()
        where T : notnull => _site!.Services.GetRequiredService<T>();

    /// <summary>Who holds an office in a branch of the demo.</summary>
    public async Task<PersonId> HolderAsync(OrganizationId branch, string office) =>
        new(await OneAsync<Guid>("select person_id from office_term where organization_id = @id and office = @office and to_on is null order by from_on, person_id limit 1", new { id = branch.Value, office }));

    /// <summary>A step of another branch is done, as its secretary's entries would say: the journey begins after it.</summary>
    public async Task EndStepAsync(OrganizationId branch, string round, string step) => await Ledger.AppendAsync(
        Database.Owner,
        branch,
        new EntryMaker(await HolderAsync(branch, "secretary"), "secretary", new OperationId(Guid.CreateVersion7()), Clock.GetUtcNow()),
        [new Happening(new RoundStepEnded(round, step, null, null), On: CivilTime.DayOf(Clock.GetUtcNow()))],
        TestContext.Current.CancellationToken);

    /// <summary>Looks into the database, past every right.</summary>
    public async Task<T> OneAsync<T>(string sql, object? of = null)
    {
        await using var connection = new NpgsqlConnection(cluster.Superuser(new NpgsqlConnectionStringBuilder(Database.Owner.ConnectionString).Database!));
        return await connection.QuerySingleAsync<T>(sql, of);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        _turn.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<string> SignInAsync(string login)
    {
        await using var context = await OpenAsync(Screen.Desk, scripts: true, session: null);
        await using var journey = await Journey.OpenAsync(context);
        await journey.GoAsync("/sign-in");
        await journey.Page.GetByLabel("登录名").FillAsync(login);
        await journey.Page.GetByLabel("密码").FillAsync(DemoWorld.Password);
        await journey.FollowAsync("button[data-action=sign-in]");
        Assert.False(journey.Path.StartsWith("/sign-in", StringComparison.Ordinal), await journey.TextAsync());
        return await context.StorageStateAsync();
    }

    private Task<IBrowserContext> OpenAsync(Screen screen, bool scripts, string? session) => chromium.Browser.NewContextAsync(new BrowserNewContextOptions
    {
        BaseURL = Address.ToString(),
        ViewportSize = screen == Screen.Phone ? new ViewportSize { Width = 390, Height = 844 } : new ViewportSize { Width = 1366, Height = 768 },
        IsMobile = screen == Screen.Phone,
        HasTouch = screen == Screen.Phone,
        DeviceScaleFactor = 1,
        Locale = "zh-CN",
        TimezoneId = "Asia/Shanghai",
        JavaScriptEnabled = scripts,
        StorageState = session,
        ReducedMotion = ReducedMotion.Reduce,
    });
}
