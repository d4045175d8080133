using Jifen.Integration.Decisions;
using Jifen.Integration.Records;
using Jifen.Integration.World;
using Xunit;
using static Jifen.Integration.Records.RecordsWorld;

namespace Jifen.Integration.Points;

/// <summary>From any published figure: one tap to the person's sheet, a second opens the line with clause, fact, recorder and the meeting behind it.</summary>
public sealed class TwoTapsTests(Cluster cluster)
{
    private const string Notice = "/rounds/2025-q3/notice";

    [Fact]
    public async Task A_row_of_the_notice_leads_to_the_sheet_as_published_and_the_line_to_clause_fact_recorder_and_meeting()
    {
        await using var world = await OnNoticeAsync();
        // What comes after the round is not in the published figure.
        using (var recorder = await world.AsAsync(Recorder))
        {
            await RecordAsync(recorder, "badge-missing", Member, "2025-10-18");
        }

        using var reader = await world.AsAsync(Second);
        var row = (await reader.GetAsync(Notice)).Document.QuerySelector($"tr[data-id='{Member}']")!;
        var sheet = await reader.GetAsync(row.QuerySelector("a[data-action=open-sheet]")!.GetAttribute("href")!);

        Assert.Contains(row.QuerySelectorAll("td.num")[^1].TextContent.Trim(), sheet.Document.QuerySelector("[data-field=total]")!.TextContent.Trim(), StringComparison.Ordinal);
        await SaysEverythingAsync(reader, sheet);
        Assert.DoesNotContain("10月18日", sheet.Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ones_own_row_and_ones_own_points_say_the_same()
    {
        await using var world = await OnNoticeAsync();
        using var member = await world.AsAsync(Member);
        var row = (await member.GetAsync(Notice)).Document.QuerySelector($"tr[data-id='{Member}']")!;

        await SaysEverythingAsync(member, await member.GetAsync(row.QuerySelector("a[data-action=open-sheet]")!.GetAttribute("href")!));
        await SaysEverythingAsync(member, await member.GetAsync("/me"));
        await SaysEverythingAsync(member, await member.GetAsync("/"));
    }

    [Fact]
    public async Task A_name_of_the_totals_leads_to_the_sheet_with_the_change_the_meeting_decided()
    {
        await using var world = await MeetingPageTests.ReviewedAsync(cluster, late: Member);
        var entry = await world.OneAsync<Guid>("select entry_id from fact where ended_at is null and kind = 'badge-missing'");
        using var secretary = await world.AsAsync(Secretary);
        var page = await MeetingPageTests.CallAsync(secretary, await MeetingPageTests.OpenAsync(secretary), Secretary, Recorder, Second);
        page = await secretary.SubmitAsync(
            page, "form[data-action=put-motion]", ("kind", "points-change"), ("title", "冲正九月的工作牌登记"), ("concerned", Member.ToString()), ("corrects", entry.ToString()));
        await MeetingPageTests.VoteAsync(secretary, page, "points-change", 3, 0, 0);

        var totals = await secretary.GetAsync("/rounds/2025/totals");
        var name = totals.Document.QuerySelector($"#table tr[data-id='{Member}'] a[data-action=open-sheet]")!;
        var changed = (await secretary.GetAsync(name.GetAttribute("href")!)).Document.QuerySelector("#changed")!;

        Assert.Contains("冲正九月的工作牌登记", changed.TextContent, StringComparison.Ordinal);
        Assert.Contains("应到5人，到会3人，赞成3票，反对0票，弃权0票", changed.TextContent, StringComparison.Ordinal);
        Assert.NotNull(changed.QuerySelector($"a[href='/records/{entry}']"));
        // Passed and not carried out: the secretary's page says so until the record is put right.
        Assert.Contains("照大会决定冲正：冲正九月的工作牌登记", (await secretary.GetAsync("/")).Document.QuerySelector("#now")!.TextContent, StringComparison.Ordinal);
    }

    private static async Task SaysEverythingAsync(Browser reader, Page sheet)
    {
        var line = sheet.Document.QuerySelectorAll("ul.jf-reasons li .jf-reason-plain").First(line => line.TextContent.Contains("未佩戴标识", StringComparison.Ordinal));
        Assert.NotNull(line.QuerySelector("a[href^='/schemes/']"));
        Assert.Contains("积分记录员陈记录", line.TextContent, StringComparison.Ordinal);
        Assert.Contains("依据：支委当天检查", line.TextContent, StringComparison.Ordinal);
        Assert.NotNull(line.QuerySelector("a[href^='/records/']"));
        var decision = line.QuerySelector("a[data-action=decision]")!;
        Assert.Contains("2025年第三季度由", decision.TextContent, StringComparison.Ordinal);
        Assert.Contains("党员大会评定：应到5人，到会3人，赞成3票，反对0票，弃权0票", decision.TextContent, StringComparison.Ordinal);
        var minutes = await reader.GetAsync(decision.GetAttribute("href")!);
        Assert.Contains("确认积分表", minutes.Text, StringComparison.Ordinal);
    }

    private async Task<RecordsWorld> OnNoticeAsync()
    {
        var world = await MeetingPageTests.ReviewedAsync(cluster, late: Member);
        using var secretary = await world.AsAsync(Secretary);
        using var committeeman = await world.WithPasswordAsync(Committeeman);
        var page = await MeetingPageTests.CallAsync(secretary, await MeetingPageTests.OpenAsync(secretary), Secretary, Recorder, Second);
        page = await secretary.SubmitAsync(page, "form[data-action=present-table]");
        page = await MeetingPageTests.VoteAsync(secretary, page, "points-table", 3, 0, 0);
        await secretary.SubmitAsync(page, "form[data-action=close-meeting]");
        await secretary.SubmitAsync(await secretary.GetAsync(Notice), "form[data-action=prepare-notice]");
        await committeeman.SubmitAsync(await committeeman.GetAsync(Notice), "form[data-action=publish-notice]");
        return world;
    }
}
