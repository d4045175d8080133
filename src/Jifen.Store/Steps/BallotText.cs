using System.Text.Json;
using Jifen.Cycle.Evaluations;
using Jifen.Store.Ledgers;

namespace Jifen.Store.Steps;

/// <summary>A ballot as it is stored: the same ticks give the same text.</summary>
internal static class BallotText
{
    private const string Opinion = "opinion";

    public static string Of(CastVote vote)
    {
        var all = new Dictionary<string, string>(vote.Choices, StringComparer.Ordinal);
        if (vote.Opinion is { } opinion)
        {
            all[Opinion] = opinion;
        }

        return CanonicalJson.OfValue(all);
    }

    public static IReadOnlyDictionary<string, string> ChoicesOf(string text) =>
        Read(text).Where(pair => pair.Key != Opinion).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);

    public static string? OpinionOf(string text) => Read(text).GetValueOrDefault(Opinion);

    private static Dictionary<string, string> Read(string text) => JsonSerializer.Deserialize<Dictionary<string, string>>(text, CanonicalJson.Options)!;
}
