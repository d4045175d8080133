using System.CommandLine;
using System.Globalization;
using Jifen.Cli.Text;
using Jifen.Cli.Usage;
using Jifen.Cycle;
using Jifen.Demo;
using Jifen.Store;
using Jifen.Store.Accounts;
using Jifen.Web;
using Jifen.Web.Operation;

namespace Jifen.Cli.Verbs;

/// <summary>start: the whole system, until it is told to stop.</summary>
internal static class Start
{
    private const int DefaultPort = 5080;
    private const int HighestPort = 65535;

    public static Command Create(Session session)
    {
        var storage = new StorageOptions(session);
        var port = Typed.Number("--port", "端口", $"网页在哪个端口，默认 {DefaultPort}；0 是任意一个空着的", 0, HighestPort, "5080");
        var demo = new Option<bool>("--demo") { Description = "数据库是空的，就装入一个演示的学院，并显示各岗位的登录名" };
        var yes = Typed.Yes();
        var command = new VerbCommand(
            "start",
            "启动系统：打开数据库（第一次会建），更新数据库结构，在 http://127.0.0.1:5080 提供网页。按 Ctrl-C 停止，由它启动的都会停。",
            "start",
            "start --demo --port 8080",
            "start --data /var/lib/jifen",
            "start --database \"Host=db.example.edu.cn;Database=jifen;Username=jifen_admin;Password=…\"")
        {
            Variables =
            [
                ("JIFEN_PORT", "同 --port"),
                ("JIFEN_LISTEN", "网页听哪个地址，默认 127.0.0.1（只有本机能连）；放在反向代理后面的容器里写 0.0.0.0"),
                ("JIFEN_PROXY", "放在反向代理后面：代理的地址或网段，用逗号隔开，如 127.0.0.1, 10.0.0.0/8；只有它们说的访问者地址和 https 才算数"),
                ("JIFEN_METRICS", "写 open，谁都可以看 /metrics（端口只在内网开放时用）；不写，只有系统管理员可以"),
                .. StorageOptions.Variables,
            ],
        };
        command.Add(port);
        storage.AddTo(command);
        command.Add(demo);
        command.Add(yes);
        command.SetAction(parsed => RunAsync(
            session, storage.Read(parsed), parsed.GetValue(port)?.Value ?? Port(session), parsed.GetValue(demo)).GetAwaiter().GetResult());
        return command;
    }

    private static async Task<int> RunAsync(Session session, DatabaseOptions options, int port, bool demo)
    {
        using var signal = new StopSignal();
        try
        {
            if (!Database.IsSetUp(options))
            {
                session.Error.WriteLine("第一次启动，正在建数据库……");
            }

            await using var database = await Database.OpenAsync(options, signal.Token);
            foreach (var name in await database.MigrateAsync(signal.Token))
            {
                session.Error.WriteLine($"数据库结构：做了 {name}");
            }

            using var watching = CancellationTokenSource.CreateLinkedTokenSource(signal.Token);
            var watch = database.KeepRunningAsync(fault => session.Error.WriteLine(Fault.InWords(fault)), watching.Token);
            try
            {
                var address = $"http://{session.Variable("JIFEN_LISTEN") ?? "127.0.0.1"}:{port.ToString(CultureInfo.InvariantCulture)}";
                await ServeAsync(session, database, options, address, demo, signal.Token);
            }
            finally
            {
                await watching.CancelAsync();
                await watch;
            }

            session.Error.WriteLine("正在停止……");
        }
        catch (OperationCanceledException) when (signal.Token.IsCancellationRequested)
        {
            // Told to stop before it had begun.
        }

        return ExitCode.Done;
    }

    private static async Task ServeAsync(Session session, Database database, DatabaseOptions options, string address, bool demo, CancellationToken stop)
    {
        var schemes = session.Shelf.Folder ?? throw new RefusedException("找不到办法目录 schemes。改法：把程序放回完整的目录里运行，或设 JIFEN_SCHEMES");
        if (demo)
        {
            await DemoAsync(session, database, schemes, stop);
        }

        var settings = new SiteSettings(database, options.DataFolder, address, TimeProvider.System)
        {
            SchemesFolder = schemes,
            IsDemo = demo,
            Proxies = Proxies(session),
            HasOpenMetrics = HasOpenMetrics(session),
        };
        await using var site = Site.Build(settings);
        await site.StartAsync(stop);
        Announce(session, database, site.Urls.First());
        if (demo)
        {
            TellLogins(session);
        }
        else if (await FirstOfficer.LinkAsync(database, TimeProvider.System, stop) is { } path)
        {
            session.Out.WriteLine($"第一次使用：打开 {site.Urls.First()}{path} 设立党组织和第一名组织员。链接只能用一次，不要给别人");
        }

        session.Out.WriteLine("停止：按 Ctrl-C");
        session.Out.Flush();
        await Task.Delay(Timeout.InfiniteTimeSpan, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // Requests that have come are answered before the database is closed.
        await site.StopAsync(CancellationToken.None);
    }

    private static async Task DemoAsync(Session session, Database database, string schemes, CancellationToken stop)
    {
        if (await DemoWorld.IsLoadedAsync(database, stop))
        {
            session.Error.WriteLine("演示数据已在数据库里。");
            return;
        }

        session.Error.WriteLine("正在装入演示的学院……");
        await DemoWorld.LoadAsync(database, TimeProvider.System, schemes, new Saying(session), stop);
    }

    private sealed class Saying(Session session) : IProgress<string>
    {
        public void Report(string value)
        {
            if (session.ShowsProgress)
            {
                session.Error.WriteLine($"  {value}");
            }
        }
    }

    /// <summary>When requests are answered, and not before.</summary>
    private static void Announce(Session session, Database database, string address)
    {
        session.Out.WriteLine($"积分册已启动：{address}");
        session.Out.WriteLine($"数据库：{(database.Mode == DatabaseMode.Local ? "自带，在" : "服务器")} {database.Place}，编号 {database.Installation}");
    }

    private static void TellLogins(Session session)
    {
        var logins = DemoWorld.Logins(TimeProvider.System.Today().Year - 1);
        session.Out.WriteLine($"演示登录，密码都是 {DemoWorld.Password}：");
        foreach (var login in logins)
        {
            session.Out.WriteLine($"  {Columns.Pad(login.Login, 8)}  {login.Name}，{login.Organization} {login.Post}");
        }
    }

    private static IReadOnlyList<System.Net.IPNetwork> Proxies(Session session) => session.Variable("JIFEN_PROXY") is not { } text
        ? []
        : Proxy.Read(text) ?? throw new RefusedException($"JIFEN_PROXY 要写代理的地址或网段，用逗号隔开，如 127.0.0.1, 10.0.0.0/8；写的是“{text}”。改法：改成这样的地址，或不设");

    private static bool HasOpenMetrics(Session session) => session.Variable("JIFEN_METRICS") switch
    {
        null or "" => false,
        "open" => true,
        var other => throw new RefusedException($"JIFEN_METRICS 只能是 open，写的是“{other}”。改法：写 open，或不设"),
    };

    private static int Port(Session session)
    {
        if (session.Variable("JIFEN_PORT") is not { Length: > 0 } text)
        {
            return DefaultPort;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= HighestPort
            ? port
            : throw new RefusedException($"JIFEN_PORT 要写 0 到 {HighestPort} 的整数，如 {DefaultPort}；写的是“{text}”。改法：改成端口号，或不设");
    }
}
