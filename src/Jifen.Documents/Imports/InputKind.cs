namespace Jifen.Documents.Imports;

/// <summary>Tells a workbook from a csv by the first bytes.</summary>
internal static class InputKind
{
    internal enum Kind
    {
        Unreadable,
        Csv,
        Workbook,
    }

    public static Kind Of(ByteSource source, InputFile file, ImportProblems problems)
    {
        var first = source.First(8).AsSpan();
        if (first.StartsWith("PK\u0003\u0004"u8) || first.StartsWith("PK\u0005\u0006"u8))
        {
            return Kind.Workbook;
        }

        if (first.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
        {
            problems.Error(CellPlace.WholeFile, "这是旧格式（.xls）或加了密码的工作簿", "用表格软件打开，去掉密码，另存为 .xlsx 或 CSV");
            return Kind.Unreadable;
        }

        if (file.Path.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase) || first.StartsWith("%PDF"u8))
        {
            problems.Error(CellPlace.WholeFile, "这不是 .xlsx 工作簿", "用表格软件打开，另存为 .xlsx 或 CSV；本来就是 CSV 的，把名字改成 .csv");
            return Kind.Unreadable;
        }

        return Kind.Csv;
    }
}
