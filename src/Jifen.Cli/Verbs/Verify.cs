using System.CommandLine;
using Jifen.Cli.Outputs;
using Jifen.Cli.Usage;
using Jifen.Store;
using Jifen.Store.Ledgers;
using Jifen.Store.Reads;
using Jifen.Cycle;

namespace Jifen.Cli.Verbs;

/// <summary>verify: reads the whole ledger again and says where it was altered.</summary>
internal static class Verify
{
    public static Command Create(Session session)
    {
        var storage = new StorageOptions(session);
        var json = Typed.Json();
        var views = new Option<bool>("--views") { Description = "还把由账算出的表照账重建一遍来比（不改动数据库），费时约一倍" };
        var results = new Option<bool>("--results") { Description = "还把定过分的年度照账重算一遍，与定分时的数对照；升级、恢复以后用" };
        var command = new VerbCommand(
            "verify",
            "核账：从头读每个组织的账，内容、编号、前后衔接、姓名、办法文字、佐证文件都与入账时的校验值对照；改过的，说出在第几条。有不符的退出码是 1。",
            "verify",
            "verify --views --results --json")
        {
            Variables = StorageOptions.Variables,
        };
        storage.AddTo(command);
        command.Add(views);
        command.Add(results);
        command.Add(json);
        command.SetAction(parsed => RunAsync(session, storage.Read(parsed), parsed.GetValue(views), parsed.GetValue(results), parsed.GetValue(json)).GetAwaiter().GetResult());
        return command;
    }

    private static async Task<int> RunAsync(Session session, DatabaseOptions options, bool views, bool results, bool json)
    {
        using var signal = new StopSignal();
        await using var database = await Database.OpenAsync(options, signal.Token);
        var found = await new LedgerVerifier(database, options.DataFolder).RunAsync(views, null, signal.Token);
        var (years, differing) = results ? await new SettledVerifier(database).RunAsync(TimeProvider.System.Today(), signal.Token) : (0, []);
        if (json)
        {
            Write(session.OutputBytes(), found, differing);
        }
        else
        {
            foreach (var head in found.Heads)
            {
                session.Out.WriteLine($"{head.Stream}  {head.Seq,8}  {head.Hash}");
            }
        }

        foreach (var alteration in found.Alterations)
        {
            session.Error.WriteLine(alteration.Stream is { } stream ? $"账 {stream}：{alteration.Message}" : alteration.Message);
        }

        foreach (var one in differing)
        {
            session.Error.WriteLine($"定分 {one.Organization}：{one.Message}");
        }

        if (results)
        {
            session.Error.WriteLine(differing.Count == 0 ? $"定过分的{years}个年度，照账重算都一样。" : $"定过分的{years}个年度里有{differing.Count}处不同。改法：先查明是数据动过还是程序变了，再决定要不要重新开启。");
        }

        session.Error.WriteLine(found.Holds
            ? $"账都对：{found.Heads.Count}本，{found.Entries}条，文件{found.Files}个{(views ? $"，照账重建的表{found.Views.Count}张" : "")}。"
            : $"有{found.Alterations.Count}处与入账时不符。改法：从备份找回原来的数据，并查明是谁动的。");
        return found.Holds && differing.Count == 0 ? ExitCode.Done : ExitCode.InputAtFault;
    }

    private static void Write(Stream to, Verification found, IReadOnlyList<SettledAlteration> differing) => Json.Write(to, json =>
    {
        json.WriteBoolean("holds", found.Holds && differing.Count == 0);
        json.WriteNumber("entries", found.Entries);
        json.WriteNumber("files", found.Files);
        json.WriteStartArray("heads");
        foreach (var head in found.Heads)
        {
            json.WriteStartObject();
            json.WriteString("stream", head.Stream);
            json.WriteNumber("seq", head.Seq);
            json.WriteString("hash", head.Hash);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("alterations");
        foreach (var alteration in found.Alterations)
        {
            json.WriteStartObject();
            json.WriteString("what", alteration.What);
            if (alteration.Stream is { } stream)
            {
                json.WriteString("stream", stream);
            }

            if (alteration.Seq is { } seq)
            {
                json.WriteNumber("seq", seq);
            }

            json.WriteString("message", alteration.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("settledYears");
        foreach (var one in differing)
        {
            json.WriteStartObject();
            json.WriteString("organization", one.Organization.ToString());
            json.WriteNumber("year", one.Year);
            json.WriteString("message", one.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
