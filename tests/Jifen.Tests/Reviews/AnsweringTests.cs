using Jifen.Cycle;
using Jifen.Cycle.Declarations;
using Jifen.Cycle.Feedback;
using Jifen.Cycle.Pledges;
using Jifen.Cycle.Records;
using Jifen.Cycle.Rounds;
using Jifen.Tests.Records;
using Jifen.Tests.Rounds;
using Xunit;

namespace Jifen.Tests.Reviews;

/// <summary>反馈, 承诺, 自评: what members write themselves, and when.</summary>
public sealed class AnsweringTests
{
    private static readonly RoundKey Third = RoundKey.Known("2025-q3");
    private static readonly RoundKey Year = RoundKey.OfYear(2025);
    private static readonly DefenceId Defence = new(new Guid(400, 0, 0, new byte[8]));
    private static readonly SealedText Words = new("八月的志愿服务没有算进来", "s");

    private readonly List<StepMark> _marks = [];

    [Fact]
    public void Where_the_scheme_has_no_step_for_it_one_answers_all_the_same()
    {
        var window = FeedbackWindow.Of(Board("jsit-2020"), Third);
        Assert.Null(window.Step);
        Assert.Equal(84, Desk.Event<FeedbackAccepted>(new AcceptFeedback(Third, 84).Decide(window, Desk.Li, 84, false)).Total);
    }

    [Fact]
    public void Where_it_has_one_the_step_has_to_have_begun_and_not_be_over()
    {
        Mark("季度审核", true);
        Assert.IsType<NotBegun>(FeedbackWindow.Of(Board("district"), Third).Open);
        Mark("逐人反馈", false);
        Assert.Null(FeedbackWindow.Of(Board("district"), Third).Open);
        _marks.RemoveAt(1);
        Mark("逐人反馈", true);
        Assert.IsType<AlreadyEnded>(FeedbackWindow.Of(Board("district"), Third).Open);
    }

    [Fact]
    public void One_agrees_with_the_total_one_saw_and_once()
    {
        var window = new FeedbackWindow(null, null);
        Assert.IsType<SheetHasChanged>(new AcceptFeedback(Third, 84).Decide(window, Desk.Li, 86, false).Refusal);
        Assert.IsType<NoSheetHere>(new AcceptFeedback(Third, 84).Decide(window, Desk.Li, null, false).Refusal);
        Assert.IsType<AnsweredAlready>(new AcceptFeedback(Third, 84).Decide(window, Desk.Li, 84, true).Refusal);
    }

    [Fact]
    public void A_second_defence_waits_for_the_answer_to_the_first()
    {
        var window = new FeedbackWindow(null, null);
        Desk.Event<DefenceRaised>(new RaiseDefence(Defence, Third, Words, null).Decide(window, Desk.Li, false, null));
        Assert.IsType<DefenceWaits>(new RaiseDefence(Defence, Third, Words, null).Decide(window, Desk.Li, true, null).Refusal);
        Assert.Equal([Fields.Defence], Desk.Faults(new RaiseDefence(Defence, Third, new SealedText("不", "s"), null).Decide(window, Desk.Li, false, null)));
    }

    [Fact]
    public void A_defence_of_a_declaration_is_of_one_s_own_that_was_not_accepted()
    {
        var id = new DeclarationId(new Guid(300, 0, 0, new byte[8]));
        DeclarationOnRecord Own(DeclarationState state, bool byActor = true) => new(
            id, new DeclaredMatter(Desk.Li, "help", Desk.Today, null, null, null, null, "感谢信", []), Desk.Li, false, byActor, state, Third, "申报");
        Ruling Decide(DeclarationOnRecord? own) => new RaiseDefence(Defence, Third, Words, id).Decide(new FeedbackWindow(null, null), Desk.Li, false, own);
        Assert.Equal(id, Desk.Event<DefenceRaised>(Decide(Own(DeclarationState.Rejected))).Declaration);
        Assert.IsType<NoSuchDeclaration>(Decide(Own(DeclarationState.Accepted)).Refusal);
        Assert.IsType<NoSuchDeclaration>(Decide(Own(DeclarationState.Rejected, byActor: false)).Refusal);
        Assert.IsType<NoSuchDeclaration>(Decide(null).Refusal);
    }

