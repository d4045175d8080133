namespace Jifen.Scoring.Schemes.Yaml;

/// <summary>Finds the word somebody probably meant.</summary>
internal static class Spelling
{
    /// <returns>the known word with the fewest changed characters (at most a third of its length, at least one), or null</returns>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        string? best = null;
        var least = int.MaxValue;
        foreach (var candidate in known)
        {
            // 合格 and 不合格 are near each other and mean the opposite.
            if (candidate == "不" + word || word == "不" + candidate)
            {
                continue;
            }

            var distance = Distance(word, candidate);
            if (distance < least && distance <= Math.Max(1, candidate.Length / 3))
            {
                (best, least) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary>For the remedy of an unknown name: the nearest word, or the first few that exist.</summary>
    public static string Suggest(string word, IReadOnlyCollection<string> known, string where) =>
        Nearest(word, known) is { } near
            ? $"是不是“{near}”？"
            : known.Count == 0 ? $"先在“{where}”里写上" : $"“{where}”里有：{string.Join("、", known.Take(8))}{(known.Count > 8 ? " …" : "")}";

    private static int Distance(string a, string b)
    {
        var row = new int[b.Length + 1];
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
