using System.Text.Json;

namespace Jifen.Cycle;

/// <summary>Enum values as stored and sent: kebab-case English words.</summary>
public static class Words
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <returns>null when the word is none of the enum's</returns>
    public static T? Read<T>(string? word)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (Of(value) == word)
            {
                return value;
            }
        }

        return null;
    }

    /// <exception cref="ArgumentException">the word is none of the enum's</exception>
    public static T Known<T>(string word)
        where T : struct, Enum => Read<T>(word) ?? throw new ArgumentException($"“{word}” is no {typeof(T).Name}", nameof(word));
}
