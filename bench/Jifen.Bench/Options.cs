using System.Globalization;

namespace Jifen.Bench;

/// <summary>bench/run [--members N] [--seed N] [--quick] [--only WORD] [--write]; the script adds where things lie.</summary>
internal sealed record Options
{
    public required string Root { get; init; }

    /// <summary>The built command line of the product.</summary>
    public required string Jifen { get; init; }

    /// <summary>bench/rivals with its node_modules; where it is null the Node engines are left out.</summary>
    public string? Rivals { get; init; }

    public int Members { get; init; } = 100_000;

    public ulong Seed { get; init; } = 2025;

    /// <summary>Fewer members and pairs: to see that everything runs, not to quote.</summary>
    public bool IsQuick { get; init; }

    /// <summary>Only groups of figures whose name contains this.</summary>
    public string? Only { get; init; }

    public string? WriteTo { get; init; }

    public int Pairs => IsQuick ? 3 : 9;

    /// <exception cref="ArgumentException">an option that nobody knows</exception>
    public static Options Read(string[] arguments)
    {
        var options = new Options { Root = "", Jifen = "" };
        var words = new Queue<string>(arguments);
        while (words.TryDequeue(out var word))
        {
            options = word switch
            {
                "--root" => options with { Root = words.Dequeue() },
                "--jifen" => options with { Jifen = words.Dequeue() },
                "--rivals" => options with { Rivals = words.Dequeue() },
                "--members" => options with { Members = int.Parse(words.Dequeue(), CultureInfo.InvariantCulture) },
                "--seed" => options with { Seed = ulong.Parse(words.Dequeue(), CultureInfo.InvariantCulture) },
                "--only" => options with { Only = words.Dequeue() },
                "--write" => options with { WriteTo = words.Dequeue() },
                "--quick" => options with { IsQuick = true, Members = 8_000 },
                _ => throw new ArgumentException($"unknown option {word}", nameof(arguments)),
            };
        }

        return options;
    }
}
