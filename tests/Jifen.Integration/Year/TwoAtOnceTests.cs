using AngleSharp.Html.Dom;
using Jifen.Cycle;
using Jifen.Integration.World;
using Xunit;

namespace Jifen.Integration.Year;

/// <summary>
/// The decisive steps of a year, each taken by two people in the same moment – and where two must agree, both requests confirmed in the same
/// moment: it is entered once, and whoever came second is told so.
/// </summary>
public sealed class TwoAtOnceTests(Cluster cluster)
{
    // The last quarter and the year: every decisive step comes once.
    private static readonly DateOnly Adopted = new(2025, 10, 9);

    [Fact]
    public async Task Each_decisive_step_taken_by_two_at_once_is_entered_once_and_the_other_is_told()
    {
        await using var world = await YearWorld.StartAsync(cluster, "wuxi-2020", 2025, Adopted);
        var walk = new YearWalk(world);
        await walk.GoAsync(step => step.Name == "初评");
        await RaceAsync(world, "初评", "round-step-ended", "form[data-action=sign-review]", await ReviewedAsync(world), YearWorld.Committeeman, YearWorld.Deputy);

        await walk.GoAsync(step => step.Name == "评定");
        // The host takes the votes: from two windows.
        await RaceAsync(world, "评定", "motion-decided", "[data-kind=points-table] form[data-action=decide-motion]", await PresentedAsync(world), YearWorld.Secretary, YearWorld.Secretary);
        await CloseMeetingAsync(world);

        await walk.GoAsync(step => step.Name == "公示");
        await RaceAsync(world, "公示", "notice-published", "form[data-action=publish-notice]", await DraftedAsync(world), YearWorld.Secretary, YearWorld.Deputy);

        // The walk waits for notices it has put out itself.
        world.MoveTo((await world.OneAsync<DateOnly>("select object_until from notice where published_on is not null")).AddDays(1));

        await walk.GoAsync(step => step.Name == "汇总");
        await ConfirmReadingsAsync(world);
        await RaceAsync(world, "汇总", "year-settled", "form[data-action=settle-year]", "/rounds/2025/totals", YearWorld.Secretary, YearWorld.Secretary);

        await walk.GoAsync(step => step.Name == "备案");
        // Filed by the secretary alone: from two windows.
        await RaceAsync(world, "备案", "filing-submitted", "form[data-action=submit-filing]", "/rounds/2025/filing", YearWorld.Secretary, YearWorld.Secretary);
        var filing = $"/filings/{await world.OneAsync<Guid>("select filing_id from filing")}";
        // Whoever signed it on its way up does not take it in.
        var taker = await world.OneAsync<Guid>("select second_by from filing") == YearWorld.Officer.Value ? YearWorld.SecondOfficer : YearWorld.Officer;
        await RaceAsync(world, "备案", "filing-accepted", "button[data-action=accept-filing]", filing, taker, taker);

        var done = await world.BoardAsync();
        Assert.All(done.Plan.Steps, step => Assert.True(done.IsDone(step), step.FullName));

        await RaceAsync(world, "汇总", "year-reopened", "form[data-action=reopen-step]", "/rounds/2025/totals", YearWorld.Secretary, YearWorld.Deputy);
    }

    private static async Task RaceAsync(YearWorld world, string step, string kind, string form, string path, PersonId one, PersonId other)
    {
        var (first, second) = (await world.AsAsync(one), await world.AsAsync(other));
        var (mine, yours) = (await first.GetAsync(path), await second.GetAsync(path));
        (string, string)[] fields = kind switch
        {
            "motion-decided" => [("in-favour", "9"), ("against", "0"), ("abstaining", "0")],
            "year-reopened" => [("reopen-reason", "申诉成立，更正一次迟到")],
            _ => [],
        };
        var answers = new List<Page>(await Task.WhenAll(first.SubmitAsync(mine, form, fields), second.SubmitAsync(yours, form, fields)));
        answers.AddRange(await ConfirmAllAtOnceAsync(world));

        Assert.Equal(1, await world.OneAsync<int>(
            """
            select count(*)::int from ledger_entry e
            where e.kind = @kind and coalesce(e.body::jsonb ->> 'step', @step) = @step
            """,
            new { kind, step }));
        Assert.True(answers.Exists(WasTold), $"{step}: nobody was told that another was first:\n{string.Join("\n----\n", answers.Select(page => $"{page.Status} {page.Text}"))}");
    }

