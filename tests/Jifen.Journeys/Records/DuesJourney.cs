using System.Globalization;
using Jifen.Journeys.World;
using Xunit;

namespace Jifen.Journeys.Records;

/// <summary>任务5：粘贴党费台账，有一行不对的逐行指出，改了再登记。</summary>
public sealed class DuesJourney(DemoSite site) : IClassFixture<DemoSite>
{
    private const int Rows = 200;

    [Fact]
    public async Task Two_hundred_rows_are_pasted_and_the_wrong_one_is_mended()
    {
        var lines = await ListAsync();
        Assert.Equal(Rows, lines.Count);
        // Somebody who is not on the roll, in the middle of what is new.
        var wrong = lines.FindLastIndex(line => line.Contains("2026-10", StringComparison.Ordinal)) - 3;
        var right = lines[wrong];
        lines[wrong] = right.Replace("INFO-1-", "INFO-9-", StringComparison.Ordinal);

        await using var recorder = await site.SignedInAsync("记录员");
        await recorder.FollowAsync(recorder.Page.Locator(".jf-task:has-text('10月党费') a.btn"));
        await recorder.FollowAsync("a[data-action=import-dues]");
        await recorder.TypeAsync("textarea[name=rows]", Text(lines));
        await recorder.FollowAsync("button[data-action=preview-dues]");
        var row = recorder.Page.Locator("tr[data-fate=wrong]");
        Assert.Equal(1, await row.CountAsync());
        Assert.Contains($"{wrong + 2}", await row.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await recorder.Page.Locator("button[data-action=import-dues]").CountAsync());

        lines[wrong] = right;
        await recorder.FollowAsync("button[data-action=edit-dues]");
        await recorder.TypeAsync("textarea[name=rows]", Text(lines));
        await recorder.FollowAsync("button[data-action=preview-dues]");
        Assert.Equal(0, await recorder.Page.Locator("tr[data-fate=wrong]").CountAsync());
        await recorder.FollowAsync("button[data-action=import-dues]");
        await recorder.ArrivedAsync("5 粘贴200行党费，改一行", 8);

        // All of October but the recorder's own, which the secretary enters.
        var october = lines.Count(line => line.Contains("2026-10", StringComparison.Ordinal));
        Assert.Equal(october - 1, await site.OneAsync<long>(
            "select count(*) from dues where month = '2026-10-01' and ended_at is null and organization_id = @branch", new { branch = DemoSite.Branch.Value }));
    }

    /// <summary>What the server fills in is what is sent next, and what is found again; not the blanks that were kept before sending.</summary>
    [Fact]
    public async Task A_month_is_paid_in_full_on_one_day_by_one_button()
    {
        // November: the other task is October's.
        site.PutTo(DemoClock.Morning.AddDays(38));
        const string month = "/dues/2026-11", paid = "input[name^='paid-']";
        await using var recorder = await site.SignedInAsync("记录员");
        await recorder.GoAsync(month);
        await recorder.FollowAsync("button[data-action=fill-dues]");
        await recorder.SeesNotAsync("已经放回");
        var fields = await recorder.Page.Locator(paid).CountAsync();
        Assert.True(fields > 1);
        Assert.Equal(0, await recorder.Page.Locator($"{paid}[value='']").CountAsync());

        // Left before it was recorded: the filled table is what comes back.
        await recorder.GoAsync(month);
        await recorder.Page.Locator("[data-draft-note]").WaitForAsync();
        Assert.NotEqual("", await recorder.Page.Locator(paid).First.InputValueAsync());

        await recorder.FollowAsync("button[data-action=preview-dues]");
        await recorder.SeesAsync($"登记以后：{fields}人");
        await recorder.FollowAsync("button[data-action=record-dues]");
        await recorder.SeesAsync($"已登记{fields}人的11月党费");
        Assert.Equal(fields, await site.OneAsync<long>(
            "select count(*) from dues where month = '2026-11-01' and paid = due and ended_at is null and organization_id = @branch", new { branch = DemoSite.Branch.Value }));
        recorder.IsHealthy();
    }

    /// <summary>The year's list as the office keeps it: months that are known, and October, which is new.</summary>
    private async Task<List<string>> ListAsync()
    {
        var text = await site.OneAsync<string>(
            """
            select string_agg(line, e'\n' order by month desc, number) from (
                select p.number, d.month, concat_ws(',', p.number, p.name, to_char(d.month, 'YYYY-MM'), d.due, d.paid, d.paid_on) as line
                from dues d join person p using (person_id)
                where d.ended_at is null and d.organization_id = @branch and d.month between '2026-04-01' and '2026-09-01' and d.paid_on is not null) known
            """,
            new { branch = DemoSite.Branch.Value });
        var known = text.Split('\n').Select(line => line.Split(',')).ToList();
        var september = known.Where(row => row[2] == "2026-09").Select(row => string.Join(',', row[0], row[1], "2026-10", row[3], row[3], "2026-10-12"));
        return [.. known.Select(row => string.Join(',', row)).Concat(september).TakeLast(Rows)];
    }

    private static string Text(IEnumerable<string> lines) => string.Create(
        CultureInfo.InvariantCulture, $"编号\t姓名\t月份\t应缴\t实缴\t缴纳日期\n{string.Join('\n', lines).Replace(',', '\t')}");
}
