using System.CommandLine;
using Jifen.Cli.Usage;
using Jifen.Store;
using Jifen.Store.Backups;

namespace Jifen.Cli.Verbs;

/// <summary>export-canonical: the ledger as text, for a second verifier and the archive.</summary>
internal static class ExportCanonical
{
    public static Command Create(Session session)
    {
        var storage = new StorageOptions(session);
        var file = Typed.One("文件", "写到哪里；一行一条账");
        var command = new VerbCommand(
            "export-canonical",
            "导出账：每条账的原文和校验值，一行一条，给另写的核账程序用，或存档；同样的账每次导出的字节都一样。格式见 docs/ledger-format.md。",
            "export-canonical 账.txt")
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
        await using var database = await Database.OpenAsync(options, signal.Token);
        var draft = $"{file}.new-{Guid.CreateVersion7():N}";
        try
        {
            long entries;
            await using (var to = new FileStream(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
            {
                entries = await CanonicalExport.WriteAsync(database, to, signal.Token);
            }

            File.Move(draft, file, overwrite: true);
            session.Error.WriteLine($"导出了{entries}条账。");
            return ExitCode.Done;
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
