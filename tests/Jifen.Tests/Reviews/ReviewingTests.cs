using Jifen.Cycle;
using Jifen.Cycle.Declarations;
using Jifen.Cycle.Organizations;
using Jifen.Cycle.Records;
using Jifen.Cycle.Reviews;
using Jifen.Cycle.Rounds;
using Jifen.Tests.Records;
using Jifen.Tests.Rounds;
using Xunit;

namespace Jifen.Tests.Reviews;

/// <summary>初评: who reviews whom, what is signed when.</summary>
public sealed class ReviewingTests
{
    private static readonly RoundKey Third = RoundKey.Known("2025-q3");
    private static readonly PersonId Secretary = new(new Guid(21, 0, 0, new byte[8]));
    private static readonly PersonId Deputy = new(new Guid(22, 0, 0, new byte[8]));
    private static readonly PersonId Committeeman = new(new Guid(23, 0, 0, new byte[8]));
    private static readonly PersonId Recorder = new(new Guid(24, 0, 0, new byte[8]));
    private static readonly PersonId Evaluator = new(new Guid(25, 0, 0, new byte[8]));

    private readonly List<StepMark> _marks = [new(Third, "初评", new DateOnly(2025, 10, 8), default, null, null, default, null, null)];

    [Fact]
    public void Nobody_reviews_his_own_the_recorder_s_go_to_secretary_or_deputy_the_secretary_s_to_the_deputy()
    {
        Assert.IsType<CannotReviewOwnPoints>(Bench(Committeeman).Objection(Committeeman));
        Assert.IsType<ReviewedBySomebodyElse>(Bench(Committeeman).Objection(Recorder));
        Assert.Null(Bench(Secretary).Objection(Recorder));
        Assert.Null(Bench(Deputy).Objection(Recorder));
        Assert.IsType<ReviewedBySomebodyElse>(Bench(Committeeman).Objection(Secretary));
        Assert.Null(Bench(Deputy).Objection(Secretary));
        Assert.Null(Bench(Committeeman).Objection(Deputy));
        Assert.Null(Bench(Committeeman).Objection(Desk.Li));
    }

    [Fact]
    public void Where_there_is_no_deputy_another_of_the_committee_reviews_the_secretary() =>
        Assert.Null(Bench(Committeeman, withDeputy: false).Objection(Secretary));

    [Fact]
    public void The_body_the_scheme_names_reviews()
    {
        Assert.IsType<NotOfTheReviewingBody>(Bench(Recorder).Objection());
        Assert.IsType<NotOfTheReviewingBody>(Bench(Evaluator).Objection());
        Assert.IsType<NotOfTheReviewingBody>(Bench(Secretary, scheme: "jsu-law-2017").Objection());
        Assert.Null(Bench(Evaluator, scheme: "jsu-law-2017").Objection());
        Assert.Null(Bench(Evaluator, scheme: "jsu-law-2017").Objection(Recorder));
    }

    [Fact]
    public void People_are_found_right_in_one_entry_with_the_totals_that_were_seen()
    {
        var made = Assert.Single(new ReviewPoints([Desk.Li, Desk.Wang]).Decide(Review(Line(Desk.Li, 84), Line(Desk.Wang, 82), Line(Desk.Zhao, 80))).Happenings);
        Assert.Equal([new ReviewedTotal(Desk.Li, 84), new ReviewedTotal(Desk.Wang, 82)], ((PointsReviewed)made.Event).People);
        Assert.IsType<CannotReviewOwnPoints>(new ReviewPoints([Desk.Li, Committeeman]).Decide(Review(Line(Desk.Li, 84), Line(Committeeman, 84))).Refusal);
        Assert.IsType<NobodyChosen>(new ReviewPoints([]).Decide(Review()).Refusal);
        Assert.IsType<NoSuchEntry>(new ReviewPoints([Desk.Stranger]).Decide(Review()).Refusal);
        // Found right already: nothing is written again.
        Assert.Empty(new ReviewPoints([Desk.Li]).Decide(Review(Line(Desk.Li, 84, 84))).Happenings);
    }

