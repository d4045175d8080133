using System.CommandLine;

namespace Jifen.Cli.Usage;

/// <summary>A command that does something, with examples for its help.</summary>
internal sealed class VerbCommand(string name, string description, params IReadOnlyList<string> examples) : Command(name, description)
{
    /// <summary>Without the name of the program.</summary>
    public IReadOnlyList<string> Examples => examples;
}
