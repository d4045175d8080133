namespace Jifen.Documents.Imports;

/// <summary>Finds the word somebody probably meant.</summary>
internal static class NearestWord
{
    // Beyond this the search itself would be felt; the problem then names no word.
    private const int MostCandidates = 50_000;
    private const int LongestWord = 64;

    /// <returns>the known word with the fewest changed characters (at most a third of its length, at least one), or null</returns>
    public static string? To(string word, IReadOnlyCollection<string> known)
    {
        if (known.Count > MostCandidates || word.Length > LongestWord)
        {
            return null;
        }

        string? best = null;
        var least = int.MaxValue;
        foreach (var candidate in known)
        {
            var most = Math.Min(least - 1, Math.Max(1, candidate.Length / 3));
            if (candidate.Length <= LongestWord && Math.Abs(candidate.Length - word.Length) <= most && Distance(word, candidate) is var distance && distance <= most)
            {
                (best, least) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary>For the remedy of an unknown word: the nearest one, or the first few that exist.</summary>
    public static string Suggest(string word, IReadOnlyCollection<string> known, string whatThereIs) =>
        To(word, known) is { } near
            ? $"是不是“{near}”？"
            : $"{whatThereIs}：{string.Join("、", known.Take(8))}{(known.Count > 8 ? " …" : "")}";

    private static int Distance(string a, string b)
    {
        Span<int> row = stackalloc int[LongestWord + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
