using Jifen.Documents.Imports.Csv;

namespace Jifen.Documents.Imports.Tables;

/// <summary>Reads a csv whole, whatever its heads.</summary>
internal static class LooseCsv
{
    /// <returns>null, with a problem, when there is no table to read</returns>
    public static TableFile? Read(ByteSource source, string fileName, Func<string, bool> isKnownHead, int mostRows, ImportProblems problems)
    {
        var text = CsvEncoding.IsUtf8(source) ? source : CsvEncoding.FromGb18030(source, problems);
        if (text is null)
        {
            return null;
        }

        var rows = new List<TableRow>();
        using var cursor = new QuotedCursor(text, CsvEncoding.MarkLength(text.First(3)), text.Length);
        while (cursor.Next())
        {
            if (cursor.Fault is { } fault)
            {
                problems.Error(cursor.Place(fault.Column), fault.Cause, fault.Remedy);
            }
            else if (!cursor.IsBlank())
            {
                rows.Add(new TableRow(cursor.Line, [.. Enumerable.Range(0, cursor.FieldCount).Select(column => TextGuard.Bare(cursor.Text(column)))]));
            }

            if (rows.Count > mostRows + TableFile.HeadWithin)
            {
                problems.Error(CellPlace.WholeFile, $"超过 {mostRows} 行", "分成几份导入");
                return null;
            }
        }

        if (cursor.IsTooLong)
        {
            problems.Error(new CellPlace(cursor.LinesRead + 1, 0, null), "从这里起的一行太长（超过 1 MiB），不像表格", "多半是前面有一个半角引号没有收尾；看看这一行");
        }

        if (TableFile.From(fileName, null, rows, isKnownHead) is { } found)
        {
            return found.Table;
        }

        problems.Error(CellPlace.WholeFile, rows.Count == 0 ? "文件是空的" : "看不出哪一行是表头", "第一行写表头，如：编号,姓名,身份；各列用半角逗号分开");
        return null;
    }
}
