using System.Net;
using Jifen.Integration.Records;
using Jifen.Integration.World;
using Xunit;
using static Jifen.Integration.Declarations.BranchYearWorld;
using static Jifen.Integration.Records.RecordsWorld;

namespace Jifen.Integration.Declarations;

/// <summary>受惠群众证实: a link without account, once, for a while (DIST-4②).</summary>
public sealed class TestimonyPageTests(Cluster cluster)
{
    [Fact]
    public async Task One_who_benefited_testifies_once_by_a_link_and_the_reviewers_read_it()
    {
        await using var world = await StartAsync(cluster);
        var (id, link) = await AskAsync(world);
        using var public_ = world.Site.Browser();
        var page = await public_.GetAsync(link);
        Assert.Contains("李文博", page.Text, StringComparison.Ordinal);
        Assert.Contains("3号楼张阿姨", page.Text, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await public_.SubmitAsync(page, "form[data-action=testify]", ("name", "张阿姨"))).Status);
        var thanks = await public_.SubmitAsync(page, "form[data-action=testify]", ("name", "张阿姨"), ("confirms", "yes"), ("words", "帮我家修了水管"));
        Assert.Contains("谢谢您", thanks.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Gone, (await public_.GetAsync(link)).Status);

        using var committee = await world.AsAsync(Committeeman);
        Assert.Contains("帮我家修了水管", (await committee.GetAsync($"/declarations/{id}")).Text, StringComparison.Ordinal);
        // Nobody else of the branch reads it, and the ledger has nothing of it.
        using var other = await world.AsAsync(Second);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/declarations/{id}")).Status);
        Assert.Equal(0, await world.OneAsync<int>("select count(*)::int from ledger_entry where body like '%张阿姨%'"));
    }

    [Fact]
    public async Task Two_at_once_with_one_link_are_one_testimony()
    {
        await using var world = await StartAsync(cluster);
        var (_, link) = await AskAsync(world);
        using var public_ = world.Site.Browser();
        var page = await public_.GetAsync(link);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => public_.PostAsync(page, "form[data-action=testify]", ("name", "张阿姨"), ("confirms", "no"))));
        Assert.Equal(1, await world.OneAsync<int>("select count(*)::int from testimony"));
    }

    [Fact]
    public async Task A_link_runs_out_and_is_nothing_where_the_declaration_was_taken_back()
    {
        await using var world = await StartAsync(cluster);
        var (id, link) = await AskAsync(world);
        using var public_ = world.Site.Browser();
        using var member = await world.AsAsync(Member);
        await member.SubmitAsync(await member.GetAsync($"/declarations/{id}"), "form[data-action=withdraw-declaration]");
        Assert.Equal(HttpStatusCode.Gone, (await public_.GetAsync(link)).Status);

        var (_, another) = await AskAsync(world, "2025-10-13");
        Assert.Equal(HttpStatusCode.OK, (await public_.GetAsync(another)).Status);
        ((MovableClock)world.Site.Clock).Advance(TimeSpan.FromDays(15));
        Assert.Equal(HttpStatusCode.Gone, (await public_.GetAsync(another)).Status);
        Assert.Equal(HttpStatusCode.Gone, (await public_.GetAsync("/testify/erfunden")).Status);
    }

    [Fact]
    public async Task Where_the_scheme_has_no_such_step_nobody_is_asked()
    {
        await using var world = await StartAsync(cluster);
        using var member = await world.AsAsync(Member);
        await DeclareAsync(member, "help", "2025-10-12");
        Assert.Null((await member.GetAsync($"/declarations/{await world.LastAsync()}")).Document.QuerySelector("form[data-action=ask-beneficiary]"));
    }

    private static async Task<(Guid Declaration, string Link)> AskAsync(RecordsWorld world, string on = "2025-10-12")
    {
        if (await world.OneAsync<int>("select count(*)::int from scheme_version where scheme_id = 'district'") == 0)
        {
            await world.AdoptAsync("district");
        }

        using var member = await world.AsAsync(Member);
        await DeclareAsync(member, "apprentice", on, ("quantity", "1"));
        var id = await world.LastAsync();
        var asked = await member.SubmitAsync(await member.GetAsync($"/declarations/{id}"), "form[data-action=ask-beneficiary]", ("asked-of", "3号楼张阿姨"));
        var link = asked.Document.QuerySelector("[data-field=link]")!.TextContent;
        return (id, new Uri(link).PathAndQuery);
    }
}
