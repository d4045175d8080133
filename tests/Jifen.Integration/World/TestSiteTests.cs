using System.Net;
using Xunit;

namespace Jifen.Integration.World;

public sealed class TestSiteTests(Cluster cluster)
{
    [Fact]
    public async Task The_site_starts_on_a_fresh_database_and_is_ready()
    {
        await using var site = await TestSite.StartAsync(cluster);
        using var browser = site.Browser();

        Assert.Equal("alive", (await browser.GetAsync("/healthz")).Text);
        Assert.Equal("ready", (await browser.GetAsync("/readyz")).Text);
    }

    [Fact]
    public async Task Nobody_signed_in_is_sent_to_sign_in_and_knows_where_to_go_back()
    {
        await using var site = await TestSite.StartAsync(cluster);
        using var browser = site.Browser();

        var answer = await browser.Http.GetAsync("/developer/components", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/sign-in?return=%2Fdeveloper%2Fcomponents", answer.Headers.Location?.ToString());
    }
}
