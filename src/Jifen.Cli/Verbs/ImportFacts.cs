using System.CommandLine;
using Jifen.Cli.Usage;
using Jifen.Cycle;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Records;
using Jifen.Documents;
using Jifen.Documents.Imports;
using Jifen.Scoring.Facts;
using Jifen.Store;
using Jifen.Store.Reads;
using Jifen.Store.Steps;

namespace Jifen.Cli.Verbs;

/// <summary>import facts: the table of facts that score and explain read, entered in the ledger.</summary>
internal static class ImportFacts
{
    public static Command Create(Session session)
    {
        var storage = new StorageOptions(session);
        var desk = new ImportDesk();
        var file = Typed.One("文件", "事实表，CSV 或 XLSX，表头：编号、党员、日期、事实、数量、级别、内容、分值、状态");
        var command = new VerbCommand(
            "facts",
            "导入事实表：照现行办法逐条检查，全部对了才入账；编号相同的只记一次。办法写明要认定的，导入后待认定。",
            "import facts 事实.csv --organization 软件教工支部 --by 20150003 --dry-run",
            "import facts 事实.xlsx --organization 软件教工支部 --by 20150003")
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
        using var signal = new StopSignal();
        await using var database = await Database.OpenAsync(options, signal.Token);
        var schemes = new SchemesInForce();
        var (branch, by) = await importing.FindAsync(parsed, database, Actions.RC1EnterDailyRecord, signal.Token);
        RecordDesk desk;
        SchemeInForce? inForce;
        await using (var scope = await ImportDesk.OpenAsync(database, by.Person, signal.Token))
        {
            desk = await RecordDesks.ForFormAsync(schemes, scope, branch.OrganizationId, scope.Today, Actions.RC1EnterDailyRecord, by, cancel: signal.Token);
            inForce = await schemes.OnAsync(scope, branch.OrganizationId, scope.Today, signal.Token);
        }

        if (inForce is null)
        {
            throw new RefusedException($"“{branch.Name}”今年没有采用积分办法，不知道什么事实算数。改法：先在网页上采用办法");
        }

        var people = desk.People.Values.ToList();
        var read = FactList.ReadRows(
            new InputFile(path), inForce.Scheme, new Roster(people.ConvertAll(person => person.Profile with { Id = ImportDesk.KeyOf(person), Branch = branch.Name })));
        session.Report(read.Problems.Where(problem => problem.Severity != Scoring.Severity.Error));
        if (read.Value is not { } rows)
        {
            return session.Refuse(read.Problems);
        }

        var command = new Cycle.Records.ImportFacts(Path.GetFileName(path), rows.Select(row => FactOf(row, people)).ToList());
        var leftOut = command.LeftOut(desk);
        if (leftOut.Count > 0)
        {
            session.Error.WriteLine($"提醒：{string.Join("、", leftOut.Select(person => desk.People[person].Name))}的没有导入。{desk.Excluded[leftOut[0]].Message}");
        }

        if (importing.IsDryRun(parsed))
        {
            if (command.Decide(desk, _ => inForce.Scheme).Refusal is { } wrong)
            {
                return Refuse(session, wrong);
            }

            session.Error.WriteLine($"{rows.Count}条都对。没有入账。");
            return ExitCode.Done;
        }

        var steps = new RecordSteps(new StepRunner(database, TimeProvider.System), schemes);
        var result = await steps.ImportAsync(branch.OrganizationId, command, by.Person, new OperationId(Guid.CreateVersion7()), signal.Token);
        if (result.Refusal is { } refusal)
        {
            return Refuse(session, refusal);
        }

        session.Error.WriteLine($"{rows.Count}条事实：登记了{result.Entries.Count}条，其余以前导入过。");
        return ExitCode.Done;
    }

    private static ImportedFact FactOf(FactRow row, List<RecordPerson> people) => new(
        row.Id,
        row.Members.Select(member => people[member].Person).ToList(),
        row.Kind.Id,
        row.On,
        row.Quantity == 100 ? null : row.Quantity / 100m,
        row.Level,
        row.Content,
        row.Amount / 100m,
        row.IsPending);

    private static int Refuse(Session session, Refusal refusal)
    {
        foreach (var line in refusal is InputIsWrong wrong ? wrong.Faults.Select(fault => fault.Message) : [refusal.Message])
        {
            session.Error.WriteLine($"错误：{line}");
        }

        session.Error.WriteLine("没有入账。");
        return ExitCode.InputAtFault;
    }
}
