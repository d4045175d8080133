using AngleSharp.Dom;
using Jifen.Cycle;
using Jifen.Cycle.Rounds;
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
    public async Task Dues_of_the_old_year_wait_in_january_until_they_are_entered_or_their_round_is_signed()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        world.Clock.Advance(new DateTimeOffset(2026, 1, 19, 9, 0, 0, CivilTime.Offset) - BranchWorld.Now);
        using var recorder = await world.SignInAsync(BranchWorld.Recorder);

        var november = DuesTask(await recorder.GetAsync("/"), "登记2025年11月党费")!;
        Assert.Contains("逾期", november.TextContent, StringComparison.Ordinal);
        Assert.Equal("/dues/2025-11", november.QuerySelector("a.btn")!.GetAttribute("href"));
        await PayAsync(recorder, "/dues/2025-11", "2025-11-20");
        var page = await recorder.GetAsync("/");
        Assert.Null(DuesTask(page, "登记2025年11月党费"));
        Assert.NotNull(DuesTask(page, "登记2025年12月党费"));
        Assert.NotNull(DuesTask(page, "登记1月党费"));

        // What the round no longer takes is not asked for.
        await world.EnterAsync(BranchWorld.Branch, world.Clock.GetUtcNow(), new Happening(new RoundStepEnded("2025-q4", "初评", null, null), On: new DateOnly(2026, 1, 19)));
        page = await recorder.GetAsync("/");
        Assert.Null(DuesTask(page, "登记2025年12月党费"));
        Assert.NotNull(DuesTask(page, "登记2025年9月党费"));
    }

    [Fact]
    public async Task The_recorders_own_dues_come_to_the_secretary_once_the_others_are_entered()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        using var recorder = await world.SignInAsync(BranchWorld.Recorder);
        using var secretary = await world.SignInAsync(BranchWorld.Secretary);
        Assert.Null(DuesTask(await secretary.GetAsync("/"), "登记记录员本人"));

        await PayAsync(recorder, "/dues/2025-09", "2025-09-18");
        var task = DuesTask(await secretary.GetAsync("/"), "登记记录员本人9月党费")!;
        Assert.Null(DuesTask(await recorder.GetAsync("/"), "9月党费"));
        await PayAsync(secretary, task.QuerySelector("a.btn")!.GetAttribute("href")!, "2025-09-18");

        Assert.Null(DuesTask(await secretary.GetAsync("/"), "登记记录员本人"));
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

    private static IElement? DuesTask(Page page, string text) =>
        page.Document.QuerySelectorAll(".jf-task").SingleOrDefault(task => task.TextContent.Contains(text, StringComparison.Ordinal));

    /// <summary>All who are this person's to enter paid ten yuan that day.</summary>
    private static async Task PayAsync(Browser browser, string month, string on)
    {
        var form = await browser.GetAsync(month);
        var amounts = form.Document.QuerySelectorAll("input[name^=due-]").Select(input => (input.GetAttribute("name")!, "10"));
        var filled = await browser.SubmitAsync(form, "button[data-action=fill-dues]", [("all-on", on), .. amounts]);
        await browser.SubmitAsync(await browser.SubmitAsync(filled, "button[data-action=preview-dues]"), "button[data-action=record-dues]");
    }
}
