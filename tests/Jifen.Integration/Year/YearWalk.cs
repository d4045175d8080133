using AngleSharp.Html.Dom;
using Jifen.Cycle;
using Jifen.Cycle.Rounds;
using Jifen.Integration.World;
using Jifen.Scoring.Schemes;
using Xunit;

namespace Jifen.Integration.Year;

/// <summary>
/// Carries the branch through its year as its people would: whatever the board says can be done next is done on its page, by whom the scheme
/// names; when nothing can be done, time passes.
/// </summary>
internal sealed partial class YearWalk(YearWorld world)
{
    // Far more than a year has: a walk that does not come to an end is a fault.
    private const int MostDeeds = 400;

    private readonly List<string> _deeds = [];

    /// <summary>Called before a step is taken: scenes of the year (facts, declarations, objections) are played here.</summary>
    public List<Func<PlannedStep, Task>> Before { get; } = [];

    /// <summary>Called when nothing was left to do on a day, before time passes.</summary>
    public List<Func<DateOnly, Task>> BeforeTimePasses { get; } = [];

    /// <summary>Fields of 定等次 in which the meeting decides otherwise than the points propose.</summary>
    public List<(string Field, string Value)> Grades { get; } = [];

    /// <summary>What was done, as "2025-10-09 公示（2025年第三季度）".</summary>
    public IReadOnlyList<string> Deeds => _deeds;

    /// <summary>To the end of everything the year asks for, or to the step that <paramref name="until"/> names, which is not taken.</summary>
    public async Task GoAsync(Func<PlannedStep, bool>? until = null)
    {
        await world.OpenAccountsAsync();
        for (var deed = 0; ; deed++)
        {
            Assert.True(deed < MostDeeds, $"the year does not come to an end:\n{string.Join('\n', _deeds.TakeLast(20))}");
            var board = await world.BoardAsync();
            if (board.Current.FirstOrDefault(step => !step.Step.IsWindow() && !IsWaiting(board, step)) is { } next)
            {
                foreach (var scene in Before)
                {
                    await scene(next);
                }

                if (until?.Invoke(next) == true)
                {
                    return;
                }

                _deeds.Add($"{world.Today:yyyy-MM-dd} {next.FullName} {board.StateOf(next)}");
                await TakeAsync(board, next);
                continue;
            }

            foreach (var scene in BeforeTimePasses)
            {
                await scene(world.Today);
            }

            var days = board.Plan.Steps.Where(step => !board.IsDone(step) && !step.Step.IsWindow()).Select(step => step.Earliest).Where(day => day > world.Today)
                .Concat(_noticeEnds.Where(day => day > world.Today)).ToList();
            if (days.Count == 0)
            {
                Assert.All(board.Plan.Steps.Where(step => !step.Step.IsWindow()), step => Assert.True(board.IsDone(step), $"{step.FullName} is {board.StateOf(step)}\n{string.Join('\n', _deeds.TakeLast(20))}"));
                return;
            }

            world.MoveTo(days.Min());
        }
    }

    private async Task TakeAsync(YearBoard board, PlannedStep step)
    {
        var path = $"/rounds/{step.Round.Key}";
        await (step.Step.Kind switch
        {
            StepKinds.Refinement => RefineAsync(),
            StepKinds.Review or StepKinds.GroupEvaluation => ReviewAsync(path, step),
            StepKinds.Feedback => FeedbackAsync(path),
            StepKinds.Decision => DecideAsync(path),
            StepKinds.Notice when board.Plan.Steps.Any(before => before.Step.Kind == StepKinds.Pledge && step.After.Contains(before)) => PublishPledgesAsync(),
            StepKinds.Notice => NoticeAsync(path, board, step),
            StepKinds.MassEvaluation or StepKinds.DemocraticEvaluation => EvaluateAsync(path, step),
            StepKinds.Filing => FileAsync(path),
            StepKinds.Summary => SumUpAsync(path, step),
            StepKinds.GradeDecision => DecideGradesAsync(path, step),
            _ => EndOnItsRoundAsync(path, step),
        });
    }

