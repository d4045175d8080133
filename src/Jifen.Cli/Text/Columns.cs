using System.Text;

namespace Jifen.Cli.Text;

/// <summary>Widths on a terminal, where a Chinese character takes two columns.</summary>
internal static class Columns
{
    public static int WidthOf(string text)
    {
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            width += WidthOf(rune);
        }

        return width;
    }

    public static string Pad(string text, int width) => text + new string(' ', Math.Max(0, width - WidthOf(text)));

    public static string PadLeft(string text, int width) => new string(' ', Math.Max(0, width - WidthOf(text))) + text;

    // East Asian Wide and Fullwidth of UAX 11, as far as these texts use them; ambiguous characters (“” · ─) are narrow on terminals.
    private static int WidthOf(Rune rune) => rune.Value switch
    {
        < 0x20 or (>= 0x300 and <= 0x36F) or (>= 0x200B and <= 0x200F) => 0,
        < 0x1100 => 1,
        <= 0x115F => 2,
        >= 0x2E80 and <= 0x303E => 2,
        >= 0x3041 and <= 0xA4CF => 2,
        >= 0xAC00 and <= 0xD7A3 => 2,
        >= 0xF900 and <= 0xFAFF => 2,
        >= 0xFE30 and <= 0xFE6F => 2,
        >= 0xFF00 and <= 0xFF60 => 2,
        >= 0xFFE0 and <= 0xFFE6 => 2,
        >= 0x1F300 and <= 0x1FAFF => 2,
        >= 0x20000 and <= 0x3FFFD => 2,
        _ => 1,
    };
}
