using System.CommandLine;
using System.Text;
using Jifen.Cli.Outputs;
using Jifen.Cli.Usage;
using Jifen.Store.Filings;

namespace Jifen.Cli.Verbs;

/// <summary>filing check: whether a package is what it says, worked out from what lies in it. Needs no database.</summary>
internal static class FilingCheck
{
    public static Command Create(Session session)
    {
        var file = Typed.One("文件", "支部“下载备案材料”得到的文件");
        var json = Typed.Json();
        var command = new VerbCommand(
            "check",
            "核对备案材料：摘要是否相符，照材料里的事实和办法重算，每一行是否一样。不用数据库。不符时退出码 1，并说出谁的哪个数不同。",
            "filing check 软件支部2025年度备案.json")
        {
            file,
            json,
        };
        command.SetAction(parsed => Run(session, parsed.GetRequiredValue(file), parsed.GetValue(json)));
        return command;
    }

    private static int Run(Session session, string path, bool json)
    {
        if (!File.Exists(path))
        {
            throw new RefusedException($"文件“{path}”不存在。改法：核对路径");
        }

        if (new FileInfo(path).Length > FilingFile.MostBytes)
        {
            throw new RefusedException($"文件“{path}”太大，不是备案材料。改法：用“下载备案材料”得到的文件");
        }

        var (package, digest, check, fault) = FilingFile.ReadPackage(File.ReadAllText(path, Encoding.UTF8));
        if (package is null || check is null)
        {
            session.Error.WriteLine($"{path}：{fault}。改法：用支部“下载备案材料”得到的文件，不要打开另存。");
            return ExitCode.InputAtFault;
        }

        var names = package.Members.ToDictionary(member => member.Person, member => member.Name);
        if (json)
        {
            Json.Write(session.OutputBytes(), writer =>
            {
                writer.WriteBoolean("holds", check.Holds);
                writer.WriteString("digest", digest);
                writer.WriteString("organization", package.Organization.Name);
                writer.WriteString("round", package.Round);
                writer.WriteNumber("members", package.Table.Lines.Count);
                writer.WriteStartArray("faults");
                foreach (var one in check.Faults)
                {
                    writer.WriteStringValue(one);
                }

                writer.WriteEndArray();
                writer.WriteStartArray("differences");
                foreach (var one in check.Differences)
                {
                    writer.WriteStartObject();
                    writer.WriteString("person", one.Person.ToString());
                    writer.WriteString("name", names.GetValueOrDefault(one.Person));
                    writer.WriteStartArray("what");
                    foreach (var what in one.What)
                    {
                        writer.WriteStringValue(what);
                    }

                    writer.WriteEndArray();
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            });
        }
        else
        {
            session.Out.WriteLine($"{package.Organization.Name}，{package.RoundName}{package.Step}，{package.Table.Lines.Count}人，办法《{package.Scheme.Name}》。");
            session.Out.WriteLine($"摘要 {digest}");
        }

        foreach (var one in check.Faults)
        {
            session.Error.WriteLine($"{path}：{one}");
        }

        foreach (var one in check.Differences)
        {
            session.Error.WriteLine($"{names.GetValueOrDefault(one.Person, "名单里没有的人")}：{string.Join("；", one.What)}");
        }

        session.Error.WriteLine(check.Holds ? "核对相符：摘要对，重算每一行都一样。" : "核对不符。改法：退回支部，写明哪里不符。");
        return check.Holds ? ExitCode.Done : ExitCode.InputAtFault;
    }
}
