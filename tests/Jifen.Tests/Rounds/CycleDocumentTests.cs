using Xunit;

namespace Jifen.Tests.Rounds;

public sealed class CycleDocumentTests
{
    [Fact]
    public void The_document_of_the_cycle_says_what_schemes_and_code_do()
    {
        var path = Path.Combine(World.Root, "docs", "cycle.md");
        var printed = CycleDocument.Print();
        if (Environment.GetEnvironmentVariable("JIFEN_GOLDEN") == "write")
        {
            File.WriteAllText(path, printed);
        }

        Assert.Equal(File.ReadAllText(path), printed);
    }

    [Fact]
    public void It_finds_what_a_step_is_refused_for()
    {
        var line = CycleDocument.Print().Split('\n').Single(line => line.StartsWith("| `BeginRoundStep`", StringComparison.Ordinal));

        Assert.Contains("`round-step-begun`", line, StringComparison.Ordinal);
        Assert.Contains("`NotItsTurn`", line, StringComparison.Ordinal);
        Assert.Contains("`TooEarly`", line, StringComparison.Ordinal);
    }
}
