namespace Jifen.Documents.Annexes.Sheets;

/// <summary>Gives sheets names a spreadsheet accepts: at most 31 characters, none of []:*?/\, no two the same.</summary>
internal sealed class SheetNames
{
    private const int Longest = 31;
    private const string Forbidden = "[]:*?/\\";

    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase) { "History" };

    public string Next(string wanted)
    {
        var legal = string.Concat(wanted.Select(c => c < ' ' || Forbidden.Contains(c) ? '_' : c)).Trim().Trim('\'');
        var name = Cut(legal.Length == 0 ? "支部" : legal, Longest);
        for (var copy = 2; !_taken.Add(name); copy++)
        {
            var mark = $"（{copy}）";
            name = Cut(legal, Longest - mark.Length) + mark;
        }

        return name;
    }

    private static string Cut(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        return char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)] : text[..length];
    }
}