    [Fact]
    public void A_defence_is_answered_once_with_an_outcome_in_writing()
    {
        var open = new DefenceOnRecord(Defence, Desk.Li, Third, false);
        var answer = new SealedText("已核对签到表", "s");
        Assert.Equal(DefenceOutcome.Upheld, Desk.Event<DefenceAnswered>(new AnswerDefence(Defence, DefenceOutcome.Upheld, answer).Decide(open)).Outcome);
        Assert.Equal([Fields.Outcome], Desk.Faults(new AnswerDefence(Defence, null, answer).Decide(open)));
        Assert.Equal([Fields.Answer], Desk.Faults(new AnswerDefence(Defence, DefenceOutcome.NotUpheld, new SealedText("", "s")).Decide(open)));
        Assert.IsType<DefenceIsAnswered>(new AnswerDefence(Defence, DefenceOutcome.Upheld, answer).Decide(open with { IsAnswered = true }).Refusal);
        Assert.IsType<NoSuchDefence>(new AnswerDefence(Defence, DefenceOutcome.Upheld, answer).Decide(null).Refusal);
    }

    [Fact]
    public void The_feedback_does_not_end_while_a_defence_waits()
    {
        Mark("季度审核", true);
        Mark("逐人反馈", false);
        var refusal = Assert.IsType<DefencesUnanswered>(new EndFeedback(Third, "逐人反馈").Decide(Board("district"), ["李文博"], "").Refusal);
        Assert.Contains("李文博", refusal.Message, StringComparison.Ordinal);
        Desk.Event<RoundStepEnded>(new EndFeedback(Third, "逐人反馈").Decide(Board("district"), [], "都答复了"));
    }

    [Fact]
    public void A_pledge_is_taken_until_the_pledges_are_published_and_none_are_published_where_none_was_given()
    {
        Desk.Event<PledgeGiven>(new GivePledge(Year, Words).Decide(Board("jsu-law-2017"), Desk.Li));
        Assert.IsType<NobodyHasPledged>(new PublishPledges(Year).Decide(Board("jsu-law-2017"), 0, 8).Refusal);
        var published = new PublishPledges(Year).Decide(Board("jsu-law-2017"), 6, 8);
        Assert.IsType<PledgesPublished>(published.Happenings[0].Event);
        Assert.Equal("8人中6人的承诺已晒出", ((RoundStepEnded)published.Happenings[1].Event).Outcome);
        _marks.Add(new StepMark(Year, "晒出承诺", null, null, Desk.Today, default, default, null, null));
        Assert.IsType<WrittenTooLate>(new GivePledge(Year, Words).Decide(Board("jsu-law-2017"), Desk.Li).Refusal);
        Assert.IsType<AlreadyEnded>(new PublishPledges(Year).Decide(Board("jsu-law-2017"), 6, 8).Refusal);
        Assert.IsType<NoPledgesHere>(new GivePledge(Year, Words).Decide(Board("jsit-2020"), Desk.Li).Refusal);
    }

    [Fact]
    public void A_self_evaluation_says_something_of_items_the_scheme_has()
    {
        var board = Board("jsu-law-2017");
        var term = board.Plan.Steps.First(step => step.Step.Kind == StepKinds.SelfEvaluation && board.StateOf(step) == StepState.Open).Round.Key;
        Ruling Decide(params SelfEvaluatedItem[] items) => new EvaluateOneself(term, items, Words).Decide(board, Desk.Li, new HashSet<string> { "study" });
        Desk.Event<SelfEvaluated>(Decide(new SelfEvaluatedItem("study", 8.5m, null)));
        Assert.Equal([Fields.Remark], Desk.Faults(Decide()));
        Assert.Equal([Fields.Remark], Desk.Faults(Decide(new SelfEvaluatedItem("nothing", 1, null))));
        Assert.Equal(["points-study"], Desk.Faults(Decide(new SelfEvaluatedItem("study", 1.234m, null))));
        Assert.IsType<NoSelfEvaluationHere>(new EvaluateOneself(Third, [], Words).Decide(Board("jsit-2020"), Desk.Li, new HashSet<string>()).Refusal);
    }

    private void Mark(string step, bool hasEnded) => _marks.Add(new StepMark(Third, step, new DateOnly(2025, 10, 8), default, hasEnded ? new DateOnly(2025, 10, 9) : null, default, default, null, null));

    private YearBoard Board(string scheme) => new(YearPlanTests.PlanOf(scheme, 2025), _marks, null, Desk.Today);
}
