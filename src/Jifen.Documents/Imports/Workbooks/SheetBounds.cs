using System.Globalization;
using System.Xml;

namespace Jifen.Documents.Imports.Workbooks;

/// <summary>
/// Looks whether all rows and cells of a sheet lie where a sheet has any. The reader of workbooks fills the gaps between cells, and would
/// fill those before row two thousand million too.
/// </summary>
internal static class SheetBounds
{
    private const int LastRow = 1 << 20;
    private const int LastColumn = 1 << 14;

    internal static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };

    /// <param name="error">called with each cell that shows an error, and the error</param>
    /// <returns>the reference that lies outside, or null; a part that is no sheet has none</returns>
    public static string? FirstOutside(Stream part, Action<string, string> error)
    {
        string? errorCell = null;
        try
        {
            using var xml = XmlReader.Create(part, Settings);
            if (xml.MoveToContent() != XmlNodeType.Element || xml.LocalName != "worksheet")
            {
                return null;
            }

            while (xml.Read())
            {
                if (xml.NodeType == XmlNodeType.Text && errorCell is not null)
                {
                    error(errorCell, xml.Value);
                    errorCell = null;
                }

                if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "c")
                {
                    errorCell = xml.GetAttribute("t") == "e" ? xml.GetAttribute("r") : null;
                }

                if (xml.NodeType == XmlNodeType.Element && Reference(xml) is { Length: > 0 } reference && !IsInside(xml.LocalName, reference))
                {
                    return Columns.Shortened(reference);
                }
            }
        }
        catch (XmlException)
        {
            // What comes before the break is checked; the reader of workbooks stumbles over the rest itself.
        }

        return null;
    }

    private static string? Reference(XmlReader xml) => xml.LocalName switch
    {
        "row" or "c" => xml.GetAttribute("r"),
        "dimension" => xml.GetAttribute("ref"),
        "col" => xml.GetAttribute("max"),
        _ => null,
    };

    private static bool IsInside(string element, string reference) => element switch
    {
        "row" => IsUpTo(reference, LastRow),
        "col" => IsUpTo(reference, LastColumn),
        "dimension" => reference.Split(':').All(IsCell),
        _ => IsCell(reference),
    };

    private static bool IsUpTo(string number, int last) =>
        int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= 1 && value <= last;

    private static bool IsCell(string reference)
    {
        var column = 0;
        var at = 0;
        for (; at < reference.Length && char.IsAsciiLetter(reference[at]) && column <= LastColumn; at++)
        {
            column = (column * 26) + (char.ToUpperInvariant(reference[at]) - 'A' + 1);
        }

        return column >= 1 && column <= LastColumn && IsUpTo(reference[at..], LastRow);
    }
}
