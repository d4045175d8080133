using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Jifen.Bench.Rivals;

/// <summary>
/// An engine in a Node process of its own that stays up: it loads its data once, and answers each line with what it took, timed inside
/// the process, so that neither its start nor the pipe counts against it.
/// </summary>
internal sealed class NodeRival : IDisposable
{
    private readonly Process _process;

    public NodeRival(string folder, string script, params IEnumerable<string> arguments)
    {
        _process = Process.Start(new ProcessStartInfo("node", [script, .. arguments])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException("node does not start");
        Answer(script);
    }

    /// <exception cref="InvalidOperationException">the script stopped; what it printed stands above</exception>
    public JsonNode Ask(string line)
    {
        _process.StandardInput.WriteLine(line);
        return Answer(line);
    }

    /// <summary>Seconds of one run.</summary>
    public double Time(string line) => Ask(line)["seconds"]!.GetValue<double>();

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private JsonNode Answer(string to) =>
        _process.StandardOutput.ReadLine() is { } answer
            ? JsonNode.Parse(answer) ?? throw new JsonException(answer)
            : throw new InvalidOperationException($"no answer to “{to}”");
}
