namespace Jifen.Cli;

/// <summary>What the program says to the shell: docs/CONTRACT.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The input is at fault: said with file, line and column.</summary>
    public const int InputAtFault = 1;

    /// <summary>Used wrongly, or the machine does not let it run.</summary>
    public const int CannotRun = 2;
}
