using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml.Spreadsheet;
using Jifen.Documents.Imports;

namespace Jifen.Documents.Annexes.Sheets;

/// <summary>
/// A workbook written part by part into a zip, so a sheet of any length passes through without being held. The same totals give the same
/// bytes.
/// </summary>
internal sealed class WorkbookFile : IDisposable
{
    private const string Main = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Prolog = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ZipArchive _zip;
    private readonly CompressionLevel _compression;
    private readonly SheetNames _names = new();
    private readonly List<string> _sheets = [];
    private readonly DefinedNames _defined = new();

    public WorkbookFile(Stream stream, CompressionLevel compression)
    {
        _zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        _compression = compression;
    }

    /// <summary>Adds a sheet; the one before must be closed.</summary>
    /// <param name="write">fills it</param>
    public void Add(string name, SheetLayout layout, Action<SheetWriter> write)
    {
        var sheet = _names.Next(name);
        _sheets.Add(sheet);
        int rows;
        using (var writer = new SheetWriter(Part($"xl/worksheets/sheet{_sheets.Count}.xml"), layout))
        {
            write(writer);
            rows = writer.Row;
        }

        var quoted = $"'{sheet.Replace("'", "''", StringComparison.Ordinal)}'!";
        var columns = layout.ColumnWidths.Count;
        while (layout.ColumnWidths[columns - 1] < 0)
        {
            columns--;
        }

        Define("_xlnm.Print_Area", $"{quoted}$A$1:${CellPlace.ColumnLetters(columns)}${rows}");
        if (layout.HeadRows > 0)
        {
            Define("_xlnm.Print_Titles", $"{quoted}$1:${layout.HeadRows}");
        }
    }

    public void Dispose()
    {
        Write("xl/styles.xml", Prolog + CellLooks.Stylesheet().OuterXml);
        Write("xl/workbook.xml", Prolog + Book().OuterXml);
        Write("xl/_rels/workbook.xml.rels", Prolog + RelationsOf(
            _sheets.Select((_, i) => (Id: $"rId{i + 1}", Type: "worksheet", Target: $"worksheets/sheet{i + 1}.xml"))
                .Append((Id: "rIdStyles", Type: "styles", Target: "styles.xml"))));
        Write("_rels/.rels", Prolog + RelationsOf([("rId1", "officeDocument", "xl/workbook.xml")]));
        Write("[Content_Types].xml", Prolog + ContentTypes());
        _zip.Dispose();
    }

    private static string RelationsOf(IEnumerable<(string Id, string Type, string Target)> relations) =>
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        + string.Concat(relations.Select(to => $"<Relationship Id=\"{to.Id}\" Type=\"{Relations}/{to.Type}\" Target=\"{to.Target}\"/>"))
        + "</Relationships>";

    private void Define(string name, string text) =>
        _defined.AppendChild(new DefinedName(text) { Name = name, LocalSheetId = (uint)(_sheets.Count - 1) });

    private Workbook Book() => new(
        new BookViews(new WorkbookView { ActiveTab = 0 }),
        new DocumentFormat.OpenXml.Spreadsheet.Sheets(
            _sheets.Select((name, i) => new Sheet { Name = name, SheetId = (uint)(i + 1), Id = $"rId{i + 1}" })),
        _defined);

    private string ContentTypes() =>
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
        + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
        + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
        + $"<Override PartName=\"/xl/workbook.xml\" ContentType=\"{Main}sheet.main+xml\"/>"
        + $"<Override PartName=\"/xl/styles.xml\" ContentType=\"{Main}styles+xml\"/>"
        + string.Concat(_sheets.Select((_, i) => $"<Override PartName=\"/xl/worksheets/sheet{i + 1}.xml\" ContentType=\"{Main}worksheet+xml\"/>"))
        + "</Types>";

    private void Write(string path, string text)
    {
        using var part = Part(path);
        part.Write(Encoding.UTF8.GetBytes(text));
    }

    private Stream Part(string path)
    {
        var entry = _zip.CreateEntry(path, _compression);
        entry.LastWriteTime = NoTime;
        return entry.Open();
    }
}
