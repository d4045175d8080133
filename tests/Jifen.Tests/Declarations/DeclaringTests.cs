using Jifen.Cycle;
using Jifen.Cycle.Declarations;
using Jifen.Cycle.Organizations;
using Jifen.Cycle.Records;
using Jifen.Cycle.Reviews;
using Jifen.Cycle.Rounds;
using Jifen.Tests.Records;
using Jifen.Tests.Rounds;
using Xunit;

namespace Jifen.Tests.Declarations;

/// <summary>申报: the window of its round, what can be declared, what the review makes of it.</summary>
public sealed class DeclaringTests
{
    private static readonly DeclarationId Id = new(new Guid(300, 0, 0, new byte[8]));
    private static readonly RoundKey Third = RoundKey.Known("2025-q3");
    private static readonly DateOnly Day = new(2025, 9, 12);

    private readonly List<StepMark> _marks = [];

    [Fact]
    public void One_s_own_item_goes_in_under_one_s_own_name() => Assert.Equal(Desk.Li, Assert.Single(Submit(Matter(Desk.Li), Desk.Li).Happenings).About);

    [Fact]
    public void A_report_names_neither_the_reporter_nor_whom_it_is_about()
    {
        var made = Assert.Single(Submit(Matter(Desk.Wang), Desk.Li).Happenings);
        Assert.Null(made.About);
        Assert.Equal("四2", made.Clause);
    }

    [Fact]
    public void A_matter_of_a_round_under_review_is_too_late_with_what_can_be_done_instead()
    {
        Begin("初评");
        var late = Assert.IsType<DeclaredTooLate>(Submit(Matter(Desk.Li), Desk.Li).Refusal);
        Assert.Contains("初评后更正", late.Message, StringComparison.Ordinal);
        Assert.False(Submit(Matter(Desk.Li) with { On = new DateOnly(2025, 10, 8) }, Desk.Li).IsRefused);
    }

    [Fact]
    public void Others_are_reported_only_where_the_scheme_says_so()
    {
        var window = DeclarationWindow.Of(Board("district"), Day);
        Assert.IsType<OthersAreNotReported>(window.Objection(Day, aboutAnother: true));
        Assert.Null(window.Objection(Day, aboutAnother: false));
        Assert.IsType<NothingIsDeclaredHere>(DeclarationWindow.Of(Board("jsu-law-2017"), Day).Objection(Day, false));
    }

    [Fact]
    public void What_gatherings_and_dues_give_by_themselves_is_not_declared() =>
        Assert.IsType<IsNotDeclared>(Submit(Matter(Desk.Li) with { Kind = "group-study" }, Desk.Li).Refusal);

    [Fact]
    public void A_proposed_value_may_be_left_out_and_must_lie_in_the_range_otherwise()
    {
        var open = Matter(Desk.Li) with { Kind = "deduction-6" };
        Assert.False(Submit(open, Desk.Wang).IsRefused);
        Assert.Equal([Fields.Points], Desk.Faults(Submit(open with { Points = 99 }, Desk.Wang)));
    }

    [Fact]
    public void The_same_that_waits_already_is_not_taken_twice() =>
        Assert.IsType<DeclaredAlready>(new SubmitDeclaration(Id, Matter(Desk.Li), Desk.Li, "d").Decide(Desk.Open, Desk.Scheme, Window(), null, isThere: true).Refusal);

    [Fact]
    public void Only_what_was_returned_is_submitted_again_and_only_by_its_declarer()
    {
        var command = new SubmitDeclaration(Id, Matter(Desk.Li), Desk.Li, "d", Id);
        Assert.IsType<DeclarationIsSettled>(command.Decide(Desk.Open, Desk.Scheme, Window(), OnRecord(byActor: true), false).Refusal);
        Assert.IsType<NoSuchDeclaration>(command.Decide(Desk.Open, Desk.Scheme, Window(), OnRecord(DeclarationState.Returned), false).Refusal);
        Assert.False(command.Decide(Desk.Open, Desk.Scheme, Window(), OnRecord(DeclarationState.Returned, byActor: true), false).IsRefused);
    }

    [Fact]
    public void It_is_withdrawn_by_its_declarer_while_it_waits()
    {
        Assert.False(new WithdrawDeclaration(Id).Decide(OnRecord(byActor: true)).IsRefused);
        Assert.IsType<NoSuchDeclaration>(new WithdrawDeclaration(Id).Decide(OnRecord()).Refusal);
        Assert.IsType<DeclarationIsSettled>(new WithdrawDeclaration(Id).Decide(OnRecord(DeclarationState.Accepted, byActor: true)).Refusal);
    }

    [Fact]
    public void It_is_returned_before_the_review_only_since_it_could_not_be_mended_later()
    {
        var command = new ReturnDeclaration(Id, new SealedText("证书没有盖章", "s"));
        Assert.False(command.Decide(OnRecord(), Window()).IsRefused);
        Begin("初评");
        Assert.IsType<TooLateToReturn>(command.Decide(OnRecord(), Window()).Refusal);
    }

    [Fact]
    public void Accepted_it_becomes_a_fact_that_counts_and_names_it_with_the_computed_value_beside()
    {
        var ruling = AcceptDeclaration.AsDeclared(OnRecord()).Decide(OnRecord(), Judging());
        var accepted = Assert.IsType<DeclarationAccepted>(ruling.Happenings[0].Event);
        var fact = Assert.IsType<FactRecorded>(ruling.Happenings[1].Event);
        Assert.Equal((false, 2m, 2m), (accepted.IsChanged, accepted.ComputedAsDeclared!.Value, accepted.ComputedAsAccepted!.Value));
        Assert.Equal((FactState.Counts, Id, "支委会初评（2025年第三季度）"), (fact.State, fact.Declaration!.Value, fact.Body));
        Assert.Equal(Desk.Li, ruling.Happenings[1].About);
    }

