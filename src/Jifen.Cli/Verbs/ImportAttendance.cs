using System.CommandLine;
using Jifen.Cli.Usage;
using Jifen.Cycle;
using Jifen.Cycle.Gatherings;
using Jifen.Cycle.Permissions;
using Jifen.Documents;
using Jifen.Documents.Imports;
using Jifen.Scoring;
using Jifen.Store;
using Jifen.Store.Reads;
using Jifen.Store.Steps;

namespace Jifen.Cli.Verbs;

/// <summary>import attendance: who was at which gathering, from a machine or another system.</summary>
internal static class ImportAttendance
{
    public static Command Create(Session session)
    {
        var storage = new StorageOptions(session);
        var desk = new ImportDesk();
        var file = Typed.One("文件", "CSV 或 XLSX，表头：活动（或日期、类别）、编号（或姓名）、出席、备注");
        var command = new VerbCommand(
            "attendance",
            "导入考勤表：逐行对照活动和名册，全部对了才入账；再导一次不会记重。活动要先安排好。",
            "import attendance 九月.xlsx --organization 软件教工支部 --by 20150003 --dry-run",
            "import attendance 九月.csv --organization 软件教工支部 --by 20150003")
        {
            Variables = StorageOptions.Variables,
        };
        command.Add(file);
        desk.AddTo(command);
        storage.AddTo(command);
        command.SetAction(parsed => RunAsync(session, storage.Read(parsed), desk, parsed, parsed.GetValue(file)!).GetAwaiter().GetResult());
        return command;
    }

    private static async Task<int> RunAsync(Session session, DatabaseOptions options, ImportDesk desk, ParseResult parsed, string path)
    {
        using var signal = new StopSignal();
        var read = AttendanceList.Read(new InputFile(path));
        session.Report(read.Problems.Where(problem => problem.Severity != Severity.Error));
        if (read.Value is not { } lines)
        {
            return session.Refuse(read.Problems);
        }

        await using var database = await Database.OpenAsync(options, signal.Token);
        var (branch, by) = await desk.FindAsync(parsed, database, Actions.GA5CallRoll, signal.Token);
        var import = await MatchAsync(database, branch.OrganizationId, by, lines, signal.Token);
        foreach (var note in import.Notes.Where(note => !note.IsFault))
        {
            session.Error.WriteLine($"{path} 第{note.Line}行 提醒：{note.Message}");
        }

        if (import.HasFaults)
        {
            return session.Refuse([.. import.Notes.Where(note => note.IsFault)
                .Select(note => new Problem(Severity.Error, path, note.Line, 0, note.Message, note.Remedy))]);
        }

        if (desk.IsDryRun(parsed) || import.Marks == 0)
        {
            session.Error.WriteLine($"{lines.Count}行都对：要登记{import.Rolls.Count}次活动{import.Marks}人次，已登记过{import.Known}人次。没有入账。");
            return ExitCode.Done;
        }

        var steps = new GatheringSteps(new StepRunner(database, TimeProvider.System), database, TimeProvider.System);
        var result = await steps.TakeRollsAsync(
            branch.OrganizationId, import.Rolls, $"“{Path.GetFileName(path)}”", by.Person, new OperationId(Guid.CreateVersion7()), signal.Token);
        if (result.Refusal is { } refusal)
        {
            throw new RefusedException(refusal.Message);
        }

        session.Error.WriteLine($"登记了{import.Rolls.Count}次活动{import.Marks}人次，已登记过{import.Known}人次。");
        return ExitCode.Done;
    }

    private static async Task<AttendanceImport> MatchAsync(
        Database database, OrganizationId branch, Actor by, IReadOnlyList<AttendanceLine> lines, CancellationToken cancel)
    {
        await using var scope = await ImportDesk.OpenAsync(database, by.Person, cancel);
        var days = lines.Select(line => line.Day).OfType<DateOnly>().ToList();
        // Lines that name a gathering by its id need no day.
        var ids = lines.Select(line => Guid.TryParse(line.Gathering, out var id) ? new GatheringId(id) : (GatheringId?)null).OfType<GatheringId>();
        if (days.Count > 0)
        {
            var listed = await BranchGatherings.ListAsync(scope, branch, days.Min(), days.Max(), null, cancel);
            ids = ids.Concat(listed.Where(one => one.StateOf != GatheringState.Cancelled).Select(one => one.GatheringId));
        }

        var where = await Scopes.OfAsync(scope, branch, cancel);
        var targets = new List<ImportTarget>();
        foreach (var id in ids.Distinct())
        {
            if (await GatheringStates.OneAsync(scope, id, cancel) is not { } found || found.Organization != branch)
            {
                continue;
            }

            var people = await GatheringPeople.OfAsync(scope, branch, found.Gathering, cancel);
            targets.Add(new ImportTarget(found.Gathering.Id, found.Gathering.Plan, [.. people.Select(person => new NamedOnRoll(
                person.PersonId,
                person.Name,
                person.Number,
                person.Mark?.Attendance,
                Authority.Judge(Actions.GA5CallRoll, by, Target.About(person.PersonId, where, Stage.Recording)).Refusal?.Message))]));
        }

        return AttendanceImport.Of(
            [.. lines.Select(line => new ImportedMark(line.Line, line.Gathering, line.Day, line.Kind, line.Number, line.Name, line.Attendance, line.Note))],
            targets);
    }
}
