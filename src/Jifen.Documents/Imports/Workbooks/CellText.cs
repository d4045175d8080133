using System.Globalization;

namespace Jifen.Documents.Imports.Workbooks;

/// <summary>The text of a cell as a person would have typed it.</summary>
internal static class CellText
{
    private const double LargestExact = 1e15;

    public static string Of(object? value, string? format) => value switch
    {
        null => "",
        string text => text.Trim(),
        double number => OfNumber(number, format),
        int number => OfNumber(number, format),
        bool yes => yes ? "是" : "否",
        DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture).Trim(),
        _ => value.ToString()?.Trim() ?? "",
    };

    // The 15 digits a spreadsheet shows: 0.1+0.2 is 0.3 there too. A format of noughts (0000) is how ids keep theirs.
    private static string OfNumber(double number, string? format)
    {
        if (!double.IsFinite(number) || Math.Abs(number) >= LargestExact)
        {
            return number.ToString("R", CultureInfo.InvariantCulture);
        }

        var text = ((decimal)number).ToString("0.###############", CultureInfo.InvariantCulture);
        return format is { Length: > 1 } && !format.AsSpan().ContainsAnyExcept('0') && number >= 0 && !text.Contains('.')
            ? text.PadLeft(format.Length, '0')
            : text;
    }
}
