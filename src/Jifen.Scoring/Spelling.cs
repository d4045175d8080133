namespace Jifen.Scoring;

/// <summary>Finds the word somebody probably meant, for the remedies of messages.</summary>
public static class Spelling
{
    // Beyond this the search itself would be felt; then no word is named.
    private const int MostCandidates = 50_000;
    private const int LongestWord = 64;

    /// <returns>the known word with the fewest changed characters (at most a third of its length, at least one), or null</returns>
    public static string? Nearest(string word, IReadOnlyCollection<string> known)
    {
        if (known.Count > MostCandidates || word.Length > LongestWord)
        {
            return null;
        }

        string? best = null;
        var least = int.MaxValue;
        foreach (var candidate in known)
        {
            // 合格 and 不合格 are near each other and mean the opposite.
            var most = Math.Min(least - 1, Math.Max(1, candidate.Length / 3));
            if (candidate.Length > LongestWord || Math.Abs(candidate.Length - word.Length) > most
                || candidate == "不" + word || word == "不" + candidate)
            {
                continue;
            }

            var distance = Distance(word, candidate);
            if (distance <= most)
            {
                (best, least) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary>The nearest word, or the first few that exist: <paramref name="whatThereIs"/>：甲、乙 …</summary>
    public static string Suggest(string word, IReadOnlyCollection<string> known, string whatThereIs) =>
        Nearest(word, known) is { } near
            ? $"是不是“{near}”？"
            : $"{whatThereIs}：{string.Join("、", known.Take(8))}{(known.Count > 8 ? " …" : "")}";

    /// <summary>For a word that should stand in a block of the scheme file.</summary>
    internal static string SuggestFrom(string word, IReadOnlyCollection<string> known, string block) =>
        known.Count == 0 ? $"先在“{block}”里写上" : Suggest(word, known, $"“{block}”里有");

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
