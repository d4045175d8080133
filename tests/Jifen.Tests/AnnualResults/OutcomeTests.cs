using Jifen.Cycle.AnnualResults;
using Jifen.Cycle.Outcomes;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Records;
using Jifen.Tests.LiveScores;
using Xunit;

namespace Jifen.Tests.AnnualResults;

/// <summary>Consequences: proposed by people, after everything is over, on figures that stand.</summary>
public sealed class OutcomeTests
{
    private static readonly DateOnly Today = new(2026, 1, 20);
    private static readonly OutcomeStanding Standing = new(2025, World.Scheme("jsit-2020"), ["用5", "用6"], Stage.Settled, 0, true, null);
    private static readonly HeldOutcome Held = new(Books.Person(1), "用5");
    private static readonly ProposeOutcome Propose = new(2025, true, "支部党员大会", Today, "低于70且靠后");

    [Fact]
    public void A_consequence_is_taken_or_left_with_the_body_and_the_reason()
    {
        var taken = Propose.Decide(Held, Standing, Today);
        Assert.Equal((Books.Person(1), "五1"), (taken.Happenings[0].About!.Value, taken.Happenings[0].Clause));
        Assert.False((Propose with { IsTaken = false }).Decide(Held, Standing, Today).IsRefused);
        Assert.IsType<InputIsWrong>((Propose with { Reason = "无" }).Decide(Held, Standing, Today).Refusal);
        Assert.IsType<InputIsWrong>((Propose with { Body = "" }).Decide(Held, Standing, Today).Refusal);
    }

    [Fact]
    public void Where_the_document_leaves_a_choice_what_is_taken_says_which()
    {
        var standing = Standing with { Scheme = World.Scheme("yxnu-2016"), Held = ["用3"] };
        var extend = new HeldOutcome(Books.Person(1), "用3");
        Assert.Contains("选的是哪一样：延长预备期、取消预备党员资格", Assert.IsType<InputIsWrong>(Propose.Decide(extend, standing, Today).Refusal).Message, StringComparison.Ordinal);
        Assert.IsType<InputIsWrong>((Propose with { Alternative = "警告" }).Decide(extend, standing, Today).Refusal);
        var taken = (Propose with { Alternative = "延长预备期" }).Decide(extend, standing, Today);
        Assert.Equal("延长预备期", Assert.IsType<OutcomeProposed>(Assert.Single(taken.Happenings).Event).Alternative);
        Assert.Null(Assert.IsType<OutcomeProposed>(Assert.Single((Propose with { IsTaken = false }).Decide(extend, standing, Today).Happenings).Event).Alternative);
        Assert.Null(Assert.IsType<OutcomeProposed>(Assert.Single((Propose with { Alternative = "延长预备期" }).Decide(Held, Standing, Today).Happenings).Event).Alternative);
    }

    [Fact]
    public void Nothing_follows_before_the_year_is_settled_the_notice_over_what_still_judges_it_done_and_the_objections_closed()
    {
        Assert.IsType<YearIsNotSettled>(Propose.Decide(Held, Standing with { Held = null }, Today).Refusal);
        Assert.IsType<NoticeIsNotOver>(Propose.Decide(Held, Standing with { Stage = Stage.OnNotice }, Today).Refusal);
        Assert.Contains("评议前公布积分、民主评议", Assert.IsType<ResultsAreStillJudged>(
            Propose.Decide(Held, Standing with { StillJudging = ["评议前公布积分", "民主评议"] }, Today).Refusal).Message, StringComparison.Ordinal);
        Assert.IsType<ObjectionsAreOpen>(Propose.Decide(Held, Standing with { OpenCases = 1 }, Today).Refusal);
        Assert.IsType<ObjectionsAreOpen>(
            new AnswerOutcome(2025, true, null).Decide(Held, Standing with { OpenCases = 1, State = OutcomeState.Proposed }, Today).Refusal);
    }

    [Fact]
    public void What_does_not_hold_cannot_be_taken_and_what_was_decided_is_not_decided_again()
    {
        Assert.IsType<OutcomeDoesNotHold>(Propose.Decide(new(Books.Person(1), "用1"), Standing, Today).Refusal);
        Assert.IsType<OutcomeIsProposed>(Propose.Decide(Held, Standing with { State = OutcomeState.Approved }, Today).Refusal);
        Assert.IsType<OutcomeIsProposed>(Propose.Decide(Held, Standing with { State = OutcomeState.NotTaken }, Today).Refusal);
        Assert.False(Propose.Decide(Held, Standing with { State = OutcomeState.Refused }, Today).IsRefused);
    }

