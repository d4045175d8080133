using System.CommandLine;
using Jifen.Cycle;
using Jifen.Store;
using Jifen.Store.Accounts;

namespace Jifen.Cli.Usage;

/// <summary>What the verbs of user have in common: whose account it is, in which database.</summary>
internal sealed class UserOptions(Session session)
{
    private readonly Argument<string> _who = Typed.One("谁", "编号、登录名或姓名，写全");
    private readonly Option<string> _site = Typed.Text("--site", "网址", "大家打开积分册的网址，写进链接；不写是 http://127.0.0.1:5080");
    private readonly StorageOptions _storage = new(session);

    /// <param name="givesLink">the verb prints a link</param>
    public void AddTo(Command command, bool givesLink = true)
    {
        command.Add(_who);
        if (givesLink)
        {
            command.Add(_site);
        }

        _storage.AddTo(command);
        command.Add(Typed.Yes());
    }

    public async Task<int> RunAsync(ParseResult parsed, Func<OperatorDesk, FoundPerson, CancellationToken, Task<int>> work)
    {
        using var signal = new StopSignal();
        await using var database = await Database.OpenAsync(_storage.Read(parsed), signal.Token);
        await database.MigrateAsync(signal.Token);
        var desk = new OperatorDesk(database, TimeProvider.System);
        var who = parsed.GetRequiredValue(_who).Trim();
        var found = await desk.FindAsync(who, signal.Token);
        switch (found)
        {
            case [var one]:
                return await work(desk, one, signal.Token);
            case []:
                session.Error.WriteLine($"名册上没有“{who}”。改法：写全姓名，或写编号、登录名");
                return ExitCode.InputAtFault;
            default:
                session.Error.WriteLine($"有{found.Count}个人叫“{who}”。改法：写编号：");
                foreach (var person in found)
                {
                    session.Error.WriteLine($"  {person.Number ?? "没有编号"}  {person.Name}，{person.HomeName ?? "不在任何支部"}");
                }

                return ExitCode.InputAtFault;
        }
    }

    public int Link(ParseResult parsed, FoundPerson person, string path)
    {
        session.Error.WriteLine($"把链接交给{person.Name}（{person.HomeName}）本人，一天内有效，用一次就失效；谁打开，谁就能设密码：");
        session.Out.WriteLine($"{(parsed.GetValue(_site) ?? "http://127.0.0.1:5080").TrimEnd('/')}{path}");
        return ExitCode.Done;
    }

    public int Refuse(Refusal refusal)
    {
        session.Error.WriteLine(refusal.Message);
        return ExitCode.InputAtFault;
    }
}