    [Fact]
    public void Changed_it_needs_a_reason_and_stays_within_the_scheme()
    {
        var declared = OnRecord(matter: Matter(Desk.Li) with { Kind = "commendation", Level = "无锡市", Content = "优秀党员" });
        AcceptDeclaration At(string level, string reason) => new(Id, null, level, null, new SealedText(reason, "s"));
        Assert.Equal([Fields.Reason], Desk.Faults(At("学校", "").Decide(declared, Judging())));
        Assert.Equal([Fields.Level], Desk.Faults(At("月球", "证书是校级的").Decide(declared, Judging())));
        var accepted = (DeclarationAccepted)At("学校", "证书是校级的").Decide(declared, Judging()).Happenings[0].Event;
        Assert.True(accepted.IsChanged);
        Assert.Equal(new SealedText("证书是校级的", "s").Digest, accepted.Reason);
    }

    [Fact]
    public void Who_reported_it_does_not_decide_it_and_nobody_his_own()
    {
        var report = OnRecord(isReport: true, byActor: true);
        Assert.IsType<ReportedItYourself>(AcceptDeclaration.AsDeclared(report).Decide(report, Judging()).Refusal);
        Assert.IsType<CannotReviewOwnPoints>(AcceptDeclaration.AsDeclared(OnRecord()).Decide(OnRecord(), Judging(Desk.Li)).Refusal);
    }

    [Fact]
    public void Rejected_it_has_its_reason_and_is_decided_once()
    {
        var command = new RejectDeclaration(Id, new SealedText("没有证明材料", "s"));
        Assert.Equal(Desk.Li, Assert.Single(command.Decide(OnRecord(), Judging()).Happenings).About);
        Assert.Null(Assert.Single(command.Decide(OnRecord(isReport: true), Judging()).Happenings).About);
        Assert.Equal([Fields.Reason], Desk.Faults(new RejectDeclaration(Id, new SealedText("否", "s")).Decide(OnRecord(), Judging())));
        Assert.IsType<DeclarationIsSettled>(command.Decide(OnRecord(DeclarationState.Rejected), Judging()).Refusal);
    }

    [Fact]
    public void In_a_batch_all_are_accepted_or_none()
    {
        var other = OnRecord(DeclarationState.Withdrawn);
        Assert.IsType<DeclarationIsSettled>(new AcceptDeclarations([Id, Id]).Decide([OnRecord(), other], _ => Judging()).Refusal);
        Assert.IsType<NoDeclarationChosen>(new AcceptDeclarations([]).Decide([], _ => Judging()).Refusal);
        Assert.Equal(2, new AcceptDeclarations([Id]).Decide([OnRecord()], _ => Judging()).Happenings.Count);
    }

    [Fact]
    public void The_same_text_written_otherwise_is_the_same_matter_and_another_person_s_is_joint()
    {
        var kind = Desk.Kind("commendation");
        var matter = Matter(Desk.Li) with { Kind = "commendation", Content = "“先进 集体”" };
        KnownMatter Known(PersonId person, DateOnly on, string content) => new(person, "", "commendation", on, null, content, Desk.Entry, null);
        var same = SameMatter.Of(Desk.Scheme, kind, matter, [
            Known(Desk.Li, Day.AddDays(60), "先进集体"), Known(Desk.Li, Day.AddDays(60), "先进个人"), Known(Desk.Li, Day.AddDays(7), "先进个人"),
            Known(Desk.Wang, Day.AddDays(60), "先进集体"), Known(Desk.Wang, Day, "先进个人")]);
        Assert.Equal(2, same.Twins.Count);
        Assert.Equal(Desk.Wang, Assert.Single(same.Joint).Person);
        Assert.Contains("每个人各计", same.HowJoint, StringComparison.Ordinal);
    }

    private static DeclaredMatter Matter(PersonId about) => new(about, "help", Day, null, null, null, null, "社区感谢信", []);

    private static DeclarationOnRecord OnRecord(
        DeclarationState state = DeclarationState.Submitted, bool byActor = false, bool isReport = false, DeclaredMatter? matter = null) =>
        new(Id, matter ?? Matter(Desk.Li), Desk.Li, isReport, byActor, state, Third, "申报");

    private Ruling Submit(DeclaredMatter matter, PersonId by) => new SubmitDeclaration(Id, matter, by, "d").Decide(
        Desk.Open, Desk.Scheme, DeclarationWindow.Of(Board("jsit-2020"), matter.On), null, isThere: false);

    private DeclarationWindow Window() => DeclarationWindow.Of(Board("jsit-2020"), Day);

    private void Begin(string step) => _marks.Add(new StepMark(Third, step, new DateOnly(2025, 10, 8), default, null, null, default, null, null));

    private YearBoard Board(string scheme) => new(YearPlanTests.PlanOf(scheme, 2025), _marks, null, Desk.Today);

    private JudgingDesk Judging(PersonId? actor = null) => new(
        new ReviewBench(Board("jsit-2020").Plan.Find(Third, "初评")!, actor ?? Desk.Zhao, [new Seat(actor ?? Desk.Zhao, Office.CommitteeMember)], []),
        Desk.Open, Desk.Scheme, _ => 2m, []);
}
