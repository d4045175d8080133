using DocumentFormat.OpenXml.Spreadsheet;

namespace Jifen.Documents.Annexes.Sheets;

/// <summary>How a cell looks; the number is its place among the cell formats of <see cref="CellLooks.Stylesheet"/>.</summary>
internal enum CellLook
{
    Plain,

    /// <summary>Heading of the whole table.</summary>
    Title,

    /// <summary>附件4, above the title.</summary>
    Annex,

    /// <summary>Line below the title, left half.</summary>
    LineLeft,

    /// <summary>Line below the title, right half.</summary>
    LineRight,

    Head,

    /// <summary>Text that may run over several lines.</summary>
    Text,

    /// <summary>Short text, centred; a number typed as text stays text.</summary>
    Centred,

    /// <summary>Points and counts: General shows 94.5 and 94, never 94.50 or 94.</summary>
    Number,
}

/// <summary>The styles of our workbooks: official faces, thin borders.</summary>
internal static class CellLooks
{
    private const uint TextFormat = 49;
    private const uint General = 0;

    public static Stylesheet Stylesheet() => new(
        new Fonts(
            Face("宋体", 11),
            Face("方正小标宋简体", 18),
            Face("黑体", 12),
            Face("仿宋_GB2312", 12)),
        new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }),
            new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
        new Borders(
            new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder()),
            new Border(
                new LeftBorder { Style = BorderStyleValues.Thin },
                new RightBorder { Style = BorderStyleValues.Thin },
                new TopBorder { Style = BorderStyleValues.Thin },
                new BottomBorder { Style = BorderStyleValues.Thin },
                new DiagonalBorder())),
        new CellStyleFormats(new CellFormat { FontId = 0, FillId = 0, BorderId = 0, NumberFormatId = General }),
        new CellFormats(Enum.GetValues<CellLook>().Select(Format)),
        new CellStyles(new CellStyle { Name = "Normal", FormatId = 0, BuiltinId = 0 }));

    private static CellFormat Format(CellLook look) => look switch
    {
        CellLook.Plain => Format(0, bordered: false, TextFormat, HorizontalAlignmentValues.General),
        CellLook.Title => Format(1, bordered: false, TextFormat, HorizontalAlignmentValues.Center, wraps: true),
        CellLook.Annex => Format(2, bordered: false, TextFormat, HorizontalAlignmentValues.Left),
        CellLook.LineLeft => Format(3, bordered: false, TextFormat, HorizontalAlignmentValues.Left, wraps: true),
        CellLook.LineRight => Format(3, bordered: false, TextFormat, HorizontalAlignmentValues.Right),
        CellLook.Head => Format(2, bordered: true, TextFormat, HorizontalAlignmentValues.Center, wraps: true),
        CellLook.Text => Format(3, bordered: true, TextFormat, HorizontalAlignmentValues.Left, wraps: true, indent: 1),
        CellLook.Centred => Format(3, bordered: true, TextFormat, HorizontalAlignmentValues.Center, wraps: true),
        CellLook.Number => Format(3, bordered: true, General, HorizontalAlignmentValues.Center),
    };

    private static CellFormat Format(
        uint font, bool bordered, uint number, HorizontalAlignmentValues horizontal, bool wraps = false, uint indent = 0) => new()
        {
            FontId = font,
            FillId = 0,
            BorderId = bordered ? 1u : 0u,
            NumberFormatId = number,
            FormatId = 0,
            ApplyFont = true,
            ApplyBorder = bordered,
            ApplyNumberFormat = true,
            ApplyAlignment = true,
            Alignment = new Alignment { Horizontal = horizontal, Vertical = VerticalAlignmentValues.Center, WrapText = wraps, Indent = indent },
        };

    private static Font Face(string name, double size) => new(
        new FontSize { Val = size },
        new Color { Theme = null, Rgb = "FF000000" },
        new FontName { Val = name },
        new FontFamilyNumbering { Val = 3 },
        new FontCharSet { Val = 134 });
}
