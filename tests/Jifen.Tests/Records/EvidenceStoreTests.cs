using System.Security.Cryptography;
using System.Text;
using Jifen.Store;
using Jifen.Store.Evidence;
using Xunit;

namespace Jifen.Tests.Records;

public sealed class EvidenceStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("jifen-evidence-").FullName;

    private EvidenceStore Store => new(_folder);

    public static TheoryData<string, string, string?> Good { get; } = new()
    {
        { "照片.jpg", nameof(OddFiles.Jpeg), "image/jpeg" },
        { "照片.JPEG", nameof(OddFiles.Jpeg), "image/jpg" },
        { "截图.png", nameof(OddFiles.Png), "image/png" },
        { "图.webp", nameof(OddFiles.Webp), "image/webp" },
        { "IMG_0001.HEIC", nameof(OddFiles.Heic), "image/heic" },
        { "IMG_0001.heic", nameof(OddFiles.Heic), "application/octet-stream" },
        { "证书.pdf", nameof(OddFiles.Pdf), "application/pdf" },
        { "汇报.docx", nameof(OddFiles.Docx), null },
        { "名单.xlsx", nameof(OddFiles.Xlsx), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
    };

    public static TheoryData<string, byte[], string?, string> Bad { get; } = new()
    {
        { "空.pdf", [], "application/pdf", "空的" },
        { "证书.jpg", OddFiles.Pdf, "image/jpeg", "内容是 PDF" },
        { "证书.pdf", OddFiles.Jpeg, "application/pdf", "内容是 JPG 图片" },
        { "证书.pdf", OddFiles.Pdf, "image/png", "浏览器说它是 image/png" },
        { "证书.pdf.exe", OddFiles.Pdf, "application/pdf", ".exe" },
        { "证书", OddFiles.Pdf, "application/pdf", "改成以“.pdf”结尾" },
        { "程序.exe", [.. "MZ"u8, 0x90, 0, 3, 0, 0, 0], "application/octet-stream", "认不出" },
        { "脚本.sh", OddFiles.Text("#!/bin/sh\nrm -rf /\n"), "text/x-sh", ".sh" },
        { "页面.html", OddFiles.Text("<html><script>alert(1)</script></html>"), "text/html", "认不出" },
        { "页面.txt", OddFiles.Text("  <!DOCTYPE html><body>"), "text/plain", "认不出" },
        { "图.svg", OddFiles.Text("<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"), "image/svg+xml", "认不出" },
        { "图.txt", OddFiles.Text("<?xml version='1.0'?><svg/>"), "text/plain", "认不出" },
        { "老文件.doc", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "application/msword", "旧格式" },
        { "压缩.zip", OddFiles.Zip(("a.txt", "a")), "application/zip", "压缩包不收" },
        { "汇报.docx", OddFiles.Zip(("a.txt", "a")), null, "压缩包不收" },
        { "汇报.docx", OddFiles.Zip(("[Content_Types].xml", "x"), ("word/document.xml", "x"), ("word/vbaProject.bin", "x")), null, "有宏" },
        { "汇报.xlsx", OddFiles.Docx, null, "内容是 Word 文件" },
        { "坏的.docx", [.. "PK\u0003\u0004"u8, 1, 2, 3, 4], null, "已损坏" },
        { "截断.docx", OddFiles.Docx[..^20], null, "已损坏" },
        { "视频.mp4", [0, 0, 0, 24, .. "ftypisom"u8, 0, 0, 0, 0], "video/mp4", "认不出" },
        { "程序.jar", [0xCA, 0xFE, 0xBA, 0xBE, 0, 0], null, "认不出" },
        { "二进制.txt", [1, 2, 3, 0, 5], "text/plain", "认不出" },
        { "转义.txt", [.. "a"u8, 0x1B, .. "[2J"u8], "text/plain", "认不出" },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public async Task What_is_what_it_says_is_kept_under_its_hash(string name, string file, string? claimed)
    {
        var bytes = (byte[])typeof(OddFiles).GetProperty(file)!.GetValue(null)!;

        var (kept, refusal) = await KeepAsync(bytes, name, claimed);

        Assert.Null(refusal);
        var hash = SHA256.HashData(bytes);
        Assert.Equal(Convert.ToHexStringLower(hash), kept!.Sha256);
        Assert.Equal((bytes.Length, name), ((int)kept.Size, kept.FileName));
        Assert.Equal(bytes, await File.ReadAllBytesAsync(EvidencePath.Of(_folder, hash), TestContext.Current.CancellationToken));
        Assert.Equal(bytes, await Store.ReadAsync(hash, TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task What_is_not_what_it_says_or_does_harm_is_refused_and_leaves_nothing(string name, byte[] bytes, string? claimed, string says)
    {
        var (kept, refusal) = await KeepAsync(bytes, name, claimed);

        Assert.Null(kept);
        Assert.Contains(says, refusal!.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task Twenty_megabytes_are_taken_and_one_byte_more_is_not()
    {
        var bytes = new byte[EvidenceStore.LargestFile + 1];
        OddFiles.Jpeg.CopyTo(bytes, 0);

        Assert.NotNull((await KeepAsync(bytes[..^1], "大.jpg", "image/jpeg")).File);
        Assert.Contains("20 MB", (await KeepAsync(bytes, "大.jpg", "image/jpeg")).Refusal!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8, "100 倍")]
    [InlineData(80, "100 倍")]
    public async Task A_zip_bomb_is_refused_before_it_is_unpacked(int megabytes, string says) =>
        Assert.Contains(says, (await KeepAsync(OddFiles.Bomb(megabytes), "汇报.docx", null)).Refusal!.Message, StringComparison.Ordinal);

    [Fact]
    public async Task Too_many_parts_are_refused()
    {
        var bytes = OddFiles.ZipOf(zip =>
        {
            foreach (var name in Enumerable.Range(0, FileContent.MostParts).Select(i => $"word/{i}.xml").Prepend("[Content_Types].xml"))
            {
                zip.CreateEntry(name);
            }
        });

        Assert.Contains("部件", (await KeepAsync(bytes, "汇报.docx", null)).Refusal!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("第一季度，我认真学习……")]
    [InlineData("plain words\r\n\tand a tab\n")]
    public async Task Text_is_taken_in_utf8(string text) => Assert.Equal("text/plain", (await KeepAsync(OddFiles.Text(text), "汇报.txt", "text/plain")).File?.MediaType);

    [Fact]
    public async Task Text_is_taken_as_windows_writes_it()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

        Assert.NotNull((await KeepAsync(Encoding.GetEncoding("GB18030").GetBytes("思想汇报：本季度"), "汇报.txt", "text/plain")).File);
        Assert.NotNull((await KeepAsync([0xEF, 0xBB, 0xBF, .. "汇报"u8], "汇报.txt", "text/plain")).File);
    }

    [Theory]
    [InlineData("../../etc/passwd.pdf", "passwd.pdf")]
    [InlineData("C:\\Users\\li\\证书.pdf", "证书.pdf")]
    [InlineData("证\u202Efdp.exe.pdf", "证fdp.exe.pdf")]
    [InlineData("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf")]
    [InlineData("<b>\"x\".pdf", "bx.pdf")]
    [InlineData("...", "文件")]
    public void A_name_leads_nowhere_and_misleads_nobody(string name, string shown) => Assert.Equal(shown, EvidenceStore.NameOf(name));

    [Fact]
    public void A_long_name_keeps_its_ending() => Assert.Equal((100, ".pdf"), (EvidenceStore.NameOf(new string('长', 300) + ".pdf").Length, Path.GetExtension(EvidenceStore.NameOf(new string('长', 300) + ".pdf"))));

    [Fact]
    public async Task The_same_bytes_lie_there_once_and_nothing_is_left_beside_them()
    {
        var first = await KeepAsync(OddFiles.Pdf, "一.pdf", null);
        var second = await KeepAsync(OddFiles.Pdf, "二.pdf", null);

        Assert.Equal(first.File!.Sha256, second.File!.Sha256);
        Assert.Single(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task What_was_altered_on_disk_is_not_given_out()
    {
        var (kept, _) = await KeepAsync(OddFiles.Pdf, "证书.pdf", null);
        var hash = Convert.FromHexString(kept!.Sha256);
        await File.WriteAllBytesAsync(EvidencePath.Of(_folder, hash), OddFiles.Jpeg, TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<InvalidDataException>(() => Store.ReadAsync(hash, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<InvalidDataException>(() => Store.ReadAsync(new byte[32], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Only_the_owner_of_the_program_reads_the_folder()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no such rights there");
        var (kept, _) = await KeepAsync(OddFiles.Pdf, "证书.pdf", null);
        var path = EvidencePath.Of(_folder, Convert.FromHexString(kept!.Sha256));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(_folder, "evidence")));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<(KeptFile? File, FileRefused? Refusal)> KeepAsync(byte[] bytes, string name, string? claimed)
    {
        using var content = new MemoryStream(bytes);
        return await Store.KeepAsync(content, name, claimed, TestContext.Current.CancellationToken);
    }
}
