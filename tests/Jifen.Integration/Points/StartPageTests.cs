using Jifen.Cycle;
using Jifen.Integration.Gatherings;
using Jifen.Integration.World;
using Xunit;

namespace Jifen.Integration.Points;

/// <summary>The start page of each post says what is to be done now, by when, by which clause.</summary>
public sealed class StartPageTests(Cluster cluster)
{
    [Fact]
    public async Task The_recorder_is_told_of_the_roll_nobody_called_and_of_the_dues()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        var meeting = await world.MeetingAsync();
        world.Clock.Advance(TimeSpan.FromHours(3));
        using var recorder = await world.SignInAsync(BranchWorld.Recorder);

        var page = await recorder.GetAsync("/");

        var task = page.Document.QuerySelectorAll(".jf-task").First(task => task.TextContent.Contains("点名：九月主题党日", StringComparison.Ordinal));
        Assert.Equal($"{meeting}/roll", task.QuerySelector("a.btn")!.GetAttribute("href"));
        // By the end of the quarter, before the committee reviews it.
        Assert.Contains("9月30日", task.TextContent, StringComparison.Ordinal);
        Assert.Contains("四1", task.TextContent, StringComparison.Ordinal);
        var dues = page.Document.QuerySelectorAll(".jf-task").Single(task => task.TextContent.Contains("登记9月党费", StringComparison.Ordinal));
        Assert.Contains("9月30日", dues.TextContent, StringComparison.Ordinal);
        Assert.Contains("落在进度后面", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_secretary_decides_leave_and_keeps_the_recorders_own_roll()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        var held = await world.HeldAsync();
        var next = await world.MeetingAsync("16:30", "2025-09-25");
        using var member = await world.SignInAsync(BranchWorld.Member);
        await member.SubmitAsync(await member.GetAsync($"{next}/leave"), "form[data-action=request-leave]", ("reason", "出差"));
        using var secretary = await world.SignInAsync(BranchWorld.Secretary);

        var page = await secretary.GetAsync("/");

        Assert.Contains("批假：钱静", page.Text, StringComparison.Ordinal);
        Assert.Contains(page.Document.QuerySelectorAll("a.btn"), link => link.GetAttribute("href") == $"{held}/roll");
        Assert.Contains("给记录员本人点名", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_sees_points_what_is_missing_and_the_next_gathering()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        var next = await world.MeetingAsync("16:30", "2025-09-25");
        using var member = await world.SignInAsync(BranchWorld.Member);

        var page = await member.GetAsync("/");

        Assert.Equal("84", PointsWorld.TotalOn(page));
        Assert.Contains("还差32学时", page.Text, StringComparison.Ordinal);
        Assert.Contains(page.Document.QuerySelectorAll("#coming a"), link => link.GetAttribute("href") == next);
        Assert.NotEmpty(page.Document.QuerySelectorAll("ul.jf-reasons details"));
    }

    [Fact]
    public async Task The_officer_sees_how_every_branch_keeps_its_books()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        await world.HeldAsync();
        using var officer = await world.SignInAsync(BranchWorld.Officer);

        var page = await officer.GetAsync("/");

        var rows = page.Document.QuerySelectorAll("#branches tbody tr");
        Assert.Equal([BranchWorld.SecondBranch.ToString(), BranchWorld.Branch.ToString()], rows.Select(row => row.GetAttribute("data-id")));
        Assert.Contains("一周没有登记", rows[0].TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("一周没有登记", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("1个支部一周没有登记", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_menu_has_what_the_posts_may_ever_do_and_nothing_else()
    {
        await using var world = await BranchWorld.StartAsync(cluster);

        Assert.Contains("/dues", await MenuAsync(BranchWorld.Recorder));
        Assert.DoesNotContain("/dues", await MenuAsync(BranchWorld.Member));
        Assert.DoesNotContain("/branches", await MenuAsync(BranchWorld.Secretary));
        Assert.Contains("/branches", await MenuAsync(BranchWorld.Officer));

        async Task<List<string?>> MenuAsync(PersonId person)
        {
            using var browser = await world.SignInAsync(person);
            return (await browser.GetAsync("/")).Document.QuerySelectorAll("nav.jf-menu a").Select(link => link.GetAttribute("href")).ToList();
        }
    }
}