    private async Task RefineAsync()
    {
        var secretary = await world.AsAsync(YearWorld.Secretary);
        if (await world.CountAsync("refinement-proposed") == 0)
        {
            var draft = await secretary.GetAsync($"/schemes/refinements/draft?year={world.Year}");
            var saved = await secretary.SubmitAsync(draft, "button[data-action=save-draft]");
            Done(await secretary.SubmitAsync(saved, "button[data-action=propose-refinement]"));
            await world.ConfirmAllAsync();
        }

        var proposal = $"/schemes/refinements/{world.Year}/{await world.OneAsync<string>("select fingerprint from refinement")}?branch={YearWorld.Branch}";
        var page = await secretary.GetAsync(proposal);
        if (page.Document.QuerySelector("form[data-action=discuss-refinement]") is not null)
        {
            page = Done(await secretary.SubmitAsync(
                page, "form[data-action=discuss-refinement]", ("meeting", "第一次党员大会"), ("on", Text(world.Today)), ("present", "8"), ("for", "8"), ("against", "0")));
        }

        var officer = await world.AsAsync(YearWorld.Officer);
        page = await officer.GetAsync(proposal);
        if (page.Document.QuerySelector("form[data-action=approve-refinement]") is not null)
        {
            Done(await officer.SubmitAsync(page, "form[data-action=approve-refinement]"));
            await world.ConfirmAllAsync();
        }
    }

    private async Task ReviewAsync(string path, PlannedStep step)
    {
        var isGroup = step.Step.Kind == StepKinds.GroupEvaluation;
        var first = await world.AsAsync(isGroup ? YearWorld.Evaluator : YearWorld.Committeeman);
        var page = await first.GetAsync($"{path}/review");
        if (page.Document.QuerySelector("form[data-action=begin-review]") is not null)
        {
            page = Done(await first.SubmitAsync(page, "form[data-action=begin-review]"));
        }

        foreach (var person in isGroup
            ? new[] { YearWorld.Evaluator, YearWorld.SecondEvaluator }
            : [YearWorld.Committeeman, YearWorld.Secretary, YearWorld.Deputy])
        {
            var reviewer = await world.AsAsync(person);
            page = await reviewer.GetAsync($"{path}/review");
            foreach (var (form, name) in new[] { ("accept-declarations", "declaration"), ("confirm-pending", "fact"), ("review-points", "person") })
            {
                if (Tick(page, name) && page.Document.QuerySelector($"form[data-action={form}]") is not null)
                {
                    page = Done(await reviewer.SubmitAsync(page, $"form[data-action={form}]"));
                }
            }
        }

        page = await first.GetAsync($"{path}/review");
        Done(await first.SubmitAsync(page, "form[data-action=sign-review]"));
        await world.ConfirmAllAsync();
        Assert.True(await IsEndedAsync(step), $"the review was not signed:\n{(await first.GetAsync($"{path}/review")).Text}");
    }

    private async Task FeedbackAsync(string path)
    {
        var committee = await world.AsAsync(YearWorld.Committeeman);
        var page = await committee.GetAsync($"{path}/feedback");
        if (page.Document.QuerySelector("form[data-action=begin-feedback]") is not null)
        {
            page = Done(await committee.SubmitAsync(page, "form[data-action=begin-feedback]"));
        }

        Done(await committee.SubmitAsync(page, "form[data-action=end-feedback]"));
    }

