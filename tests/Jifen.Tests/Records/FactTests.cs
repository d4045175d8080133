using Jifen.Cycle.Records;
using Xunit;
using static Jifen.Tests.Records.Desk;

namespace Jifen.Tests.Records;

public sealed class FactTests
{
    private static readonly RecordFact Badge = new([Li], "badge-missing", new DateOnly(2025, 10, 15), null, null, null, null, "10月15日支委检查", []);

    [Fact]
    public void What_the_recorder_may_decide_counts_at_once_with_ground_and_clause()
    {
        var happening = Assert.Single(Badge.Decide(Open, Scheme).Happenings);

        Assert.Equal(FactState.Counts, Assert.IsType<FactRecorded>(happening.Event).State);
        Assert.Equal(Li, happening.About);
        Assert.Equal(new DateOnly(2025, 10, 15), happening.On);
        Assert.Equal("10月15日支委检查", happening.Ground);
        Assert.Equal("附1·作用发挥", happening.Clause);
    }

    [Fact]
    public void What_a_body_must_confirm_waits_for_it()
    {
        Assert.Equal(FactState.Pending, Event<FactRecorded>((Badge with { Kind = "complaint" }).Decide(Open, Scheme)).State);
        Assert.Equal("支委会", Bodies.Of(Kind("complaint")));
        Assert.Equal("支部", Bodies.Of(Kind("deduction-1")));
        Assert.Equal("支委会", Bodies.Of(Kind("courage")));
        Assert.Null(Bodies.Of(Kind("badge-missing")));
    }

    [Fact]
    public void Several_people_get_an_entry_each_and_one_named_twice_gets_one() =>
        Assert.Equal([Li, Wang], (Badge with { People = [Li, Wang, Li] }).Decide(Open, Scheme).Happenings.Select(happening => happening.About!.Value));

    [Fact]
    public void Nobody_records_himself_not_even_among_others() =>
        Assert.Equal(NotHis, (Badge with { People = [Li, Zhao] }).Decide(OfZhao, Scheme).Refusal);

    [Fact]
    public void Somebody_must_be_chosen_and_be_of_the_branch()
    {
        Assert.IsType<NobodyChosen>((Badge with { People = [] }).Decide(Open, Scheme).Refusal);
        Assert.Equal([Fields.Person], Faults((Badge with { People = [Stranger] }).Decide(Open, Scheme)));
    }

