using System.Net;
using Jifen.Cycle.Organizations;
using Jifen.Integration.World;
using Jifen.Store;
using Xunit;
using static Jifen.Integration.Declarations.BranchYearWorld;
using static Jifen.Integration.Records.RecordsWorld;

namespace Jifen.Integration.Declarations;

/// <summary>亮绩 (JSUL-2): the written pledge, published to the branch; the self-evaluation each term.</summary>
public sealed class PledgePageTests(Cluster cluster)
{
    private static readonly DateOnly Today = new(2025, 10, 20);

    [Fact]
    public async Task A_pledge_is_one_s_own_until_it_is_published_and_then_the_branch_s()
    {
        await using var world = await StartAsync(cluster);
        await world.AdoptAsync("jsu-law-2017");
        using var member = await world.AsAsync(Member);
        Assert.Contains("写先锋承诺", (await member.GetAsync("/")).Text, StringComparison.Ordinal);
        var page = await member.GetAsync("/pledges");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await member.SubmitAsync(page, "form[data-action=give-pledge]", ("pledge", "好"))).Status);
        await member.SubmitAsync(page, "form[data-action=give-pledge]", ("pledge", "每月走访一名学生"));
        await member.SubmitAsync(await member.GetAsync("/pledges"), "form[data-action=give-pledge]", ("pledge", "每月走访两名学生"));

        using var other = await world.AsAsync(Second);
        Assert.DoesNotContain("走访", (await other.GetAsync("/pledges")).Document.QuerySelector("#pledges")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(0, await world.OneAsync<int>("select count(*)::int from ledger_entry where body like '%走访%'"));
        Assert.Null((await other.GetAsync("/pledges")).Document.QuerySelector("form[data-action=publish-pledges]"));

        using var secretary = await world.AsAsync(Secretary);
        var publish = await secretary.GetAsync("/pledges");
        await secretary.SubmitAsync(publish, "form[data-action=publish-pledges]");
        var published = (await other.GetAsync("/pledges")).Document.QuerySelector("#pledges")!.TextContent;
        Assert.Contains("每月走访两名学生", published, StringComparison.Ordinal);
        Assert.DoesNotContain("每月走访一名学生", published, StringComparison.Ordinal);
        Assert.Equal(1, await world.OneAsync<int>("select count(*)::int from round_step where step = '晒出承诺' and ended_on is not null"));

        // Published, nothing more is written.
        var late = await member.SubmitAsync(page, "form[data-action=give-pledge]", ("pledge", "再加一条承诺"), ("operation", Guid.CreateVersion7().ToString()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.Status);
        using var stranger = await world.AsAsync(Stranger);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync($"/pledges?branch={Branch}")).Status);
    }

    [Fact]
    public async Task With_nobody_s_pledge_there_is_nothing_to_publish()
    {
        await using var world = await StartAsync(cluster);
        await world.AdoptAsync("jsu-law-2017");
        using var secretary = await world.AsAsync(Secretary);
        var page = await secretary.SubmitAsync(await secretary.GetAsync("/pledges"), "form[data-action=publish-pledges]");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("还没有人写承诺", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_self_evaluation_goes_item_by_item_is_read_by_the_group_and_closes_with_its_evaluation()
    {
        await using var world = await StartAsync(cluster);
        await world.AdoptAsync("jsu-law-2017");
        await world.AppointAsync(Committeeman, Office.Evaluator);
        ((MovableClock)world.Site.Clock).Advance(TimeSpan.FromDays(100));
        using var member = await world.AsAsync(Member);
        using var evaluator = await world.AsAsync(Committeeman);
        var round = await world.TermAsync(evaluator);
        var page = await member.GetAsync($"/self-evaluations?round={round}");
        var item = page.Document.QuerySelector("tbody tr")!.GetAttribute("data-id")!;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await member.SubmitAsync(page, "form[data-action=self-evaluate]")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await member.SubmitAsync(page, "form[data-action=self-evaluate]", ($"points-{item}", "很多"))).Status);
        await member.SubmitAsync(page, "form[data-action=self-evaluate]", ($"points-{item}", "8.5"), ($"remark-{item}", "都参加了"));
        var own = await member.GetAsync($"/self-evaluations?round={round}");
        Assert.Equal("8.5", own.Document.QuerySelector($"input[name='points-{item}']")!.GetAttribute("value"));

        var review = await BeginReviewAsync(evaluator, round);
        Assert.Contains("自评8.5", review.Document.QuerySelector($"tr[data-id='{Member}']")!.TextContent, StringComparison.Ordinal);
        await using var scope = await DataScope.OpenAsync(world.Site.Database.App, Second, Today, TestContext.Current.CancellationToken);
        Assert.Equal(0, await scope.OneAsync<int>("select count(*)::int from written_text", null, TestContext.Current.CancellationToken));
        var late = await member.SubmitAsync(own, "form[data-action=self-evaluate]", ($"points-{item}", "9"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.Status);
        Assert.Contains("已经截止", late.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_scheme_asks_for_neither_the_pages_say_so()
    {
        await using var world = await StartAsync(cluster);
        using var member = await world.AsAsync(Member);
        Assert.Contains("没有“承诺”这一步", (await member.GetAsync("/pledges")).Text, StringComparison.Ordinal);
        Assert.Contains("没有“自评”这一步", (await member.GetAsync("/self-evaluations")).Text, StringComparison.Ordinal);
    }
}
