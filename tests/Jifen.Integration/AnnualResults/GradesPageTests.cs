using System.Net;
using Jifen.Cycle;
using Jifen.Integration.World;
using Xunit;
using static Jifen.Integration.AnnualResults.ResultWorld;

namespace Jifen.Integration.AnnualResults;

/// <summary>定等次: the points propose, the meeting decides; whatever rests on a grade goes by what was decided.</summary>
public sealed class GradesPageTests(Cluster cluster)
{
    private const string Decide = "form[data-action=decide-grades]";
    private const string Reason = "评议时多数同志评为优秀，牵头做了三件实事";

    // At 90 the points say 合格.
    private static readonly PersonId Raised = Member(3);

    [Fact]
    public async Task Where_the_meeting_decides_another_grade_it_says_why_and_two_people_write_it_down()
    {
        await using var world = await SettledAsync();
        using var secretary = await world.AsAsync(Secretary);
        var page = await secretary.GetAsync("/rounds/2025/grades");
        Assert.Equal("合格", page.Document.QuerySelector($"tr[data-id='{Raised}'] [data-field=proposed]")!.TextContent);

        var noReason = await secretary.SubmitAsync(page, Decide, ($"grade-{Raised}", "优秀"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, noReason.Status);
        Assert.Contains("与照分算出的合格不同", noReason.Text, StringComparison.Ordinal);
        Assert.Equal("优秀", noReason.Document.QuerySelector($"tr[data-id='{Raised}'] option[selected]")!.TextContent);

        var asked = await secretary.SubmitAsync(noReason, Decide, ($"reason-{Raised}", Reason));
        Assert.Contains("另一位确认后生效", asked.Text, StringComparison.Ordinal);
        Assert.Equal(0, await world.CountAsync("grade-decided"));
        await world.ConfirmAsync(Committeeman);
        Assert.Equal(10, await world.CountAsync("grade-decided"));

        var decided = await secretary.GetAsync("/rounds/2025/grades");
        var row = decided.Document.QuerySelector($"tr[data-id='{Raised}']")!;
        Assert.Equal("优秀", row.QuerySelector("[data-field=grade]")!.TextContent);
        Assert.Contains(Reason, row.TextContent, StringComparison.Ordinal);
        var totals = await secretary.GetAsync("/rounds/2025/totals");
        Assert.StartsWith("优秀照分是合格", totals.Document.QuerySelector($"tr[data-id='{Raised}'] [data-field=grade]")!.TextContent.Trim(), StringComparison.Ordinal);
        Assert.Contains("与定分时完全相同", totals.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Consequences_wait_for_the_grades_and_then_go_by_them_this_year_and_next()
    {
        await using var world = await SettledAsync();
        using var committeeman = await world.AsAsync(Committeeman);
        var before = await committeeman.GetAsync("/results");
        Assert.Contains("定等次", before.Document.QuerySelector("[data-field=not-yet]")!.TextContent, StringComparison.Ordinal);
        Assert.Null(before.Document.QuerySelector($"#o-用4 tr[data-id='{Raised}']"));

        await DecideAsync(world, (Raised, "优秀", Reason), (Member(1), "合格", "评议时多数同志评为合格"));
        var after = await committeeman.GetAsync("/results");
        Assert.Null(after.Document.QuerySelector("[data-field=not-yet]"));
        Assert.Contains(Reason, after.Document.QuerySelector($"#o-用4 tr[data-id='{Raised}']")!.TextContent, StringComparison.Ordinal);
        Assert.Null(after.Document.QuerySelector($"#o-用4 tr[data-id='{Member(1)}']"));

        // Two years of 优秀 rest on what was decided, not on what the points had proposed.
        world.Clock.Advance(TimeSpan.FromDays(365));
        using var later = await world.AsAsync(Secretary);
        var next = await later.GetAsync("/rounds/2026/totals");
        Assert.Contains("用5", next.Document.QuerySelector($"tr[data-id='{Raised}']")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("用5", next.Document.QuerySelector($"tr[data-id='{Member(1)}']")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("用5", next.Document.QuerySelector($"tr[data-id='{Member(2)}']")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_writes_down_or_confirms_another_grade_for_himself()
    {
        await using var world = await SettledAsync();
        using var secretary = await world.AsAsync(Secretary);
        var page = await secretary.GetAsync("/rounds/2025/grades");
        Assert.Null(page.Document.QuerySelector($"select[name='grade-{Secretary}']"));
        var own = await secretary.SubmitAsync(page, Decide, ($"grade-{Secretary}", "优秀"), ($"reason-{Secretary}", Reason));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, own.Status);
        Assert.Empty(await world.QueryAsync<Guid>("select operation_id from pending_step where action = 'GD1'"));

        await secretary.SubmitAsync(
            page, Decide, ($"grade-{Committeeman}", "优秀"), ($"reason-{Committeeman}", Reason), ("operation", Guid.CreateVersion7().ToString()));
        using var committeeman = await world.AsAsync(Committeeman);
        Assert.Null((await committeeman.GetAsync("/confirmations")).Document.QuerySelector("button[value=confirm]"));
        Assert.Equal(0, await world.CountAsync("grade-decided"));
        await world.ConfirmAsync(Deputy);
        Assert.Equal(10, await world.CountAsync("grade-decided"));

        using var member = await world.AsAsync(Member(1));
        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync("/rounds/2025/grades")).Status);
        Assert.Contains("已定分，优秀", (await member.GetAsync("/")).Text, StringComparison.Ordinal);
        Assert.Contains("2026年1月5日，支部党员大会定", (await member.GetAsync("/me?round=2025")).Document.QuerySelector("[data-field=grade]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asked_about_one_table_they_are_not_confirmed_on_another()
    {
        await using var world = await SettledAsync();
        using var secretary = await world.AsAsync(Secretary);
        await secretary.SubmitAsync(
            await secretary.GetAsync("/rounds/2025/totals"), "form[data-action=reopen-step]", ("reopen-reason", "有一次迟到没有登记"), ("operation", Guid.CreateVersion7().ToString()));
        await secretary.SubmitAsync(await secretary.GetAsync("/rounds/2025/grades"), Decide);
        await world.ConfirmAsync(Officer, "重新开启");
        // Once more late: other points, the same grades and consequences.
        await world.LateAsync(Member(4), 3);
        await secretary.SubmitAsync(await secretary.GetAsync("/rounds/2025/totals"), "form[data-action=settle-year]");
        await world.ConfirmAsync(Committeeman, "汇总定分");

        using var deputy = await world.AsAsync(Deputy);
        var waiting = await deputy.GetAsync("/confirmations");
        Assert.Contains("又有了新的记录或更正", waiting.Document.QuerySelector("[data-field=changed]")!.TextContent, StringComparison.Ordinal);
        Assert.Null(waiting.Document.QuerySelector("button[value=confirm]"));
        Assert.Equal(0, await world.CountAsync("grade-decided"));
    }

    [Fact]
    public async Task The_filing_waits_for_the_grades_carries_them_and_can_be_worked_out_again()
    {
        await using var world = await SettledAsync();
        using var secretary = await world.AsAsync(Secretary);
        Assert.Contains("先要完成", (await secretary.GetAsync("/rounds/2025/filing")).Text, StringComparison.Ordinal);

        await DecideAsync(world, (Raised, "优秀", Reason));
        await secretary.SubmitAsync(await secretary.GetAsync("/rounds/2025/filing"), "form[data-action=submit-filing]");
        await world.ConfirmAsync(Deputy);
        var filing = (await world.QueryAsync<Guid>("select filing_id from filing"))[0];
        using var officer = await world.AsAsync(Officer);
        var above = await officer.GetAsync($"/filings/{filing}");
        Assert.Contains("重算，每一行都一样", above.Text, StringComparison.Ordinal);
        var row = above.Document.QuerySelector($"tr[data-id='{Raised}']")!;
        Assert.StartsWith("优秀照分算出的是合格", row.QuerySelector("[data-field=grade]")!.TextContent.Trim(), StringComparison.Ordinal);
        Assert.Contains("用4", row.TextContent, StringComparison.Ordinal);

        // Whoever makes the package say that more follows from the grade is found out.
        var text = (await world.QueryAsync<string>("select content from filing_package"))[0];
        Assert.Contains("\"grades\":[", text, StringComparison.Ordinal);
        var package = Store.Filings.FilingFile.ReadPackage(text).Package!;
        var (forged, _) = Store.Filings.FilingFile.Write(package with { Grades = [.. package.Grades!.Select(one => one.Person == Raised ? one with { Grade = "合格" } : one)] });
        var found = Store.Filings.FilingFile.ReadPackage(forged).Check!;
        Assert.Contains("照已定的等次", Assert.Single(Assert.Single(found.Differences).What), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opened_again_nothing_stands_on_the_old_grades_and_they_are_decided_once_more()
    {
        await using var world = await SettledAsync();
        await DecideAsync(world, (Raised, "优秀", Reason));
        using var committeeman = await world.AsAsync(Committeeman);
        await committeeman.SubmitAsync(
            await committeeman.GetAsync($"/results/{Raised}/{Uri.EscapeDataString("用4")}?year=2025"),
            "form[data-action=propose-outcome]",
            ("taken", "yes"), ("body", "支部党员大会"), ("on", "2026-01-05"), ("reason", "大会讨论通过"));
        Assert.Equal(1, await world.CountAsync("outcome-proposed"));

        using var secretary = await world.AsAsync(Secretary);
        await secretary.SubmitAsync(await secretary.GetAsync("/rounds/2025/grades"), "form[data-action=reopen-step]", ("reopen-reason", "评议的票点错了一摞"));
        await world.ConfirmAsync(Officer);
        Assert.Equal(["0 0"], await world.QueryAsync<string>(
            "select (select count(*) from grade_decision where ended_at is null) || ' ' || (select count(*) from outcome_case where ended_at is null)"));
        Assert.NotNull((await secretary.GetAsync("/rounds/2025/grades")).Document.QuerySelector(Decide));

        await DecideAsync(world);
        Assert.Equal(["合格"], await world.QueryAsync<string>("select grade from grade_decision where ended_at is null and person_id = @id", new { id = Raised.Value }));
        Assert.Equal(20, await world.CountAsync("grade-decided"));
    }

    private async Task<ResultWorld> SettledAsync()
    {
        var world = await StartAsync(cluster, decidesGrades: true);
        await world.OrdinaryYearAsync();
        await world.SettleAsync();
        return world;
    }

    private static async Task DecideAsync(ResultWorld world, params (PersonId Person, string Grade, string Reason)[] otherwise)
    {
        using var secretary = await world.AsAsync(Secretary);
        await secretary.SubmitAsync(
            await secretary.GetAsync("/rounds/2025/grades"),
            Decide,
            [.. otherwise.SelectMany(one => new[] { ($"grade-{one.Person}", one.Grade), ($"reason-{one.Person}", one.Reason) })]);
        await world.ConfirmAsync(Deputy);
        Assert.Equal(10, (await world.QueryAsync<int>("select count(*)::int from grade_decision where ended_at is null"))[0]);
    }
}
