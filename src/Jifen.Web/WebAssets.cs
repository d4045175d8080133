using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Jifen.Web;

/// <summary>
/// The files of wwwroot, held in memory. Their address carries one fingerprint of them all (<c>/assets/3f9a1c02/jifen.css</c>), so a
/// style sheet or a module may name its neighbours relatively and every address can be kept for ever.
/// </summary>
public sealed class WebAssets
{
    private const string Forever = "public, max-age=31536000, immutable";
    private const string Revalidated = "no-cache";

    private static readonly FrozenDictionary<string, string> MediaTypes = new Dictionary<string, string>
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".ico"] = "image/x-icon",
        [".woff2"] = "font/woff2",
        [".json"] = "application/json",
        [".webmanifest"] = "application/manifest+json",
        [".txt"] = "text/plain; charset=utf-8",
    }.ToFrozenDictionary();

    private static readonly Lazy<WebAssets> BesideTheProgram = new(() => Of(Path.Combine(AppContext.BaseDirectory, "wwwroot")));

    private readonly FrozenDictionary<string, Asset> byPath;

    private WebAssets(FrozenDictionary<string, Asset> byPath, string fingerprint)
    {
        this.byPath = byPath;
        Fingerprint = fingerprint;
    }

    /// <summary>The files beside the running program.</summary>
    public static WebAssets Shared => BesideTheProgram.Value;

    /// <summary>Of all files and their contents.</summary>
    public string Fingerprint { get; }

    /// <summary>The paths that are served, <c>js/draft.js</c>.</summary>
    public IEnumerable<string> Paths => byPath.Keys.Order(StringComparer.Ordinal);

    /// <summary>
    /// The address of a file: <c>WebAssets.Url("jifen.css")</c>. Whether the file is there is not asked: a page without a style sheet is
    /// better than no page.
    /// </summary>
    public static string Url(string path) => Shared.UrlOf(path);

    /// <summary>Files of others that the build takes from npm may be missing; ours may not.</summary>
    public static bool Has(string path) => Shared.byPath.ContainsKey(path);

    /// <summary>Reads a folder once. A folder that does not exist holds nothing.</summary>
    public static WebAssets Of(string folder)
    {
        var found = new Dictionary<string, Asset>(StringComparer.Ordinal);
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories) : [];
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            if (!MediaTypes.TryGetValue(Path.GetExtension(file), out var mediaType))
            {
                continue;
            }

            var path = Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/');
            var asset = new Asset(File.ReadAllBytes(file), mediaType);
            found[path] = asset;
            all.AppendData(Encoding.UTF8.GetBytes(path));
            all.AppendData(asset.Hash);
        }

        return new WebAssets(found.ToFrozenDictionary(StringComparer.Ordinal), Convert.ToHexStringLower(all.GetHashAndReset().AsSpan(0, 5)));
    }

    public string UrlOf(string path) => $"/assets/{Fingerprint}/{path}";

    /// <summary>Answers with the file, in the smallest form the browser takes; 304 when it has it already.</summary>
    internal async Task Answer(HttpContext context, string fingerprint, string path)
    {
        var response = context.Response;
        response.Headers.XContentTypeOptions = "nosniff";
        if (!byPath.TryGetValue(path, out var asset))
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            response.Headers.CacheControl = "no-store";
            return;
        }

        var (encoding, body) = asset.For(context.Request.Headers.AcceptEncoding.ToString());
        var tag = new EntityTagHeaderValue($"\"{asset.ShortHash}{(encoding is null ? "" : "-" + encoding)}\"");
        response.Headers.CacheControl = string.Equals(fingerprint, Fingerprint, StringComparison.Ordinal) ? Forever : Revalidated;
        response.Headers.ETag = tag.ToString();
        response.Headers.Vary = "Accept-Encoding";
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = asset.MediaType;
        response.ContentLength = body.Length;
        if (encoding is not null)
        {
            response.Headers.ContentEncoding = encoding;
        }

        if (HttpMethods.IsGet(context.Request.Method))
        {
            await response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
        }
    }

    /// <summary>One file; its compressed forms are made when first asked for, once.</summary>
    private sealed class Asset
    {
        private readonly byte[] plain;
        private readonly Lazy<byte[]?> brotli;
        private readonly Lazy<byte[]?> gzip;

        public Asset(byte[] plain, string mediaType)
        {
            this.plain = plain;
            MediaType = mediaType;
            Hash = SHA256.HashData(plain);
            ShortHash = Convert.ToHexStringLower(Hash.AsSpan(0, 8));
            var isText = mediaType.Contains("charset", StringComparison.Ordinal) || mediaType is "image/svg+xml" or "application/json";
            brotli = new(() => isText ? Smaller(stream => new BrotliStream(stream, CompressionLevel.SmallestSize)) : null);
            gzip = new(() => isText ? Smaller(stream => new GZipStream(stream, CompressionLevel.SmallestSize)) : null);
        }

        public string MediaType { get; }

        public byte[] Hash { get; }

        public string ShortHash { get; }

        public (string? Encoding, byte[] Body) For(string accepted)
        {
            if (Takes(accepted, "br") && brotli.Value is { } br)
            {
                return ("br", br);
            }

            return Takes(accepted, "gzip") && gzip.Value is { } gz ? ("gzip", gz) : (null, plain);
        }

        private static bool Takes(string accepted, string encoding)
        {
            foreach (var part in accepted.AsSpan().Split(','))
            {
                var one = accepted.AsSpan(part).Trim();
                if (one.StartsWith(encoding, StringComparison.OrdinalIgnoreCase)
                    && (one.Length == encoding.Length || (one[encoding.Length] is ';' or ' ' && !one.EndsWith("q=0", StringComparison.Ordinal))))
                {
                    return true;
                }
            }

            return false;
        }

        private byte[]? Smaller(Func<Stream, Stream> compressor)
        {
            using var target = new MemoryStream();
            using (var stream = compressor(target))
            {
                stream.Write(plain);
            }

            var smaller = target.ToArray();
            return smaller.Length < plain.Length ? smaller : null;
        }
    }
}

public static class AssetRoutes
{
    /// <summary>Serves wwwroot at /assets. Any fingerprint is answered (a page open since before an update asks with the old one).</summary>
    public static IEndpointConventionBuilder MapAssets(this IEndpointRouteBuilder routes, WebAssets? assets = null)
    {
        var served = assets ?? WebAssets.Shared;
        return routes.MapMethods("/assets/{fingerprint}/{**path}", ["GET", "HEAD"],
            (RequestDelegate)(context => served.Answer(context, Text(context, "fingerprint"), Text(context, "path"))));
    }

    private static string Text(HttpContext context, string name) => context.GetRouteValue(name) as string ?? "";
}
