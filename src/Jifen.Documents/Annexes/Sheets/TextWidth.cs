namespace Jifen.Documents.Annexes.Sheets;

/// <summary>Estimates how much room a text takes: a Chinese character is as wide as two letters.</summary>
internal static class TextWidth
{
    private const int LineHeight = 17;
    private const int RowHeight = 24;
    private const int MostHeight = 400;

    public static int Of(string text)
    {
        var width = 0;
        foreach (var c in text)
        {
            width += c < 0x2000 ? 1 : 2;
        }

        return width;
    }

    /// <returns>the height in points of a row that holds these texts in columns of these widths</returns>
    public static int RowHeightFor(params ReadOnlySpan<(string Text, double Width)> cells)
    {
        var lines = 1;
        foreach (var (text, width) in cells)
        {
            // Faces of 12 points are wider than the standard face the width is counted in, and a text stands off its border.
            lines = Math.Max(lines, (int)Math.Ceiling(Of(text) * 1.12 / Math.Max(1, width - 3)));
        }

        return lines == 1 ? RowHeight : Math.Min(MostHeight, (lines * LineHeight) + 7);
    }

    /// <returns>the width of a column that holds all of the texts, within bounds</returns>
    public static double Column(IEnumerable<string> texts, double least, double most) =>
        Math.Clamp((texts.Select(Of).DefaultIfEmpty().Max() * 1.12) + 2, least, most);
}
