using System.Net;
using Jifen.Integration.World;
using Xunit;

namespace Jifen.Integration.Gatherings;

/// <summary>学习教育安排: published above, held below, seen above.</summary>
public sealed class StudyPageTests(Cluster cluster)
{
    private const string Table = "周次\t日期\t主题\t目的\t学习篇目\t讨论题\t学时\n3\t2025-09-18\t党章总纲\t温习\t《党章》总纲\t初心是什么\t2\n5\t2025-10-16\t乡村振兴\t\t\t\t2\n";

    [Fact]
    public async Task An_issue_is_pasted_seen_and_published_held_by_a_branch_and_seen_held()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        using var officer = await world.SignInAsync(BranchWorld.Officer);

        var preview = await officer.SubmitAsync(
            await officer.GetAsync("/studies/new"), "button[value=preview]", ("year", "2025"), ("number", "3"), ("title", "秋季学习安排"), ("organizer", "党委组织部"), ("table", Table));
        Assert.Contains("乡村振兴", preview.Document.QuerySelector("table")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(0, await world.EntriesAsync("study-issue-published"));
        var issue = await officer.SubmitAsync(preview, "button[value=publish]");
        Assert.Contains("已发布，2个支部看得到", issue.Text, StringComparison.Ordinal);

        using var recorder = await world.SignInAsync(BranchWorld.Recorder);
        var seen = await recorder.GetAsync(issue.Path);
        var form = await recorder.GetAsync(seen.Document.QuerySelector("[data-action=hold-study-item]")!.GetAttribute("href")!);
        Assert.Equal("党章总纲", form.Document.QuerySelector("[name=title]")!.GetAttribute("value"));
        Assert.Equal("2", form.Document.QuerySelector("[name=hours]")!.GetAttribute("value"));
        var gathering = await recorder.SubmitAsync(form, "form[data-action=plan-gathering]", ("place", "活动室"), ("starts", "14:00"));
        var roll = await recorder.GetAsync($"/gatherings/{gathering.Path.Split('/')[2].Split('?')[0]}/roll");
        await recorder.SubmitAsync(roll, "form[data-action=take-roll]");

        var matrix = await officer.GetAsync(issue.Path);
        var row = matrix.Document.QuerySelector($"tr[data-id='{BranchWorld.Branch}']")!;
        Assert.Contains("6/7", row.TextContent, StringComparison.Ordinal);
        Assert.NotNull(row.QuerySelector("[data-field=held]"));
        var other = matrix.Document.QuerySelector($"tr[data-id='{BranchWorld.SecondBranch}']")!;
        Assert.Null(other.QuerySelector("[data-field=held]"));
        // The recorder of a branch does not see who else held it.
        Assert.Empty((await recorder.GetAsync(issue.Path)).Document.QuerySelectorAll($"tr[data-id='{BranchWorld.SecondBranch}']"));
    }

    [Fact]
    public async Task A_number_is_used_once_and_a_branch_publishes_nothing()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        using var officer = await world.SignInAsync(BranchWorld.Officer);
        (string, string)[] fields = [("year", "2025"), ("number", "3"), ("title", "秋季学习安排"), ("organizer", "党委组织部"), ("table", Table)];
        await officer.SubmitAsync(await officer.GetAsync("/studies/new"), "button[value=publish]", fields);

        var again = await officer.SubmitAsync(await officer.GetAsync("/studies/new"), "button[value=publish]", fields);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.Status);
        Assert.Contains("下一期是第4期", again.Text, StringComparison.Ordinal);
        using var recorder = await world.SignInAsync(BranchWorld.Recorder);
        Assert.Equal(HttpStatusCode.Forbidden, (await recorder.GetAsync("/studies/new")).Status);
        using var secretary = await world.SignInAsync(BranchWorld.Secretary);
        Assert.Equal(HttpStatusCode.Forbidden, (await secretary.GetAsync("/studies/new")).Status);
    }

    [Fact]
    public async Task What_is_wrong_in_the_table_is_said_by_line_and_nothing_is_published()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        using var officer = await world.SignInAsync(BranchWorld.Officer);

        var refused = await officer.SubmitAsync(
            await officer.GetAsync("/studies/new"), "button[value=publish]",
            ("year", "2025"), ("number", "3"), ("title", "秋季"), ("organizer", "组织部"), ("table", "日期,主题,学时\n2025-13-01,甲,2\n2025-09-18,,x\n"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("第2行", refused.Text, StringComparison.Ordinal);
        Assert.Contains("第3行", refused.Text, StringComparison.Ordinal);
        Assert.Contains("2025-13-01", refused.Document.QuerySelector("textarea[name=table]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(0, await world.EntriesAsync("study-issue-published"));
    }
}
