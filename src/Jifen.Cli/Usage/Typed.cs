using System.CommandLine;
using System.Globalization;

namespace Jifen.Cli.Usage;

/// <summary>Options as all verbs write them, with Chinese errors.</summary>
internal static class Typed
{
    public static Option<string> Text(string name, string value, string description, bool required = false) =>
        new(name) { HelpName = value, Description = description, Required = required };

    public static Option<bool> Json(string description = "结果另以 JSON 写到标准输出，供程序读") => new("--json") { Description = description };

    /// <summary>Read by the script ./jifen, which installs what is missing before the program runs.</summary>
    public static Option<bool> Yes() => new("--yes") { Description = "缺什么就装什么，不再问" };

    public static Option<WholeNumber> Number(string name, string value, string description, int least, int most, string example, bool required = false) =>
        new(name)
        {
            HelpName = value,
            Description = description,
            Required = required,
            CustomParser = result =>
            {
                var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
                if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
                {
                    return new WholeNumber(number);
                }

                result.AddError($"{name} 要写 {least} 到 {most} 的整数，如 {example}；写的是“{text}”");
                return null;
            },
        };

    public static Argument<string> One(string name, string description) => new(name) { Description = description };

    public static Argument<string[]> Many(string name, string description) =>
        new(name) { Description = description, Arity = ArgumentArity.OneOrMore };
}

/// <summary>The value of an option. A class: options over a number are compiled anew each time the program starts, those over this ahead.</summary>
internal sealed record WholeNumber(int Value);
