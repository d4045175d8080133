using Xunit;

namespace Jifen.Tests.Permissions;

/// <summary>The table as people approved it: permissions.txt word for word from the design, additions.txt what the pages needed besides.</summary>
internal sealed record WrittenRow(string Id, string Text, IReadOnlyList<string> Cells)
{
    public const string Roles = "PGAMRECSOLDX";

    public string this[char role] => Cells[Roles.IndexOf(role, StringComparison.Ordinal)];
}

internal static class WrittenTable
{
    public static IReadOnlyList<WrittenRow> Permissions { get; } = Read("permissions.txt");

    public static IReadOnlyList<WrittenRow> Additions { get; } = Read("additions.txt");

    /// <summary>Every judged action: a row with a stroke is two.</summary>
    public static IReadOnlyList<WrittenRow> Judged { get; } = [.. Permissions.Concat(Additions).SelectMany(Parts)];

    private static IEnumerable<WrittenRow> Parts(WrittenRow row)
    {
        yield return row with { Cells = [.. row.Cells.Select(cell => cell.Split('/')[0])] };
        if (row.Cells.Any(cell => cell.Contains('/', StringComparison.Ordinal)))
        {
            yield return new WrittenRow($"{row.Id}/2", row.Text, [.. row.Cells.Select(cell => cell.Split('/')[^1])]);
        }
    }

    private static List<WrittenRow> Read(string file)
    {
        var lines = File.ReadAllLines(Path.Combine(World.Root, "tests", "Jifen.Tests", "Permissions", file));
        Assert.Equal($"| action | {string.Join(" | ", WrittenRow.Roles.ToCharArray())} |", lines[0]);
        return [.. lines.Skip(2)
            .Where(line => !line.StartsWith("| **", StringComparison.Ordinal))
            .Select(line => line[1..^1].Split('|', StringSplitOptions.TrimEntries))
            .Select(columns => new WrittenRow(columns[0][..3], columns[0], columns[1..]))];
    }
}
