using System.Net;
using Dapper;
using Jifen.Integration.World;
using Xunit;

namespace Jifen.Integration.People;

public sealed class MemberPageTests(Cluster cluster)
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_transfer_in_mid_year_is_one_step_and_both_branches_see_the_person()
    {
        await using var world = await PeopleWorld.StartAsync(cluster);
        using var officer = await world.AsAsync(world.College.Officer);
        using var old = await world.AsAsync(world.College.Secretary);
        using var @new = await world.AsAsync(world.Stranger);
        Assert.Equal(HttpStatusCode.NotFound, (await @new.GetAsync($"/members/{world.College.Member}")).Status);

        var done = await officer.SubmitAsync(
            await officer.GetAsync($"/members/{world.College.Member}/change/transfer"),
            "button[data-action=change-transfer]",
            ("to", world.SecondBranch.ToString()),
            ("on", "2025-06-01"),
            ("ground", "介绍信3号"));

        Assert.Contains("已办好", done.Text, StringComparison.Ordinal);
        Assert.Equal(
            1,
            await world.OneAsync<int>(
                "select count(*)::int from (select operation_id from ledger_entry where kind in ('member-left', 'member-admitted') and ground = '介绍信3号' group by operation_id having count(*) = 2) x"));
        var before = await old.GetAsync($"/members/{world.College.Member}");
        var after = await @new.GetAsync($"/members/{world.College.Member}");
        Assert.Contains("2020-01-01 至 2025-05-31", before.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("2025-06-01 起", before.Text, StringComparison.Ordinal);
        Assert.Contains("2020-01-01 至 2025-05-31", after.Text, StringComparison.Ordinal);
        Assert.Contains("2025-06-01 起", after.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("成元", (await old.GetAsync("/members")).Text, StringComparison.Ordinal);
        Assert.Contains("成元", (await old.GetAsync("/members?day=2025-05-31")).Text, StringComparison.Ordinal);
        Assert.Contains("成元", (await @new.GetAsync("/members")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secretary_transfers_nobody_into_a_branch_he_has_nothing_to_do_with()
    {
        await using var world = await PeopleWorld.StartAsync(cluster);
        using var secretary = await world.AsAsync(world.College.Secretary);

        var page = await secretary.GetAsync($"/members/{world.College.Member}/change/transfer");

        Assert.Contains("共同的上级", page.Text, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("form[data-action=change-transfer]"));
    }

    [Fact]
    public async Task Somebody_admitted_is_on_the_roll_when_another_has_confirmed()
    {
        await using var world = await PeopleWorld.StartAsync(cluster);
        using var secretary = await world.AsAsync(world.College.Secretary);
        using var deputy = await world.AsSignatoryAsync(world.College.Deputy);
        var waits = await secretary.SubmitAsync(
            await secretary.GetAsync("/members/new"), "button[data-action=admit-member]", ("name", "章一"), ("number", "2025001"), ("from", "某中学"), ("on", "2025-06-01"));
        Assert.Contains("等第二人确认", waits.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("章一", waits.Text, StringComparison.Ordinal);
        Assert.Equal(0, await world.OneAsync<int>("select count(*)::int from person where name = '章一'"));

        var own = await secretary.GetAsync("/confirmations");
        Assert.Null(own.Document.QuerySelector("[data-action=confirm-step]"));
        Assert.NotNull(own.Document.QuerySelector("[data-action=withdraw-step]"));
        var asked = await deputy.GetAsync("/confirmations");
        Assert.Contains("章一：转入", asked.Document.QuerySelector("[data-field=summary]")!.TextContent, StringComparison.Ordinal);
        await deputy.SubmitAsync(asked, "button[data-action=confirm-step]");

        Assert.Contains("章一", (await secretary.GetAsync("/members")).Text, StringComparison.Ordinal);
        Assert.Equal(
            world.College.Deputy.Value, await world.OneAsync<Guid>("select second_by from ledger_entry where kind = 'person-registered' and second_by is not null"));
        Assert.DoesNotContain("章一", await world.OneAsync<string>("select string_agg(summary || happenings, '') from pending_step"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_that_is_taken_is_refused_and_nothing_typed_is_lost()
    {
        await using var world = await PeopleWorld.StartAsync(cluster);
        using var officer = await world.AsAsync(world.College.Officer);
        var url = $"/members/new?branch={world.College.Branch}";
        await officer.SubmitAsync(await officer.GetAsync(url), "button[data-action=admit-member]", ("name", "章一"), ("number", "7"), ("from", "某中学"));

        var refused = await officer.SubmitAsync(await officer.GetAsync(url), "button[data-action=admit-member]", ("name", "章二"), ("number", "7"), ("from", "某小学"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("已经是别人的", refused.Text, StringComparison.Ordinal);
        Assert.Equal(
            ["章二", "7", "某小学"], new[] { "name", "number", "from" }.Select(field => refused.Document.QuerySelector($"input[name={field}]")!.GetAttribute("value")));
        Assert.Equal(1, await world.CountAsync("person-registered") - 11);
    }

    [Fact]
    public async Task Nobody_changes_his_own_standing_the_deputy_does_it_for_the_secretary()
    {
        await using var world = await PeopleWorld.StartAsync(cluster);
        using var secretary = await world.AsAsync(world.College.Secretary);
        using var deputy = await world.AsAsync(world.College.Deputy);

        Assert.Null((await secretary.GetAsync($"/members/{world.College.Secretary}")).Document.QuerySelector("[data-action=change-standing]"));
        Assert.Equal(HttpStatusCode.Forbidden, (await secretary.GetAsync($"/members/{world.College.Secretary}/change/standing")).Status);
        Assert.NotNull((await deputy.GetAsync($"/members/{world.College.Secretary}")).Document.QuerySelector("[data-action=change-standing]"));
    }

    [Fact]
    public async Task A_foreign_branch_is_shut_by_the_table_and_by_the_database()
    {
        await using var world = await PeopleWorld.StartAsync(cluster);
        using var secretary = await world.AsAsync(world.College.Secretary);
        var strange = new { branch = world.SecondBranch.Value, person = world.StrangeMember.Value };

        Assert.Equal(HttpStatusCode.Forbidden, (await secretary.GetAsync($"/members?organization={world.SecondBranch}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await secretary.GetAsync($"/members/{world.StrangeMember}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await secretary.GetAsync($"/members/{world.StrangeMember}/change/standing")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await secretary.GetAsync($"/members/new?branch={world.SecondBranch}")).Status);
        Assert.Empty(await world.SeenByAsync<Guid>(world.College.Secretary, "select person_id from person where person_id = @person", strange));
        Assert.Empty(await world.SeenByAsync<Guid>(world.College.Secretary, "select person_id from affiliation where organization_id = @branch", strange));
        Assert.Empty(await world.SeenByAsync<Guid>(world.College.Secretary, "select person_id from member_period where person_id = @person", strange));
        Assert.Empty(await world.SeenByAsync<Guid>(world.College.Secretary, "select entry_id from ledger_entry where stream_id = @branch", strange));
    }

    [Fact]
    public async Task Why_somebody_is_exempt_is_for_him_and_the_committee_and_not_in_the_ledger()
    {
        await using var world = await PeopleWorld.StartAsync(cluster);
        using var officer = await world.AsAsync(world.College.Officer);
        await officer.SubmitAsync(
            await officer.GetAsync($"/members/{world.College.Member}/change/exempt"),
            "button[data-action=change-exempt]",
            ("case", "old-or-ill"),
            ("reason", "腰伤卧床"),
            ("ground", "3月10日党员大会通过，公示无异议"),
            ("on", "2025-01-01"),
            ("until", "2025-12-31"));
        using var own = await world.AsAsync(world.College.Member);
        using var secretary = await world.AsAsync(world.College.Secretary);
        using var other = await world.AsAsync(world.College.OtherMember);
        using var recorder = await world.AsAsync(world.College.Recorder);
        var page = $"/members/{world.College.Member}";

        Assert.Contains("腰伤卧床", (await own.GetAsync(page)).Text, StringComparison.Ordinal);
        Assert.Contains("腰伤卧床", (await secretary.GetAsync(page)).Text, StringComparison.Ordinal);
        foreach (var browser in new[] { other, recorder, officer })
        {
            var seen = (await browser.GetAsync(page)).Text;
            Assert.Contains("免予积分", seen, StringComparison.Ordinal);
            Assert.DoesNotContain("腰伤", seen, StringComparison.Ordinal);
            Assert.DoesNotContain("卧床", seen, StringComparison.Ordinal);
        }

        Assert.Equal(0, await world.OneAsync<int>("select count(*)::int from ledger_entry where body || coalesce(ground, '') like '%腰伤%' or body like '%old-or-ill%'"));
    }

    [Fact]
    public async Task A_back_dated_change_holds_until_the_next_one_and_rebuilding_comes_to_the_same()
    {
        await using var world = await PeopleWorld.StartAsync(cluster);
        using var officer = await world.AsAsync(world.College.Officer);
        var member = world.College.Member;
        await officer.SubmitAsync(
            await officer.GetAsync($"/members/{member}/change/category"), "button[data-action=change-category]", ("category", "教职工"), ("on", "2025-04-01"));
        await officer.SubmitAsync(
            await officer.GetAsync($"/members/{member}/change/category"), "button[data-action=change-category]", ("category", "学生"), ("on", "2025-02-01"));
        await officer.SubmitAsync(
            await officer.GetAsync($"/members/{member}/change/floating"), "button[data-action=change-floating]", ("to", "上海"), ("permit", "7"), ("on", "2025-03-01"));
        await officer.SubmitAsync(await officer.GetAsync($"/members/{member}/change/return"), "button[data-action=change-return]", ("on", "2025-05-01"));
        await officer.SubmitAsync(
            await officer.GetAsync($"/members/{member}/change/transfer"), "button[data-action=change-transfer]", ("to", world.SecondBranch.ToString()), ("on", "2025-06-01"));

        Assert.Equal(
            ["category 学生 2025-02-01 2025-03-31", "category 教职工 2025-04-01 ", "floating 上海 2025-03-01 2025-04-30", "standing full 2020-01-01 "],
            await world.SeenByAsync<string>(
                world.College.Officer,
                "select aspect || ' ' || value || ' ' || from_on || ' ' || coalesce(to_on::text, '') from member_period where person_id = @member order by aspect, from_on",
                new { member = member.Value }));
        var before = await ViewsAsync(world);
        await using (var connection = await world.Site.Database.Owner.OpenConnectionAsync(Cancel))
        {
            await connection.ExecuteAsync("select rebuild_views()");
        }

        Assert.Equal(before, await ViewsAsync(world));
    }

    [Fact]
    public async Task A_plain_member_sees_the_branch_and_changes_nothing()
    {
        await using var world = await PeopleWorld.StartAsync(cluster);
        using var member = await world.AsAsync(world.College.Member);

        Assert.Contains("程远", (await member.GetAsync("/members")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await member.GetAsync($"/members/{world.College.OtherMember}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync($"/members/{world.College.OtherMember}/change/leave")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync("/members/new")).Status);
    }

    private static async Task<Dictionary<string, string>> ViewsAsync(PeopleWorld world)
    {
        await using var connection = await world.Site.Database.Owner.OpenConnectionAsync(Cancel);
        var views = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in await connection.QueryAsync<string>("select name from view_table"))
        {
            views[table] = await connection.QuerySingleAsync<string>($"select coalesce(string_agg(t::text, E'\\n' order by t::text), '') from \"{table}\" t");
        }

        return views;
    }
}
