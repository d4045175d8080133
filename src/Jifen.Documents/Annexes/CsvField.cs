namespace Jifen.Documents.Annexes;

/// <summary>A text as a field of a csv: guarded, and in quotes where it needs them.</summary>
internal static class CsvField
{
    public static string Of(string text)
    {
        var guarded = TextGuard.Guarded(text);
        return NeedsQuotes(guarded) ? $"\"{guarded.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : guarded;
    }

    // A loop, since the search for several characters at once is compiled when it is first asked for, and then slowly: fields are short.
    private static bool NeedsQuotes(string text)
    {
        foreach (var c in text)
        {
            if (c is ',' or '"' or '\r' or '\n')
            {
                return true;
            }
        }

        return false;
    }
}
