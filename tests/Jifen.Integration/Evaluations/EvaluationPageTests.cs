using System.Net;
using Jifen.Cycle;
using Jifen.Cycle.Evaluations;
using Jifen.Cycle.Rounds;
using Jifen.Integration.Records;
using Jifen.Integration.World;
using Jifen.Store;
using Jifen.Store.Reads;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Jifen.Integration.Records.RecordsWorld;

namespace Jifen.Integration.Evaluations;

/// <summary>群评 and 测评 through the pages: the law school in December, the district in January.</summary>
public sealed class EvaluationPageTests(Cluster cluster)
{
    private const string Evaluation = "/rounds/2025/evaluation";

    [Fact]
    public async Task Representatives_of_the_masses_judge_by_code_without_account_and_the_count_ends_the_step()
    {
        await using var world = await LawAsync(cluster);
        using var secretary = await world.AsAsync(Secretary);
        using var member = await world.AsAsync(Member);
        Assert.Null((await member.GetAsync(Evaluation)).Document.QuerySelector("form[data-action=open-evaluation]"));
        var printed = await secretary.SubmitAsync(await secretary.GetAsync(Evaluation), "form[data-action=open-evaluation]", ("mass-representative-codes", "6"));

        Assert.Equal(6, printed.Document.QuerySelectorAll(".jf-slip svg").Length);
        Assert.Contains("走到“群众评议”", (await secretary.GetAsync("/rounds/2025")).Text, StringComparison.Ordinal);
        using var nobody = world.Site.Browser();
        var slips = printed.Document.QuerySelectorAll(".jf-slip").Select(slip => $"/ballot/{slip.GetAttribute("data-id")}").ToList();
        var ballot = await nobody.GetAsync(slips[0]);
        Assert.Contains("李文博，", ballot.Text, StringComparison.Ordinal);
        Assert.Contains("党支部的评分", ballot.Text, StringComparison.Ordinal);
        Assert.Contains("考评小组的评分", ballot.Text, StringComparison.Ordinal);
        var missing = await nobody.SubmitAsync(ballot, "form[data-action=cast-ballot]", ("s0", "认可"), ("opinion", "公道"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, missing.Status);
        Assert.Contains("还有6项没有选", missing.Text, StringComparison.Ordinal);
        Assert.Contains("公道", missing.Document.QuerySelector("textarea")!.TextContent, StringComparison.Ordinal);

        foreach (var slip in slips.Take(5))
        {
            Assert.Contains("票已收到", (await CastAsync(nobody, slip, "认可", "公道")).Text, StringComparison.Ordinal);
        }

        var before = await secretary.GetAsync(Evaluation);
        Assert.Empty(before.Document.QuerySelectorAll("table"));
        Assert.DoesNotContain("公道", before.Text, StringComparison.Ordinal);
        await secretary.SubmitAsync(before, "form[data-action=close-ballots]");

        var counted = await member.GetAsync(Evaluation);
        Assert.Equal("5", counted.Document.QuerySelector("tr[data-id=branch] td")!.TextContent);
        Assert.DoesNotContain("公道", counted.Text, StringComparison.Ordinal);
        Assert.Contains("公道", (await secretary.GetAsync(Evaluation)).Text, StringComparison.Ordinal);
        Assert.Contains("发出6张，收回5张", (await secretary.GetAsync("/rounds/2025")).Text, StringComparison.Ordinal);
        Assert.Equal(0, await world.OneAsync<int>("select count(*)::int from ledger_entry where body like '%公道%'"));
        Assert.Equal(HttpStatusCode.Gone, (await nobody.GetAsync(slips[5])).Status);
    }

    [Fact]
    public async Task A_democratic_evaluation_gives_each_member_s_grades_to_whoever_fixes_the_results_and_nothing_below_five()
    {
        await using var world = await LawAsync(cluster);
        await world.EndAsync("2025", "群评");
        await world.EndAsync("2025", "综合评定");
        using var secretary = await world.AsAsync(Secretary);
        var page = await secretary.GetAsync(Evaluation);
        var printed = await secretary.SubmitAsync(page, "form[data-action=open-evaluation]:has([name=member-codes])", ("member-codes", "5"));
        using var nobody = world.Site.Browser();
        foreach (var slip in printed.Document.QuerySelectorAll(".jf-slip").Select(slip => $"/ballot/{slip.GetAttribute("data-id")}").ToList())
        {
            await CastAsync(nobody, slip, "优秀", null);
        }

        await secretary.SubmitAsync(await secretary.GetAsync(Evaluation), "form[data-action=close-ballots]");

        var result = Assert.Single(await ResultsAsync(world));
        Assert.Equal((BallotKind.DemocraticEvaluation, 5), (result.Kind, result.Received));
        Assert.Equal([5, 0, 0, 0], Assert.Single(result.People[Member]).Counts);
        Assert.Empty(result.Weighed);
        Assert.Equal("ended", (await secretary.GetAsync("/rounds/2025")).Document.QuerySelector("[data-id=民主评议]")!.GetAttribute("data-state"));
    }

    [Fact]
    public async Task Of_four_ballots_nothing_is_shown_and_their_opinions_are_not_kept()
    {
        await using var world = await LawAsync(cluster);
        using var secretary = await world.AsAsync(Secretary);
        var printed = await secretary.SubmitAsync(await secretary.GetAsync(Evaluation), "form[data-action=open-evaluation]", ("mass-representative-codes", "4"));
        using var nobody = world.Site.Browser();
        foreach (var slip in printed.Document.QuerySelectorAll(".jf-slip").Select(slip => $"/ballot/{slip.GetAttribute("data-id")}").ToList())
        {
            await CastAsync(nobody, slip, "不认可", "不公道");
        }

        var page = await secretary.SubmitAsync(await secretary.GetAsync(Evaluation), "form[data-action=close-ballots]");

        Assert.NotNull(page.Document.QuerySelector("[data-field=withheld]"));
        Assert.Empty(page.Document.QuerySelectorAll("table"));
        Assert.Equal(0, await world.OneAsync<int>("select count(*)::int from ballot_opinion"));
        Assert.Empty(Assert.Single(await ResultsAsync(world)).People);
    }

    [Fact]
    public async Task A_count_before_the_step_was_opened_again_stands_below_the_new_one_marked_with_the_reason()
    {
        await using var world = await LawAsync(cluster);
        using var secretary = await world.AsAsync(Secretary);
        await CountAsync("认可");
        await world.EnterAsync(new RoundStepReopened("2025", "群评", "两名代表的票没有发到"));

        // As long as nothing new is there, the old count is marked too.
        var page = await secretary.GetAsync(Evaluation);
        Assert.Contains("“群评”于2025年12月5日重新开启（沈书记提出）：两名代表的票没有发到", Assert.Single(page.Document.QuerySelectorAll("[data-field=earlier]")).TextContent, StringComparison.Ordinal);
        await CountAsync("不认可");

        var boxes = (await secretary.GetAsync(Evaluation)).Document.QuerySelectorAll("section[data-state=closed]");
        Assert.Null(boxes[0].QuerySelector("[data-field=earlier]"));
        Assert.Equal(["0", "0", "5", "0"], boxes[0].QuerySelectorAll("tr[data-id=branch] td").Select(cell => cell.TextContent));
        Assert.NotNull(boxes[1].QuerySelector("[data-field=earlier]"));
        Assert.Equal("5", boxes[1].QuerySelector("details tr[data-id=branch] td")!.TextContent);

        async Task CountAsync(string choice)
        {
            var printed = await secretary.SubmitAsync(await secretary.GetAsync(Evaluation), "form[data-action=open-evaluation]", ("mass-representative-codes", "5"));
            using var nobody = world.Site.Browser();
            foreach (var slip in printed.Document.QuerySelectorAll(".jf-slip").Select(slip => $"/ballot/{slip.GetAttribute("data-id")}").ToList())
            {
                await CastAsync(nobody, slip, choice, null);
            }

            await secretary.SubmitAsync(await secretary.GetAsync(Evaluation), "form[data-action=close-ballots]");
        }
    }

    [Fact]
    public async Task It_waits_for_its_turn_is_opened_once_and_the_same_form_twice_is_one_vote()
    {
        await using var world = await LawAsync(cluster, reviewed: false);
        using var secretary = await world.AsAsync(Secretary);
        Assert.Null((await secretary.GetAsync(Evaluation)).Document.QuerySelector("form[data-action=open-evaluation]"));
        await world.EndAsync("2025-t1", "考评");
        await world.EndAsync("2025-t2", "考评");
        var (first, second) = (await secretary.GetAsync(Evaluation), await secretary.GetAsync(Evaluation));

        var answers = await Task.WhenAll(Open(first), Open(second), Open(first));

        Assert.Equal(1, await world.CountAsync("ballot-box-opened"));
        Assert.Equal(1, await world.CountAsync("round-step-begun"));
        Assert.Equal(6, await world.OneAsync<int>("select count(*)::int from ballot_slip"));
        // Whichever of them came first is answered with the slips.
        Assert.Contains(answers, answer => answer.Document.QuerySelectorAll(".jf-slip").Length == 6);

        Task<Page> Open(Page page) => secretary.SubmitAsync(page, "form[data-action=open-evaluation]", ("mass-representative-codes", "6"));
    }

    [Fact]
    public async Task Blank_ballots_of_an_evaluation_name_everybody_with_his_points_and_the_choices()
    {
        await using var world = await LawAsync(cluster);
        using var secretary = await world.AsAsync(Secretary);
        Assert.Contains("本支部现在没有。先在“账号”里给", (await secretary.GetAsync(Evaluation)).Document.QuerySelector("[data-field=tellers-of-paper]")!.TextContent, StringComparison.Ordinal);
        using var one = await world.WithPasswordAsync(Member);
        using var two = await world.WithPasswordAsync(Second);
        var page = await secretary.SubmitAsync(await secretary.GetAsync(Evaluation), "form[data-action=open-evaluation]", ("mass-representative-papers", "4"));

        var printed = await secretary.GetAsync(page.Document.QuerySelector("a[data-action=print-blanks]")!.GetAttribute("href")!);

        var blanks = printed.Document.QuerySelectorAll("article.jf-blank");
        Assert.Equal(4, blanks.Length);
        Assert.Equal(7, blanks[0].QuerySelectorAll("tbody tr").Length);
        Assert.Contains(blanks[0].QuerySelectorAll("tbody th"), name => name.TextContent.StartsWith("李文博，", StringComparison.Ordinal));
        Assert.Equal(["对象", "认可", "基本认可", "不认可", "不了解"], blanks[0].QuerySelectorAll("thead th").Select(cell => cell.TextContent));
        Assert.Contains("2025年度　群评", blanks[0].TextContent, StringComparison.Ordinal);

        // Whose ballots differ is no name of a teller.
        var papers = $"/ballots/{await world.OneAsync<Guid>("select box_id from ballot_box")}/papers";
        await CountAsync(one, 0);
        Assert.Contains("另一名监票人点的不一样：对李文博的票。", (await CountAsync(two, 1)).Text, StringComparison.Ordinal);

        async Task<Page> CountAsync(Browser teller, int choice) => await teller.SubmitAsync(
            await teller.GetAsync(papers), "form[data-action=count-papers]", ("papers-mass-representative", "4"), ($"mass-representative-{Member}-{choice}", "4"));
    }

    [Fact]
    public async Task Slips_are_shown_to_whoever_opened_the_vote_for_half_an_hour_and_to_nobody_else()
    {
        await using var world = await LawAsync(cluster);
        using var secretary = await world.AsAsync(Secretary);
        using var committee = await world.AsAsync(Committeeman);
        using var member = await world.AsAsync(Member);
        var printed = await secretary.SubmitAsync(await secretary.GetAsync(Evaluation), "form[data-action=open-evaluation]", ("mass-representative-codes", "6"));

        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync(printed.Path)).Status);
        Assert.Empty((await committee.GetAsync(printed.Path)).Document.QuerySelectorAll(".jf-slip"));
        Assert.Equal(6, (await secretary.GetAsync(printed.Path)).Document.QuerySelectorAll(".jf-slip").Length);
        ((MovableClock)world.Site.Clock).Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(6, (await secretary.GetAsync(printed.Path)).Document.QuerySelectorAll(".jf-slip").Length);
        ((MovableClock)world.Site.Clock).Advance(TimeSpan.FromMinutes(2));
        Assert.Empty((await secretary.GetAsync(printed.Path)).Document.QuerySelectorAll(".jf-slip"));
    }

    [Fact]
    public async Task In_the_district_members_and_masses_vote_apart_and_the_committee_fixes_the_grades()
    {
        await using var world = await AdoptedAsync(cluster, "district", new DateOnly(2026, 1, 5));
        foreach (var quarter in new[] { "2025-q1", "2025-q2", "2025-q3", "2025-q4" })
        {
            await world.EndAsync(quarter, "季度公示");
        }

        await world.EndAsync("2025", "年度汇总");
        await world.EndAsync("2025", "年度公示");
        using var secretary = await world.AsAsync(Secretary);
        var page = await secretary.GetAsync(Evaluation);
        Assert.Contains("不折合", page.Text, StringComparison.Ordinal);
        var printed = await secretary.SubmitAsync(page, "form[data-action=open-evaluation]", ("member-codes", "5"), ("mass-representative-codes", "5"));
        using var nobody = world.Site.Browser();
        foreach (var (slip, at) in printed.Document.QuerySelectorAll(".jf-slip").Select((slip, at) => ($"/ballot/{slip.GetAttribute("data-id")}", at)).ToList())
        {
            await CastAsync(nobody, slip, at < 5 ? "优秀" : "良好", null);
        }

        await secretary.SubmitAsync(await secretary.GetAsync(Evaluation), "form[data-action=close-ballots]");
        var tallies = Assert.Single(await ResultsAsync(world)).People[Member];
        Assert.Equal([VoterKind.Member, VoterKind.MassRepresentative, null], tallies.Select(tally => tally.Voter));
        Assert.Equal([5, 5, 0, 0], tallies[2].Counts);

        // 确定等次 rests on settled points; here nothing was settled.
        var grades = await secretary.GetAsync("/rounds/2025/grades");
        Assert.Contains("还没有定分", grades.Text, StringComparison.Ordinal);
        Assert.Null(grades.Document.QuerySelector("form[data-action=decide-grades]"));
    }

    private static async Task<Page> CastAsync(Browser browser, string slip, string choice, string? opinion)
    {
        var page = await browser.GetAsync(slip);
        var subjects = page.Document.QuerySelectorAll("fieldset[data-field]").Length;
        return await browser.SubmitAsync(page, "form[data-action=cast-ballot]", [.. Enumerable.Range(0, subjects).Select(at => ($"s{at}", choice)), ("opinion", opinion ?? "")]);
    }

    private static async Task<IReadOnlyList<EvaluationResult>> ResultsAsync(RecordsWorld world)
    {
        await using var scope = await DataScope.OpenAsync(world.Site.Database.App, Secretary, world.Site.Clock.Today(), TestContext.Current.CancellationToken);
        var board = (await world.Site.Services.GetRequiredService<YearBoards>().OfAsync(scope, Branch, 2025))!.Board;
        return await EvaluationResults.OfAsync(scope, Branch, RoundKey.OfYear(2025), board);
    }

    private static async Task<RecordsWorld> LawAsync(Cluster cluster, bool reviewed = true)
    {
        var world = await AdoptedAsync(cluster, "jsu-law-2017", new DateOnly(2025, 12, 5));
        if (reviewed)
        {
            await world.EndAsync("2025-t1", "考评");
            await world.EndAsync("2025-t2", "考评");
        }

        return world;
    }

    private static async Task<RecordsWorld> AdoptedAsync(Cluster cluster, string scheme, DateOnly today)
    {
        var world = await StartAsync(cluster);
        ((MovableClock)world.Site.Clock).Advance(TimeSpan.FromDays(today.DayNumber - new DateOnly(2025, 10, 20).DayNumber));
        await world.AdoptAsync(2025, scheme);
        return world;
    }
}
