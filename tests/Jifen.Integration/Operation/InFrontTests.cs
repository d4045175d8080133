using System.Net;
using Jifen.Integration.World;
using Jifen.Web.Operation;
using Xunit;

namespace Jifen.Integration.Operation;

/// <summary>What stands between the browser and the pages: a proxy, and compression.</summary>
public sealed class InFrontTests(Cluster cluster)
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("same-origin", "br")]
    [InlineData("none", "br")]
    [InlineData("cross-site", null)]
    [InlineData("same-site", null)]
    [InlineData(null, null)]
    public async Task A_page_is_compressed_where_no_other_site_has_a_hand_in_the_request(string? from, string? encoding)
    {
        await using var site = await TestSite.StartAsync(cluster);
        using var browser = site.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        request.Headers.AcceptEncoding.ParseAdd("gzip, br");
        if (from is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", from);
        }

        using var answer = await browser.Http.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.FirstOrDefault());
    }

    [Theory]
    [InlineData("127.0.0.0/8, ::1", true)]
    [InlineData("10.1.2.3", false)]
    [InlineData("", false)]
    public async Task A_proxy_is_believed_that_it_speaks_tls_where_it_is_named(string proxies, bool isBelieved)
    {
        await using var site = await TestSite.StartAsync(cluster, configure: settings => settings with { Proxies = Proxy.Read(proxies)! });
        using var browser = site.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");

        using var answer = await browser.Http.SendAsync(request, Cancel);

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), one => one.StartsWith("jifen-form=", StringComparison.Ordinal));
        Assert.Equal(isBelieved, cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("proxy.example.edu.cn")]
    [InlineData("10.0.0.0/33")]
    [InlineData("127.0.0.1;10.0.0.1")]
    public void What_is_no_address_is_refused(string text) => Assert.Null(Proxy.Read(text));
}
