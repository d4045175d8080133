using System.CommandLine;
using System.CommandLine.Parsing;
using Jifen.Cli.Text;

namespace Jifen.Cli.Usage;

/// <summary>The help of a command in Chinese: what it does, how it is written, each option, examples.</summary>
internal static class HelpText
{
    private const int Indent = 2;

    public static void Write(TextWriter to, CommandResult result)
    {
        var command = result.Command;
        var path = CommandTree.PathOf(result);
        to.WriteLine(command.Description);
        to.WriteLine();
        to.WriteLine("用法：");
        to.WriteLine($"  {path}{Synopsis(command)}");
        Rows(to, "命令：", command.Subcommands.Select(child => (child.Name, child.Description)));
        Rows(to, "参数：", command.Arguments.Select(argument => (argument.Name, argument.Description)));
        Rows(to, "选项：", OptionsOf(result).Select(option => (NameOf(option), Explanation(option))));
        if (command is VerbCommand { Examples.Count: > 0 } verb)
        {
            to.WriteLine();
            to.WriteLine("例：");
            foreach (var example in verb.Examples)
            {
                to.WriteLine($"  {CommandTree.Program} {example}");
            }
        }

        if (command is VerbCommand { Variables: var variables })
        {
            Rows(to, "环境变量：", variables.Select(variable => (variable.Name, (string?)variable.Text)));
        }

        if (result.Parent is null)
        {
            Rows(to, "环境变量：", [("JIFEN_SCHEMES", "放办法的目录；不设就用程序自带的 schemes"), ("JIFEN_DEBUG", "设为 1，程序出错时显示全部细节")]);
        }

        to.WriteLine();
        to.WriteLine("退出码：0 完成；1 输入有错（说明文件、行、列）；2 用法不对，或无法运行。");
    }

    public static string Synopsis(Command command)
    {
        if (command.Subcommands.Count > 0)
        {
            return " 命令 [选项]";
        }

        var words = command.Arguments.Select(argument => argument.Arity.MaximumNumberOfValues > 1 ? $"{argument.Name}…" : argument.Name)
            .Concat(command.Options.Where(option => option.Required).Select(NameOf))
            .Concat(command.Options.Where(option => !option.Required).Select(option => $"[{NameOf(option)}]"));
        return string.Concat(words.Select(word => $" {word}"));
    }

    private static IEnumerable<Option> OptionsOf(CommandResult result)
    {
        var inherited = Enumerable.Empty<Option>();
        for (var parent = result.Parent as CommandResult; parent is not null; parent = parent.Parent as CommandResult)
        {
            inherited = inherited.Concat(parent.Command.Options.Where(option => option.Recursive));
        }

        return result.Command.Options.Concat(inherited);
    }

    private static string NameOf(Option option) => option.HelpName is { } value ? $"{option.Name} {value}" : option.Name;

    private static string? Explanation(Option option) => option.Required ? $"{option.Description}（必写）" : option.Description;

    private static void Rows(TextWriter to, string title, IEnumerable<(string Name, string? Text)> rows)
    {
        var list = rows.ToList();
        if (list.Count == 0)
        {
            return;
        }

        to.WriteLine();
        to.WriteLine(title);
        var width = list.Max(row => Columns.WidthOf(row.Name));
        foreach (var (name, text) in list)
        {
            to.WriteLine($"{new string(' ', Indent)}{Columns.Pad(name, width)}  {text}".TrimEnd());
        }
    }
}
