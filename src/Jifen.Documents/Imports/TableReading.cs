using Jifen.Documents.Imports.Csv;
using Jifen.Documents.Imports.Workbooks;

namespace Jifen.Documents.Imports;

/// <summary>Reads a table of ordinary size row by row, whichever kind of file it is in.</summary>
internal static class TableReading
{
    /// <param name="take">called for each row that is not blank and can be read</param>
    public static void Run(InputFile file, ColumnName[] names, ImportProblems problems, Action<RowCursor, Columns> take)
    {
        using var source = ByteSource.Open(file, problems);
        if (source is null)
        {
            return;
        }

        switch (InputKind.Of(source, file, problems))
        {
            case InputKind.Kind.Workbook:
                Workbook.Read(source, names, problems, rows => TakeAll(rows, rows.Columns, problems, take));
                break;
            case InputKind.Kind.Csv when CsvTable.Open(source, names, problems, !CsvEncoding.IsUtf8(source)) is { } table:
                using (CsvCursor rows = CsvEncoding.HasQuotes(table.Source)
                    ? new QuotedCursor(table.Source, table.FirstRow, table.Source.Length) { LinesBefore = table.LinesBefore }
                    : new BlockCursor(table.Source, table.FirstRow, table.Source.Length) { LinesBefore = table.LinesBefore })
                {
                    TakeAll(rows, table.Columns, problems, take);
                    if (rows.IsTooLong)
                    {
                        problems.Error(
                            new CellPlace(table.LinesBefore + rows.LinesRead + 1, 0, null),
                            "从这里起的一行太长（超过 1 MiB），不像表格",
                            "多半是前面有一个半角引号没有收尾；看看这一行");
                    }
                }

                break;
        }
    }

    private static void TakeAll(RowCursor rows, Columns columns, ImportProblems problems, Action<RowCursor, Columns> take)
    {
        while (rows.Next())
        {
            if (rows.Fault is { } fault)
            {
                problems.Error(rows.Place(fault.Column), fault.Cause, fault.Remedy);
            }
            else if (!rows.IsBlank())
            {
                take(rows, columns);
            }
        }
    }
}