    [Theory]
    [InlineData("2025-10-21")]
    [InlineData("2023-12-31")]
    public void The_day_is_not_in_the_future_and_in_a_cycle_that_is_open(string day) =>
        Assert.Equal([Fields.On], Faults((Badge with { On = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture) }).Decide(Open, Scheme)));

    [Fact]
    public void Nothing_is_recorded_of_somebody_before_he_was_on_the_roll()
    {
        var early = (Badge with { People = [Newcomer], On = new DateOnly(2025, 9, 9) }).Decide(Open, Scheme);

        Assert.Equal([Fields.On], Faults(early));
        Assert.Contains("2025年9月10日起在册", early.Refusal!.Message, StringComparison.Ordinal);
        Assert.False((Badge with { People = [Newcomer], On = new DateOnly(2025, 9, 10) }).Decide(Open, Scheme).IsRefused);
    }

    [Fact]
    public void December_is_still_entered_in_January() =>
        Assert.False((Badge with { On = new DateOnly(2024, 12, 30) }).Decide(Open, Scheme).IsRefused);

    [Fact]
    public void A_ground_is_written() => Assert.Equal([Fields.Ground], Faults((Badge with { Ground = "  " }).Decide(Open, Scheme)));

    [Fact]
    public void Points_the_scheme_fixes_are_not_typed_and_those_it_leaves_open_lie_in_its_range()
    {
        var open = Badge with { Kind = "deduction-6" };

        Assert.Equal([Fields.Points], Faults((Badge with { Points = 1 }).Decide(Open, Scheme)));
        Assert.Equal([Fields.Points], Faults(open.Decide(Open, Scheme)));
        Assert.Equal([Fields.Points], Faults((open with { Points = 10.5m }).Decide(Open, Scheme)));
        Assert.Equal(7.5m, Event<FactRecorded>((open with { Points = 7.5m }).Decide(Open, Scheme)).Points);
    }

    [Fact]
    public void What_carries_level_and_content_needs_both()
    {
        var award = Badge with { Kind = "commendation" };

        Assert.Equal([Fields.Level], Faults(award.Decide(Open, Scheme)));
        Assert.Equal([Fields.Level], Faults((award with { Level = "省级", Content = "优秀党员" }).Decide(Open, Scheme)));
        Assert.Equal([Fields.Content], Faults((award with { Level = "学校" }).Decide(Open, Scheme)));
        Assert.Equal("优秀党员", Event<FactRecorded>((award with { Level = "学校", Content = " 优秀党员 " }).Decide(Open, Scheme)).Content);
    }

    [Fact]
    public void Without_a_scheme_nobody_knows_what_counts()
    {
        Assert.IsType<NoSchemeThen>(Badge.Decide(Open, null).Refusal);
        Assert.IsType<NoSuchFact>((Badge with { Kind = "likes" }).Decide(Open, Scheme).Refusal);
    }

    [Fact]
    public void It_is_said_before_saving_what_a_fact_comes_to()
    {
        var badge = Assert.Single(FactMeaning.Of(Scheme, Kind("badge-missing"), null, 200, null, null));
        Assert.Equal("-1", badge.Points.ToString());
        Assert.Equal(-1, badge.Sign);

        var award = Assert.Single(FactMeaning.Of(Scheme, Kind("commendation"), null, 100, "无锡市", null));
        Assert.Equal("2", award.Points.ToString());

        var open = Assert.Single(FactMeaning.Of(Scheme, Kind("deduction-6"), null, 100, null, 750));
        Assert.Equal("-7.5", open.Points.ToString());

        var hours = Assert.Single(FactMeaning.Of(Scheme, Kind("group-study"), null, 150, null, null));
        Assert.Null(hours.Points);
        Assert.Equal(0, hours.Sign);

        Assert.True(Assert.Single(FactMeaning.Of(Scheme, Kind("grave-speech"), null, 100, null, null)).Forfeits);
        Assert.Equal("附1·学习", FactMeaning.ClauseOf(Scheme, Kind("grave-speech")));

        // Nobody has chosen the figure yet.
        Assert.True(Assert.Single(FactMeaning.Of(Scheme, Kind("deduction-6"), null, 100, null, null)).IsOpen);
    }

    [Fact]
    public void What_comes_by_itself_is_known()
    {
        Assert.True(FactMeaning.ComesByItself(Scheme, Kind("life-late")));
        Assert.True(FactMeaning.ComesByItself(Scheme, Kind("dues-late")));
        Assert.True(FactMeaning.ComesByItself(Scheme, Kind("thought-report")));
        Assert.False(FactMeaning.ComesByItself(Scheme, Kind("badge-missing")));
    }

    [Fact]
    public void A_body_confirms_what_waits_once_and_is_named()
    {
        var waits = new FactOnRecord(Entry, Li, FactState.Pending, null, HasEnded: false);

        Assert.Equal(new FactConfirmed(Entry, "支委会（10月18日）"), Event<FactConfirmed>(new ConfirmFact(Entry, " 支委会（10月18日） ").Decide(waits)));
        Assert.Equal([Fields.Body], Faults(new ConfirmFact(Entry, "").Decide(waits)));
        Assert.IsType<NotPending>(new ConfirmFact(Entry, "支委会").Decide(waits with { State = FactState.Counts }).Refusal);
        Assert.IsType<NotPending>(new ConfirmFact(Entry, "支委会").Decide(waits with { State = FactState.Rejected }).Refusal);
        Assert.IsType<NoSuchEntry>(new ConfirmFact(Entry, "支委会").Decide(waits with { HasEnded = true }).Refusal);
        Assert.IsType<NoSuchEntry>(new ConfirmFact(Entry, "支委会").Decide(null).Refusal);
    }

    [Fact]
    public void A_no_has_a_reason()
    {
        var waits = new FactOnRecord(Entry, Li, FactState.Pending, null, HasEnded: false);

        Assert.Equal([Fields.Reason], Faults(new RejectFact(Entry, "不").Decide(waits)));
        Assert.Equal("查无此事", Event<FactRejected>(new RejectFact(Entry, "查无此事").Decide(waits)).Reason);
    }
}
