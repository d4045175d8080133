using System.Net;
using Jifen.Cycle;
using Jifen.Integration.World;
using Jifen.Store;
using Jifen.Store.Reads;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Jifen.Integration.AnnualResults.ResultWorld;

namespace Jifen.Integration.AnnualResults;

/// <summary>The year is settled by two people when nothing stands in the way, and then stands.</summary>
public sealed class SettlementPageTests(Cluster cluster)
{
    private const string Totals = "/rounds/2025/totals";
    private const string Confirm = "button[data-action=confirm-step]";
    private const string Settle = "form[data-action=settle-year]";
    private const string Choose = "form[data-action=choose-within-quota]";

    private static async Task<string> SheetAsync(Browser browser)
    {
        using var workbook = new System.IO.Compression.ZipArchive(await browser.Http.GetStreamAsync($"{Totals}.xlsx", Cancel));
        return string.Concat(workbook.Entries.Where(entry => entry.Name.EndsWith(".xml", StringComparison.Ordinal)).Select(entry =>
        {
            using var reader = new StreamReader(entry.Open());
            return reader.ReadToEnd();
        }));
    }

    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tentative_reading_stands_in_the_way_until_a_named_body_has_confirmed_it()
    {
        await using var world = await StartAsync(cluster, isTentative: true);
        await world.OrdinaryYearAsync();
        using var secretary = await world.AsAsync(Secretary);

        var blocked = await secretary.GetAsync(Totals);
        Assert.Contains("J1正好95算不算", blocked.Document.QuerySelector("[data-id=ReadingsAreTentative]")!.TextContent, StringComparison.Ordinal);
        Assert.Null(blocked.Document.QuerySelector(Settle));
        var scheme = $"/schemes/{(await world.QueryAsync<string>("select fingerprint from scheme_version"))[0]}";
        Assert.Contains("1处解释是暂行的", (await secretary.GetAsync(scheme)).Text, StringComparison.Ordinal);

        var form = await secretary.GetAsync("/schemes/readings?year=2025");
        var refused = await secretary.SubmitAsync(form, "form[data-action=confirm-reading]", ("reading", "J1"), ("body", ""), ("on", "2026-01-04"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        await secretary.SubmitAsync(form, "form[data-action=confirm-reading]", ("reading", "J1"), ("body", "支部党员大会"), ("on", "2026-01-04"));
        Assert.NotNull((await secretary.GetAsync(Totals)).Document.QuerySelector("[data-id=ReadingsAreTentative]"));
        await world.ConfirmAsync(Committeeman);

        Assert.NotNull((await secretary.GetAsync(Totals)).Document.QuerySelector(Settle));
        var readings = await secretary.GetAsync("/schemes/readings?year=2025");
        Assert.Contains("支部党员大会，2026年1月4日", readings.Text, StringComparison.Ordinal);
        Assert.Contains("支部党员大会2026年1月4日确认", (await secretary.GetAsync(scheme)).Document.QuerySelector("#J1")!.TextContent, StringComparison.Ordinal);
        var again = await secretary.SubmitAsync(form, "form[data-action=confirm-reading]", ("reading", "J1"), ("body", "支部党员大会"), ("on", "2026-01-04"), ("operation", Guid.CreateVersion7().ToString()));
        Assert.Contains("已经确认过", again.Text, StringComparison.Ordinal);

        // What is filed is no trial any more, and numbers people as they know them.
        Assert.Contains("试算", await SheetAsync(secretary), StringComparison.Ordinal);
        await world.SettleAsync();
        var filed = await SheetAsync(secretary);
        Assert.DoesNotContain("试算", filed, StringComparison.Ordinal);
        Assert.DoesNotContain(Member(6).ToString(), filed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_people_settle_the_year_and_it_comes_out_the_same_after_the_views_are_built_anew()
    {
        await using var world = await StartAsync(cluster);
        await world.OrdinaryYearAsync();
        using var secretary = await world.AsAsync(Secretary);
        var form = await secretary.GetAsync(Totals);

        var asked = await secretary.SubmitAsync(form, Settle);
        Assert.Contains("等第二个人确认", asked.Text, StringComparison.Ordinal);
        Assert.Equal(0, await world.CountAsync("year-settled"));
        var twice = await secretary.SubmitAsync(form, Settle);
        Assert.Equal(HttpStatusCode.OK, twice.Status);
        await world.ConfirmAsync(Committeeman);

        Assert.Equal((1, 10), (await world.CountAsync("year-settled"), await world.CountAsync("result-settled")));
        var rows = "select person_id, total, rank, grade, outcomes, settled_at from annual_result order by person_id";
        var before = await world.QueryAsync<(Guid, decimal, int, string, string[], DateTime)>(rows);
        Assert.Equal(65m, before.Single(row => row.Item1 == Member(6).Value).Item2);
        Assert.Equal(["用2"], before.Single(row => row.Item1 == Member(6).Value).Item5);
        await world.QueryAsync<long>("select rebuild_views()");
        Assert.Equivalent(before, await world.QueryAsync<(Guid, decimal, int, string, string[], DateTime)>(rows), strict: true);
        var settled = await secretary.GetAsync(Totals);
        Assert.Contains("与定分时完全相同", settled.Text, StringComparison.Ordinal);
        Assert.Null(settled.Document.QuerySelector(Settle));
        Assert.Equal("已办完", (await secretary.GetAsync("/rounds/2025")).Document.QuerySelector("[data-id=汇总]")!.GetAttribute("data-state") == "ended" ? "已办完" : "");
    }

    [Fact]
    public async Task What_was_altered_under_a_settled_year_is_shown_loudly_by_person_and_figure()
    {
        await using var world = await StartAsync(cluster);
        await world.OrdinaryYearAsync();
        await world.SettleAsync();
        var verifier = new SettledVerifier(world.Site.Database);
        var before = await verifier.RunAsync(new DateOnly(2026, 1, 5), Cancel);
        Assert.Equal((1, 0), (before.Years, before.Alterations.Count));
        await world.QueryAsync<int>("update annual_result set total = 66 where total = 65 returning 1");
        var after = await verifier.RunAsync(new DateOnly(2026, 1, 5), Cancel);
        Assert.Contains(after.Alterations, one => one.Message.Contains("总分原为66，现为65", StringComparison.Ordinal));
        Assert.Contains(after.Alterations, one => one.Message.Contains("摘要不符", StringComparison.Ordinal));

        using var secretary = await world.AsAsync(Secretary);
        var page = await secretary.GetAsync(Totals);

        Assert.Contains("警报", page.Text, StringComparison.Ordinal);
        Assert.Contains("总分原为66，现为65", page.Document.QuerySelector("[data-field=altered]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Books_that_move_between_the_two_signatures_send_the_table_back()
    {
        await using var world = await StartAsync(cluster);
        await world.OrdinaryYearAsync();
        using var secretary = await world.AsAsync(Secretary);
        await secretary.SubmitAsync(await secretary.GetAsync(Totals), Settle);
        using var committeeman = await world.AsAsync(Committeeman);
        var waiting = await committeeman.GetAsync("/confirmations");
        await world.LateAsync(Member(5), 1);

        var refused = await committeeman.SubmitAsync(waiting, Confirm);

        Assert.Contains("分数变了", refused.Text, StringComparison.Ordinal);
        Assert.Equal(0, await world.CountAsync("year-settled"));
        // From now on the list itself says so, and offers nothing but to send it back.
        var listed = await committeeman.GetAsync("/confirmations");
        Assert.Contains("分数变了", listed.Document.QuerySelector("[data-field=changed]")!.TextContent, StringComparison.Ordinal);
        Assert.Null(listed.Document.QuerySelector(Confirm));
        Assert.Contains("分数变了", (await secretary.GetAsync("/confirmations")).Document.QuerySelector("[data-field=changed]")!.TextContent, StringComparison.Ordinal);
        await committeeman.SubmitAsync(listed, "button[data-action=refuse-step]");
        Assert.Null((await committeeman.GetAsync("/confirmations")).Document.QuerySelector("[data-field=changed]"));
        var stale = await secretary.GetAsync(Totals);
        await world.LateAsync(Member(5), 1);
        Assert.Contains("分数变了", (await secretary.SubmitAsync(stale, Settle)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quota_that_too_many_meet_stops_the_year_until_somebody_outside_it_writes_down_the_choice_and_its_tie_rule()
    {
        await using var world = await StartAsync(cluster);
        // 100: 党员1; 95: 党员2, 党员3, the secretary. Two are allowed: the border runs through those at 95.
        foreach (var (person, times) in new[] { (Secretary, 1), (Deputy, 3), (Committeeman, 3), (Recorder, 3), (Member(2), 1), (Member(3), 1), (Member(4), 2), (Member(5), 2), (Member(6), 2) })
        {
            await world.LateAsync(person, times);
        }

        using var secretary = await world.AsAsync(Secretary);
        var blocked = await secretary.GetAsync(Totals);
        Assert.NotNull(blocked.Document.QuerySelector("[data-id=QuotasAreExceeded]"));
        Assert.Null(blocked.Document.QuerySelector(Settle));
        var tied = blocked.Document.QuerySelector("[data-field=tie]")!.TextContent;
        Assert.True(tied.Contains("党员2", StringComparison.Ordinal) && tied.Contains("沈书记", StringComparison.Ordinal) && !tied.Contains("党员1", StringComparison.Ordinal), tied);
        (string, string)[] chosen = [("person", Member(2).ToString()), ("body", "支部党员大会"), ("on", "2026-01-04"), ("reason", "大会表决，取得票多的")];
        Assert.Contains("您自己在够条件的人里", (await secretary.SubmitAsync(blocked, Choose, chosen)).Text, StringComparison.Ordinal);

        using var committeeman = await world.AsAsync(Committeeman);
        var form = await committeeman.GetAsync(Totals);
        var noRule = await committeeman.SubmitAsync(form, Choose, chosen);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, noRule.Status);
        Assert.Contains("同分怎么定", noRule.Text, StringComparison.Ordinal);
        var stranger = await committeeman.SubmitAsync(form, Choose, [.. chosen[1..], ("person", Member(6).ToString()), ("tie-rule", "大会表决")]);
        Assert.Contains("不够条件", stranger.Text, StringComparison.Ordinal);
        await committeeman.SubmitAsync(await committeeman.GetAsync(Totals), Choose, [.. chosen, ("tie-rule", "大会表决")]);
        await world.ConfirmAsync(Deputy);

        Assert.Contains("大会表决", (await committeeman.GetAsync(Totals)).Document.QuerySelector("[data-field=chosen]")!.TextContent, StringComparison.Ordinal);
        await world.SettleAsync();
        var holders = await world.QueryAsync<Guid>("select person_id from annual_result where '用1' = any (outcomes)");
        Assert.Equal([Member(2).Value], holders);
        Assert.Contains("与定分时完全相同", (await secretary.GetAsync(Totals)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_years_running_rests_on_the_settled_year_and_not_on_what_is_computed_of_it_today()
    {
        await using var world = await StartAsync(cluster, "2025-01-05");
        await world.OrdinaryYearAsync(2024);
        await world.SettleAsync(2024);
        world.Clock.Advance(TimeSpan.FromDays(365));
        await world.OrdinaryYearAsync();
        // Recorded after 2024 was settled, of a day in it: it changes nothing there.
        await world.EnterAsync(Branch, world.Clock.GetUtcNow(), new Happening(
            new Cycle.Records.FactRecorded("late", null, null, null, null, [], Cycle.Records.FactState.Counts), Member(1), new DateOnly(2024, 3, 1), "签到表"));
        await world.SettleAsync();

        var outcomes = await world.QueryAsync<string>("select array_to_string(outcomes, ' ') from annual_result where year = 2025 and person_id = @id", new { id = Member(6).Value });
        Assert.Equal(["用2 用3"], outcomes);
        Assert.True((await world.QueryAsync<bool>("select is_last_year_settled from annual_year where year = 2025"))[0]);
        await using var scope = await DataScope.OpenAsync(world.Site.Database.App, Secretary, new DateOnly(2026, 1, 5), Cancel);
        var live = world.Site.Services.GetRequiredService<LiveScores>();
        var settled = await SettledYears.OfAsync(scope, Branch, 2024, Cancel);
        var check = await SettledYears.CheckAsync(scope, live, Branch, settled!, Cancel);
        Assert.True(check.Holds);
        // The correction of the settled year is told, not taken.
        Assert.Equal(Member(1), check.Since.First(one => one.What.Any(what => what.Contains("总分", StringComparison.Ordinal))).Person);
        Assert.Equal(100m, settled!.Table.LineOf(Member(1))!.Total);
    }

    [Fact]
    public async Task Who_may_see_the_totals_and_who_may_settle()
    {
        await using var world = await StartAsync(cluster);
        await world.OrdinaryYearAsync();
        using var member = await world.AsAsync(Member(1));
        using var stranger = await world.AsAsync(Stranger);
        using var officer = await world.AsAsync(Officer);
        using var discipline = await world.AsAsync(Discipline);
        using var committeeman = await world.AsAsync(Committeeman);

        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync(Totals)).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await stranger.GetAsync($"{Totals}?branch={Branch}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await committeeman.GetAsync("/rounds/2025-x9/totals")).Status);
        var seen = await officer.GetAsync($"{Totals}?branch={Branch}");
        Assert.Contains("党员6", seen.Text, StringComparison.Ordinal);
        Assert.Null(seen.Document.QuerySelector(Settle));
        Assert.Null((await committeeman.GetAsync(Totals)).Document.QuerySelector(Settle));
        Assert.Contains("先说明理由", (await discipline.GetAsync($"{Totals}?branch={Branch}")).Text, StringComparison.Ordinal);
        var file = await committeeman.Http.GetAsync("/rounds/2025/totals.xlsx", Cancel);
        Assert.Equal(HttpStatusCode.OK, file.StatusCode);
        Assert.Equal("PK"u8.ToArray(), (await file.Content.ReadAsByteArrayAsync(Cancel))[..2]);
        Assert.NotEqual(HttpStatusCode.OK, (await member.Http.GetAsync("/rounds/2025/totals.xlsx", Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_year_is_opened_again_only_with_somebody_from_above_and_is_then_settled_anew()
    {
        await using var world = await StartAsync(cluster);
        await world.OrdinaryYearAsync();
        await world.SettleAsync();
        using var secretary = await world.AsAsync(Secretary);
        var page = await secretary.GetAsync(Totals);
        var bare = await secretary.SubmitAsync(page, "form[data-action=reopen-step]", ("reopen-reason", "错"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, bare.Status);
        await secretary.SubmitAsync(page, "form[data-action=reopen-step]", ("reopen-reason", "申诉成立，更正一次迟到"), ("operation", Guid.CreateVersion7().ToString()));
        using var committeeman = await world.AsAsync(Committeeman);
        Assert.Null((await committeeman.GetAsync("/confirmations")).Document.QuerySelector("button[value=confirm]"));
        await world.ConfirmAsync(Officer);

        Assert.Equal(1, await world.CountAsync("year-reopened"));
        Assert.Empty(await world.QueryAsync<Guid>("select entry_id from annual_result where ended_at is null"));
        await world.LateAsync(Member(5), 1);
        await world.SettleAsync();
        Assert.Equal(85m, (await world.QueryAsync<decimal>("select total from annual_result where ended_at is null and person_id = @id", new { id = Member(5).Value }))[0]);
        Assert.Equal(10, (await world.QueryAsync<Guid>("select entry_id from annual_result where ended_at is not null")).Count);
    }

    [Fact]
    public async Task The_same_table_is_asked_to_be_confirmed_once_from_however_many_windows()
    {
        await using var world = await StartAsync(cluster);
        await world.OrdinaryYearAsync();
        using var secretary = await world.AsAsync(Secretary);
        var form = await secretary.GetAsync(Totals);
        Assert.Equal(16, form.Document.QuerySelector("#settle [data-field=digest]")!.TextContent.Length);
        await secretary.SubmitAsync(await secretary.GetAsync(Totals), Settle);

        var second = await secretary.SubmitAsync(form, Settle);

        Assert.Contains("沈书记已经提出", second.Text, StringComparison.Ordinal);
        Assert.Equal([1], await world.QueryAsync<int>("select count(*)::int from pending_step"));
    }

    [Fact]
    public async Task What_was_asked_of_a_settled_year_does_not_open_the_one_that_was_settled_since()
    {
        await using var world = await StartAsync(cluster);
        await world.OrdinaryYearAsync();
        await world.SettleAsync();
        using var secretary = await world.AsAsync(Secretary);
        foreach (var reason in (string[])["申诉成立，更正一次迟到", "同一件申诉，又请了一次"])
        {
            await secretary.SubmitAsync(
                await secretary.GetAsync(Totals), "form[data-action=reopen-step]", ("reopen-reason", reason), ("operation", Guid.CreateVersion7().ToString()));
        }

        using var officer = await world.AsAsync(Officer);
        var waiting = await officer.GetAsync("/confirmations");
        var (first, last) = (waiting.Document.QuerySelectorAll(Confirm)[0], waiting.Document.QuerySelectorAll(Confirm)[1]);
        first.SetAttribute("data-id", "first");
        last.SetAttribute("data-id", "last");
        await officer.SubmitAsync(waiting, $"{Confirm}[data-id=first]");
        await world.SettleAsync();
        var late = await officer.SubmitAsync(waiting, $"{Confirm}[data-id=last]");

        Assert.Contains("情况有了变化", late.Text, StringComparison.Ordinal);
        Assert.Equal((1, 2), (await world.CountAsync("year-reopened"), await world.CountAsync("year-settled")));
        Assert.Equal(
            ["round-step-ended"],
            await world.QueryAsync<string>("select taken_back.kind from ledger_entry e join ledger_entry taken_back on taken_back.entry_id = e.corrects where e.kind = 'round-step-reopened'"));
    }
}
