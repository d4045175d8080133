using System.CommandLine;
using Jifen.Cli.Usage;

namespace Jifen.Cli.Verbs;

/// <summary>user disable: the account is closed and its sessions are over.</summary>
internal static class UserDisable
{
    public static Command Create(Session session)
    {
        var desk = new UserOptions(session);
        var reason = Typed.Text("--reason", "原因", "会留在账上，本人看得到", required: true);
        var command = new VerbCommand(
            "disable",
            "停用账号：马上不能登录，正开着的页面也退出。登记过的和积分都不动，以后可以用 user add 恢复。",
            "user disable 1024 --reason 账号可能被盗用")
        {
            Variables = StorageOptions.Variables,
        };
        desk.AddTo(command, givesLink: false);
        command.Add(reason);
        command.SetAction(parsed => desk.RunAsync(parsed, async (operators, person, stop) =>
        {
            if (await operators.DisableAsync(person, parsed.GetRequiredValue(reason), stop) is { } refusal)
            {
                return desk.Refuse(refusal);
            }

            session.Out.WriteLine($"已停用：{person.Name}（{person.HomeName}）");
            return ExitCode.Done;
        }).GetAwaiter().GetResult());
        return command;
    }
}
