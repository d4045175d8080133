using System.Net;
using Jifen.Cycle;
using Jifen.Integration.World;
using Xunit;
using static Jifen.Integration.AnnualResults.ResultWorld;

namespace Jifen.Integration.AnnualResults;

/// <summary>What follows from a settled year: proposed by a body, approved above, carried out to the end; nobody in his own case.</summary>
public sealed class OutcomePageTests(Cluster cluster)
{
    private const string Several = "form[data-action=decide-outcomes]";
    private const string Propose = "form[data-action=propose-outcome]";

    private static string Case(PersonId person, string outcome) => $"/results/{person}/{Uri.EscapeDataString(outcome)}?year=2025";

    private static readonly (string, string)[] Taken = [("taken", "yes"), ("body", "支部党员大会"), ("on", "2026-01-05"), ("reason", "缺得多，先谈再帮")];

    [Fact]
    public async Task Before_the_year_is_settled_there_is_nothing_to_decide()
    {
        await using var world = await StartAsync(cluster);
        await world.OrdinaryYearAsync();
        using var secretary = await world.AsAsync(Secretary);

        Assert.Contains("还没有定分的年度", (await secretary.GetAsync("/results")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await secretary.GetAsync(Case(Member(6), "用2"))).Status);
    }

    [Fact]
    public async Task A_consequence_is_proposed_by_a_body_approved_above_and_carried_out_with_its_result()
    {
        await using var world = await StartAsync(cluster);
        await world.OrdinaryYearAsync();
        await world.SettleAsync();
        using var committeeman = await world.AsAsync(Committeeman);
        var list = await committeeman.GetAsync("/results");
        Assert.Contains("总分65（低于70）", list.Document.QuerySelector($"tr[data-id='{Member(6)}']")!.TextContent, StringComparison.Ordinal);

        var form = await committeeman.GetAsync(Case(Member(6), "用2"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await committeeman.SubmitAsync(form, Propose, [.. Taken[..3], ("reason", "")])).Status);
        await committeeman.SubmitAsync(form, Propose, [.. Taken, ("operation", Guid.CreateVersion7().ToString())]);
        var again = await committeeman.SubmitAsync(form, Propose, [.. Taken, ("operation", Guid.CreateVersion7().ToString())]);
        Assert.Contains("已经提出", again.Text, StringComparison.Ordinal);
        Assert.Null((await committeeman.GetAsync(Case(Member(6), "用2"))).Document.QuerySelector("button[value=approve]"));
        await committeeman.GetAsync("/results/measures");

        using var officer = await world.AsAsync(Officer);
        var above = await officer.GetAsync($"{Case(Member(6), "用2")}&branch={Branch}");
        var noReason = await officer.SubmitAsync(above, "button[value=refuse]");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, noReason.Status);
        await officer.SubmitAsync(above, "button[value=approve]", ("operation", Guid.CreateVersion7().ToString()));
        Assert.Equal(["approved"], await world.QueryAsync<string>("select state from outcome_case"));

        // The way to the measure goes on in the branch the page is about, up to the form.
        var approved = await committeeman.GetAsync($"{Case(Member(6), "用2")}&branch={Branch}");
        var begin = approved.Document.QuerySelector("[data-action=begin-measure]")!.GetAttribute("href")!;
        Assert.EndsWith($"&branch={Branch}#begin", begin, StringComparison.Ordinal);
        var measures = await committeeman.GetAsync(begin);
        Assert.Contains("结对帮扶", measures.Document.QuerySelector("select[name=kind]")!.TextContent, StringComparison.Ordinal);
        (string, string)[] measure = [("person", Member(6).ToString()), ("kind", "paired-help"), ("due", "2026-03-01"), ("responsible", Member(1).ToString())];
        var self = await committeeman.SubmitAsync(measures, "form[data-action=begin-measure]", [.. measure[..3], ("responsible", Member(6).ToString())]);
        Assert.Contains("负责的人不能是本人", self.Text, StringComparison.Ordinal);
        var begun = await committeeman.SubmitAsync(measures, "form[data-action=begin-measure]", [.. measure, ("operation", Guid.CreateVersion7().ToString())]);
        var one = await committeeman.GetAsync(begun.Document.QuerySelector("#measures tbody a")!.GetAttribute("href")!);
        var empty = await committeeman.SubmitAsync(one, "form[data-action=end-measure]", ("result", "improved"));
        Assert.Contains("一次落实情况都没有记", empty.Text, StringComparison.Ordinal);
        one = await committeeman.SubmitAsync(one, "form[data-action=record-measure]", ("text", "在办公室谈了一小时，本人表示按时参加"), ("on", "2026-01-05"));
        Assert.Contains("在办公室谈了一小时", one.Text, StringComparison.Ordinal);
        Assert.Empty(await world.QueryAsync<Guid>("select entry_id from ledger_entry where body like '%一小时%'"));