    private async Task DecideAsync(string path)
    {
        var secretary = await world.AsAsync(YearWorld.Secretary);
        var page = await secretary.GetAsync($"{path}/meeting");
        if (page.Document.QuerySelector("form[data-action=open-meeting]") is not null)
        {
            page = Done(await secretary.SubmitAsync(
                page, "form[data-action=open-meeting]", ("host", YearWorld.Secretary.ToString()), ("minutes-by", YearWorld.Recorder.ToString())));
        }

        Tick(page, "present");
        page = Done(await secretary.SubmitAsync(page, "form[data-action=take-roll]"));
        page = Done(await secretary.SubmitAsync(page, "form[data-action=present-table]"));
        var present = page.Document.QuerySelectorAll("input[name=present]").Length;
        page = Done(await secretary.SubmitAsync(
            page,
            "[data-kind=points-table] form[data-action=decide-motion]",
            ("in-favour", Text(await world.OneAsync<int>("select count(*)::int from meeting_person p join meeting m using (meeting_id) where m.closed_at is null and p.is_present and p.has_vote"))),
            ("against", "0"),
            ("abstaining", "0")));
        Assert.True(present > 0);
        await secretary.SubmitAsync(page, "form[data-action=close-meeting]");
    }

    private async Task SumUpAsync(string path, PlannedStep step)
    {
        var secretary = await world.AsAsync(YearWorld.Secretary);
        if (step.Step.Every == Span.Year && await world.CountAsync("reading-confirmed") == 0)
        {
            var readings = await secretary.GetAsync($"/schemes/readings?year={world.Year}");
            Tick(readings, "reading");
            Done(await secretary.SubmitAsync(readings, "form[data-action=confirm-reading]", ("body", "支部党员大会"), ("on", Text(world.Today))));
            await world.ConfirmAllAsync();
        }

        var page = await secretary.GetAsync($"{path}/totals");
        Assert.True(page.Document.QuerySelector("form[data-action=settle-year]") is not null, page.Text);
        Done(await secretary.SubmitAsync(page, "form[data-action=settle-year]"));
        await world.ConfirmAllAsync();
        Assert.True(await IsEndedAsync(step), (await secretary.GetAsync($"{path}/totals")).Text);
    }

    private async Task DecideGradesAsync(string path, PlannedStep step)
    {
        var secretary = await world.AsAsync(YearWorld.Secretary);
        var page = await secretary.GetAsync($"{path}/grades");
        foreach (var (field, value) in Grades)
        {
            Assert.NotNull(page.Document.QuerySelector($"[name='{field}']"));
            Assert.NotEmpty(value);
        }

        Done(await secretary.SubmitAsync(page, "form[data-action=decide-grades]", [.. Grades]));
        await world.ConfirmAllAsync();
        Assert.True(await IsEndedAsync(step), (await secretary.GetAsync($"{path}/grades")).Text);
    }

    private async Task EndOnItsRoundAsync(string path, PlannedStep step)
    {
        var by = step.Step.IsOfRecorder()
            ? new PersonId(await world.OneAsync<Guid>("select person_id from office_term where office = 'recorder' and from_on <= @today and (to_on is null or to_on >= @today)", new { today = world.Today }))
            : YearWorld.Secretary;
        var browser = await world.AsAsync(by);
        var page = await browser.GetAsync(path);
        var panel = page.Document.QuerySelector($"[data-id='{step.Name}']")!.Closest("section")!;
        Assert.True(panel.QuerySelector("form[data-action=end-step]") is not null, panel.TextContent);
        panel.QuerySelector("form[data-action=end-step]")!.Id = "the-one";
        Done(await browser.SubmitAsync(page, "#the-one"));
    }

    private async Task<bool> IsEndedAsync(PlannedStep step)
    {
        var board = await world.BoardAsync();
        return board.StateOf(board.Plan.Find(step.Round.Key, step.Name)!) == StepState.Ended;
    }

    private static Page Done(Page page)
    {
        Assert.True((int)page.Status < 400, $"{page.Path} answers {page.Status}:\n{page.Document.QuerySelector("main")?.TextContent}");
        return page;
    }

    /// <summary>Ticks every box of a name.</summary>
    private static bool Tick(Page page, string name)
    {
        var boxes = page.Document.QuerySelectorAll($"input[type=checkbox][name={name}]:not([disabled])").Cast<IHtmlInputElement>().ToList();
        boxes.ForEach(box => box.IsChecked = true);
        return boxes.Count > 0;
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
