using Jifen.Cycle;
using Jifen.Cycle.AnnualResults;
using Jifen.Cycle.Filings;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Records;
using Jifen.Cycle.Rounds;
using Jifen.Cycle.Schemes;
using Jifen.Scoring;
using Jifen.Scoring.Schemes;
using Jifen.Tests.LiveScores;
using Jifen.Tests.Rounds;
using Xunit;

namespace Jifen.Tests.AnnualResults;

/// <summary>Settling a year: what stands in the way, what is frozen, how a quota is kept.</summary>
public sealed class SettlementTests
{
    private static readonly DateOnly Today = new(2026, 1, 6);
    private static readonly RoundKey Year = RoundKey.OfYear(2025);
    private static readonly AnnualTable Table = new(2025, "fp", [
        new AnnualLine(Books.Person(1), 98, [98], 1, 2, "优秀", null, ["用1"], null), new AnnualLine(Books.Person(2), 61, [61], 2, 2, null, null, [], null)]);

    private static readonly SettlementState Free = new([], [], [], 0, 0, true);

    [Fact]
    public void A_year_is_settled_line_by_line_and_its_step_ends_in_the_same_breath()
    {
        var ruling = new SettleYear(Year, "汇总", "d").Decide(Board("jsit-2020", "公示"), Table, "d", Free);

        Assert.False(ruling.IsRefused);
        Assert.Equal(["YearSettled", "ResultSettled", "ResultSettled", "RoundStepEnded"], ruling.Happenings.Select(one => one.Event.GetType().Name));
        Assert.Equal([Books.Person(1), Books.Person(2)], ruling.Happenings.Select(one => one.About).OfType<PersonId>());
        Assert.Equal("d", Assert.IsType<RoundStepEnded>(ruling.Happenings[^1].Event).Digest);
    }

