using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Jifen.Integration.Gatherings;
using Jifen.Integration.World;
using Xunit;

namespace Jifen.Integration.Points;

/// <summary>办法: read in the document's own words, adopted with a refinement that was checked line by line.</summary>
public sealed class SchemePageTests(Cluster cluster)
{
    [Fact]
    public async Task Every_clause_and_reading_is_a_place_a_link_leads_to()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        using var member = await world.SignInAsync(BranchWorld.Member);
        await world.HeldAsync(BranchWorld.Member);

        var clauses = (await member.GetAsync("/me")).Document.QuerySelectorAll("a.jf-clause").Select(link => link.GetAttribute("href")!).Distinct().ToList();

        Assert.NotEmpty(clauses);
        var scheme = await member.GetAsync(clauses[0].Split('#')[0]);
        Assert.All(clauses, link => Assert.NotNull(scheme.Document.GetElementById(Uri.UnescapeDataString(link.Split('#')[1]))));
        Assert.NotNull(scheme.Document.GetElementById("J2"));
        Assert.Contains("每少1扣0.5", scheme.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await member.GetAsync("/schemes/no-such-scheme")).Status);
    }

    [Fact]
    public async Task A_refinement_with_faults_is_refused_with_line_and_column_and_a_good_one_judges_from_then_on()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        using var officer = await world.SignInAsync(BranchWorld.Officer);
        var good = await File.ReadAllTextAsync(ShippedRefinement(), TestContext.Current.CancellationToken);
        var form = await officer.GetAsync("/schemes/adopt");

        var refused = await SendAsync(officer, form, good.Replace("扣: 0.5", "扣: 很多", StringComparison.Ordinal));
        Assert.Contains("没有采用", refused, StringComparison.Ordinal);
        Assert.Matches("第[0-9]+行[0-9]+列", refused);
        Assert.Single(await world.QueryAsync<string>("select fingerprint from scheme_adoption"));

        var adopted = await SendAsync(officer, await officer.GetAsync("/schemes/adopt"), good.Replace("扣: 0.5", "扣: 1", StringComparison.Ordinal));
        Assert.DoesNotContain("没有采用", adopted, StringComparison.Ordinal);
        // There is no second officer to ask: it is adopted, and from now on an hour short costs a point.
        using var member = await world.SignInAsync(BranchWorld.Member);
        Assert.Equal(2, (await world.QueryAsync<string>("select fingerprint from scheme_version")).Count);
        Assert.Contains("现在少12分", (await member.GetAsync("/me")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plain_member_adopts_nothing()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        using var member = await world.SignInAsync(BranchWorld.Member);

        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync("/schemes/adopt")).Status);
        Assert.DoesNotContain("采用办法", (await member.GetAsync("/schemes")).Text, StringComparison.Ordinal);
    }

    private static async Task<string> SendAsync(Browser browser, Page page, string refinement)
    {
        using var content = new MultipartFormDataContent();
        foreach (var field in page.Document.QuerySelectorAll("form[data-action=adopt-scheme] input[type=hidden]"))
        {
            content.Add(new StringContent(field.GetAttribute("value") ?? ""), field.GetAttribute("name")!);
        }

        content.Add(new StringContent(BranchWorld.College.ToString()), "organization");
        content.Add(new StringContent("2025"), "year");
        content.Add(new StringContent("jsit-2020"), "scheme");
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(refinement));
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        content.Add(file, "refinement", "细则.yaml");
        var answer = await browser.Http.PostAsync("/schemes/adopt", content, TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static string ShippedRefinement()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Jifen.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return Path.Combine(folder, "schemes", "jsit-2020", "example.refinement.yaml");
    }
}
