using System.CommandLine;
using Jifen.Cli.Usage;
using Jifen.Store;
using Jifen.Store.Backups;

namespace Jifen.Cli.Verbs;

/// <summary>restore: an installation out of a backup, and the proof that it holds.</summary>
internal static class Restore
{
    public static Command Create(Session session)
    {
        var storage = new StorageOptions(session);
        var file = Typed.One("文件", "./jifen backup 写的文件");
        var command = new VerbCommand(
            "restore",
            "恢复：在空的数据目录（和空的数据库）里照备份建起来，再从头核一遍账。已有数据的目录不动，也不恢复。",
            "restore 积分册-20260628.tar.gz --data /var/lib/jifen")
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
        using var signal = new StopSignal();
        var progress = new Progress(session);
        var (manifest, found) = await new BackupReader(options).RestoreAsync(file, progress.Of("恢复"), signal.Token);
        progress.WipeAway();
        foreach (var (name, value) in manifest.Configuration)
        {
            session.Error.WriteLine($"备份时的设置：{name}={value}");
        }

        foreach (var alteration in found.Alterations)
        {
            session.Error.WriteLine(alteration.Stream is { } stream ? $"账 {stream}：{alteration.Message}" : alteration.Message);
        }

        session.Error.WriteLine(found.Holds
            ? $"恢复好了，核过账，都对：{found.Heads.Count}本，{found.Entries}条，文件{found.Files}个，表{found.Views.Count}张。数据库编号 {manifest.Installation}，备份于 {manifest.MadeAt:yyyy-MM-dd HH:mm} UTC"
            : $"恢复了，但有{found.Alterations.Count}处与入账时不符：做备份以前就有了。改法：找更早的备份，并查明是谁动的。");
        return found.Holds ? ExitCode.Done : ExitCode.InputAtFault;
    }
}
