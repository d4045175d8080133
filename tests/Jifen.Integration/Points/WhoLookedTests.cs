using System.Net;
using Jifen.Integration.Gatherings;
using Jifen.Integration.World;
using Npgsql;
using Xunit;

namespace Jifen.Integration.Points;

/// <summary>Whoever looks at others' points is seen by them, and says why where the table asks for it.</summary>
public sealed class WhoLookedTests(Cluster cluster)
{
    [Fact]
    public async Task Every_look_at_somebodys_sheet_is_shown_to_him_and_ones_own_is_not()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        using var member = await world.SignInAsync(BranchWorld.Member);
        using var secretary = await world.SignInAsync(BranchWorld.Secretary);
        await member.GetAsync("/me");
        Assert.Contains("还没有人看过", (await member.GetAsync("/me/looked-at")).Text, StringComparison.Ordinal);

        await secretary.GetAsync($"/points/{BranchWorld.Member}");
        await secretary.GetAsync("/points");

        var rows = (await member.GetAsync("/me/looked-at")).Document.QuerySelectorAll("tbody tr").Select(row => row.TextContent).ToList();
        Assert.Equal(2, rows.Count);
        Assert.All(rows, row => Assert.Contains("李明（书记）", row, StringComparison.Ordinal));
        Assert.Contains("积分表", rows[0], StringComparison.Ordinal);
        Assert.Contains("得分单", rows[1], StringComparison.Ordinal);
        // Who looked at one is no business of another.
        using var another = await world.SignInAsync(BranchWorld.Another);
        Assert.Single((await another.GetAsync("/me/looked-at")).Document.QuerySelectorAll("tbody tr"));
    }

    [Fact]
    public async Task An_officer_above_sees_totals_and_states_a_reason_before_the_items()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        using var officer = await world.SignInAsync(BranchWorld.Officer);
        var sheet = $"/points/{BranchWorld.Member}?branch={BranchWorld.Branch}";

        var table = await officer.GetAsync($"/points?branch={BranchWorld.Branch}");
        Assert.Contains("钱静", table.Text, StringComparison.Ordinal);
        Assert.Contains("先说明理由", table.Text, StringComparison.Ordinal);
        var asked = await officer.GetAsync(sheet);
        Assert.DoesNotContain("认真参加学习", asked.Text, StringComparison.Ordinal);

        var shown = await officer.SubmitAsync(asked, "form[data-action=state-reason]", ("reason", "核对第三季度报送的积分"));

        Assert.Equal(sheet, shown.Path);
        Assert.Contains("认真参加学习", shown.Text, StringComparison.Ordinal);
        using var member = await world.SignInAsync(BranchWorld.Member);
        var seen = await member.GetAsync("/me/looked-at");
        Assert.Contains("核对第三季度报送的积分", seen.Text, StringComparison.Ordinal);
        Assert.Contains("上级组织员", seen.Text, StringComparison.Ordinal);

        world.Clock.Advance(TimeSpan.FromMinutes(31));
        Assert.DoesNotContain("认真参加学习", (await officer.GetAsync(sheet)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_colleague_reads_facts_and_items_but_no_totals_grades_or_warnings()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        using var member = await world.SignInAsync(BranchWorld.Member);

        var table = await member.GetAsync("/points");
        Assert.Contains("孙伟", table.Text, StringComparison.Ordinal);
        Assert.Empty(table.Document.QuerySelectorAll("[data-field=total]"));
        Assert.DoesNotContain("名次", table.Text, StringComparison.Ordinal);
        Assert.Empty((await member.GetAsync($"/points/{BranchWorld.Another}")).Document.QuerySelectorAll("#outcomes, [data-field=total]"));
        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync("/points/warnings")).Status);
    }

    [Fact]
    public async Task The_log_takes_entries_and_gives_none_back()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        using var secretary = await world.SignInAsync(BranchWorld.Secretary);
        await secretary.GetAsync("/points");
        await using var app = await world.Site.Database.App.OpenConnectionAsync(TestContext.Current.CancellationToken);

        await using var change = new NpgsqlCommand("update read_log set page = ''", app);
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => change.ExecuteNonQueryAsync(TestContext.Current.CancellationToken))).SqlState);
        await using var owner = await world.Site.Database.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var delete = new NpgsqlCommand("delete from read_log", owner);
        Assert.Equal(PostgresErrorCodes.RestrictViolation, (await Assert.ThrowsAsync<PostgresException>(() => delete.ExecuteNonQueryAsync(TestContext.Current.CancellationToken))).SqlState);
    }
}
