using System.Text;
using ExcelDataReader;

namespace Jifen.Documents.Imports.Workbooks;

/// <summary>The rows of the first sheet of a workbook that has the heads asked for within its first rows.</summary>
internal sealed class WorkbookRows : RowCursor
{
    private const int HeadWithin = 10;
    private const int LastRow = 1 << 20;
    private const int MostColumns = 512;

    private readonly IExcelDataReader _reader;
    private readonly ErrorCells _errors;
    private readonly Queue<Row> _ahead = new();
    private string _sheet = "";
    private Row _row = new(0, [], []);
    private int _width = MostColumns;

    static WorkbookRows() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private WorkbookRows(IExcelDataReader reader, ErrorCells errors)
    {
        _reader = reader;
        _errors = errors;
    }

    public Columns Columns { get; private set; } = new([], []);

    public override int FieldCount => _row.Texts.Length;

    public override (int Column, string Cause, string Remedy)? Fault
    {
        get
        {
            var at = Array.FindIndex(_row.Errors, error => error is not null);
            while (at >= 0 && !Columns.IsUsed(at))
            {
                at = Array.FindIndex(_row.Errors, at + 1, error => error is not null);
            }

            return at < 0 ? null : (at, $"这一格是错误值 {_row.Errors[at]}", "改好公式，或写上值");
        }
    }

    /// <param name="workbook">kept open, and closed with the rows</param>
    /// <returns>null, with a problem, when no sheet has the heads</returns>
    public static WorkbookRows? Open(Stream workbook, ErrorCells errors, ColumnName[] names, ImportProblems problems)
    {
        var reader = ExcelReaderFactory.CreateOpenXmlReader(workbook);
        var rows = new WorkbookRows(reader, errors);
        (Columns Columns, Row Row, string Sheet)? nearest = null;
        do
        {
            rows._ahead.Clear();
            rows._sheet = reader.Name;
            if (rows.FindHead(names, ref nearest))
            {
                rows.Columns.Report(rows, problems);
                return rows;
            }
        }
        while (reader.NextResult());

        if (nearest is { } best)
        {
            rows._sheet = best.Sheet;
            rows._row = best.Row;
            best.Columns.Report(rows, problems);
        }
        else
        {
            problems.Error(
                CellPlace.WholeFile,
                $"各个工作表的前{HeadWithin}行里都找不到表头",
                $"表头写：{string.Join("、", names.Select(name => name.Chinese))}");
        }

        rows.Dispose();
        return null;
    }

    public override bool Next()
    {
        while (_ahead.TryDequeue(out var row) || TryRead(out row))
        {
            _row = row;
            if (row.Texts.Any(text => text.Length > 0) || row.Errors.Any(error => error is not null))
            {
                return true;
            }
        }

        return false;
    }

    public override string Text(int column) => (uint)column < (uint)_row.Texts.Length ? _row.Texts[column] : "";

    public override CellPlace Place(int column) => CellPlace.OfCell(_sheet, _row.Number, Math.Max(0, column) + 1);

    protected override void Dispose(bool disposing)
    {
        _reader.Dispose();
        base.Dispose(disposing);
    }

    // Rows read in search of the head are kept: those behind it are rows of the table.
    private bool FindHead(ColumnName[] names, ref (Columns Columns, Row Row, string Sheet)? nearest)
    {
        while (_ahead.Count < HeadWithin && TryRead(out var row))
        {
            _ahead.Enqueue(row);
        }

        while (_ahead.TryDequeue(out var row))
        {
            var columns = new Columns(names, row.Texts);
            if (columns.HasRequired)
            {
                // What stands beside the table, without a head, is no part of it.
                Columns = columns;
                _row = row;
                _width = 1 + Array.FindLastIndex(row.Texts, text => text.Length > 0);
                for (var behind = _ahead.Count; behind > 0; behind--)
                {
                    _ahead.Enqueue(_ahead.Dequeue().Cut(_width));
                }

                return true;
            }

            if (columns.Found > (nearest?.Columns.Found ?? 0))
            {
                nearest = (columns, row, _sheet);
            }
        }

        return false;
    }

    private bool TryRead(out Row row)
    {
        row = _row;
        if (!_reader.Read() || _reader.Depth >= LastRow)
        {
            return false;
        }

        var texts = new string[Math.Min(_reader.FieldCount, _width)];
        var errors = new string?[texts.Length];
        for (var column = 0; column < texts.Length; column++)
        {
            texts[column] = CellText.Of(_reader.GetValue(column), _reader.GetNumberFormatString(column));
            errors[column] = _errors.At(_sheet, _reader.Depth + 1, column + 1);
        }

        row = new Row(_reader.Depth + 1, texts, errors);
        return true;
    }

    private sealed record Row(int Number, string[] Texts, string?[] Errors)
    {
        public Row Cut(int width) => width >= Texts.Length ? this : new Row(Number, Texts[..width], Errors[..width]);
    }
}
