using Jifen.Cycle.Permissions;
using Jifen.Cycle.Rounds;
using Xunit;

namespace Jifen.Tests.Rounds;

/// <summary>A year kept step by step: what may be done, and what is refused with what is missing and who can do it.</summary>
public sealed class YearBoardTests
{
    private static readonly RoundKey ThirdQuarter = RoundKey.Known("2025-q3");
    private readonly List<StepMark> _marks = [];
    private DateOnly _today = new(2025, 10, 8);
    private DateOnly? _adopted = new DateOnly(2025, 7, 1);

    [Fact]
    public void Recording_goes_on_until_the_review_is_signed()
    {
        Assert.Equal(Stage.Recording, Board().StageOn(new DateOnly(2025, 8, 1)));
        Begin(ThirdQuarter, "初评");
        Assert.Equal(Stage.Reviewing, Board().StageOn(new DateOnly(2025, 8, 1)));
        End(ThirdQuarter, "初评");
        Assert.Equal(Stage.Reviewed, Board().StageOn(new DateOnly(2025, 8, 1)));
        Assert.Equal(Stage.Recording, Board().StageOn(new DateOnly(2025, 10, 1)));
    }

    [Fact]
    public void The_meeting_is_refused_before_the_review_with_what_is_missing_and_who_does_it()
    {
        var refusal = Assert.IsType<NotItsTurn>(new BeginRoundStep(ThirdQuarter, "评定").Decide(Board()).Refusal);

        Assert.Contains("初评（2025年第三季度），由支委会办", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("四4", refusal.Clause);
    }

    [Fact]
    public void A_review_is_too_early_in_the_middle_of_its_quarter_and_in_time_a_few_days_before_its_end()
    {
        _today = new DateOnly(2025, 8, 15);
        var early = Assert.IsType<TooEarly>(new BeginRoundStep(ThirdQuarter, "初评").Decide(Board()).Refusal);
        Assert.Equal("“初评（2025年第三季度）”最早2025年9月21日可以办：考评期2025年9月30日结束，最多提前9天；再早办，期末的事实就漏掉了。", early.Message);
        _today = new DateOnly(2025, 9, 26);
        Assert.False(new BeginRoundStep(ThirdQuarter, "初评").Decide(Board()).IsRefused);
    }

    [Fact]
    public void Declaring_is_open_until_the_review_begins()
    {
        var declaration = Board().Plan.Find(ThirdQuarter, "申报")!;
        Assert.Equal(StepState.Open, Board().StateOf(declaration));
        Begin(ThirdQuarter, "初评");
        Assert.Equal(StepState.Ended, Board().StateOf(declaration));
    }

    [Fact]
    public void A_step_begins_once_and_ends_once()
    {
        Assert.IsType<NotBegun>(new EndRoundStep(ThirdQuarter, "初评").Decide(Board()).Refusal);
        Begin(ThirdQuarter, "初评");
        Assert.IsType<AlreadyBegun>(new BeginRoundStep(ThirdQuarter, "初评").Decide(Board()).Refusal);
        End(ThirdQuarter, "初评");
        Assert.IsType<AlreadyEnded>(new EndRoundStep(ThirdQuarter, "初评").Decide(Board()).Refusal);
        Assert.IsType<AlreadyEnded>(new BeginRoundStep(ThirdQuarter, "初评").Decide(Board()).Refusal);
    }

    [Fact]
    public void Rounds_that_were_over_before_the_branch_adopted_the_scheme_are_not_asked_for()
    {
        var board = Board();
        Assert.Equal(StepState.Outside, board.StateOf(board.Plan.Find(RoundKey.Known("2025-q2"), "公示")!));
        Assert.IsType<BeforeAdoption>(new BeginRoundStep(RoundKey.Known("2025-q2"), "公示").Decide(board).Refusal);
        Assert.DoesNotContain(board.Missing(board.Plan.Find(RoundKey.OfYear(2025), "汇总")!), step => step.Round.Key == RoundKey.Known("2025-q2"));
    }

    [Fact]
    public void The_year_is_summed_up_when_every_quarter_has_been_on_notice()
    {
        _adopted = null;
        _today = new DateOnly(2026, 1, 4);
        foreach (var quarter in new[] { "2025-q1", "2025-q2", "2025-q3" }.Select(RoundKey.Known))
        {
            Pass(quarter, "初评", "评定", "公示");
        }

        var refusal = Assert.IsType<NotItsTurn>(new EndRoundStep(RoundKey.OfYear(2025), "汇总").Decide(Board()).Refusal);
        Assert.Equal(["公示（2025年第四季度）"], refusal.Missing.Select(step => step.FullName));
        Pass(RoundKey.Known("2025-q4"), "初评", "评定", "公示");
        Assert.False(new EndRoundStep(RoundKey.OfYear(2025), "汇总").Decide(Board()).IsRefused);
        Pass(RoundKey.OfYear(2025), "汇总");
        Assert.Equal(Stage.Settled, Board().StageOf(RoundKey.OfYear(2025)));
        Assert.Equal(Stage.Settled, Board().StageOn(new DateOnly(2025, 12, 31)));
    }

    [Fact]
    public void Opening_a_step_again_takes_with_it_what_rests_on_it_the_last_first()
    {
        Pass(ThirdQuarter, "初评", "评定");
        Begin(ThirdQuarter, "公示");

        Assert.IsType<ReopeningNeedsReason>(new ReopenRoundStep(ThirdQuarter, "初评", "错").Decide(Board()).Refusal);
        var reopened = new ReopenRoundStep(ThirdQuarter, "初评", "考勤漏了一次").Decide(Board());
        Assert.Equal(["公示", "评定", "初评"], reopened.Happenings.Select(one => ((RoundStepReopened)one.Event).Step));
        Assert.IsType<NotEnded>(new ReopenRoundStep(RoundKey.Known("2025-q4"), "初评", "考勤漏了一次").Decide(Board()).Refusal);
    }

    [Theory]
    [InlineData("jsit-2020")]
    [InlineData("wuxi-2020")]
    [InlineData("yxnu-2016")]
    [InlineData("district")]
    [InlineData("jsu-law-2017")]
    public void A_year_can_be_carried_to_its_end_by_taking_whatever_is_open(string scheme)
    {
        var plan = YearPlanTests.PlanOf(scheme, 2025);
        var marks = new List<StepMark>();
        YearBoard board;
        do
        {
            board = new YearBoard(plan, marks, null, new DateOnly(2026, 1, 20));
            foreach (var step in board.Current.Where(step => !step.Step.IsWindow()).Take(1))
            {
                marks.Add(new StepMark(step.Round.Key, step.Name, new DateOnly(2026, 1, 5), default, new DateOnly(2026, 1, 6), default, default, null, null));
            }
        }
        while (board.Current.Any(step => !step.Step.IsWindow()));

        Assert.All(plan.Steps.Where(step => !step.Step.IsWindow()), step => Assert.Equal(StepState.Ended, board.StateOf(step)));
        Assert.Equal(Stage.Filed, board.StageOf(RoundKey.OfYear(2025)));
    }

    private void Pass(RoundKey round, params string[] steps)
    {
        foreach (var step in steps)
        {
            Begin(round, step);
            End(round, step);
        }
    }

    [Fact]
    public void What_shows_or_judges_the_settled_year_is_named_until_it_is_over()
    {
        var plan = YearPlanTests.PlanOf("yxnu-2016", 2026);
        var marks = new List<StepMark>();
        YearBoard Year() => new(plan, marks, new DateOnly(2025, 1, 1), new DateOnly(2027, 2, 4));
        void Over(string step) => marks.Add(new StepMark(RoundKey.OfYear(2026), step, null, null, new DateOnly(2027, 2, 1), default, default, null, null));

        Over("计算年度积分");
        Assert.Equal(["评议前公布积分", "民主评议", "定等次"], Year().StillJudging("计算年度积分").Select(step => step.Name));
        Over("评议前公布积分");
        Assert.Equal(["民主评议", "定等次"], Year().StillJudging("计算年度积分").Select(step => step.Name));
        Over("民主评议");
        Assert.True(Year().GradesAreOpen);
        Assert.Equal(["定等次"], Year().StillJudging("计算年度积分").Select(step => step.Name));
        Over("定等次");
        Assert.False(Year().GradesAreOpen);
        Assert.Empty(Year().StillJudging("计算年度积分"));
        Assert.Empty(new YearBoard(YearPlanTests.PlanOf("jsit-2020", 2026), [], new DateOnly(2025, 1, 1), new DateOnly(2027, 2, 4)).StillJudging("汇总"));
    }

    [Fact]
    public void Grades_decided_again_take_along_the_filing_that_carries_them_and_leave_the_one_made_before_them()
    {
        var plan = YearPlanTests.PlanOf("yxnu-2016", 2026);
        var year = RoundKey.OfYear(2026);
        StepMark Mark(string step, int from, int to) => new(year, step, new DateOnly(2027, 1, from), null, new DateOnly(2027, 1, to), default, default, null, null);
        IEnumerable<string> TakenAlong(StepMark filing) =>
            new ReopenRoundStep(year, "定等次", "评议的票点错了一摞").Decide(new YearBoard(plan, [Mark("定等次", 8, 8), filing, Mark("积分档案", 20, 20)], null, new DateOnly(2027, 1, 21)))
                .Happenings.Select(one => one.Event is RoundStepReopened reopened ? reopened.Step : one.Event.GetType().Name);

        Assert.Equal(["积分档案", "备案", "FilingReopened", "定等次", "GradesReopened"], TakenAlong(Mark("备案", 9, 12)));
        Assert.Equal(["积分档案", "备案", "定等次", "GradesReopened"], TakenAlong(Mark("备案", 9, 12) with { EndedOn = null }));
        Assert.Equal(["积分档案", "定等次", "GradesReopened"], TakenAlong(Mark("备案", 5, 12)));
    }

    private void Begin(RoundKey round, string step) => _marks.Add(new StepMark(round, step, _today, default, null, null, default, null, null));

    private void End(RoundKey round, string step)
    {
        var index = _marks.FindIndex(mark => mark.Round == round && mark.Step == step);
        _marks[index] = _marks[index] with { EndedOn = _today };
    }

    private YearBoard Board() => new(YearPlanTests.PlanOf("jsit-2020", 2025), _marks, _adopted, _today);
}