    [Fact]
    public void A_finding_is_about_somebody_else_and_says_something()
    {
        Assert.False(new WriteFinding(Desk.Li, new SealedText("材料齐全", "s")).Decide(Review(Line(Desk.Li, 84))).IsRefused);
        Assert.IsType<CannotReviewOwnPoints>(new WriteFinding(Committeeman, new SealedText("材料齐全", "s")).Decide(Review(Line(Committeeman, 84))).Refusal);
        Assert.Equal([Fields.Finding], Desk.Faults(new WriteFinding(Desk.Li, new SealedText("", "s")).Decide(Review(Line(Desk.Li, 84)))));
    }

    [Fact]
    public void It_is_signed_when_nothing_waits_everybody_was_found_right_and_the_table_is_the_one_that_was_seen()
    {
        Assert.IsType<StillUndecided>(Sign(Review(Line(Desk.Li, 84, 84)) with { Declared = 1 }).Refusal);
        Assert.IsType<StillUndecided>(Sign(Review(Line(Desk.Li, 84, 84)) with { Pending = 2 }).Refusal);
        Assert.IsType<StillToReview>(Sign(Review(Line(Desk.Li, 84))).Refusal);
        var changed = Assert.IsType<StillToReview>(Sign(Review(Line(Desk.Li, 84, 86))).Refusal);
        Assert.Contains("核实以后有了变动", changed.Message, StringComparison.Ordinal);
        Assert.IsType<TableHasChanged>(new SignReview("seen").Decide(Review(Line(Desk.Li, 84, 84)), "now", "").Refusal);
        var ended = Desk.Event<RoundStepEnded>(Sign(Review(Line(Desk.Li, 84, 84))));
        Assert.Equal(("2025-q3", "初评", "now"), (ended.Round, ended.Step, ended.Digest));
    }

    [Fact]
    public void Nothing_is_signed_before_it_has_begun_or_twice()
    {
        _marks.Clear();
        Assert.IsType<NotBegun>(Sign(Review(Line(Desk.Li, 84, 84))).Refusal);
        _marks.Add(new StepMark(Third, "初评", new DateOnly(2025, 10, 8), default, new DateOnly(2025, 10, 9), default, default, "x", null));
        Assert.IsType<AlreadyEnded>(Sign(Review(Line(Desk.Li, 84, 84))).Refusal);
        Assert.IsType<AlreadyEnded>(new ReviewPoints([Desk.Li]).Decide(Review(Line(Desk.Li, 84))).Refusal);
    }

    [Fact]
    public void It_is_begun_by_the_body_and_once()
    {
        Assert.IsType<AlreadyBegun>(new BeginReview(Third, "初评").Decide(Board(), Bench(Committeeman)).Refusal);
        _marks.Clear();
        Assert.IsType<NotOfTheReviewingBody>(new BeginReview(Third, "初评").Decide(Board(), Bench(Recorder)).Refusal);
        Desk.Event<RoundStepBegun>(new BeginReview(Third, "初评").Decide(Board(), Bench(Committeeman)));
    }

    private static ReviewLine Line(PersonId person, decimal total, decimal? reviewed = null) => new(person, "某人", total, reviewed);

    private static Ruling Sign(ReviewDesk desk) => new SignReview("now").Decide(desk, "now", "");

    private ReviewDesk Review(params ReviewLine[] lines) => new(Board(), Bench(Committeeman), lines, 0, 0);

    private YearBoard Board() => new(YearPlanTests.PlanOf("jsit-2020", 2025), _marks, null, Desk.Today);

    private static ReviewBench Bench(PersonId actor, bool withDeputy = true, string scheme = "jsit-2020")
    {
        var plan = YearPlanTests.PlanOf(scheme, 2025);
        var seats = new List<Seat>
        {
            new(Secretary, Office.Secretary), new(Deputy, Office.DeputySecretary), new(Committeeman, Office.CommitteeMember), new(Recorder, Office.Recorder), new(Evaluator, Office.Evaluator),
        };
        return new ReviewBench(
            plan.Steps.First(step => step.Step.Kind is StepKinds.Review or StepKinds.GroupEvaluation && (scheme != "jsit-2020" || step.Round.Key == Third)),
            actor, withDeputy ? seats : [.. seats.Where(seat => seat.Person != Deputy)], [Recorder]);
    }
}
