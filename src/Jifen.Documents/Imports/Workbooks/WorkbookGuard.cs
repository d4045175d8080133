using System.IO.Compression;

namespace Jifen.Documents.Imports.Workbooks;

/// <summary>
/// Looks through a zip before it is read as a workbook: a small file that unpacks to something huge must not hang the machine. What the
/// zip says of its sizes is not believed; every part is unpacked once and counted.
/// </summary>
internal static class WorkbookGuard
{
    public const int MostParts = 2_000;
    public const long LargestPart = 64L << 20;
    public const int HighestRatio = 200;
    private const long LargestFile = 128L << 20;
    private const long LargestWhole = 512L << 20;

    // Smaller parts do no harm, however well they are packed.
    private const long RatioMattersFrom = 1L << 20;

    /// <returns>the file in memory with its error values, or null, with a problem, when it is no workbook we read</returns>
    public static (MemoryStream Bytes, ErrorCells Errors)? Check(ByteSource source, ImportProblems problems)
    {
        if (source.Length > LargestFile)
        {
            Refuse(problems, $"工作簿超过 {LargestFile >> 20} MiB");
            return null;
        }

        var bytes = source.First((int)source.Length);
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
            if (zip.Entries.Count > MostParts)
            {
                Refuse(problems, $"压缩包里有{zip.Entries.Count}个部件，至多{MostParts}个");
                return null;
            }

            // xlsb keeps its sheets in another form, which nobody checks here.
            if (!zip.Entries.Any(entry => entry.FullName.Equals("xl/workbook.xml", StringComparison.OrdinalIgnoreCase))
                || zip.Entries.Any(entry => entry.FullName.EndsWith("workbook.bin", StringComparison.OrdinalIgnoreCase)
                    || (entry.FullName.Contains("sheets/", StringComparison.OrdinalIgnoreCase) && entry.FullName.EndsWith(".bin", StringComparison.OrdinalIgnoreCase))))
            {
                problems.Error(CellPlace.WholeFile, "这是压缩文件，但不是 .xlsx 工作簿", "用表格软件打开，另存为 .xlsx 或 CSV；.ods、.docx 等请先转换");
                return null;
            }

            if (!AreSmall(zip, problems))
            {
                return null;
            }

            var errors = new ErrorCells(zip);
            return AreInside(zip, errors, problems) ? (new MemoryStream(bytes, writable: false), errors) : null;
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or NotSupportedException or ArgumentException or OverflowException)
        {
            problems.Error(CellPlace.WholeFile, "工作簿已损坏，或不是 .xlsx", "用表格软件打开看看，重新另存为 .xlsx 或 CSV");
            return null;
        }
    }

    private static bool AreSmall(ZipArchive zip, ImportProblems problems)
    {
        var block = new byte[1 << 16];
        var whole = 0L;
        foreach (var entry in zip.Entries)
        {
            using var part = entry.Open();
            var unpacked = 0L;
            while (part.Read(block) is > 0 and var read)
            {
                unpacked += read;
                whole += read;
                if (unpacked > LargestPart)
                {
                    Refuse(problems, $"部件“{entry.FullName}”解压后超过 {LargestPart >> 20} MiB");
                    return false;
                }

                if (unpacked > RatioMattersFrom && unpacked > entry.CompressedLength * HighestRatio)
                {
                    Refuse(problems, $"部件“{entry.FullName}”解压后大了{HighestRatio}倍以上");
                    return false;
                }
            }

            if (whole > LargestWhole)
            {
                Refuse(problems, $"工作簿解压后超过 {LargestWhole >> 20} MiB");
                return false;
            }
        }

        return true;
    }

    private static bool AreInside(ZipArchive zip, ErrorCells errors, ImportProblems problems)
    {
        foreach (var entry in zip.Entries)
        {
            using var part = entry.Open();
            if (SheetBounds.FirstOutside(part, (cell, error) => errors.Add(entry.FullName, cell, error)) is { } reference)
            {
                problems.Error(
                    CellPlace.WholeFile, $"部件“{entry.FullName}”里有表格放不下的位置“{reference}”", "用表格软件打开看看，重新另存为 .xlsx 或 CSV");
                return false;
            }
        }

        return true;
    }

    private static void Refuse(ImportProblems problems, string cause) =>
        problems.Error(CellPlace.WholeFile, cause, "这样的工作簿不读；另存为 CSV 再读，或分成几份");
}
