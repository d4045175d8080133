using System.CommandLine;
using System.Globalization;
using Jifen.Cli.Usage;
using Jifen.Cycle;
using Jifen.Cycle.Members;
using Jifen.Cycle.Members.Rosters;
using Jifen.Cycle.Permissions;
using Jifen.Documents;
using Jifen.Documents.Imports.Rosters;
using Jifen.Documents.Imports.Tables;
using Jifen.Scoring;
using Jifen.Store;
using Jifen.Store.Reads;
using Jifen.Store.Steps;

namespace Jifen.Cli.Verbs;

/// <summary>import members: the roster of a branch, or of every branch of a college.</summary>
internal static class ImportMembers
{
    public static Command Create(Session session)
    {
        var storage = new StorageOptions(session);
        var desk = new ImportDesk();
        var file = Typed.One("文件", "CSV 或 XLSX，表头如：编号、姓名、支部、身份、类别、党小组、到支部日期；身份证号、手机号的列不读");
        var asOf = Typed.Text("--as-of", "日期", "从哪天起生效，如 2025-01-01；不写就是今天。表里没有“到支部日期”的新增人员从这天起在名册上");
        var ground = Typed.Text("--ground", "依据", "记在账上的依据，如 2025年党员信息核对");
        var command = new VerbCommand(
            "members",
            "导入名册：逐行对照，新增、变更、不变和错误都列出来；有一处错就整份不导入，再导一次不会重复。给上级组织导入的，表里要有“支部”一列。",
            "import members 名册.xlsx --organization 软件教工支部 --by 20150001 --dry-run",
            "import members 全院名册.csv --organization 学院党委 --by 组织员 --as-of 2025-01-01")
        {
            Variables = StorageOptions.Variables,
        };
        command.Add(file);
        desk.AddTo(command);
        command.Add(asOf);
        command.Add(ground);
        storage.AddTo(command);
        command.SetAction(parsed => RunAsync(
            session, storage.Read(parsed), desk, parsed, parsed.GetValue(file)!, DayOf(parsed.GetValue(asOf)), parsed.GetValue(ground)).GetAwaiter().GetResult());
        return command;
    }

    private static async Task<int> RunAsync(
        Session session, DatabaseOptions options, ImportDesk desk, ParseResult parsed, string path, DateOnly? asOf, string? ground)
    {
        using var signal = new StopSignal();
        var read = TableFile.Read(new InputFile(path), RosterMapping.IsKnownHead, RosterReading.MostRows);
        if (read.Value is not { } table)
        {
            return session.Refuse(read.Problems);
        }

        var mapping = RosterMapping.Guess(table);
        var reading = RosterReading.Of(table, mapping);
        await using var database = await Database.OpenAsync(options, signal.Token);
        var (organization, by) = await desk.FindAsync(parsed, database, Actions.IM1ImportRoster, signal.Token, isBranchOnly: false);
        var clock = TimeProvider.System;
        var runner = new StepRunner(database, clock);
        var steps = new RosterImportSteps(runner, new MemberSteps(runner, new SchemesInForce(), clock), clock);
        var import = new RosterImport(organization.OrganizationId, Path.GetFileName(path), asOf ?? clock.Today(), Arrival.OnRoll, ground);
        RosterPlan plan;
        await using (var scope = await ImportDesk.OpenAsync(database, by.Person, signal.Token))
        {
            plan = (await steps.PlanAsync(scope, import, reading.Lines, reading.Notes, signal.Token))!;
        }

        var notes = plan.Lines.SelectMany(line => line.Notes)
            .Select(note => new Problem(
                note.IsError ? Severity.Error : Severity.Warning,
                $"{path} {table.Place(note.Row, mapping[note.Field])}",
                0,
                0,
                $"{note.Field.Name()}“{note.Value}”：{note.Cause}",
                note.Remedy))
            .ToList();
        session.Report(notes.Where(note => note.Severity == Severity.Warning));
        if (plan.HasErrors)
        {
            return session.Refuse(notes);
        }

        var (fresh, changed) = (plan.Count(LineOutcome.New) + plan.Count(LineOutcome.Returns), plan.Count(LineOutcome.Changed));
        var counts = string.Create(CultureInfo.InvariantCulture, $"{plan.Lines.Count}行都对：新增{fresh}人，变更{changed}人，不变{plan.Count(LineOutcome.Unchanged)}人");
        if (desk.IsDryRun(parsed) || fresh + changed == 0)
        {
            session.Error.WriteLine($"{counts}。没有入账。");
            return ExitCode.Done;
        }

        var result = await steps.ImportAsync(
            import, reading.Lines, reading.Notes, plan, by.Person, new OperationId(Guid.CreateVersion7()), signal.Token);
        if (result.Refusal is { } refusal)
        {
            throw new RefusedException(refusal.Message);
        }

        session.Error.WriteLine(result.AwaitsSecond ? $"{counts}。等第二人在网页的“待确认”里确认后入账。" : $"{counts}。已经入账。");
        return ExitCode.Done;
    }

    private static DateOnly? DayOf(string? text) => text is null
        ? null
        : DateOnly.TryParseExact(text, "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new RefusedException($"--as-of 要写日期，如 2025-01-01；写的是“{text}”。改法：改成年、月、日");
}