    /// <summary>Every request that waits, by everybody who may confirm it, in one moment.</summary>
    private static async Task<IReadOnlyList<Page>> ConfirmAllAtOnceAsync(YearWorld world)
    {
        var clicks = new List<Func<Task<Page>>>();
        foreach (var person in new[] { YearWorld.Committeeman, YearWorld.Deputy, YearWorld.Secretary, YearWorld.Officer, YearWorld.SecondOfficer })
        {
            var browser = await world.AsAsync(person);
            var page = await browser.GetAsync("/confirmations");
            foreach (var button in page.Document.QuerySelectorAll("button[data-action=confirm-step]:not([disabled])").Cast<IHtmlButtonElement>())
            {
                button.Id = $"click-{clicks.Count}";
                clicks.Add(() => browser.SubmitAsync(page, $"#{button.Id}"));
            }
        }

        return await Task.WhenAll(clicks.Select(click => click()));
    }

    // What a refusal of a second comer says: it has been taken, has been dealt with, or is not any more what was on the screen.
    private static bool WasTold(Page page) => (int)page.Status >= 400
        && page.Document.QuerySelector("[data-refused]")?.TextContent is { } text
        && new[] { "已在", "已经", "有了变" }.Any(word => text.Contains(word, StringComparison.Ordinal));

    private static async Task<string> ReviewedAsync(YearWorld world)
    {
        const string Path = "/rounds/2025-q4/review";
        foreach (var person in new[] { YearWorld.Committeeman, YearWorld.Secretary, YearWorld.Deputy })
        {
            var reviewer = await world.AsAsync(person);
            var page = await reviewer.GetAsync(Path);
            if (page.Document.QuerySelector("form[data-action=begin-review]") is not null)
            {
                page = await reviewer.SubmitAsync(page, "form[data-action=begin-review]");
            }

            foreach (var box in page.Document.QuerySelectorAll("input[type=checkbox][name=person]:not([disabled])").Cast<IHtmlInputElement>())
            {
                box.IsChecked = true;
            }

            await reviewer.SubmitAsync(page, "form[data-action=review-points]");
        }

        return Path;
    }

    private static async Task<string> PresentedAsync(YearWorld world)
    {
        const string Path = "/rounds/2025-q4/meeting";
        var secretary = await world.AsAsync(YearWorld.Secretary);
        var page = await secretary.SubmitAsync(
            await secretary.GetAsync(Path), "form[data-action=open-meeting]", ("host", YearWorld.Secretary.ToString()), ("minutes-by", YearWorld.Recorder.ToString()));
        foreach (var box in page.Document.QuerySelectorAll("input[type=checkbox][name=present]:not([disabled])").Cast<IHtmlInputElement>())
        {
            box.IsChecked = true;
        }

        page = await secretary.SubmitAsync(page, "form[data-action=take-roll]");
        await secretary.SubmitAsync(page, "form[data-action=present-table]");
        return Path;
    }

    private static async Task CloseMeetingAsync(YearWorld world)
    {
        var secretary = await world.AsAsync(YearWorld.Secretary);
        await secretary.SubmitAsync(await secretary.GetAsync("/rounds/2025-q4/meeting"), "form[data-action=close-meeting]");
    }

    private static async Task<string> DraftedAsync(YearWorld world)
    {
        const string Path = "/rounds/2025-q4/notice";
        var committee = await world.AsAsync(YearWorld.Committeeman);
        await committee.SubmitAsync(await committee.GetAsync(Path), "form[data-action=prepare-notice]");
        return Path;
    }

    private static async Task ConfirmReadingsAsync(YearWorld world)
    {
        var secretary = await world.AsAsync(YearWorld.Secretary);
        var page = await secretary.GetAsync("/schemes/readings?year=2025");
        foreach (var box in page.Document.QuerySelectorAll("input[type=checkbox][name=reading]:not([disabled])").Cast<IHtmlInputElement>())
        {
            box.IsChecked = true;
        }

        await secretary.SubmitAsync(
            page, "form[data-action=confirm-reading]", ("body", "支部党员大会"), ("on", world.Today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
        await world.ConfirmAllAsync();
    }
}
