using System.IO.Compression;
using Jifen.Web;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Jifen.Tests.Look;

/// <summary>What browsers get of wwwroot: small, kept for ever, never a stale one.</summary>
public sealed class WebAssetsTests : IDisposable
{
    private static readonly string Text = string.Concat(Enumerable.Repeat("body { margin: 0 } ", 50));

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("jifen-assets-");

    public WebAssetsTests()
    {
        File.WriteAllText(Path.Combine(folder.FullName, "a.css"), Text);
        folder.CreateSubdirectory("js");
        File.WriteAllText(Path.Combine(folder.FullName, "js", "b.js"), "export {};");
        File.WriteAllText(Path.Combine(folder.FullName, "notes.docx"), "no kind a page links to");
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void The_address_changes_with_any_content()
    {
        var before = WebAssets.Of(folder.FullName);
        File.WriteAllText(Path.Combine(folder.FullName, "js", "b.js"), "export { };");
        var after = WebAssets.Of(folder.FullName);

        Assert.Equal(["a.css", "js/b.js"], before.Paths);
        Assert.Equal($"/assets/{before.Fingerprint}/a.css", before.UrlOf("a.css"));
        Assert.NotEqual(before.UrlOf("a.css"), after.UrlOf("a.css"));
    }

    [Theory]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("br;q=0, gzip;q=0.5", "gzip")]
    [InlineData("", null)]
    public async Task The_smallest_form_the_browser_takes_is_sent(string accepted, string? encoding)
    {
        var assets = WebAssets.Of(folder.FullName);

        var (context, body) = await Ask(assets, assets.Fingerprint, "a.css", accepted);

        Assert.Equal(200, context.Response.StatusCode);
        Assert.Equal(encoding, context.Response.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal("text/css; charset=utf-8", context.Response.ContentType);
        Assert.Equal("public, max-age=31536000, immutable", context.Response.Headers.CacheControl.ToString());
        Assert.Equal("Accept-Encoding", context.Response.Headers.Vary.ToString());
        Assert.Equal(Text, Unpacked(body, encoding));
    }

    [Fact]
    public async Task What_the_browser_has_is_not_sent_again()
    {
        var assets = WebAssets.Of(folder.FullName);
        var (first, _) = await Ask(assets, assets.Fingerprint, "a.css", "br");

        var (second, body) = await Ask(assets, assets.Fingerprint, "a.css", "br", first.Response.Headers.ETag.ToString());
        var (other, _) = await Ask(assets, assets.Fingerprint, "a.css", "gzip", first.Response.Headers.ETag.ToString());

        Assert.Equal(304, second.Response.StatusCode);
        Assert.Empty(body);
        Assert.Equal(200, other.Response.StatusCode);
    }

    [Fact]
    public async Task A_page_from_before_an_update_gets_the_file_but_does_not_keep_it()
    {
        var (context, body) = await Ask(WebAssets.Of(folder.FullName), "0123456789", "a.css", "");

        Assert.Equal(200, context.Response.StatusCode);
        Assert.Equal("no-cache", context.Response.Headers.CacheControl.ToString());
        Assert.NotEmpty(body);
    }

    [Theory]
    [InlineData("b.css")]
    [InlineData("../secret.css")]
    [InlineData("notes.docx")]
    public async Task Nothing_else_is_served(string path)
    {
        var assets = WebAssets.Of(folder.FullName);

        var (context, body) = await Ask(assets, assets.Fingerprint, path, "");

        Assert.Equal(404, context.Response.StatusCode);
        Assert.Empty(body);
    }

    [Fact]
    public void The_program_has_all_its_pages_link_to()
    {
        string[] linked = ["icon.svg", "jifen.css", "js/jifen.js", "lib/bootstrap.min.css"];
        var loader = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "wwwroot", "js", "jifen.js"));

        Assert.Equal([], linked.Where(path => !WebAssets.Has(path)));
        Assert.Equal([], WebAssets.Shared.Paths.Where(path => path.StartsWith("js/", StringComparison.Ordinal) && path is not "js/jifen.js"
            && !loader.Contains($"'./{path[3..]}'", StringComparison.Ordinal)));
    }

    private static async Task<(HttpContext Context, byte[] Body)> Ask(WebAssets assets, string fingerprint, string path, string accepted, string? known = null)
    {
        var context = new DefaultHttpContext { Request = { Method = "GET" } };
        using var body = new MemoryStream();
        context.Response.Body = body;
        context.Request.Headers.AcceptEncoding = accepted;
        context.Request.Headers.IfNoneMatch = known;
        await assets.Answer(context, fingerprint, path);
        return (context, body.ToArray());
    }

    private static string Unpacked(byte[] body, string? encoding)
    {
        using Stream packed = new MemoryStream(body);
        using var plain = encoding switch
        {
            "br" => new BrotliStream(packed, CompressionMode.Decompress),
            "gzip" => new GZipStream(packed, CompressionMode.Decompress),
            _ => packed,
        };
        using var reader = new StreamReader(plain);
        return reader.ReadToEnd();
    }
}
