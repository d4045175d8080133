using System.CommandLine;
using Jifen.Cli.Usage;

namespace Jifen.Cli.Verbs;

/// <summary>user reset: a link by which somebody sets a new password.</summary>
internal static class UserReset
{
    public static Command Create(Session session)
    {
        var desk = new UserOptions(session);
        var reason = Typed.Text("--reason", "原因", "会留在账上，本人看得到");
        var command = new VerbCommand(
            "reset",
            "显示一次性链接，由本人打开设新密码；设好以后，以前的登录和通行密钥都失效。",
            "user reset 1024 --reason 本人到机房说忘了密码")
        {
            Variables = StorageOptions.Variables,
        };
        desk.AddTo(command);
        command.Add(reason);
        command.SetAction(parsed => desk.RunAsync(parsed, async (operators, person, stop) =>
        {
            var (path, refusal) = await operators.ResetAsync(person, parsed.GetValue(reason) ?? "在服务器上重设", stop);
            return refusal is null ? desk.Link(parsed, person, path!) : desk.Refuse(refusal);
        }).GetAwaiter().GetResult());
        return command;
    }
}
