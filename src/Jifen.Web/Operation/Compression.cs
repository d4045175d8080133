using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;

namespace Jifen.Web.Operation;

/// <summary>Pages and JSON, compressed where no other site has a hand in the request (docs/decisions/0010).</summary>
internal static class Compression
{
    public static void AddCompression(this IServiceCollection services)
    {
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = ["text/html", "application/json", "text/plain"];
        });
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
    }

    public static void UseCompression(this IApplicationBuilder site) =>
        site.UseWhen(context => IsAskedByOurselves(context.Request), branch => branch.UseResponseCompression());

    // What a browser says of its own accord, and no script can: a page of ours, or somebody who typed the address.
    private static bool IsAskedByOurselves(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() is "same-origin" or "none";
}