    [Fact]
    public void It_waits_for_the_notices_for_readings_for_facts_and_for_objections()
    {
        var settle = new SettleYear(Year, "汇总", "d");
        var board = Board("jsit-2020", "公示");
        var reading = World.Scheme("jsit-2020").TentativeReadings.First();

        Assert.IsType<NotItsTurn>(settle.Decide(Board("jsit-2020"), Table, "d", Free).Refusal);
        Assert.IsType<ReadingsAreTentative>(settle.Decide(board, Table, "d", Free with { Tentative = [reading] }).Refusal);
        Assert.IsType<ObjectionsAreOpen>(settle.Decide(board, Table, "d", Free with { OpenCases = 1 }).Refusal);
        Assert.IsType<FactsArePending>(settle.Decide(board, Table, "d", Free with { Pending = 2 }).Refusal);
        Assert.IsType<SlotsAreOpen>(settle.Decide(board, Table, "d", Free with { OpenSlots = [new Slot("会议缺席", [], default)] }).Refusal);
        Assert.IsType<TableHasChanged>(settle.Decide(board, Table, "other", Free).Refusal);
        Assert.IsType<NobodyIsScored>(settle.Decide(board, Table with { Lines = [] }, "d", Free).Refusal);
        Assert.Contains(reading.Question, new ReadingsAreTentative([reading]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_half_year_is_summed_up_without_freezing_anything()
    {
        var half = RoundKey.Known("2025-h1");
        var board = Board("district", "季度备案");

        var ruling = new SummarizeRound(half, "半年汇总", "d").Decide(board, Table, "d");

        Assert.Equal(["RoundStepEnded"], ruling.Happenings.Select(one => one.Event.GetType().Name));
        Assert.IsType<NoSuchRoundStep>(new SettleYear(half, "半年汇总", "d").Decide(board, Table, "d", Free).Refusal);
        Assert.IsType<NoSuchRoundStep>(new SummarizeRound(Year, "年度汇总", "d").Decide(board, Table, "d").Refusal);
        Assert.IsType<TableHasChanged>(new SummarizeRound(half, "半年汇总", "seen").Decide(board, Table, "d").Refusal);
    }

    [Fact]
    public void Opening_a_settled_year_again_says_that_the_year_and_its_filing_hold_no_more()
    {
        var reopened = new ReopenRoundStep(Year, "汇总", "申诉成立").Decide(Board("jsit-2020", "公示", "汇总", "备案"));

        Assert.Equal(["RoundStepReopened", "FilingReopened", "RoundStepReopened", "YearReopened"], reopened.Happenings.Select(one => one.Event.GetType().Name));
    }

    [Fact]
    public void What_differs_is_said_with_both_figures()
    {
        var later = Table with { Lines = [Table.Lines[0] with { Total = 97.5m, Rank = 2, Outcomes = [] }] };

        var differences = later.DifferencesFrom(Table, ["基础积分"]);

        Assert.Equal(["总分原为98，现为97.5", "名次原为2人中第1，现为2人中第2", "结果运用原为用1，现为无"], differences[0].What);
        Assert.Equal(["现在没有这个人"], differences[1].What);
        Assert.Empty(Table.DifferencesFrom(Table, ["基础积分"]));
    }

    [Fact]
    public void Rounds_are_shown_by_themselves_and_the_year_is_their_average()
    {
        var scores = new Books().On(1, category: "教职工").Fact(1, new DateOnly(2025, 3, 1), "dues-late").Fact(1, new DateOnly(2025, 10, 1), "life-absent")
            .Score("jsu-law-2017");

        var terms = new[] { scores.Totals.RoundOf(0, 0)!.Value, scores.Totals.RoundOf(0, 1)!.Value };
        Assert.NotEqual(terms[0], terms[1]);
        Assert.Equal(scores.Totals.TotalOf(0), new Points(((terms[0].Hundredths + terms[1].Hundredths + 50) / 100) * 50));
        Assert.Null(new Books().On(1).Score().Totals.RoundOf(0, 0));
    }

    [Fact]
    public void More_than_five_in_a_hundred_at_95_stop_the_year_and_a_choice_that_fits_frees_it()
    {
        var books = new Books();
        for (var person = 1; person <= 20; person++)
        {
            books.On(person, category: "教职工");
        }

        var plan = Plan("jsu-law-2017");
        var scheme = plan.Scheme;
        // Everybody as high as the example lets him come: whoever reaches the line meets the quota of one.
        for (var person = 1; person <= 3; person++)
        {
            Full(books, person);
        }

        var scores = Scores(books, plan, []);
        var quota = Assert.Single(ExceededQuota.Of(scores));
        Assert.Equal((1, 3), (quota.Allowed, quota.Qualifying.Count));
        Assert.Equal(3, quota.TiedAtBorder.Count);
        Assert.Equal("用3", quota.What);
        var chosen = Scores(books, plan, [new Scoring.Scorecards.QuotaChoice(null, "用3", [Books.Person(2).ToString()])]);
        Assert.Empty(ExceededQuota.Of(chosen));
        Assert.Equal([Books.Person(2)], AnnualTable.Of(chosen).Lines.Where(line => line.Outcomes.Contains("用3")).Select(line => line.Person));
        // Nobody is cut by a choice that does not fit any more: it is asked again.
        Assert.Single(ExceededQuota.Of(Scores(books, plan, [new Scoring.Scorecards.QuotaChoice(null, "用3", [Books.Person(9).ToString()])])));
        Assert.Equal(scheme.Fingerprint, AnnualTable.Of(chosen).Scheme);
    }

    [Fact]
    public void A_choice_keeps_to_the_quota_and_says_how_a_tie_was_settled()
    {
        var quota = new ExceededQuota("用3", null, "95以上", 1, [(Books.Person(1), new Points(9600)), (Books.Person(2), new Points(9600)), (Books.Person(3), new Points(9550))], ["五2"]);
        var board = Board("jsit-2020", "公示");
        var choose = new ChooseWithinQuota(Year, "汇总", "用3", null, [Books.Person(1)], "支部党员大会", Today, "表决多数", "大会表决");

        Assert.Equal([Books.Person(1), Books.Person(2)], quota.TiedAtBorder);
        Assert.False(choose.Decide(board, quota, _ => "某人").IsRefused);
        Assert.Contains("同分怎么定", Assert.IsType<InputIsWrong>((choose with { TieRule = " " }).Decide(board, quota, _ => "某人").Refusal).Message, StringComparison.Ordinal);
        Assert.False((choose with { People = [], TieRule = null }).Decide(board, quota, _ => "某人").IsRefused);
        Assert.IsType<MoreThanTheQuota>((choose with { People = [Books.Person(1), Books.Person(2)] }).Decide(board, quota, _ => "").Refusal);
        Assert.IsType<NotAmongThoseWhoQualify>((choose with { People = [Books.Person(9)] }).Decide(board, quota, _ => "").Refusal);
        Assert.IsType<QuotaIsNotExceeded>(choose.Decide(board, null, _ => "").Refusal);
        Assert.IsType<InputIsWrong>((choose with { On = Today.AddDays(1) }).Decide(board, quota, _ => "").Refusal);
        Assert.IsType<AlreadyEnded>(choose.Decide(Board("jsit-2020", "公示", "汇总"), quota, _ => "").Refusal);
    }

    [Fact]
    public void A_reading_is_confirmed_once_by_a_named_body()
    {
        var scheme = World.Scheme("jsit-2020");
        var confirm = new ConfirmReading(2025, ["J1", "J2", "J1"], "学院党委会", Today);

        var ruling = confirm.Decide(scheme, [], Today);
        Assert.Equal(["J1", "J2"], ruling.Happenings.Select(one => ((ReadingConfirmed)one.Event).Reading));
        Assert.IsType<ReadingIsConfirmed>(confirm.Decide(scheme, ["J2"], Today).Refusal);
        Assert.IsType<NoSuchReading>((confirm with { Readings = ["J99"] }).Decide(scheme, [], Today).Refusal);
        Assert.IsType<InputIsWrong>((confirm with { Body = "" }).Decide(scheme, [], Today).Refusal);
        Assert.IsType<InputIsWrong>((confirm with { Readings = [] }).Decide(scheme, [], Today).Refusal);
        Assert.IsType<NoSchemeThen>(confirm.Decide(null, [], Today).Refusal);
    }

    [Fact]
    public void A_filing_goes_up_once_by_the_branch_and_is_taken_only_when_it_holds()
    {
        var board = Board("jsit-2020", "公示", "汇总");
        var submit = new SubmitFiling(Year, "备案");
        var waiting = new FilingOnRecord(Guid.CreateVersion7(), Year, "备案", "d", FilingState.Submitted);

        Assert.False(submit.Decide(board, null, Guid.CreateVersion7(), "d", true, 0, Role.Secretary).IsRefused);
        Assert.IsType<OnlyTheBranchFiles>(submit.Decide(board, null, Guid.CreateVersion7(), "d", true, 0, Role.OrganizationOfficer).Refusal);
        Assert.IsType<IsFiled>(submit.Decide(board, waiting, Guid.CreateVersion7(), "d", true, 0, Role.Secretary).Refusal);
        Assert.IsType<DiffersFromSettled>(submit.Decide(board, null, Guid.CreateVersion7(), "d", false, 0, Role.Secretary).Refusal);
        Assert.IsType<ObjectionsAreOpen>(submit.Decide(board, null, Guid.CreateVersion7(), "d", true, 1, Role.Secretary).Refusal);
        Assert.IsType<NotItsTurn>(submit.Decide(Board("jsit-2020", "公示"), null, Guid.CreateVersion7(), "d", true, 0, Role.Secretary).Refusal);
        var again = submit.Decide(board, waiting with { State = FilingState.Returned }, Guid.CreateVersion7(), "d", true, 0, Role.Secretary);
        Assert.Equal(waiting.Filing, Assert.IsType<FilingSubmitted>(again.Happenings[0].Event).Replaces);

        var taken = new AcceptFiling(waiting.Filing).Decide(board, waiting, new FilingCheck([], []));
        Assert.Equal(["FilingAccepted", "RoundStepEnded"], taken.Happenings.Select(one => one.Event.GetType().Name));
        Assert.IsType<PackageDoesNotHold>(new AcceptFiling(waiting.Filing).Decide(board, waiting, new FilingCheck(["摘要不符"], [])).Refusal);
        Assert.IsType<FilingIsNotWaiting>(new AcceptFiling(waiting.Filing).Decide(board, waiting with { State = FilingState.Returned }, new FilingCheck([], [])).Refusal);
        Assert.IsType<InputIsWrong>(new ReturnFiling(waiting.Filing, "错").Decide(waiting, Today).Refusal);
    }

    /// <summary>A year in which these steps, and all they rest on, are done in every round.</summary>
    internal static YearBoard Board(string scheme, params string[] done)
    {
        var plan = YearPlanTests.PlanOf(scheme, 2025);
        var marks = new Dictionary<PlannedStep, StepMark>();
        foreach (var step in plan.Steps.Where(step => done.Contains(step.Name)))
        {
            Take(step);
        }

        return new YearBoard(plan, marks.Values, null, Today);

        void Take(PlannedStep step)
        {
            if (!step.Step.IsWindow() && marks.TryAdd(step, new StepMark(step.Round.Key, step.Name, Today, default, Today, default, default, null, null)))
            {
                foreach (var before in step.After)
                {
                    Take(before);
                }
            }
        }
    }

    private static Scoring.Scorecards.Plan Plan(string scheme) => Scoring.Scorecards.Plan.Compile(World.Scheme(scheme), 2025);

    private static Cycle.Scorecards.BranchScores Scores(Books books, Scoring.Scorecards.Plan plan, IReadOnlyList<Scoring.Scorecards.QuotaChoice> choices) =>
        Cycle.Scorecards.BranchScores.Of(plan, books.Build(), new DateOnly(2025, 12, 31), null, choices);

    // What the example refinement gives points for, in both terms.
    private static void Full(Books books, int person)
    {
        foreach (var day in new[] { new DateOnly(2025, 3, 10), new DateOnly(2025, 10, 10) })
        {
            books.Fact(person, day, "group-study", quantity: 16);
            books.Fact(person, day, "life-due", quantity: 4).Fact(person, day, "life-present", quantity: 4);
            books.Fact(person, day, "pledge-mark", points: 6);
            books.Fact(person, day, "group-mark", points: 100).Fact(person, day, "mass-mark", points: 100).Fact(person, day, "work-mark", points: 100);
            books.Fact(person, day, "paired-students", quantity: 12);
            books.Fact(person, day, "commendation", level: "市级以上·个人", content: $"优秀{person}");
            for (var month = 0; month < 4; month++)
            {
                books.Fact(person, day.AddMonths(month > 2 ? -1 : month), "volunteer", quantity: 8);
            }
        }
    }
}
