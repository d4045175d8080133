using System.IO.Compression;
using System.Text;

namespace Jifen.Store.Evidence;

/// <summary>A kind of file that is taken as evidence.</summary>
/// <param name="Endings">as file names end, with the dot; the first is the one we write</param>
/// <param name="Claims">what browsers say of such a file, besides nothing at all</param>
internal sealed record FileKind(string MediaType, IReadOnlyList<string> Endings, IReadOnlyList<string> Claims)
{
    public static readonly FileKind Jpeg = new("image/jpeg", [".jpg", ".jpeg"], ["image/jpeg", "image/jpg", "image/pjpeg"]);
    public static readonly FileKind Png = new("image/png", [".png"], ["image/png"]);
    public static readonly FileKind Webp = new("image/webp", [".webp"], ["image/webp"]);
    public static readonly FileKind Heic = new("image/heic", [".heic", ".heif"], ["image/heic", "image/heif"]);
    public static readonly FileKind Pdf = new("application/pdf", [".pdf"], ["application/pdf"]);
    public static readonly FileKind Docx = new(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", [".docx"],
        ["application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/zip", "application/x-zip-compressed"]);

    public static readonly FileKind Xlsx = new(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", [".xlsx"],
        ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/zip", "application/x-zip-compressed"]);

    public static readonly FileKind Text = new("text/plain", [".txt"], ["text/plain"]);

    public static readonly IReadOnlyList<FileKind> All = [Jpeg, Png, Webp, Heic, Pdf, Docx, Xlsx, Text];
}

/// <summary>Tells what a file is by its bytes, and refuses what is not what it says, or does harm when it is opened.</summary>
internal static class FileContent
{
    private static readonly string[] MarkupBeginnings = ["<html", "<!doctype", "<script", "<svg", "<?xml", "<body", "<iframe"];

    public const int MostParts = 2_000;
    public const long MostUnpacked = 64L << 20;
    public const int HighestRatio = 100;
    private const int LongestText = 1 << 20;

    // Below this a part does no harm, however well it is packed.
    private const long RatioMattersFrom = 1L << 20;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <returns>the kind, or a sentence that says why the file is not taken</returns>
    public static (FileKind? Kind, string? Fault) Read(ReadOnlyMemory<byte> bytes)
    {
        var first = bytes.Span;
        if (first.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return (FileKind.Jpeg, null);
        }

        if (first.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
        {
            return (FileKind.Png, null);
        }

        if (first.Length > 12 && first.StartsWith("RIFF"u8) && first[8..].StartsWith("WEBP"u8))
        {
            return (FileKind.Webp, null);
        }

        if (first.Length > 12 && first[4..].StartsWith("ftyp"u8) && IsHeic(first[8..12]))
        {
            return (FileKind.Heic, null);
        }

        if (first.StartsWith("%PDF-"u8))
        {
            return (FileKind.Pdf, null);
        }

        if (first.StartsWith("PK\u0003\u0004"u8))
        {
            return ReadOffice(bytes);
        }

        if (first.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
        {
            return (null, "这是旧格式的 Office 文件（.doc、.xls）或加了密码的文件。请另存为 .docx、.xlsx 或 PDF，去掉密码再传");
        }

        return ReadText(first);
    }

    private static bool IsHeic(ReadOnlySpan<byte> brand) =>
        brand.SequenceEqual("heic"u8) || brand.SequenceEqual("heix"u8) || brand.SequenceEqual("hevc"u8) || brand.SequenceEqual("heim"u8)
        || brand.SequenceEqual("heis"u8) || brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("msf1"u8);

    /// <summary>What the zip says of its sizes is not believed: every part is unpacked once and counted.</summary>
    private static (FileKind? Kind, string? Fault) ReadOffice(ReadOnlyMemory<byte> bytes)
    {
        const string NotOffice = "这是压缩文件，不是 Word 或 Excel 文件。压缩包不收：请把里面的文件一个一个上传";
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes.ToArray(), writable: false), ZipArchiveMode.Read);
            if (zip.Entries.Count > MostParts)
            {
                return (null, $"文件里有 {zip.Entries.Count} 个部件，至多 {MostParts} 个。请另存为 PDF 再传");
            }

            bool Has(string name) => zip.Entries.Any(entry => entry.FullName.Equals(name, StringComparison.OrdinalIgnoreCase));
            var kind = !Has("[Content_Types].xml") ? null : Has("word/document.xml") ? FileKind.Docx : Has("xl/workbook.xml") ? FileKind.Xlsx : null;
            return kind is null ? (null, NotOffice)
                : zip.Entries.Any(entry => entry.FullName.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase))
                    ? (null, "文件里有宏，不收。请另存为不带宏的 .docx、.xlsx 或 PDF")
                    : FaultOfSizes(zip) is { } fault ? (null, fault) : (kind, null);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or NotSupportedException or ArgumentException or OverflowException)
        {
            return (null, "文件已损坏，打不开。请用 Word、Excel 打开看看，重新保存再传");
        }
    }

    private static string? FaultOfSizes(ZipArchive zip)
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
                if (whole > MostUnpacked)
                {
                    return $"文件解压后超过 {MostUnpacked >> 20} MB，不收。请另存为 PDF 再传";
                }

                if (unpacked > RatioMattersFrom && unpacked > entry.CompressedLength * HighestRatio)
                {
                    return $"文件里有压缩了 {HighestRatio} 倍以上的部件，可能有害，不收。请另存为 PDF 再传";
                }
            }
        }

        return null;
    }

    private static (FileKind? Kind, string? Fault) ReadText(ReadOnlySpan<byte> bytes)
    {
        const string Unknown = "认不出这是什么文件。可以传照片（JPG、PNG、WebP、HEIC）、PDF、Word（.docx）、Excel（.xlsx）和文本（.txt）";
        if (bytes.Length > LongestText || bytes.ContainsAnyInRange((byte)0, (byte)8) || bytes.ContainsAnyInRange((byte)14, (byte)31))
        {
            return (null, Unknown);
        }

        return IsText(bytes) && !LooksLikeMarkup(bytes) ? (FileKind.Text, null) : (null, Unknown);
    }

    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        try
        {
            Utf8.GetCharCount(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return IsGb(bytes);
        }
    }

    // GB18030 as Windows Notepad writes it: pairs, or fours, that begin with a byte of 0x81 and up.
    private static bool IsGb(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at < bytes.Length; at++)
        {
            if (bytes[at] < 0x80)
            {
                continue;
            }

            if (bytes[at] is 0x80 or 0xFF || at + 1 >= bytes.Length)
            {
                return false;
            }

            var second = bytes[at + 1];
            if (second is >= 0x30 and <= 0x39)
            {
                at += 3;
            }
            else if (second is >= 0x40 and <= 0xFE and not 0x7F)
            {
                at++;
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    private static bool LooksLikeMarkup(ReadOnlySpan<byte> bytes)
    {
        var start = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 1024)]);
        return MarkupBeginnings.Any(mark => start.Contains(mark, StringComparison.OrdinalIgnoreCase));
    }
}
