using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;

namespace Jifen.Documents.Imports.Workbooks;

/// <summary>
/// Cells whose formula came to an error (#N/A). The reader of workbooks shows them as empty, and an empty 数量 is 1: so they are looked up
/// in the sheets themselves.
/// </summary>
internal sealed class ErrorCells
{
    private const int Most = 10_000;

    private readonly Dictionary<(string Sheet, string Cell), string> _errors = [];
    private readonly Dictionary<string, string> _sheetOfPart = new(StringComparer.OrdinalIgnoreCase);

    public ErrorCells(ZipArchive zip)
    {
        var targets = Elements(zip, "xl/_rels/workbook.xml.rels", "Relationship")
            .Where(element => element.Attribute("Id") is not null && element.Attribute("Target") is not null)
            .GroupBy(element => element.Attribute("Id")!.Value, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First().Attribute("Target")!.Value, StringComparer.Ordinal);
        foreach (var sheet in Elements(zip, "xl/workbook.xml", "sheet"))
        {
            var id = sheet.Attributes().FirstOrDefault(attribute => attribute.Name.LocalName == "id")?.Value;
            if (id is not null && targets.TryGetValue(id, out var target))
            {
                var path = target.StartsWith('/') ? target[1..] : $"xl/{target}";
                _sheetOfPart[path] = sheet.Attribute("name")?.Value ?? "";
            }
        }
    }

    public void Add(string part, string cell, string error)
    {
        if (_errors.Count < Most && _sheetOfPart.TryGetValue(part, out var sheet))
        {
            _errors[(sheet, cell)] = error;
        }
    }

    /// <returns>the error the cell shows, or null</returns>
    public string? At(string sheet, int row, int column) =>
        _errors.Count == 0 ? null : _errors.GetValueOrDefault((sheet, $"{CellPlace.ColumnLetters(column)}{row}"));

    private static List<XElement> Elements(ZipArchive zip, string part, string name)
    {
        if (zip.Entries.FirstOrDefault(entry => entry.FullName.Equals(part, StringComparison.OrdinalIgnoreCase)) is not { } entry)
        {
            return [];
        }

        try
        {
            using var stream = entry.Open();
            using var xml = XmlReader.Create(stream, SheetBounds.Settings);
            return XDocument.Load(xml).Descendants().Where(element => element.Name.LocalName == name).ToList();
        }
        catch (XmlException)
        {
            return [];
        }
    }
}
