using System.CommandLine;
using System.CommandLine.Parsing;
using Jifen.Scoring;

namespace Jifen.Cli.Usage;

/// <summary>
/// What is wrong with a command line, in Chinese. The parser's own sentences are English, so what it found is read from its result instead.
/// </summary>
internal static class UsageErrors
{
    public static IReadOnlyList<string> Of(ParseResult parsed)
    {
        if (parsed.Errors.Count == 0)
        {
            return [];
        }

        var command = parsed.CommandResult.Command;
        if (command.Subcommands.Count > 0)
        {
            return [UnknownVerb(parsed, command)];
        }

        // What follows an unknown option belongs to it.
        var unknown = parsed.UnmatchedTokens.Any(IsOption) ? parsed.UnmatchedTokens.Where(IsOption) : parsed.UnmatchedTokens;
        var faults = unknown.Select(token => UnknownWord(command, token)).ToList();
        foreach (var option in command.Options)
        {
            faults.AddRange(FaultsOf(option, parsed.GetResult(option)));
        }

        foreach (var argument in command.Arguments)
        {
            if ((parsed.GetResult(argument)?.Tokens.Count ?? 0) < argument.Arity.MinimumNumberOfValues)
            {
                faults.Add($"缺少{argument.Name}：{argument.Description}");
            }
        }

        return faults.Count > 0 ? faults : parsed.Errors.Select(error => $"命令写得不对：{error.Message}").ToList();
    }

    private static IEnumerable<string> FaultsOf(Option option, OptionResult? result)
    {
        if (result is null || result.Implicit)
        {
            return option.Required ? [$"缺少 {option.Name} {option.HelpName}：{option.Description}"] : [];
        }

        if (result.IdentifierTokenCount > 1)
        {
            return [$"{option.Name} 写了{result.IdentifierTokenCount}次，只能写一次"];
        }

        return result.Tokens.Count < option.Arity.MinimumNumberOfValues
            ? [$"{option.Name} 后面要写{option.HelpName}：{option.Description}"]
            : result.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal);
    }

    private static string UnknownVerb(ParseResult parsed, Command command)
    {
        var path = CommandTree.PathOf(parsed.CommandResult);
        var names = command.Subcommands.Select(child => child.Name).ToList();
        var word = parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : null;
        var list = $"可用的命令：{string.Join("、", names)}";
        return word is null ? $"“{path}”后面要写一个命令。{list}" : $"没有命令“{word}”。{Suggestion(word, names)}{list}";
    }

    private static string UnknownWord(Command command, string word)
    {
        if (!IsOption(word))
        {
            return $"多出了“{word}”。改法：删去；路径里有空格的，用引号括起来";
        }

        var names = command.Options.Select(option => option.Name).ToList();
        return $"没有选项“{word}”。{Suggestion(word, names)}可用的选项：{string.Join("、", names)}";
    }

    private static bool IsOption(string word) => word.StartsWith('-') && word.Length > 1;

    private static string Suggestion(string word, IReadOnlyList<string> names) =>
        Spelling.Nearest(word, names) is { } near ? $"是不是“{near}”？" : "";
}
