using Jifen.Scoring.Facts;

namespace Jifen.Documents.Imports.Rosters;

/// <summary>The words of rosters as branches write them.</summary>
internal static class RosterWords
{
    /// <returns>null for a word that is no standing</returns>
    public static Standing? StandingOf(string word) => word switch
    {
        "正式党员" or "正式" or "中共党员" or "党员" => Standing.Full,
        "预备党员" or "预备" or "中共预备党员" => Standing.Probationary,
        "入党积极分子" or "积极分子" => Standing.Activist,
        _ => null,
    };

    /// <summary>章　一 → 章一: names of two characters are often set apart.</summary>
    public static string PersonName(string text)
    {
        var hasSpace = text.Any(char.IsWhiteSpace);
        return hasSpace && text.All(c => char.IsWhiteSpace(c) || c >= 0x3400) ? string.Concat(text.Where(c => !char.IsWhiteSpace(c))) : text;
    }
}
