using System.CommandLine;
using Jifen.Cli.Usage;
using Jifen.Cycle;
using Jifen.Cycle.Notices;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Records;
using Jifen.Store;
using Jifen.Store.Steps;

namespace Jifen.Cli.Verbs;

/// <summary>calendar import: public holidays and working weekends of a year, by which notices and answers count their days.</summary>
internal static class CalendarImport
{
    private const long LargestFile = 64 << 10;

    public static Command Create(Session session)
    {
        var storage = new StorageOptions(session);
        var desk = new ImportDesk();
        var file = Typed.One("文件", "节假日日历，CSV：第一行“# 出处”，以后一天一行：日期,休或班,节日");
        var command = new VerbCommand(
            "import",
            "导入一年的节假日日历：在这个组织和它以下，公示、异议、答复的工作日照它数。",
            "calendar import calendars/2026.csv --organization 学院党委 --by 20150001",
            "calendar import 2027.csv --organization 学院党委 --by 20150001 --dry-run")
        {
            Variables = StorageOptions.Variables,
        };
        command.Add(file);
        desk.AddTo(command);
        storage.AddTo(command);
        command.SetAction(parsed => RunAsync(session, storage.Read(parsed), desk, parsed, parsed.GetValue(file)!).GetAwaiter().GetResult());
        return command;
    }

    private static async Task<int> RunAsync(Session session, DatabaseOptions options, ImportDesk importing, ParseResult parsed, string path)
    {
        var found = new FileInfo(path);
        if (!found.Exists || found.Length > LargestFile)
        {
            throw new RefusedException(found.Exists ? $"“{path}”太大，不像一年的日历" : $"没有文件“{path}”");
        }

        var (calendar, faults) = CalendarText.Read(await File.ReadAllTextAsync(path));
        if (calendar is null)
        {
            return Refuse(session, new InputIsWrong(faults));
        }

        using var signal = new StopSignal();
        await using var database = await Database.OpenAsync(options, signal.Token);
        var (organization, by) = await importing.FindAsync(parsed, database, Actions.PL3SetCalendar, signal.Token, isBranchOnly: false);
        if (importing.IsDryRun(parsed))
        {
            session.Error.WriteLine($"{calendar.Year}年：放假{calendar.Off.Count}天，周末上班{calendar.Working.Count}天。没有导入。");
            return ExitCode.Done;
        }

        var result = await new CalendarSteps(new StepRunner(database, TimeProvider.System))
            .ImportAsync(organization.OrganizationId, new ImportCalendar(calendar), by.Person, new OperationId(Guid.CreateVersion7()), signal.Token);
        if (result.Refusal is { } refusal)
        {
            return Refuse(session, refusal);
        }

        session.Error.WriteLine($"{calendar.Year}年的日历{(result.Entries.Count == 0 ? "和原来一样" : "已导入")}：放假{calendar.Off.Count}天，周末上班{calendar.Working.Count}天。");
        return ExitCode.Done;
    }

    private static int Refuse(Session session, Refusal refusal)
    {
        foreach (var line in refusal is InputIsWrong wrong ? wrong.Faults.Select(fault => fault.Message) : [refusal.Message])
        {
            session.Error.WriteLine($"错误：{line}");
        }

        session.Error.WriteLine("没有导入。");
        return ExitCode.InputAtFault;
    }
}
