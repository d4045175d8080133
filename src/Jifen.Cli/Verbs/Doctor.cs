using System.CommandLine;
using Jifen.Cli.Checkups;
using Jifen.Cli.Outputs;
using Jifen.Cli.Text;
using Jifen.Cli.Usage;
using Jifen.Store;

namespace Jifen.Cli.Verbs;

/// <summary>doctor: what is wrong with the installation, and what to do.</summary>
internal static class Doctor
{
    public static Command Create(Session session)
    {
        var storage = new StorageOptions(session);
        var json = Typed.Json();
        var command = new VerbCommand(
            "doctor",
            "检查安装：程序、浏览器文件、PostgreSQL、数据目录、磁盘、角色、数据库设置、迁移、时钟。只看，不改；有不对的退出码是 1。",
            "doctor",
            "doctor --data /var/lib/jifen --json")
        {
            Variables = StorageOptions.Variables,
        };
        storage.AddTo(command);
        command.Add(json);
        command.SetAction(parsed => RunAsync(session, storage.Read(parsed), parsed.GetValue(json)).GetAwaiter().GetResult());
        return command;
    }

    private static async Task<int> RunAsync(Session session, DatabaseOptions options, bool json)
    {
        using var signal = new StopSignal();
        List<Checkup> checkups = [.. MachineCheckups.Of(session, options), .. await DatabaseCheckups.OfAsync(options, TimeProvider.System, signal.Token)];
        var faults = checkups.Count(checkup => checkup.State == CheckupState.Fault);
        if (json)
        {
            Write(session.OutputBytes(), checkups, faults);
        }
        else
        {
            Print(session.Out, checkups);
        }

        session.Error.WriteLine(faults == 0 ? "没有发现不对的地方。" : $"有{faults}处不对，改法见上。");
        return faults == 0 ? ExitCode.Done : ExitCode.InputAtFault;
    }

    private static void Print(TextWriter to, List<Checkup> checkups)
    {
        var width = checkups.Max(checkup => Columns.WidthOf(checkup.Name));
        foreach (var checkup in checkups)
        {
            to.WriteLine($"{InWords(checkup.State)}  {Columns.Pad(checkup.Name, width)}  {checkup.Finding}");
            if (checkup.Remedy is { } remedy)
            {
                to.WriteLine($"{new string(' ', width + 8)}改法：{remedy}");
            }
        }
    }

    private static string InWords(CheckupState state) => state switch
    {
        CheckupState.Good => "良好",
        CheckupState.Note => "留意",
        CheckupState.Fault => "不对",
    };

    private static void Write(Stream to, List<Checkup> checkups, int faults) => Json.Write(to, json =>
    {
        json.WriteBoolean("healthy", faults == 0);
        json.WriteStartArray("checkups");
        foreach (var checkup in checkups)
        {
            json.WriteStartObject();
            json.WriteString("id", checkup.Id);
            json.WriteString("state", checkup.State switch
            {
                CheckupState.Good => "good",
                CheckupState.Note => "note",
                CheckupState.Fault => "fault",
            });
            json.WriteString("finding", checkup.Finding);
            json.WriteString("remedy", checkup.Remedy);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
