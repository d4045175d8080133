using System.Text;
using Jifen.Documents.Imports;

namespace Jifen.Documents.Annexes.Sheets;

/// <summary>How a sheet stands on paper.</summary>
/// <param name="HeadRows">frozen, and repeated on every page; 0 for a sheet of many tables</param>
/// <param name="ColumnWidths">in characters; a negative width hides the column</param>
internal sealed record SheetLayout(IReadOnlyList<double> ColumnWidths, bool IsLandscape, int HeadRows)
{
    // Printable width of A4 with our margins, in characters of the standard face.
    private const double PortraitWidth = 92;
    private const double LandscapeWidth = 139;

    public double Width => ColumnWidths.Where(width => width > 0).Sum();

    /// <summary>For sheets with page breaks of their own: a spreadsheet heeds them only when it does not fit the page by itself.</summary>
    public int Percent => (int)Math.Clamp(Math.Floor(100 * (IsLandscape ? LandscapeWidth : PortraitWidth) / Width), 10, 100);
}

/// <summary>Writes the XML of one sheet row by row, straight to its place in the package.</summary>
internal sealed class SheetWriter : IDisposable
{
    private const int MostBreaks = 1_000;

    private readonly Stream _stream;
    private readonly SheetLayout _layout;
    private readonly Utf8Buffer _xml = new();
    private readonly byte[][] _letters;
    private readonly List<string> _merged = [];
    private readonly List<int> _breaks = [];
    private int _column;

    /// <param name="stream">closed at the end</param>
    public SheetWriter(Stream stream, SheetLayout layout)
    {
        _stream = stream;
        _layout = layout;
        _letters = layout.ColumnWidths.Select((_, i) => Encoding.ASCII.GetBytes(CellPlace.ColumnLetters(i + 1))).ToArray();
        Begin();
    }

    /// <summary>1-based number of the last row begun.</summary>
    public int Row { get; private set; }

    public bool MayBreak => _breaks.Count < MostBreaks;

    /// <param name="height">in points</param>
    public void BeginRow(int height)
    {
        Row++;
        _column = 0;
        _xml.Add("<row r=\""u8);
        _xml.Add(Row);
        _xml.Add("\" ht=\""u8);
        _xml.Add(height);
        _xml.Add("\" customHeight=\"1\">"u8);
    }

    public void EndRow()
    {
        _xml.Add("</row>"u8);
        _xml.WriteWhenFull(_stream);
    }

    public void Text(string text, CellLook look)
    {
        BeginCell(look);
        if (text.Length == 0)
        {
            _xml.Add("/>"u8);
            return;
        }

        _xml.Add(" t=\"inlineStr\"><is><t xml:space=\"preserve\">"u8);
        AddEscaped(text);
        _xml.Add("</t></is></c>"u8);
    }

    /// <param name="hundredths">null leaves the cell empty</param>
    public void Points(long? hundredths)
    {
        BeginCell(CellLook.Number);
        if (hundredths is not { } points)
        {
            _xml.Add("/>"u8);
            return;
        }

        _xml.Add("><v>"u8);
        _xml.AddPoints(points);
        _xml.Add("</v></c>"u8);
    }

    public void Count(int? number) => Points(number * 100L);

    /// <summary>A row of one text over a stretch of columns, or of two, left and right.</summary>
    public void Line(int height, string left, CellLook leftLook, string? right = null, int split = 0)
    {
        var last = _layout.ColumnWidths.Count - 1;
        while (_layout.ColumnWidths[last] < 0)
        {
            last--;
        }

        BeginRow(height);
        for (var column = 0; column <= last; column++)
        {
            var isRight = right is not null && column >= split;
            Text(column == 0 ? left : isRight && column == split ? right! : "", isRight ? CellLook.LineRight : leftLook);
        }

        EndRow();
        Merge(1, right is null ? last + 1 : split);
        if (right is not null)
        {
            Merge(split + 1, last + 1);
        }
    }

    public void BreakPage() => _breaks.Add(Row);

    public void Dispose()
    {
        End();
        _xml.WriteTo(_stream);
        _xml.Dispose();
        _stream.Dispose();
    }

