using System.Text;
using Jifen.Cli;

namespace Jifen.Tests.Cli;

/// <summary>What one run of the program came to. Runs in this process.</summary>
/// <param name="Out">standard output</param>
/// <param name="Error">standard error</param>
internal sealed record CommandLine(int ExitCode, string Out, string Error)
{
    /// <summary>The example branch of jsit-2020 with its refinement, all but the verb and its own options.</summary>
    public static string[] ExampleYear { get; } =
    [
        "--scheme", "jsit-2020", "--refine", "example.refinement.yaml",
        "--members", Example("members.csv"), "--facts", Example("facts.csv"), "--year", "2025", "--previous", Example("totals-2024.csv"),
    ];

    public static string Example(string file) => Path.Combine(World.Root, "schemes", "jsit-2020", "example", file);

    /// <summary>Paths of the repository are cut to what follows its root, so that the texts are the same everywhere.</summary>
    public static CommandLine Run(params string[] args)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter { NewLine = "\n" };
        var schemes = Path.Combine(World.Root, "schemes");
        var code = Program.Run(args, output, error, name => name == "JIFEN_SCHEMES" ? schemes : null);
        return new CommandLine(code, FromRoot(Encoding.UTF8.GetString(output.ToArray())), FromRoot(error.ToString()));
    }

    private static string FromRoot(string text) => text.Replace(World.Root + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
}
