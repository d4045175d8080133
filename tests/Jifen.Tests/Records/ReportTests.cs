using Jifen.Cycle.Records;
using Xunit;
using static Jifen.Tests.Records.Desk;

namespace Jifen.Tests.Records;

public sealed class ReportTests
{
    private static readonly HandedInReport Waiting = new(Entry, Li, "第三季度思想汇报", new DateOnly(2025, 9, 29), Desk.File, IsOpen: true);

    [Fact]
    public void A_member_hands_in_his_own_and_it_waits()
    {
        var happening = Assert.Single(new HandInThoughtReport(" 第三季度思想汇报 ", Desk.File).Decide(Li, Open, isThere: false).Happenings);

        Assert.Equal(new ThoughtReportHandedIn("第三季度思想汇报", Desk.File), happening.Event);
        Assert.Equal((Li, Today), (happening.About!.Value, happening.On!.Value));
        Assert.IsType<ReportIsThere>(new HandInThoughtReport("第三季度思想汇报", Desk.File).Decide(Li, Open, isThere: true).Refusal);
    }

    [Fact]
    public void Received_by_one_click_it_counts_for_the_day_it_was_handed_in()
    {
        var happening = Assert.Single(new AcceptThoughtReport(Entry).Decide(Waiting, Open, "三（一）5").Happenings);

        Assert.Equal(new ThoughtReportReceived("第三季度思想汇报", Desk.File, Entry), happening.Event);
        Assert.Equal(new DateOnly(2025, 9, 29), happening.On);
        Assert.Equal("三（一）5", happening.Clause);
    }

    [Fact]
    public void It_is_settled_once_and_returned_with_a_reason()
    {
        Assert.IsType<ReportIsSettled>(new AcceptThoughtReport(Entry).Decide(Waiting with { IsOpen = false }, Open, null).Refusal);
        Assert.Equal([Fields.Reason], Faults(new ReturnThoughtReport(Entry, "重写").Decide(Waiting, Open)));
        Assert.Equal(new ThoughtReportReturned(Entry, "题目与内容不符"), Event<ThoughtReportReturned>(new ReturnThoughtReport(Entry, "题目与内容不符").Decide(Waiting, Open)));
    }

    [Fact]
    public void The_recorders_own_is_received_by_somebody_else()
    {
        Assert.Equal(NotHis, new AcceptThoughtReport(Entry).Decide(Waiting with { Person = Zhao }, OfZhao, null).Refusal);
        Assert.Equal(NotHis, new ReceiveThoughtReport(Zhao, "思想汇报", Today, null, null).Decide(OfZhao, false, null).Refusal);
    }

    [Fact]
    public void One_on_paper_needs_a_title_and_a_day()
    {
        Assert.Equal([Fields.Title], Faults(new ReceiveThoughtReport(Li, "", Today, null, null).Decide(Open, false, null)));
        Assert.Equal([Fields.On], Faults(new ReceiveThoughtReport(Li, "思想汇报", Today.AddDays(1), null, null).Decide(Open, false, null)));
        Assert.Equal("书面稿", Assert.Single(new ReceiveThoughtReport(Li, "思想汇报", Today, " ", null).Decide(Open, false, null).Happenings).Ground);
    }

    [Fact]
    public void Study_elsewhere_needs_hours_and_a_proof()
    {
        var study = new RecordOutsideStudy([Li, Wang], "市委党校短期培训", 6, new DateOnly(2025, 10, 10), "结业证书", null);

        Assert.Equal(2, study.Decide(Open, "三（一）1").Happenings.Count);
        Assert.Equal([Fields.Hours], Faults((study with { Hours = 0 }).Decide(Open, null)));
        Assert.Equal([Fields.Hours], Faults((study with { Hours = 1000 }).Decide(Open, null)));
        Assert.Equal([Fields.Ground], Faults((study with { Ground = "" }).Decide(Open, null)));
        Assert.Equal(NotHis, (study with { People = [Zhao] }).Decide(OfZhao, null).Refusal);
    }
}