    private void Merge(int from, int to)
    {
        if (to > from)
        {
            _merged.Add($"{CellPlace.ColumnLetters(from)}{Row}:{CellPlace.ColumnLetters(to)}{Row}");
        }
    }

    private void BeginCell(CellLook look)
    {
        _xml.Add("<c r=\""u8);
        _xml.Add(_letters[_column++]);
        _xml.Add(Row);
        _xml.Add("\" s=\""u8);
        _xml.Add((int)look);
        _xml.Add((byte)'"');
    }

    // What XML 1.0 cannot hold is left out.
    private void AddEscaped(string text)
    {
        var plain = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
                continue;
            }

            if (c is not ('&' or '<' or '>' or '\r' or '\uFFFE' or '\uFFFF') && (c >= ' ' || c is '\t' or '\n') && !char.IsSurrogate(c))
            {
                continue;
            }

            _xml.Add(text.AsSpan(plain, i - plain));
            plain = i + 1;
            _xml.Add(c switch { '&' => "&amp;"u8, '<' => "&lt;"u8, '>' => "&gt;"u8, _ => default });
        }

        _xml.Add(text.AsSpan(plain));
    }

    private void Begin()
    {
        _xml.Add("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"u8);
        _xml.Add(_layout.HeadRows > 0 ? "<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>"u8 : default);
        _xml.Add("<sheetViews><sheetView showGridLines=\"0\" workbookViewId=\"0\">"u8);
        if (_layout.HeadRows > 0)
        {
            _xml.Add($"<pane ySplit=\"{_layout.HeadRows}\" topLeftCell=\"A{_layout.HeadRows + 1}\" activePane=\"bottomLeft\" state=\"frozen\"/>");
        }

        _xml.Add("</sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/><cols>"u8);
        for (var column = 0; column < _layout.ColumnWidths.Count; column++)
        {
            var width = _layout.ColumnWidths[column];
            _xml.Add($"<col min=\"{column + 1}\" max=\"{column + 1}\" width=\"");
            _xml.AddPoints((long)(Math.Abs(width) * 100));
            _xml.Add(width < 0 ? "\" hidden=\"1\" customWidth=\"1\"/>"u8 : "\" customWidth=\"1\"/>"u8);
        }

        _xml.Add("</cols><sheetData>"u8);
    }

    private void End()
    {
        _xml.Add("</sheetData>"u8);
        if (_merged.Count > 0)
        {
            _xml.Add($"<mergeCells count=\"{_merged.Count}\">");
            foreach (var cells in _merged)
            {
                _xml.Add($"<mergeCell ref=\"{cells}\"/>");
            }

            _xml.Add("</mergeCells>"u8);
        }

        _xml.Add("<printOptions horizontalCentered=\"1\"/><pageMargins left=\"0.6\" right=\"0.6\" top=\"0.8\" bottom=\"0.8\" header=\"0.3\" footer=\"0.4\"/>"u8);
        _xml.Add("<pageSetup paperSize=\"9\" firstPageNumber=\"1\""u8);
        _xml.Add(_layout.HeadRows > 0 ? " fitToWidth=\"1\" fitToHeight=\"0\"" : $" scale=\"{_layout.Percent}\"");
        _xml.Add(_layout.IsLandscape ? " orientation=\"landscape\" useFirstPageNumber=\"1\"/>"u8 : " orientation=\"portrait\" useFirstPageNumber=\"1\"/>"u8);
        _xml.Add("<headerFooter><oddFooter>&amp;C第 &amp;P 页</oddFooter></headerFooter>"u8);
        if (_breaks.Count > 0)
        {
            _xml.Add($"<rowBreaks count=\"{_breaks.Count}\" manualBreakCount=\"{_breaks.Count}\">");
            foreach (var row in _breaks)
            {
                _xml.Add($"<brk id=\"{row}\" max=\"16383\" man=\"1\"/>");
            }

            _xml.Add("</rowBreaks>"u8);
        }

        _xml.Add("</worksheet>"u8);
    }
}
