using System.CommandLine;

namespace Jifen.Cli.Usage;

/// <summary>A command that does something, with examples for its help.</summary>
internal sealed class VerbCommand(string name, string description, params IReadOnlyList<string> examples) : Command(name, description)
{
    /// <summary>Without the name of the program.</summary>
    public IReadOnlyList<string> Examples => examples;

    /// <summary>Environment variables the command listens to, beside those of the whole program.</summary>
    public IReadOnlyList<(string Name, string Text)> Variables { get; init; } = [];
}
