namespace Jifen.Documents.Imports.Csv;

/// <summary>A csv whose encoding is settled: where its head is read and its rows begin.</summary>
internal sealed class CsvTable
{
    private CsvTable(ByteSource source, Columns columns, long firstRow, int linesBefore)
    {
        Source = source;
        Columns = columns;
        FirstRow = firstRow;
        LinesBefore = linesBefore;
    }

    /// <summary>UTF-8.</summary>
    public ByteSource Source { get; }

    public Columns Columns { get; }

    /// <summary>Where the first row begins, in bytes.</summary>
    public long FirstRow { get; }

    /// <summary>How many lines the head takes.</summary>
    public int LinesBefore { get; }

    /// <param name="transcode">the text is known not to be UTF-8</param>
    /// <returns>null, with a problem, when there is no table to read</returns>
    public static CsvTable? Open(ByteSource source, ColumnName[] names, ImportProblems problems, bool transcode)
    {
        if (transcode)
        {
            if (CsvEncoding.FromGb18030(source, problems) is not { } transcoded)
            {
                return null;
            }

            source = transcoded;
        }

        using var head = new QuotedCursor(source, CsvEncoding.MarkLength(source.First(3)), source.Length);
        if (!head.Next() || head.Fault is not null)
        {
            problems.Error(
                head.Fault is null ? CellPlace.WholeFile : head.Place(-1),
                head.Fault is { } fault ? fault.Cause : head.IsTooLong ? "第一行太长，不像表格" : "文件是空的",
                $"第一行写表头：{string.Join(",", names.Select(name => name.Chinese))}");
            return null;
        }

        var columns = new Columns(names, Heads(head));
        columns.Report(head, problems);
        if (problems.HasErrors)
        {
            return null;
        }

        return new CsvTable(source, columns, head.Offset, head.LinesRead);
    }

    private static string[] Heads(CsvCursor head)
    {
        var heads = new string[head.FieldCount];
        for (var column = 0; column < heads.Length; column++)
        {
            heads[column] = head.Text(column);
        }

        return heads;
    }
}
