using System.Net;
using Jifen.Integration.World;
using Xunit;

namespace Jifen.Integration.People;

public sealed class OrganizationPageTests(Cluster cluster)
{
    [Fact]
    public async Task The_tree_counts_what_one_may_see()
    {
        await using var world = await PeopleWorld.StartAsync(cluster);
        using var officer = await world.AsAsync(world.College.Officer);
        using var member = await world.AsAsync(world.College.Member);

        Assert.Equal(["7", "2", "5"], Counts(await officer.GetAsync("/organizations")));
        Assert.Equal(["5"], Counts(await member.GetAsync("/organizations")));
    }

    [Fact]
    public async Task A_branch_is_founded_below_renamed_and_dissolved_once_it_is_empty()
    {
        await using var world = await PeopleWorld.StartAsync(cluster);
        using var officer = await world.AsAsync(world.College.Officer);

        var founded = await officer.SubmitAsync(
            await officer.GetAsync($"/organizations/{world.College.Committee}/new"),
            "button[data-action=found-organization]",
            ("kind", "branch"),
            ("name", "信息学院第三党支部"),
            ("shortName", "第三党支部"));
        Assert.Contains("信息学院第三党支部", founded.Text, StringComparison.Ordinal);
        var id = await world.OneAsync<Guid>("select organization_id from organization where short_name = '第三党支部' and is_direct");
        Assert.Equal(
            world.College.Committee.Value, await world.OneAsync<Guid>("select stream_id from ledger_entry where kind = 'organization-founded' order by position desc limit 1"));

        await officer.SubmitAsync(
            await officer.GetAsync($"/organizations/{id}/rename"), "button[data-action=rename-organization]", ("name", "软件学院党支部"), ("shortName", "软件支部"));
        Assert.Equal("软件学院党支部", await world.OneAsync<string>("select name from organization where organization_id = @id", new { id }));
        var full = await officer.SubmitAsync(
            await officer.GetAsync($"/organizations/{world.SecondBranch}/dissolve"), "button[data-action=dissolve-organization]", ("reason", "批复"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, full.Status);
        Assert.Contains("2 人", full.Text, StringComparison.Ordinal);
        await officer.SubmitAsync(await officer.GetAsync($"/organizations/{id}/dissolve"), "button[data-action=dissolve-organization]", ("reason", "批复"));
        Assert.DoesNotContain("软件学院党支部", (await officer.GetAsync("/organizations")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secretary_forms_groups_puts_members_into_them_and_renames_them()
    {
        await using var world = await PeopleWorld.StartAsync(cluster);
        using var secretary = await world.AsAsync(world.College.Secretary);
        await secretary.SubmitAsync(
            await secretary.GetAsync($"/organizations/{world.College.Branch}/new"),
            "button[data-action=found-organization]",
            ("name", "第一党小组"),
            ("shortName", "第一党小组"),
            ("on", "2025-01-01"));
        await secretary.SubmitAsync(
            await secretary.GetAsync($"/members/{world.College.Member}/change/group"), "button[data-action=change-group]", ("group", "第一党小组"), ("on", "2025-02-01"));
        var group = await world.OneAsync<Guid>("select organization_id from organization where kind = 'party-group'");

        await secretary.SubmitAsync(
            await secretary.GetAsync($"/organizations/{group}/rename"), "button[data-action=rename-organization]", ("name", "教学党小组"), ("shortName", "教学党小组"));

        Assert.Equal(
            ["第一党小组 2025-06-14", "教学党小组 "],
            await world.SeenByAsync<string>(
                world.College.Secretary, "select value || ' ' || coalesce(to_on::text, '') from member_period where aspect = 'party-group' order by from_on"));
    }

    [Fact]
    public async Task A_secretary_founds_nothing_but_groups_and_a_stranger_not_even_those()
    {
        await using var world = await PeopleWorld.StartAsync(cluster);
        using var secretary = await world.AsAsync(world.College.Secretary);
        using var stranger = await world.AsAsync(world.Stranger);

        Assert.Equal(HttpStatusCode.Forbidden, (await secretary.GetAsync($"/organizations/{world.College.Committee}/new")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await secretary.GetAsync($"/organizations/{world.College.Branch}/rename")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync($"/organizations/{world.College.Branch}/new")).Status);
    }

    private static IEnumerable<string> Counts(Page page) => page.Document.QuerySelectorAll("td[data-field=members]").Select(cell => cell.TextContent);
}
