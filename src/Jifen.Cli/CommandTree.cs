using System.CommandLine;
using System.CommandLine.Parsing;
using Jifen.Cli.Verbs;

namespace Jifen.Cli;

/// <summary>Every verb of the program.</summary>
internal sealed record CommandTree(Command Root, Option<bool> Help, Option<bool> Version)
{
    public const string Program = "./jifen";

    private static readonly Verb[] Verbs =
    [
        new("start", Start.Create),
        new("migrate", Migrate.Create),
        new("doctor", Doctor.Create),
        new("verify", Verify.Create),
        new("rebuild", Rebuild.Create),
        new("backup", Backup.Create),
        new("restore", Restore.Create),
        new("export-canonical", ExportCanonical.Create),
        new("routes", Routes.Create),
        new("score", Score.Create),
        new("explain", Explain.Create),
        Group("import", "导入：名册、党费、事实、考勤", ImportMembers.Create, ImportDues.Create, ImportFacts.Create, ImportAttendance.Create),
        Group("calendar", "节假日日历：公示、异议、答复照它数工作日", CalendarImport.Create),
        Group(
            "scheme",
            "办法文件：检查、跑算例、查看、比较、试算",
            SchemeCheck.Create,
            SchemeTest.Create,
            SchemeList.Create,
            SchemeShow.Create,
            SchemeDiff.Create,
            SchemeTry.Create),
        Group("filing", "备案：核对支部报上来的材料", FilingCheck.Create),
        Group("user", "账号：在服务器上开通、重设、停用", UserAdd.Create, UserReset.Create, UserDisable.Create),
        new("authz", Authz.Create),
    ];

    /// <param name="args">where they begin with a verb, that one alone is made: who asks for one should not wait for all</param>
    public static CommandTree For(Session session, IReadOnlyList<string> args)
    {
        // A plain command: RootCommand would bring help, version and errors in English of its own.
        var root = new Command("jifen", "积分册：党员积分管理。办法写成文件，事实记一次，分数、名次、建议都由此算出，并说明依据。");
        var asked = args.Count == 0 ? -1 : Array.FindIndex(Verbs, verb => verb.Name == args[0]);
        foreach (var verb in asked < 0 ? Verbs : Verbs.AsSpan(asked, 1))
        {
            root.Add(verb.Create(session));
        }

        var help = new Option<bool>("--help", "-h", "-?") { Description = "显示用法", Recursive = true };
        var version = new Option<bool>("--version") { Description = "显示版本" };
        root.Add(help);
        root.Add(version);
        return new CommandTree(root, help, version);
    }

    /// <summary>As the user types it: ./jifen scheme check</summary>
    public static string PathOf(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{PathOf(parent)} {command.Command.Name}" : Program;

    private static Verb Group(string name, string description, params Func<Session, Command>[] verbs) => new(name, session =>
    {
        var group = new Command(name, description);
        foreach (var create in verbs)
        {
            group.Add(create(session));
        }

        return group;
    });

    /// <param name="Name">that of the command</param>
    private readonly record struct Verb(string Name, Func<Session, Command> Create);
}
