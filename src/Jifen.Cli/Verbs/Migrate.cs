using System.CommandLine;
using Jifen.Cli.Usage;
using Jifen.Store;

namespace Jifen.Cli.Verbs;

/// <summary>migrate: the schema brought to what this program needs, without starting the site.</summary>
internal static class Migrate
{
    public static Command Create(Session session)
    {
        var storage = new StorageOptions(session);
        var command = new VerbCommand(
            "migrate",
            "把数据库结构更新到这个程序要的样子，不启动网页。start 也会做；多台机器可以同时做，轮流进行。",
            "migrate",
            "migrate --database \"Host=db.example.edu.cn;Database=jifen;Username=jifen_admin;Password=…\"")
        {
            Variables = StorageOptions.Variables,
        };
        storage.AddTo(command);
        command.Add(Typed.Yes());
        command.SetAction(parsed => RunAsync(session, storage.Read(parsed)).GetAwaiter().GetResult());
        return command;
    }

    private static async Task<int> RunAsync(Session session, DatabaseOptions options)
    {
        using var signal = new StopSignal();
        await using var database = await Database.OpenAsync(options, signal.Token);
        var applied = await database.MigrateAsync(signal.Token);
        foreach (var name in applied)
        {
            session.Out.WriteLine(name);
        }

        session.Error.WriteLine(applied.Count > 0 ? $"做了{applied.Count}个迁移。数据库编号 {database.Installation}" : $"数据库结构已是最新。数据库编号 {database.Installation}");
        return ExitCode.Done;
    }
}
