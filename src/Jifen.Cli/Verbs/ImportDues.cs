using System.CommandLine;
using System.Globalization;
using Jifen.Cli.Usage;
using Jifen.Cycle;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Records;
using Jifen.Documents;
using Jifen.Documents.Imports;
using Jifen.Scoring;
using Jifen.Store;
using Jifen.Store.Reads;
using Jifen.Store.Steps;

namespace Jifen.Cli.Verbs;

/// <summary>import dues: a list of who paid what for which month.</summary>
internal static class ImportDues
{
    public static Command Create(Session session)
    {
        var storage = new StorageOptions(session);
        var desk = new ImportDesk();
        var file = Typed.One("文件", "CSV 或 XLSX，表头：编号（或姓名）、月份、应缴、实缴、缴纳日期");
        var month = Typed.Text("--month", "月份", "表里没有月份的，都是这个月，如 2025-03");
        var command = new VerbCommand(
            "dues",
            "导入党费收缴表：逐行对照名册和已登记的，全部对了才入账；再导一次不会记重。迟缴、未足额照办法自动计分。",
            "import dues 九月.xlsx --organization 软件教工支部 --by 20150003 --dry-run",
            "import dues 九月.csv --organization 软件教工支部 --by 20150003 --month 2025-09")
        {
            Variables = StorageOptions.Variables,
        };
        command.Add(file);
        desk.AddTo(command);
        command.Add(month);
        storage.AddTo(command);
        command.SetAction(parsed => RunAsync(
            session, storage.Read(parsed), desk, parsed, parsed.GetValue(file)!, MonthOf(parsed.GetValue(month))).GetAwaiter().GetResult());
        return command;
    }

    private static async Task<int> RunAsync(Session session, DatabaseOptions options, ImportDesk desk, ParseResult parsed, string path, DateOnly? month)
    {
        using var signal = new StopSignal();
        var read = DuesTable.Read(new InputFile(path), month);
        if (read.Value is not { } rows)
        {
            return session.Refuse(read.Problems);
        }

        await using var database = await Database.OpenAsync(options, signal.Token);
        var schemes = new SchemesInForce();
        var (branch, by) = await desk.FindAsync(parsed, database, Actions.DU1EnterDues, signal.Token);
        var list = await ListAsync(database, schemes, branch, by, rows, signal.Token);
        foreach (var line in list.Lines.Where(line => line.Fate == DuesRowFate.NotYours))
        {
            session.Error.WriteLine($"{path} {line.Row.Place} 提醒：{line.Name}的没有导入。{line.Message}");
        }

        if (list.HasFaults)
        {
            return session.Refuse(list.Lines.Where(line => line.Fate == DuesRowFate.Wrong)
                .Select(line => new Problem(Severity.Error, $"{path} {line.Row.Place}", 0, 0, line.Message!, "")).ToList());
        }

        var known = list.CountOf(DuesRowFate.Known);
        if (desk.IsDryRun(parsed) || list.ToRecord.Count == 0)
        {
            session.Error.WriteLine($"{rows.Count}行都对：要登记{list.ToRecord.Count}行，已登记过{known}行。没有入账。");
            return ExitCode.Done;
        }

        var steps = new DuesSteps(new StepRunner(database, TimeProvider.System), schemes);
        var result = await steps.RecordAsync(
            branch.OrganizationId, new RecordDues(list.ToRecord, $"导入“{Path.GetFileName(path)}”"), by.Person, new OperationId(Guid.CreateVersion7()), signal.Token);
        if (result.Refusal is { } refusal)
        {
            throw new RefusedException(refusal.Message);
        }

        session.Error.WriteLine($"登记了{list.ToRecord.Count}行党费，已登记过{known}行。");
        return ExitCode.Done;
    }

    private static async Task<DuesList> ListAsync(
        Database database, SchemesInForce schemes, OrganizationRow branch, Actor by, IReadOnlyList<DuesListRow> rows, CancellationToken cancel)
    {
        await using var scope = await ImportDesk.OpenAsync(database, by.Person, cancel);
        var desk = await RecordDesks.ForFormAsync(schemes, scope, branch.OrganizationId, scope.Today, Actions.DU1EnterDues, by, cancel: cancel);
        var lines = DuesList.Match(rows, desk.People.Values).OfType<DuesLine>().ToList();
        return DuesList.Of(rows, desk, await DuesBoard.StandingAsync(scope, lines, cancel));
    }

    private static DateOnly? MonthOf(string? text) => text is null
        ? null
        : DateOnly.TryParseExact(text, "yyyy-M", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
            ? month
            : throw new RefusedException($"--month 要写月份，如 2025-03；写的是“{text}”。改法：改成年和月");
}
