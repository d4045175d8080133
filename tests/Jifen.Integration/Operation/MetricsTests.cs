using System.Net;
using Jifen.Integration.World;
using Xunit;

namespace Jifen.Integration.Operation;

public sealed class MetricsTests(Cluster cluster)
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_administrator_reads_them_and_nobody_else()
    {
        await using var site = await TestSite.StartAsync(cluster);
        var college = await College.FoundAsync(site);
        using var administrator = await site.SignInAsync(college.Administrator);
        using var secretary = await site.SignInAsync(college.Secretary);
        using var nobody = site.Browser();
        await secretary.GetAsync("/settings");

        Assert.Equal(HttpStatusCode.Forbidden, (await nobody.Http.GetAsync("/metrics", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await secretary.Http.GetAsync("/metrics", Cancel)).StatusCode);
        using var answer = await administrator.Http.GetAsync("/metrics", Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Contains("jifen_http_request_seconds_count{method=\"GET\",route=\"/settings\",status=\"200\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("jifen_http_request_seconds_bucket{method=\"GET\",route=\"/metrics\",status=\"403\",le=\"+Inf\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains("jifen_database_up 1\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opened_by_configuration_everybody_who_reaches_the_site_reads_them()
    {
        await using var site = await TestSite.StartAsync(cluster, configure: settings => settings with { HasOpenMetrics = true });
        using var nobody = site.Browser();

        Assert.Equal(HttpStatusCode.OK, (await nobody.Http.GetAsync("/metrics", Cancel)).StatusCode);
    }

    [Fact]
    public async Task Whatever_addresses_are_tried_the_list_stays_short_and_holds_no_id()
    {
        await using var site = await TestSite.StartAsync(cluster, configure: settings => settings with { HasOpenMetrics = true });
        using var nobody = site.Browser();
        for (var n = 0; n < 50; n++)
        {
            await nobody.Http.GetAsync($"/no-such-page-{n}", Cancel);
            await nobody.Http.GetAsync($"/reset/{Guid.CreateVersion7()}", Cancel);
        }

        var text = await nobody.Http.GetStringAsync("/metrics", Cancel);

        Assert.DoesNotContain("no-such-page", text, StringComparison.Ordinal);
        Assert.Equal(1, text.Split('\n').Count(line => line.StartsWith("jifen_http_request_seconds_count{method=\"GET\",route=\"\"", StringComparison.Ordinal)));
        Assert.Contains("route=\"/reset/{Token}\"", text, StringComparison.Ordinal);
    }
}
