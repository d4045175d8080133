using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using Jifen.Cli.Usage;
using Jifen.Scoring.Schemes;

namespace Jifen.Cli;

internal static class Program
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private static int Main(string[] args)
    {
        // Most commands load a scheme, and what the first one waits for can be made ready while the command is still being read.
        if (args.Length > 1 && Environment.ProcessorCount > 1)
        {
            ThreadPool.QueueUserWorkItem(_ => SchemeLoader.Prepare());
        }

        using var output = Console.OpenStandardOutput();
        using var error = new StreamWriter(Console.OpenStandardError(), Utf8) { AutoFlush = true };
        return Run(args, output, error, Environment.GetEnvironmentVariable, showsProgress: !Console.IsErrorRedirected);
    }

    /// <summary>The whole program with its surroundings handed in, so that tests run it in their own process.</summary>
    /// <returns>one of <see cref="ExitCode"/></returns>
    internal static int Run(
        IReadOnlyList<string> args, Stream output, TextWriter error, Func<string, string?>? variable = null, bool showsProgress = false)
    {
        using var words = new StreamWriter(output, Utf8, bufferSize: 1 << 14, leaveOpen: true);
        var session = new Session(output, words, error, variable ?? (_ => null), showsProgress);
        try
        {
            return Take(args, session);
        }
        catch (Exception fault) when (session.Variable("JIFEN_DEBUG") != "1")
        {
            error.WriteLine(Fault.InWords(fault));
            return ExitCode.CannotRun;
        }
    }

    private static int Take(IReadOnlyList<string> args, Session session)
    {
        var tree = CommandTree.For(session, args);
        // Without @files: an id or a name may begin with @.
        var parsed = CommandLineParser.Parse(tree.Root, args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var command = parsed.CommandResult.Command;
        if (parsed.GetValue(tree.Version))
        {
            session.Out.WriteLine(ProductVersion.Text);
            return ExitCode.Done;
        }

        if (parsed.GetValue(tree.Help))
        {
            HelpText.Write(session.Out, parsed.CommandResult);
            return ExitCode.Done;
        }

        if (UsageErrors.Of(parsed) is { Count: > 0 } faults)
        {
            foreach (var fault in faults)
            {
                session.Error.WriteLine(fault);
            }

            session.Error.WriteLine($"用法见：{CommandTree.PathOf(parsed.CommandResult)} --help");
            return ExitCode.CannotRun;
        }

        if (command.Action is null)
        {
            HelpText.Write(session.Error, parsed.CommandResult);
            return ExitCode.CannotRun;
        }

        return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }
}
