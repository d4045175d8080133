using System.CommandLine;
using Jifen.Cli.Usage;
using Jifen.Store;
using Jifen.Store.Backups;

namespace Jifen.Cli.Verbs;

/// <summary>backup: everything an installation is, in one file.</summary>
internal static class Backup
{
    // Without those that hold a password: the backup is read by more people than the configuration.
    private static readonly string[] Told = ["JIFEN_MODE", "JIFEN_PORT", "JIFEN_LISTEN", "JIFEN_PROXY", "JIFEN_METRICS", "JIFEN_POSTGRES_BIN", "JIFEN_POSTGRES_USER"];

    public static Command Create(Session session)
    {
        var storage = new StorageOptions(session);
        var file = Typed.One("文件", "备份写到哪里，如 积分册-20260628.tar.gz；写成了才替换已有的");
        var command = new VerbCommand(
            "backup",
            "备份：数据库、佐证材料、密钥、配置，写成一个文件；系统照常使用。文件里有所有人的资料和密钥，只有自己能读，请另外保管。",
            "backup 积分册-20260628.tar.gz",
            "backup /mnt/backup/jifen.tar.gz --data /var/lib/jifen")
        {
            Variables = StorageOptions.Variables,
        };
        command.Add(file);
        storage.AddTo(command);
        command.SetAction(parsed => RunAsync(session, storage.Read(parsed), parsed.GetValue(file)!).GetAwaiter().GetResult());
        return command;
    }

    private static async Task<int> RunAsync(Session session, DatabaseOptions options, string file)
    {
        if (!Database.IsSetUp(options))
        {
            throw new RefusedException($"“{options.DataFolder}”里还没有数据库，没有什么可备份。改法：用 --data 写对数据目录");
        }

        using var signal = new StopSignal();
        await using var database = await Database.OpenAsync(options, signal.Token);
        var pending = await database.PendingMigrationsAsync(signal.Token);
        if (pending.Count > 0)
        {
            throw new RefusedException("数据库结构比程序旧。改法：用原来的版本备份，或先 ./jifen migrate");
        }

        var progress = new Progress(session);
        var configuration = Told.Where(name => session.Variable(name) is { Length: > 0 }).ToDictionary(name => name, name => session.Variable(name)!, StringComparer.Ordinal);
        var manifest = await new BackupWriter(database, options.DataFolder).WriteAsync(
            file, ProductVersion.Text, TimeProvider.System.GetUtcNow(), configuration, progress.Of("备份"), signal.Token);
        progress.WipeAway();
        session.Error.WriteLine(
            $"备份好了：账{manifest.Heads.Count}本{manifest.Heads.Sum(head => head.Seq)}条，表{manifest.Tables.Count}张，文件{manifest.Files}个。恢复用 ./jifen restore {file} --data 空的目录");
        return ExitCode.Done;
    }
}
