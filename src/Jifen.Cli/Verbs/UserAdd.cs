using System.CommandLine;
using Jifen.Cli.Usage;

namespace Jifen.Cli.Verbs;

/// <summary>user add: an account for somebody on a roll, and the link by which he sets his password.</summary>
internal static class UserAdd
{
    public static Command Create(Session session)
    {
        var desk = new UserOptions(session);
        var command = new VerbCommand(
            "add",
            "给名册上的人开通账号（停用过的恢复），显示一次性链接，由本人打开设登录名和密码。",
            "user add 1024",
            "user add 张三 --site https://jifen.example.edu.cn")
        {
            Variables = StorageOptions.Variables,
        };
        desk.AddTo(command);
        command.SetAction(parsed => desk.RunAsync(parsed, async (operators, person, stop) =>
        {
            var (path, refusal) = await operators.OpenAsync(person, stop);
            return refusal is null ? desk.Link(parsed, person, path!) : desk.Refuse(refusal);
        }).GetAwaiter().GetResult());
        return command;
    }
}
