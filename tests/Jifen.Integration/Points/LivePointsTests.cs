using System.Net;
using Jifen.Cycle;
using Jifen.Cycle.Members;
using Jifen.Cycle.Records;
using Jifen.Integration.Gatherings;
using Jifen.Integration.World;
using Jifen.Store;
using Jifen.Store.Reads;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Jifen.Integration.Points;

/// <summary>Points follow what is recorded, as of any day, for those who may see them.</summary>
public sealed class LivePointsTests(Cluster cluster)
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_roll_that_was_called_is_in_the_points_at_once_with_its_reason()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        using var member = await world.SignInAsync(BranchWorld.Member);
        var before = await member.GetAsync("/me");
        // Nothing studied, nothing reported: of the hundred the two items are gone.
        Assert.Equal("84", PointsWorld.TotalOn(before));
        Assert.Contains("集中学习还差32学时", before.Text, StringComparison.Ordinal);

        var meeting = await world.HeldAsync(BranchWorld.Member);

        var after = await member.GetAsync("/me");
        Assert.Equal("82", PointsWorld.TotalOn(after));
        Assert.Contains("集中学习还差30学时", after.Text, StringComparison.Ordinal);
        var line = after.Document.QuerySelectorAll(".jf-reasons li li").Single(line => line.TextContent.Contains("组织生活迟到", StringComparison.Ordinal));
        Assert.Contains("九月主题党日", line.TextContent, StringComparison.Ordinal);
        Assert.Contains("-2", line.TextContent, StringComparison.Ordinal);
        Assert.Contains("附1·组织生活", line.TextContent, StringComparison.Ordinal);
        Assert.Contains("王芳9月18日登记", line.TextContent, StringComparison.Ordinal);
        Assert.Equal(meeting, line.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_correction_counts_from_the_next_page_on_and_the_old_entry_stays_in_the_history()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        var meeting = await world.HeldAsync(BranchWorld.Member);
        using var member = await world.SignInAsync(BranchWorld.Member);
        var late = PointsWorld.TotalOn(await member.GetAsync("/me"));

        var entry = (await world.QueryAsync<Guid>("select entry_id from attendance where person_id = @id", new { id = BranchWorld.Member.Value }))[0];
        await world.EnterAsync(BranchWorld.Branch, BranchWorld.Now.AddHours(1), new Happening(
            new Cycle.Gatherings.AttendanceCorrected(
                new GatheringId(BranchWorld.IdOf(meeting)), new EntryId(entry), Scoring.Schemes.Attendance.Late, Scoring.Schemes.Attendance.Present, "签到表上是准时到的"),
            BranchWorld.Member));

        Assert.Equal(("82", "84"), (late, PointsWorld.TotalOn(await member.GetAsync("/me"))));
        var history = await member.GetAsync("/me/history");
        Assert.Contains("签到表上是准时到的", Assert.Single(history.Document.QuerySelectorAll("tr.jf-struck")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_of_the_past_is_shown_as_it_stood_then()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        await world.EnterAsync(BranchWorld.Branch, BranchWorld.Now.AddDays(-60), new Happening(
            new FactRecorded("help", null, null, null, null, [], FactState.Counts), BranchWorld.Member, new DateOnly(2025, 7, 18), "结对帮扶记录"));
        // Written down in September, of July: in the points since September, on the day of July.
        await world.EnterAsync(BranchWorld.Branch, BranchWorld.Now.AddDays(-5), new Happening(
            new FactRecorded("proposal", null, null, null, null, [], FactState.Counts), BranchWorld.Member, new DateOnly(2025, 7, 20), "采纳通知"));
        await world.EnterAsync(BranchWorld.Branch, BranchWorld.Now.AddDays(-4), new Happening(
            new FactRecorded("courage", null, null, null, null, [], FactState.Pending), BranchWorld.Member, new DateOnly(2025, 7, 21), "群众来信"));
        using var member = await world.SignInAsync(BranchWorld.Member);

        Assert.Equal("88", PointsWorld.TotalOn(await member.GetAsync("/me")));
        var july = await member.GetAsync("/me?on=2025-07-31");
        Assert.Equal("86", PointsWorld.TotalOn(july));
        Assert.Equal("84", PointsWorld.TotalOn(await member.GetAsync("/me?on=2025-07-01")));
        Assert.DoesNotContain("待定", july.Text, StringComparison.Ordinal);
        Assert.Contains("待定", (await member.GetAsync("/me")).Document.QuerySelector("#uncounted")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_gathering_was_on_a_past_day_is_not_changed_by_what_became_of_it()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        await world.HeldAsync();
        var planned = (await world.QueryAsync<string>("select body from ledger_entry where kind = 'gathering-planned'"))[0];
        var change = Store.Ledgers.CanonicalJson.Read<Cycle.Gatherings.GatheringPlanned>(planned);
        world.Clock.Advance(TimeSpan.FromDays(2));
        await world.EnterAsync(BranchWorld.Branch, world.Clock.GetUtcNow(), new Happening(new Cycle.Gatherings.GatheringChanged(
            change.Gathering, change.Kind, change.Title, change.StartsAt, change.EndsAt, change.Place, 8, change.PartyGroup, change.Host, change.StudyItem, change.LateAfterMinutes, "学时记错了")));
        using var member = await world.SignInAsync(BranchWorld.Member);

        Assert.Contains("集中学习还差24学时", (await member.GetAsync("/me")).Text, StringComparison.Ordinal);
        Assert.Contains("集中学习还差30学时", (await member.GetAsync("/me?on=2025-09-18")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_branch_is_refused_on_the_page_and_shows_nothing_in_the_database()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        await world.HeldAsync(BranchWorld.Member);
        using var stranger = await world.SignInAsync(BranchWorld.Stranger);

        foreach (var path in new[] { $"/points?branch={BranchWorld.Branch}", $"/points/{BranchWorld.Member}?branch={BranchWorld.Branch}", $"/points/short?branch={BranchWorld.Branch}", $"/points/warnings?branch={BranchWorld.Branch}" })
        {
            var page = await stranger.GetAsync(path);
            Assert.Equal(HttpStatusCode.Forbidden, page.Status);
            Assert.DoesNotContain("钱静", page.Text, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/points/{BranchWorld.Member}")).Status);
        await using var scope = await DataScope.OpenAsync(world.Site.Database.App, BranchWorld.Stranger, new DateOnly(2025, 9, 18), Cancel);
        Assert.Null(await BranchYearRecords.VersionAsync(scope, BranchWorld.Branch, Cancel));
        Assert.Null(await world.Site.Services.GetRequiredService<LiveScores>().OnAsync(scope, BranchWorld.Branch, new DateOnly(2025, 9, 18), Cancel));
        Assert.Empty(await scope.QueryAsync<Guid>(
            "select entry_id from booked_attendance(@branch, '2025-01-01', '2025-09-18', '2025-01-01', '2025-12-31', 'infinity')",
            new { branch = BranchWorld.Branch },
            Cancel));
    }

    [Fact]
    public async Task Whoever_moved_is_scored_once_where_he_is_now_with_what_both_branches_wrote()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        await world.HeldAsync(BranchWorld.Member);
        world.Clock.Advance(TimeSpan.FromDays(10));
        var moved = new DateOnly(2025, 9, 20);
        await world.EnterAsync(BranchWorld.Branch, BranchWorld.Now.AddDays(2), new Happening(new MemberLeft(Departure.Moved, "信息系第二支部"), BranchWorld.Member, moved));
        await world.EnterAsync(BranchWorld.SecondBranch, BranchWorld.Now.AddDays(2), new Happening(
            new MemberAdmitted(Arrival.TransferredIn, Scoring.Facts.Standing.Full, null, null, "信息系第一支部"), BranchWorld.Member, moved.AddDays(1)));

        using var member = await world.SignInAsync(BranchWorld.Member);
        var mine = await member.GetAsync("/me");
        Assert.Equal("82", PointsWorld.TotalOn(mine));
        Assert.Contains("信息系第二支部", mine.Text, StringComparison.Ordinal);

        using var secretary = await world.SignInAsync(BranchWorld.Secretary);
        var old = await secretary.GetAsync("/points");
        Assert.Empty(old.Document.QuerySelectorAll($"tr[data-id='{BranchWorld.Member}']"));
        Assert.Contains("钱静，9月20日转出", old.Document.QuerySelector("#left")!.TextContent, StringComparison.Ordinal);
        using var stranger = await world.SignInAsync(BranchWorld.Stranger);
        Assert.Single((await stranger.GetAsync("/points")).Document.QuerySelectorAll($"tr[data-id='{BranchWorld.Member}']"));
        Assert.Contains("组织生活迟到", (await stranger.GetAsync($"/points/{BranchWorld.Member}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_asks_in_whatever_order_gets_the_same_points()
    {
        await using var world = await BranchWorld.StartAsync(cluster, more: 30);
        await world.HeldAsync(BranchWorld.Member, BranchWorld.More(3));
        var live = world.Site.Services.GetRequiredService<LiveScores>();
        var day = new DateOnly(2025, 9, 18);
        var people = new[] { BranchWorld.Member, BranchWorld.Officer, BranchWorld.Recorder, BranchWorld.Secretary, BranchWorld.Activist };

        var all = await Task.WhenAll(people.Select(async person =>
        {
            await using var scope = await DataScope.OpenAsync(world.Site.Database.App, person, day, Cancel);
            var scores = (await new LiveScores(world.Site.Services.GetRequiredService<SchemesInForce>()).OnAsync(scope, BranchWorld.Branch, day, Cancel))!.Scores;
            return string.Join(' ', scores.People.Select(one => $"{one.Member.Name}{scores.Totals.TotalOf(scores.IndexOf(one.Person))}"));
        }));

        Assert.Single(all.Distinct());
        await using var again = await DataScope.OpenAsync(world.Site.Database.App, BranchWorld.Secretary, day, Cancel);
        var first = await live.OnAsync(again, BranchWorld.Branch, day, Cancel);
        Assert.Same(first!.Scores, (await live.OnAsync(again, BranchWorld.Branch, day, Cancel))!.Scores);
    }
}