    [Fact]
    public void Two_years_running_rests_on_two_settled_years()
    {
        var twoYears = new HeldOutcome(Books.Person(1), "用6");
        Assert.IsType<LastYearIsNotSettled>(Propose.Decide(twoYears, Standing with { IsLastYearSettled = false }, Today).Refusal);
        Assert.False(Propose.Decide(twoYears, Standing, Today).IsRefused);
        Assert.False((Propose with { IsTaken = false }).Decide(twoYears, Standing with { IsLastYearSettled = false }, Today).IsRefused);
    }

    [Fact]
    public void The_superior_answers_what_waits_and_says_why_not()
    {
        var waiting = Standing with { State = OutcomeState.Proposed };
        Assert.IsType<OutcomeApproved>(new AnswerOutcome(2025, true, null).Decide(Held, waiting, Today).Happenings[0].Event);
        Assert.IsType<InputIsWrong>(new AnswerOutcome(2025, false, " ").Decide(Held, waiting, Today).Refusal);
        Assert.IsType<OutcomeIsNotWaiting>(new AnswerOutcome(2025, true, null).Decide(Held, Standing, Today).Refusal);
    }

    [Theory]
    [InlineData("jsit-2020", "谈心谈话、结对帮扶", new[] { MeasureKind.HeartToHeartTalk, MeasureKind.PairedHelp })]
    [InlineData("yxnu-2016", "取消评优评先资格，支部负责人诫勉谈话，限期整改", new[] { MeasureKind.AdmonishingTalk, MeasureKind.CorrectionDeadline })]
    [InlineData("jsu-law-2017", "黄色预警：书记约谈，督促提高", new[] { MeasureKind.ReminderTalk })]
    [InlineData("district", "支部负责人谈话，指定专人做好教育转化", new[] { MeasureKind.HeartToHeartTalk, MeasureKind.PairedHelp, MeasureKind.CriticismAndEducation })]
    public void Kinds_of_measures_are_those_the_document_writes(string scheme, string result, MeasureKind[] kinds)
    {
        Assert.Equal(kinds, MeasureText.NamedIn(result));
        Assert.Subset(MeasureText.NamedIn(World.Scheme(scheme)).ToHashSet(), kinds.ToHashSet());
        Assert.Contains(MeasureKind.Other, MeasureText.NamedIn(World.Scheme(scheme)));
    }

    [Fact]
    public void What_a_document_does_not_write_is_not_offered()
    {
        Assert.Equal([MeasureKind.AdmonishingTalk, MeasureKind.CorrectionDeadline, MeasureKind.Other], MeasureText.NamedIn(World.Scheme("yxnu-2016")));
        Assert.Empty(MeasureText.NamedIn("应优先推荐评先评优，另有政治、学习、物质上的激励"));
    }

    [Fact]
    public void A_measure_has_a_day_and_somebody_else_who_sees_to_it_and_ends_when_something_was_done()
    {
        var begin = new BeginMeasure(Guid.CreateVersion7(), MeasureKind.PairedHelp, Today.AddDays(30), Books.Person(2), 2025, "用5");
        Assert.False(begin.Decide(Books.Person(1), true, true, Today).IsRefused);
        Assert.IsType<OutcomeIsNotApproved>(begin.Decide(Books.Person(1), true, false, Today).Refusal);
        Assert.IsType<InputIsWrong>(begin.Decide(Books.Person(2), true, true, Today).Refusal);
        Assert.IsType<InputIsWrong>((begin with { DueOn = Today.AddDays(-1) }).Decide(Books.Person(1), true, true, Today).Refusal);

        var measure = new MeasureOnRecord(begin.Measure, Books.Person(1), false, 0);
        Assert.IsType<NothingWasDone>(new EndMeasure(begin.Measure, MeasureResult.Improved).Decide(measure, Today).Refusal);
        Assert.False(new EndMeasure(begin.Measure, MeasureResult.NoLongerNeeded).Decide(measure, Today).IsRefused);
        Assert.False(new EndMeasure(begin.Measure, MeasureResult.Improved).Decide(measure with { Records = 1 }, Today).IsRefused);
        Assert.IsType<MeasureIsEnded>(new RecordMeasure(begin.Measure, "谈了一次", Today).Decide(measure with { IsEnded = true }, Guid.CreateVersion7(), null, Today).Refusal);
        Assert.IsType<NoSuchMeasure>(new RecordMeasure(begin.Measure, "谈了一次", Today).Decide(null, Guid.CreateVersion7(), null, Today).Refusal);
    }
}
