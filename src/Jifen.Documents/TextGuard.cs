using Jifen.Documents.Imports;

namespace Jifen.Documents;

/// <summary>
/// Keeps a spreadsheet from taking a text for a formula: a text that begins with = + - or @ and is no number gets an apostrophe in front.
/// </summary>
internal static class TextGuard
{
    public static bool IsNeeded(string text) =>
        text.Length > 0 && text[0] is '=' or '+' or '-' or '@' && !Values.TryNumber(text, out _);

    public static string Guarded(string text) => IsNeeded(text) ? "'" + text : text;

    /// <summary>Takes the apostrophe off again.</summary>
    public static string Bare(string text) => text.Length > 1 && text[0] == '\'' && IsNeeded(text[1..]) ? text[1..] : text;
}
