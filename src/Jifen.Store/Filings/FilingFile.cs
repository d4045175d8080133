using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Jifen.Cycle.Filings;
using Jifen.Store.Ledgers;

namespace Jifen.Store.Filings;

/// <summary>
/// Packages and receipts as files: canonical JSON with its SHA-256 beside it, so that what was altered on the way is seen by whoever opens it.
/// </summary>
public static class FilingFile
{
    /// <summary>Larger ones are none of ours.</summary>
    public const int MostBytes = 16 << 20;

    /// <returns>the text of the file, and the digest of what is in it</returns>
    public static (string Text, string Digest) Write(FilingPackage package) => Write("package", package);

    /// <inheritdoc cref="Write(FilingPackage)"/>
    public static (string Text, string Digest) Write(FilingReceipt receipt) => Write("receipt", receipt);

    /// <summary>Reads a package and checks it: its digest, and the table worked out again.</summary>
    /// <returns>null for the package when the text is none, with why</returns>
    public static (FilingPackage? Package, string Digest, FilingCheck? Check, string? Fault) ReadPackage(string text)
    {
        var (package, named, digest, fault) = Read<FilingPackage>(text, "package");
        if (package is null)
        {
            return (null, digest, null, fault);
        }

        if (package.Organization is null || package.Scheme is null || package.Table?.Lines is null || package.Members is null || package.Facts is null
            || package.Previous is null || package.Choices is null || package.Signatures is null || package.Hash is null || package.Round is null)
        {
            return (null, digest, null, "材料缺了内容");
        }

        try
        {
            return package.Grades?.Any(one => one is not { Grade: not null, Outcomes: not null }) == true
                ? (null, digest, null, "材料缺了内容")
                : (package, digest, FilingCheck.Of(package, named, digest), null);
        }
        catch (Exception odd) when (odd is OverflowException or ArgumentException or InvalidOperationException or NullReferenceException or InvalidDataException)
        {
            // It has the form of a package, and figures no scheme can work with: whoever made it, it is no package of ours.
            return (null, digest, null, "材料里的数算不下去，不是本系统生成的");
        }
    }

    /// <returns>null for the receipt when the text is none or was altered, with why</returns>
    public static (FilingReceipt? Receipt, string Digest, string? Fault) ReadReceipt(string text)
    {
        var (receipt, named, digest, fault) = Read<FilingReceipt>(text, "receipt");
        return receipt switch
        {
            null => (null, digest, fault),
            _ when named != digest => (null, digest, "回执的摘要与内容不符，生成以后改动过"),
            { Format: not FilingReceipt.FormatName } => (null, digest, "不认识这种回执"),
            _ => (receipt, digest, null),
        };
    }

    private static (string Text, string Digest) Write<T>(string name, T value)
    {
        var body = CanonicalJson.OfValue(value);
        var digest = DigestOf(body);
        return ($"{{\"digest\":\"{digest}\",\"{name}\":{body}}}\n", digest);
    }

    private static (T? Value, string Named, string Digest, string? Fault) Read<T>(string text, string name)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 16 });
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty(name, out var body)
                || !document.RootElement.TryGetProperty("digest", out var named) || named.ValueKind != JsonValueKind.String)
            {
                return (null, "", "", name == "package" ? "不是备案材料" : "不是备案回执");
            }

            // Whatever white space a program put in: the canonical form decides.
            return (body.Deserialize<T>(CanonicalJson.Options), named.GetString()!, DigestOf(CanonicalJson.Of(body)), null);
        }
        catch (Exception fault) when (fault is JsonException or FormatException or InvalidOperationException or NotSupportedException or ArgumentException)
        {
            return (null, "", "", "内容不完整，或者不是备案文件");
        }
    }

    private static string DigestOf(string canonical) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
}
