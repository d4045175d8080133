using Jifen.Journeys.World;
using Xunit;

namespace Jifen.Journeys.Gatherings;

/// <summary>任务1、4：会后点名，只改例外的；补课。</summary>
public sealed class RollCallJourney(DemoSite site) : IClassFixture<DemoSite>
{
    [Theory]
    [InlineData(Screen.Desk, "集中学习")]
    [InlineData(Screen.Phone, "统一活动日")]
    public async Task Roll_of_thirty_with_three_exceptions_then_made_up_later(Screen screen, string kind)
    {
        await using var recorder = await site.SignedInAsync("记录员", screen);

        // 任务1
        await recorder.FollowAsync(recorder.Page.Locator($".jf-task:has-text('点名：{kind}') a[href$='/roll']").Last);
        var lines = recorder.Page.Locator("form[data-action=take-roll] [data-id]:has(input[type=radio])");
        Assert.True(await lines.CountAsync() >= 30, $"only {await lines.CountAsync()} to call");
        // The last lines carry no leave and no odd scan: they are proposed as present.
        var people = new List<string>();
        foreach (var (at, attendance) in new[] { (10, "excused"), (11, "late"), (12, "absent") })
        {
            var line = lines.Nth(at);
            people.Add((await line.GetAttributeAsync("data-id"))!);
            await recorder.TapAsync(line.Locator($"label:has(input[value={attendance}])"));
        }

        await recorder.FollowAsync("button[data-action=take-roll]");
        await recorder.SeesAsync("点名");
        await recorder.ArrivedAsync("1 点名30人以上，3个例外", 8);
        Assert.Equal(["excused", "late", "absent"], await AttendancesAsync(people));

        // 任务4: the two who missed it made it up.
        var gathering = new Uri(recorder.Page.Url).AbsolutePath.Split('/')[2];
        await recorder.BeginAsync();
        await recorder.FollowAsync(recorder.Page.Locator("nav a[href='/gatherings']:visible").First);
        await recorder.FollowAsync($"a[data-action=make-up][href*='{gathering}']");
        await recorder.SeesAsync("补课后");
        await recorder.TapAsync($"label[data-id='{people[0]}']");
        await recorder.TapAsync($"label[data-id='{people[2]}']");
        await recorder.FollowAsync("button[data-action=make-up]");
        await recorder.ArrivedAsync("4 登记补课2人", 5);
        Assert.Equal(["made-up", "late", "made-up"], await AttendancesAsync(people));

        async Task<string[]> AttendancesAsync(List<string> ids) => await site.OneAsync<string[]>(
            """
            select array_agg(a.attendance order by array_position(@ids, a.person_id)) from attendance a
            where a.ended_at is null and a.person_id = any (@ids) and a.gathering_id =
                (select gathering_id from gathering where organization_id = @branch and state = 'held' order by (select max(recorded_at) from attendance b where b.gathering_id = gathering.gathering_id) desc limit 1)
            """,
            new { ids = ids.Select(Guid.Parse).ToArray(), branch = DemoSite.Branch.Value });
    }

    [Fact]
    public async Task The_recorders_own_line_is_not_the_recorders_to_call()
    {
        await using var recorder = await site.SignedInAsync("记录员");
        var open = await site.OneAsync<Guid>(
            "select gathering_id from gathering where organization_id = @branch and state = 'called' and starts_at < @now order by starts_at limit 1",
            new { branch = DemoSite.Branch.Value, now = site.Clock.GetUtcNow() });

        await recorder.GoAsync($"/gatherings/{open}/roll");

        var own = recorder.Page.Locator($"[data-id='{DemoSite.Person("记录员")}']");
        Assert.Equal(0, await own.Locator("input").CountAsync());
        Assert.Contains("记录员本人", await own.InnerTextAsync(), StringComparison.Ordinal);
        recorder.IsHealthy();
    }
}
