using System.Globalization;

namespace Jifen.Bench.Live;

/// <summary>What is measured, and how long.</summary>
internal sealed record Options
{
    /// <summary>The program as a user starts it.</summary>
    public string Jifen { get; init; } = "./jifen";

    public string Schemes { get; init; } = "schemes";

    /// <summary>People of the large college.</summary>
    public int Members { get; init; } = 10_000;

    /// <summary>Groups to run, by comma; null: all.</summary>
    public string? Only { get; init; }

    /// <summary>Folder in which the large college stays for the next run; null: it is removed.</summary>
    public string? Keep { get; init; }

    public string? WriteTo { get; init; }

    public bool IsQuick { get; init; }

    /// <summary>Seconds each page is asked for.</summary>
    public double Stint => IsQuick ? 0.5 : 3;

    public int Pairs => IsQuick ? 2 : 5;

    public int Facts => IsQuick ? 5_000 : 100_000;

    public int SignedIn => IsQuick ? 20 : 200;

    public bool Runs(string group) => Only is null || Only.Split(',').Contains(group);

    public static Options Read(IReadOnlyList<string> arguments)
    {
        var options = new Options();
        var words = new Queue<string>(arguments);
        while (words.TryDequeue(out var word))
        {
            options = word switch
            {
                "--jifen" => options with { Jifen = Path.GetFullPath(words.Dequeue()) },
                "--schemes" => options with { Schemes = Path.GetFullPath(words.Dequeue()) },
                "--members" => options with { Members = int.Parse(words.Dequeue(), CultureInfo.InvariantCulture) },
                "--only" => options with { Only = words.Dequeue() },
                "--keep" => options with { Keep = Path.GetFullPath(words.Dequeue()) },
                "--write" => options with { WriteTo = words.Dequeue() },
                "--quick" => options with { IsQuick = true, Members = 1_800 },
                _ => throw new ArgumentException($"unknown option {word}", nameof(arguments)),
            };
        }

        return options;
    }
}