        world.Clock.Advance(TimeSpan.FromDays(90));
        using var later = await world.AsAsync(Committeeman);
        var overdue = await later.GetAsync("/results/measures");
        Assert.Equal("overdue", overdue.Document.QuerySelector("#measures tbody tr")!.GetAttribute("data-state"));
        await later.SubmitAsync(await later.GetAsync(one.Path.Split('?')[0]), "form[data-action=end-measure]", ("result", "improved"));
        Assert.Equal(["improved"], await world.QueryAsync<string>("select result from help_measure"));
    }

    [Fact]
    public async Task What_one_meeting_decided_about_several_is_written_down_together_and_approved_together_all_or_nothing()
    {
        await using var world = await StartAsync(cluster);
        await world.OrdinaryYearAsync();
        await world.SettleAsync();
        using var committeeman = await world.AsAsync(Committeeman);
        var list = await committeeman.GetAsync("/results");
        var cases = list.Document.QuerySelectorAll("input[name=case]").Select(box => box.GetAttribute("value")!).ToArray();
        Assert.Equal(3, cases.Length);

        var none = await committeeman.SubmitAsync(list, Several, Taken);
        Assert.Contains("还没有勾选", none.Text, StringComparison.Ordinal);
        Tick(list, cases[0]);
        var noReason = await committeeman.SubmitAsync(list, Several, [.. Taken[..3], ("reason", ""), ("operation", Guid.CreateVersion7().ToString())]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, noReason.Status);
        Assert.NotNull(noReason.Document.QuerySelector($"input[name=case][value='{cases[0]}'][checked]"));

        Tick(list, cases[0], cases[1]);
        await committeeman.SubmitAsync(list, Several, [.. Taken, ("operation", Guid.CreateVersion7().ToString())]);
        Assert.Equal(2, await world.CountAsync("outcome-proposed"));
        Tick(list, cases[1], cases[2]);
        // An old page with one of them among those chosen: nothing is written, and it says which.
        var again = await committeeman.SubmitAsync(list, Several, [.. Taken, ("operation", Guid.CreateVersion7().ToString())]);
        Assert.Contains("已经提出", again.Text, StringComparison.Ordinal);
        Assert.Contains("所选的都没有办", again.Text, StringComparison.Ordinal);
        Assert.Equal(2, await world.CountAsync("outcome-proposed"));

        using var officer = await world.AsAsync(Officer);
        var above = await officer.GetAsync($"/results?branch={Branch}");
        Tick(above, cases[0], cases[1]);
        await officer.SubmitAsync(above, "button[data-action=approve-outcomes]");
        Assert.Equal(["approved", "approved"], await world.QueryAsync<string>("select state from outcome_case"));
    }

    [Fact]
    public async Task Nobody_proposes_in_his_own_case_and_a_member_sees_only_his_own()
    {
        await using var world = await StartAsync(cluster);
        await world.LateAsync(Secretary, 7);
        foreach (var person in new[] { Deputy, Committeeman, Recorder, Member(3), Member(4), Member(5), Member(6) })
        {
            await world.LateAsync(person, 2);
        }

        await world.SettleAsync();
        using var secretary = await world.AsAsync(Secretary);
        Assert.Null((await secretary.GetAsync(Case(Secretary, "用2"))).Document.QuerySelector(Propose));
        using var member = await world.AsAsync(Member(1));
        var own = await member.GetAsync("/results");
        Assert.Contains("优先推荐表彰", own.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("沈书记", own.Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await member.GetAsync(Case(Secretary, "用2"))).Status);
        using var committeeman = await world.AsAsync(Committeeman);
        await committeeman.SubmitAsync(await committeeman.GetAsync(Case(Secretary, "用2")), Propose, Taken);
        Assert.Equal(1, await world.CountAsync("outcome-proposed"));
    }

    [Fact]
    public async Task While_an_objection_is_open_nothing_is_settled_and_nothing_follows()
    {
        await using var world = await StartAsync(cluster);
        await world.OrdinaryYearAsync();
        // One objection of the year, as it stands in the view of the notices.
        await world.QueryAsync<int>(
            """
            insert into objection_case (case_id, organization_id, handled_by, number, is_appeal, about, round, entries, raised_by, raised_on, answer_by, needs_report, entry_id)
            values (gen_random_uuid(), @branch, @branch, '1', false, 'work', '2025', '{}', @by, '2026-01-04', '2026-01-18', false, gen_random_uuid()) returning 1
            """,
            new { branch = Branch.Value, by = Member(1).Value });
        using var committeeman = await world.AsAsync(Committeeman);
        Assert.NotNull((await committeeman.GetAsync("/rounds/2025/totals")).Document.QuerySelector("[data-id=ObjectionsAreOpen]"));

        await world.QueryAsync<int>("update objection_case set answered_on = '2026-01-05' returning 1");
        await world.SettleAsync();
        var form = await committeeman.GetAsync(Case(Member(6), "用2"));
        await world.QueryAsync<int>("update objection_case set answered_on = null returning 1");
        var refused = await committeeman.SubmitAsync(form, Propose, Taken);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("没有办结", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_years_running_is_taken_only_on_two_settled_years_and_not_taking_it_needs_a_reason()
    {
        await using var world = await StartAsync(cluster);
        await world.OrdinaryYearAsync(2024);
        await world.OrdinaryYearAsync();
        await world.SettleAsync();
        using var committeeman = await world.AsAsync(Committeeman);
        var form = await committeeman.GetAsync(Case(Member(6), "用3"));

        var refused = await committeeman.SubmitAsync(form, Propose, Taken);
        Assert.Contains("不作推定", refused.Text, StringComparison.Ordinal);
        var left = await committeeman.SubmitAsync(form, Propose, [.. Taken[1..], ("taken", "no"), ("operation", Guid.CreateVersion7().ToString())]);

        Assert.Contains("不采纳", left.Document.QuerySelector("[data-field=state]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["not-taken"], await world.QueryAsync<string>("select state from outcome_case"));
    }

    [Fact]
    public async Task The_separate_volume_is_shown_to_the_committee_with_a_reason_above_and_to_no_other_member()
    {
        await using var world = await StartAsync(cluster);
        using var secretary = await world.AsAsync(Secretary);
        var form = await secretary.GetAsync("/results/measures");
        var referred = await secretary.SubmitAsync(
            form, "form[data-action=record-referral]", ("person", Member(6).ToString()), ("referral", "article31"), ("to", "学院党委组织部"), ("on", "2026-01-05"));
        Assert.True(referred.Text.Contains("转学院党委组织部", StringComparison.Ordinal), referred.Text);

        using var other = await world.AsAsync(Member(1));
        Assert.DoesNotContain("学院党委组织部", (await other.GetAsync("/results/measures")).Text, StringComparison.Ordinal);
        using var concerned = await world.AsAsync(Member(6));
        Assert.Contains("转学院党委组织部", (await concerned.GetAsync("/results/measures")).Text, StringComparison.Ordinal);
        using var officer = await world.AsAsync(Officer);
        Assert.Contains("先说明理由", (await officer.GetAsync($"/results/measures?branch={Branch}")).Text, StringComparison.Ordinal);
        using var stranger = await world.AsAsync(Stranger);
        Assert.DoesNotContain("学院党委组织部", (await stranger.GetAsync($"/results/measures?branch={Branch}")).Text, StringComparison.Ordinal);
    }

    private static void Tick(Page page, params string[] cases)
    {
        foreach (var box in page.Document.QuerySelectorAll("input[name=case]"))
        {
            ((AngleSharp.Html.Dom.IHtmlInputElement)box).IsChecked = cases.Contains(box.GetAttribute("value"));
        }
    }
}
