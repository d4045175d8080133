using System.CommandLine;
using Jifen.Cli.Usage;
using Jifen.Store;

namespace Jifen.Cli.Verbs;

/// <summary>rebuild: empties the tables computed from the ledger and fills them from it.</summary>
internal static class Rebuild
{
    public static Command Create(Session session)
    {
        var storage = new StorageOptions(session);
        var command = new VerbCommand(
            "rebuild",
            "照账重建：把由账算出的表清空，从头照账再写一遍。账本身不动；做的时候别人要等。",
            "rebuild")
        {
            Variables = StorageOptions.Variables,
        };
        storage.AddTo(command);
        command.SetAction(parsed => RunAsync(session, storage.Read(parsed)).GetAwaiter().GetResult());
        return command;
    }

    private static async Task<int> RunAsync(Session session, DatabaseOptions options)
    {
        using var signal = new StopSignal();
        await using var database = await Database.OpenAsync(options, signal.Token);
        await using var rebuild = database.Owner.CreateCommand("select rebuild_views()");
        rebuild.CommandTimeout = 0;
        var entries = (long)(await rebuild.ExecuteScalarAsync(signal.Token))!;
        session.Error.WriteLine($"照 {entries} 条账重建好了。");
        return ExitCode.Done;
    }
}
