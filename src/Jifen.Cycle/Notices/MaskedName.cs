namespace Jifen.Cycle.Notices;

/// <summary>
/// 隐名: a name as a notice shows it. The first character stays, and from three characters on the last; the others become * – 张*, 张*某,
/// 欧**某. Who would look the same gets a number in the order of the roster: 张*（1）, 张*（2）.
/// </summary>
public static class MaskedName
{
    public static string Of(string name)
    {
        var letters = name.EnumerateRunes().Select(rune => rune.ToString()).ToArray();
        return letters.Length switch
        {
            0 => "",
            1 => "*",
            2 => letters[0] + "*",
            _ => letters[0] + new string('*', letters.Length - 2) + letters[^1],
        };
    }

    /// <summary>Several names on one sheet.</summary>
    /// <param name="names">in the order of the roster</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> names)
    {
        var masked = names.Select(Of).ToList();
        var alike = masked.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet(StringComparer.Ordinal);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        return masked.ConvertAll(name =>
        {
            if (!alike.Contains(name))
            {
                return name;
            }

            seen[name] = seen.GetValueOrDefault(name) + 1;
            return $"{name}（{seen[name]}）";
        });
    }
}
