using System.Globalization;
using Jifen.Scoring;

namespace Jifen.Documents.Imports;

/// <summary>Reads numbers, dates and yes or no as people write them, with full-width digits and signs.</summary>
internal static class Values
{
    private static readonly string[] No = ["", "否", "无", "不", "0", "no", "false"];

    /// <summary>Full-width letters, digits and signs become plain ones: ２０２５／７／３１ → 2025/7/31.</summary>
    public static string Plain(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\u3000', '\uFF5E') && !text.Contains('−'))
        {
            return text;
        }

        return string.Create(text.Length, text, static (plain, text) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                plain[i] = text[i] switch
                {
                    >= '！' and <= '～' => (char)(text[i] - '！' + '!'),
                    '\u3000' => ' ',
                    '−' => '-',
                    var other => other,
                };
            }
        });
    }

    /// <summary>Empty, 否, 0, no and false are no; anything else is yes.</summary>
    public static bool IsYes(string text) => text.Length > 0 && !No.Contains(Plain(text).Trim(), StringComparer.OrdinalIgnoreCase);

    /// <summary>A number of at most two places, with or without thousands commas.</summary>
    public static bool TryNumber(string text, out long hundredths)
    {
        hundredths = 0;
        var plain = Plain(text).Trim();
        if (plain.Contains(',') && !TryWithoutThousands(ref plain))
        {
            return false;
        }

        if (!Points.TryParse(plain, out var points))
        {
            return false;
        }

        hundredths = points.Hundredths;
        return true;
    }

    /// <summary>2025-07-31, 2025/7/31, 2025.7.31, 2025年7月31日, 20250731, each with or without a time of day, which is not kept.</summary>
    public static bool TryDate(string text, out DateOnly date)
    {
        date = default;
        var rest = Plain(text).AsSpan().Trim();
        if (!TakeDigits(ref rest, 4, 4, out var year))
        {
            return false;
        }

        int month, day;
        if (rest.Length > 0 && char.IsAsciiDigit(rest[0]))
        {
            if (!TakeDigits(ref rest, 2, 2, out month) || !TakeDigits(ref rest, 2, 2, out day))
            {
                return false;
            }
        }
        else
        {
            if (!Take(ref rest, "-/.年", out var mark)
                || !TakeDigits(ref rest, 1, 2, out month)
                || !Take(ref rest, mark == '年' ? "月" : mark.ToString(), out _)
                || !TakeDigits(ref rest, 1, 2, out day))
            {
                return false;
            }

            if (mark == '年')
            {
                Take(ref rest, "日", out _);
            }
        }

        if (year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month) || !IsTimeOfDay(rest))
        {
            return false;
        }

        date = new DateOnly(year, month, day);
        return true;
    }

    private static bool TryWithoutThousands(ref string plain)
    {
        var whole = plain.Split('.')[0];
        var groups = whole.TrimStart('-', '+').Split(',');
        if (groups[0].Length is 0 or > 3 || groups.Skip(1).Any(group => group.Length != 3) || plain.AsSpan(whole.Length).Contains(','))
        {
            return false;
        }

        plain = plain.Replace(",", "", StringComparison.Ordinal);
        return true;
    }

    private static bool IsTimeOfDay(ReadOnlySpan<char> rest)
    {
        if (rest.IsEmpty)
        {
            return true;
        }

        return rest[0] is ' ' or 'T'
            && TimeOnly.TryParseExact(rest[1..].Trim(), ["H:mm", "H:mm:ss", "H:mm:ss.FFFFFFF"], CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
    }

    private static bool Take(ref ReadOnlySpan<char> rest, string marks, out char mark)
    {
        mark = rest.IsEmpty ? '\0' : rest[0];
        if (rest.IsEmpty || !marks.Contains(mark))
        {
            return false;
        }

        rest = rest[1..];
        return true;
    }

    private static bool TakeDigits(ref ReadOnlySpan<char> rest, int least, int most, out int value)
    {
        value = 0;
        var count = 0;
        while (count < most && count < rest.Length && char.IsAsciiDigit(rest[count]))
        {
            value = (value * 10) + (rest[count++] - '0');
        }

        rest = rest[count..];
        return count >= least;
    }
}
