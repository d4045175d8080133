using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Jifen.Integration.Records;
using Jifen.Integration.World;
using Jifen.Web;
using Xunit;

namespace Jifen.Integration.Api;

public sealed class ApiTests(Cluster cluster)
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fact_is_created_once_however_often_it_is_sent()
    {
        await using var world = await RecordsWorld.StartAsync(cluster);
        using var recorder = await world.AsAsync(RecordsWorld.Recorder);
        var key = Guid.CreateVersion7();
        var before = await world.CountAsync("fact-recorded");

        var (status, first) = await PostAsync(recorder, key, Fact());
        var (again, second) = await PostAsync(recorder, key, Fact());
        var (other, _) = await PostAsync(recorder, key, Fact("2025-10-10"));

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.Conflict), (status, again, other));
        Assert.Equal(("created", "replayed"), (first.GetProperty("outcome").GetString(), second.GetProperty("outcome").GetString()));
        Assert.Equal(first.GetProperty("entries").GetRawText(), second.GetProperty("entries").GetRawText());
        Assert.Equal(64, first.GetProperty("entries")[0].GetProperty("hash").GetString()!.Length);
        Assert.Equal(before + 1, await world.CountAsync("fact-recorded"));
    }

    [Fact]
    public async Task Who_may_not_is_told_why_and_nothing_is_recorded()
    {
        await using var world = await RecordsWorld.StartAsync(cluster);
        using var nobody = world.Site.Browser();
        using var member = await world.AsAsync(RecordsWorld.Member);
        using var foreign = await world.AsAsync(RecordsWorld.OtherRecorder);
        using var recorder = await world.AsAsync(RecordsWorld.Recorder);
        var before = await world.CountAsync("fact-recorded");

        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(nobody, Guid.CreateVersion7(), Fact())).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(member, Guid.CreateVersion7(), Fact())).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(foreign, Guid.CreateVersion7(), Fact())).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(recorder, null, Fact())).Status);
        var (status, problem) = await PostAsync(recorder, Guid.CreateVersion7(), new { people = new[] { RecordsWorld.Member.Value }, fact = "没有这种", on = "2025-10-11", ground = "检查" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("没有“没有这种”这种事实", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        using var own = await PostAsync(recorder, Guid.CreateVersion7(), "not json");
        Assert.Equal(HttpStatusCode.BadRequest, own.StatusCode);
        Assert.Equal("application/problem+json", own.Content.Headers.ContentType!.MediaType);
        Assert.Equal(before, await world.CountAsync("fact-recorded"));
    }

    [Fact]
    public async Task Points_are_those_of_the_pages()
    {
        await using var world = await RecordsWorld.StartAsync(cluster);
        using var recorder = await world.AsAsync(RecordsWorld.Recorder);
        using var member = await world.AsAsync(RecordsWorld.Member);
        await PostAsync(recorder, Guid.CreateVersion7(), Fact());

        var own = await member.Http.GetFromJsonAsync<JsonElement>("/api/v1/me/points", Cancel);
        var branch = await recorder.Http.GetFromJsonAsync<JsonElement>($"/api/v1/branches/{RecordsWorld.Branch}/points", Cancel);

        var mine = own.GetProperty("points");
        Assert.Equal(RecordsWorld.Member.Value, mine.GetProperty("person").GetGuid());
        var inTable = branch.GetProperty("people").EnumerateArray().Single(one => one.GetProperty("person").GetGuid() == RecordsWorld.Member.Value);
        Assert.Equal(mine.GetProperty("sections").GetRawText(), inTable.GetProperty("sections").GetRawText());
        // Totals are a proposal: the recorder does not see them (RS1), the member his own.
        Assert.Equal(JsonValueKind.Null, inTable.GetProperty("total").ValueKind);
        Assert.NotNull(mine.GetProperty("total").GetString());
        Assert.Contains("积分表（接口）", (await member.GetAsync("/me/looked-at")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_above_the_table_asks_for_a_reason()
    {
        await using var world = await RecordsWorld.StartAsync(cluster);
        using var officer = await world.AsAsync(RecordsWorld.Officer);

        Assert.Equal(HttpStatusCode.Forbidden, (await officer.Http.GetAsync($"/api/v1/branches/{RecordsWorld.Branch}/points", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await officer.Http.GetAsync($"/api/v1/branches/{RecordsWorld.Branch}/points?reason={Uri.EscapeDataString("年中检查")}", Cancel)).StatusCode);
    }

    [Fact]
    public async Task The_description_names_every_address_with_its_action_and_no_other()
    {
        await using var site = await TestSite.StartAsync(cluster);
        using var nobody = site.Browser();
        var document = await nobody.Http.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Cancel);

        var described = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(verb => $"{verb.Name.ToUpperInvariant()} {path.Name} {verb.Value.GetProperty("x-action").GetString()}"))
            .Order(StringComparer.Ordinal);
        var routes = Site.Routes().Where(route => route.Path.StartsWith("/api/", StringComparison.Ordinal))
            .Select(route => $"{route.Method} {route.Path.Replace(":guid", "", StringComparison.Ordinal)} {route.Action}")
            .Order(StringComparer.Ordinal);

        Assert.Equal(routes, described);
    }

    private static object Fact(string on = "2025-10-11") =>
        new { people = new[] { RecordsWorld.Member.Value }, fact = "badge-missing", on, ground = "支委当天核实" };

    private static async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(Browser browser, Guid? key, object fact)
    {
        using var answer = await PostAsync(browser, key, JsonSerializer.Serialize(fact));
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel));
    }

    private static Task<HttpResponseMessage> PostAsync(Browser browser, Guid? key, string json)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/branches/{RecordsWorld.Branch}/facts")
        {
            Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json"),
        };
        if (key is { } chosen)
        {
            request.Headers.Add("Idempotency-Key", chosen.ToString());
        }

        return browser.Http.SendAsync(request, Cancel);
    }
}
