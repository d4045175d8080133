using System.IO.Compression;
using System.Text;

namespace Jifen.Tests.Records;

/// <summary>Files as people and others send them.</summary>
internal static class OddFiles
{
    public static byte[] Jpeg { get; } = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, (byte)'J', (byte)'F', (byte)'I', (byte)'F', 0, 1, 0xFF, 0xD9];

    public static byte[] Png { get; } = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R'];

    public static byte[] Webp { get; } = [.. "RIFF"u8, 26, 0, 0, 0, .. "WEBPVP8L"u8, 0, 0, 0];

    public static byte[] Heic { get; } = [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0, .. "mif1heic"u8];

    public static byte[] Pdf { get; } = [.. "%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"u8];

    public static byte[] Docx { get; } = Zip(("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<w:document/>"));

    public static byte[] Xlsx { get; } = Zip(("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<workbook/>"));

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] Zip(params (string Name, string Content)[] parts) => ZipOf(zip =>
    {
        foreach (var (name, content) in parts)
        {
            using var writer = new StreamWriter(zip.CreateEntry(name).Open());
            writer.Write(content);
        }
    });

    public static byte[] ZipOf(Action<ZipArchive> fill)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            fill(zip);
        }

        return bytes.ToArray();
    }

    /// <summary>A Word file one part of which unpacks to so many zeros.</summary>
    public static byte[] Bomb(int megabytes) => ZipOf(zip =>
    {
        foreach (var name in new[] { "[Content_Types].xml", "word/document.xml" })
        {
            using var part = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
            part.Write("<x/>"u8);
        }

        using var bomb = zip.CreateEntry("word/media/image1.bin", CompressionLevel.Optimal).Open();
        var block = new byte[1 << 20];
        for (var i = 0; i < megabytes; i++)
        {
            bomb.Write(block);
        }
    });
}
