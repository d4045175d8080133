using System.Globalization;
using System.Security.Cryptography;
using Jifen.Cycle;

namespace Jifen.Store.Evidence;

/// <summary>A file whose bytes lie safely in the data folder; nothing in the database speaks of it yet.</summary>
/// <param name="Sha256">hex, lower case</param>
/// <param name="FileName">as people know it: without folders and without characters that mislead</param>
public sealed record KeptFile(string Sha256, long Size, string MediaType, string FileName);

/// <summary>The file is not taken.</summary>
public sealed record FileRefused(string FileName, string Cause) : Refusal($"“{FileName}”没有收下：{Cause}。");

/// <summary>
/// 佐证材料 on disk, outside the web root, under the hash of their bytes. A file is written, flushed and in its place before anything in the
/// database speaks of it: what is left over when nothing does is harmless.
/// </summary>
/// <param name="dataFolder">absolute</param>
public sealed class EvidenceStore(string dataFolder)
{
    /// <summary>20 MB.</summary>
    public const long LargestFile = 20L << 20;

    private const int LongestName = 100;

    /// <summary>Endings a file field offers: <c>.jpg,.png,.pdf</c> …</summary>
    public static string Accept { get; } = string.Join(',', FileKind.All.SelectMany(kind => kind.Endings));

    /// <summary>Whether pictures of this kind are shown by browsers.</summary>
    public static bool IsPicture(string mediaType) => mediaType is "image/jpeg" or "image/png" or "image/webp";

    /// <param name="fileName">as the sender calls it</param>
    /// <param name="claimed">media type as the sender says; null or empty: nothing was said</param>
    /// <returns>the file, or why it is not taken</returns>
    public async Task<(KeptFile? File, FileRefused? Refusal)> KeepAsync(
        Stream content, string fileName, string? claimed, CancellationToken cancel = default)
    {
        var name = NameOf(fileName);
        if (await ReadAllAsync(content, cancel) is not { } bytes)
        {
            return (null, new FileRefused(name, $"超过 {LargestFile >> 20} MB。请压缩图片，或分成几个文件"));
        }

        var (kind, fault) = bytes.Length == 0 ? (null, "文件是空的，请重新选择") : FileContent.Read(bytes);
        fault ??= FaultOfClaims(kind!, name, claimed);
        if (fault is not null)
        {
            return (null, new FileRefused(name, fault));
        }

        var hash = SHA256.HashData(bytes.Span);
        await WriteAsync(hash, bytes, cancel);
        return (new KeptFile(Convert.ToHexStringLower(hash), bytes.Length, kind!.MediaType, name), null);
    }

    /// <summary>The bytes of a kept file, held against their hash.</summary>
    /// <exception cref="InvalidDataException">the file is missing, or not what was kept</exception>
    public async Task<byte[]> ReadAsync(ReadOnlyMemory<byte> sha256, CancellationToken cancel = default)
    {
        try
        {
            var bytes = await File.ReadAllBytesAsync(EvidencePath.Of(dataFolder, sha256.Span), cancel);
            return SHA256.HashData(bytes).AsSpan().SequenceEqual(sha256.Span)
                ? bytes
                : throw new InvalidDataException($"the evidence {Convert.ToHexStringLower(sha256.Span)} was altered on disk");
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidDataException($"the evidence {Convert.ToHexStringLower(sha256.Span)} is missing on disk", fault);
        }
    }

    /// <summary>A name that can be shown and saved anywhere: no folders, no control characters, nothing that turns the reading direction.</summary>
    internal static string NameOf(string fileName)
    {
        var bare = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..].Normalize();
        var name = string.Concat(bare.Where(letter => char.GetUnicodeCategory(letter)
            is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator)
            && !"<>:\"|?*".Contains(letter, StringComparison.Ordinal))).Trim(' ', '.');
        if (name.Length > LongestName)
        {
            var ending = Path.GetExtension(name);
            name = ending.Length < 10 ? name[..(LongestName - ending.Length)] + ending : name[..LongestName];
        }

        return name.Length == 0 ? "文件" : name;
    }

    private static string? FaultOfClaims(FileKind kind, string name, string? claimed)
    {
        var ending = Path.GetExtension(name);
        if (!kind.Endings.Contains(ending, StringComparer.OrdinalIgnoreCase))
        {
            return $"内容是{Say(kind)}，名字却以“{ending}”结尾。请把名字改成以“{kind.Endings[0]}”结尾；不是您要传的文件，请重新选择";
        }

        var type = claimed?.Split(';')[0].Trim();
        return string.IsNullOrEmpty(type) || type.Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase)
            || kind.Claims.Contains(type, StringComparer.OrdinalIgnoreCase)
            ? null
            : $"浏览器说它是 {type}，内容却是{Say(kind)}。请重新选择文件";
    }

    private static string Say(FileKind kind) => kind switch
    {
        _ when kind == FileKind.Pdf => " PDF",
        _ when kind == FileKind.Docx => " Word 文件",
        _ when kind == FileKind.Xlsx => " Excel 文件",
        _ when kind == FileKind.Text => "文本",
        _ => $" {kind.Endings[0].TrimStart('.').ToUpperInvariant()} 图片",
    };

    private static async Task<ReadOnlyMemory<byte>?> ReadAllAsync(Stream content, CancellationToken cancel)
    {
        using var all = new MemoryStream();
        var block = new byte[1 << 16];
        int read;
        while ((read = await content.ReadAsync(block, cancel)) > 0)
        {
            if (all.Length + read > LargestFile)
            {
                return null;
            }

            all.Write(block, 0, read);
        }

        return all.ToArray();
    }

    private async Task WriteAsync(byte[] hash, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        var path = EvidencePath.Of(dataFolder, hash);
        if (File.Exists(path) && new FileInfo(path).Length == bytes.Length)
        {
            // The same bytes were kept before.
            return;
        }

        var folder = Path.GetDirectoryName(path)!;
        CreateFolder(folder);
        var draft = $"{path}.{Guid.CreateVersion7():N}.draft";
        try
        {
            var handle = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                handle.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            await using (var file = new FileStream(draft, handle))
            {
                await file.WriteAsync(bytes, cancel);
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: true);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }

        FolderSync.Flush(folder);
    }

    private void CreateFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        var top = Path.Combine(dataFolder, "evidence");
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(top, OwnerOnly);
        Directory.CreateDirectory(folder, OwnerOnly);
        FolderSync.Flush(top);
        FolderSync.Flush(dataFolder);
    }
}
