namespace Jifen.Documents.Imports.Workbooks;

/// <summary>Opens workbooks. Whatever a broken file makes the reader do, the user is told, and nothing half read is used.</summary>
internal static class Workbook
{
    /// <param name="read">reads the rows; what it throws counts as a broken file</param>
    public static void Read(ByteSource source, ColumnName[] names, ImportProblems problems, Action<WorkbookRows> read)
    {
        if (WorkbookGuard.Check(source, problems) is not { } workbook)
        {
            return;
        }

        try
        {
            using var rows = WorkbookRows.Open(workbook.Bytes, workbook.Errors, names, problems);
            if (rows is not null && !problems.HasErrors)
            {
                read(rows);
            }
        }
#pragma warning disable CA1031 // ExcelDataReader meets broken files with exceptions of any type: all of them mean the file is broken.
        catch (Exception fault) when (fault is not OutOfMemoryException)
#pragma warning restore CA1031
        {
            problems.Error(CellPlace.WholeFile, $"工作簿读不下去（{fault.GetType().Name}）", "用表格软件打开看看，重新另存为 .xlsx 或 CSV");
        }
    }
}
