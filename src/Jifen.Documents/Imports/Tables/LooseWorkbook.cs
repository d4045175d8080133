using System.Text;
using ExcelDataReader;
using Jifen.Documents.Imports.Workbooks;

namespace Jifen.Documents.Imports.Tables;

/// <summary>Reads the sheet of a workbook that has most of the heads, whole, as text.</summary>
internal static class LooseWorkbook
{
    private const int MostColumns = 100;

    static LooseWorkbook() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <returns>null, with a problem, when there is no table to read</returns>
    public static TableFile? Read(ByteSource source, string fileName, Func<string, bool> isKnownHead, int mostRows, ImportProblems problems)
    {
        if (WorkbookGuard.Check(source, problems) is not { } workbook)
        {
            return null;
        }

        try
        {
            using var reader = ExcelReaderFactory.CreateOpenXmlReader(workbook.Bytes);
            (TableFile Table, int Known)? best = null;
            do
            {
                if (RowsOf(reader, workbook.Errors, mostRows) is not { } rows)
                {
                    problems.Error(CellPlace.WholeFile, $"工作表“{reader.Name}”超过 {mostRows} 行", "分成几份导入，或删去下面的空行");
                    return null;
                }

                if (TableFile.From(fileName, reader.Name, rows, isKnownHead) is { } found && (best is null || found.Known > best.Value.Known))
                {
                    best = found;
                }
            }
            while (reader.NextResult());

            if (best is null)
            {
                problems.Error(CellPlace.WholeFile, "各个工作表里都看不出表头", "表头写：编号、姓名、身份 …，一列一个");
            }

            return best?.Table;
        }
#pragma warning disable CA1031 // ExcelDataReader meets broken files with exceptions of any type: all of them mean the file is broken.
        catch (Exception fault) when (fault is not OutOfMemoryException)
#pragma warning restore CA1031
        {
            problems.Error(CellPlace.WholeFile, $"工作簿读不下去（{fault.GetType().Name}）", "用表格软件打开看看，重新另存为 .xlsx 或 CSV");
            return null;
        }
    }

    /// <returns>null when there are too many</returns>
    private static List<TableRow>? RowsOf(IExcelDataReader reader, ErrorCells errors, int mostRows)
    {
        var rows = new List<TableRow>();
        while (reader.Read())
        {
            var cells = new string[Math.Min(reader.FieldCount, MostColumns)];
            Dictionary<int, string>? faults = null;
            for (var column = 0; column < cells.Length; column++)
            {
                cells[column] = TextGuard.Bare(CellText.Of(reader.GetValue(column), reader.GetNumberFormatString(column)));
                if (errors.At(reader.Name, reader.Depth + 1, column + 1) is { } error)
                {
                    (faults ??= [])[column] = error;
                }
            }

            if (faults is not null || Array.Exists(cells, cell => cell.Length > 0))
            {
                rows.Add(new TableRow(reader.Depth + 1, cells, faults));
                if (rows.Count > mostRows + TableFile.HeadWithin)
                {
                    return null;
                }
            }
        }

        return rows;
    }
}
