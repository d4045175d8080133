using System.Globalization;
using Jifen.Cycle.Records;
using Jifen.Cycle.Scorecards;
using Jifen.Scoring.Schemes;
using Xunit;

namespace Jifen.Tests.LiveScores;

/// <summary>What attendance, dues, reports and other records of a branch become, by the block 登记 of the scheme.</summary>
public sealed class RecordsAsFactsTests
{
    private static readonly DateOnly May9 = new(2025, 5, 9);

    [Theory]
    [InlineData(GatheringKind.ThemedPartyDay, Attendance.Present, "组织生活出席 集中学习×1.5")]
    [InlineData(GatheringKind.ThemedPartyDay, Attendance.Late, "组织生活出席 组织生活迟到 集中学习×1.5")]
    [InlineData(GatheringKind.ThemedPartyDay, Attendance.LateAndLeftEarly, "组织生活出席 组织生活迟到 组织生活早退 集中学习×1.5")]
    [InlineData(GatheringKind.ThemedPartyDay, Attendance.Absent, "组织生活缺席")]
    [InlineData(GatheringKind.ThemedPartyDay, Attendance.Excused, "")]
    [InlineData(GatheringKind.ThemedPartyDay, Attendance.MadeUp, "集中学习×1.5")]
    [InlineData(GatheringKind.DecisionMeeting, Attendance.Absent, "会议缺席")]
    [InlineData(GatheringKind.GroupStudy, Attendance.Present, "集中学习×1.5")]
    [InlineData(GatheringKind.VolunteerService, Attendance.Absent, "")]
    public void Attendance_becomes_what_the_scheme_names_on_the_day_of_the_gathering(GatheringKind kind, Attendance attendance, string facts)
    {
        var scores = new Books().On(1).Attended(1, May9, kind, attendance, 1.5m).Score();

        Assert.Equal(facts, Say(scores));
        Assert.All(scores.Facts, fact => Assert.Equal(May9, fact.On));
    }

    [Fact]
    public void Hours_that_were_not_noted_become_nothing()
    {
        Assert.Equal("组织生活出席", Say(new Books().On(1).Attended(1, May9, GatheringKind.PartyLecture, Attendance.Present).Score()));
    }

    [Theory]
    [InlineData(10, "2025-03-20", "2025-03-25", "党费缴纳 2025-03-20")]
    [InlineData(10, "2025-03-31", "2025-12-31", "党费缴纳 2025-03-31")]
    [InlineData(10, "2025-01-05", "2025-12-31", "党费缴纳 2025-03-01")]
    [InlineData(10, "2025-04-01", "2025-12-31", "党费未按时 2025-03-31")]
    [InlineData(4, "2025-03-20", "2025-03-31", "")]
    [InlineData(4, "2025-03-20", "2025-04-01", "党费未足额 2025-03-31")]
    [InlineData(4, "2025-04-02", "2025-12-31", "党费未按时 2025-03-31; 党费未足额 2025-03-31")]
    [InlineData(0, null, "2025-03-31", "")]
    [InlineData(0, null, "2025-04-01", "党费未按时 2025-03-31")]
    public void Dues_of_a_month_are_judged_when_the_month_is_over(int paid, string? paidOn, string asOf, string facts)
    {
        var scores = new Books().On(1).Dues(1, 2025, 3, 10, paid, paidOn is null ? null : Day(paidOn)).Score(asOf: asOf);

        Assert.Equal(facts, string.Join("; ", scores.Facts.Select(fact => $"{fact.Kind.Name} {fact.On:yyyy-MM-dd}")));
    }

    [Fact]
    public void Dues_paid_late_are_made_good_where_the_scheme_says_so_and_give_their_share_back()
    {
        var late = new Books().On(1, category: null).Dues(1, 2025, 3, 10, 0, null).Score("yxnu-2016");
        var madeGood = new Books().On(1, category: null).Dues(1, 2025, 3, 10, 10, Day("2025-04-08")).Score("yxnu-2016");

        Assert.Equal("党费逾期", Say(late));
        Assert.Equal("党费逾期 党费补缴", Say(madeGood));
        Assert.All(madeGood.Facts, fact => Assert.Equal("2025-03", fact.Content));
        Assert.True(madeGood.Totals.TotalOf(0) > late.Totals.TotalOf(0));
    }

    [Fact]
    public void Nothing_due_is_paid()
    {
        Assert.Equal("党费缴纳", Say(new Books().On(1).Dues(1, 2025, 3, 0, 0, null).Score()));
    }

    [Fact]
    public void Reports_and_study_elsewhere_count_on_their_day()
    {
        var scores = new Books().On(1).Reported(1, May9).Studied(1, May9.AddDays(1), 6.25m).Score();

        Assert.Equal("思想汇报 集中学习×6.25", Say(scores));
    }

    [Fact]
    public void A_fact_that_waits_is_listed_apart_and_one_that_was_rejected_is_gone()
    {
        var scores = new Books().On(1)
            .Fact(1, May9, "help")
            .Fact(1, May9, "deduction-1", FactState.Pending)
            .Fact(1, May9, "deduction-2", FactState.Rejected)
            .Score();

        Assert.Equal("联系帮扶", Say(scores));
        Assert.Equal(["减分情形1"], scores.Pending.Select(one => one.Kind.Name));
        Assert.Empty(scores.Uncounted);
    }

    [Theory]
    [InlineData("praise-of-another-scheme", null, null, "没有这个事实")]
    [InlineData("commendation", "全国", "优秀党员", "没有“全国”这个级别")]
    [InlineData("commendation", null, "优秀党员", "要写级别")]
    [InlineData("commendation", "学校", null, "要写内容")]
    public void A_fact_the_scheme_does_not_know_is_listed_with_its_reason_and_never_lost(string kind, string? level, string? content, string why)
    {
        var scores = new Books().On(1).Fact(1, May9, kind, level: level, content: content).Score();

        Assert.Empty(scores.Facts);
        Assert.Contains(why, Assert.Single(scores.Uncounted).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_line_of_the_sheet_leads_back_to_its_entry()
    {
        var books = new Books().On(1).Attended(1, May9, GatheringKind.ThemedPartyDay, Attendance.Late);
        var scores = books.Score();

        var line = Assert.Single(scores.CardOf(Books.Person(1)).Sections.SelectMany(section => section.Items).SelectMany(item => item.Lines), line => line.FactId is not null);
        Assert.Equal(books.LastEntry, FactIds.EntryOf(line.FactId));
        Assert.Equal("5月9日的活动", scores.FactOf(line.FactId)!.What);
        Assert.Null(FactIds.EntryOf("F0001"));
    }

    private static string Say(BranchScores scores) => string.Join(' ', scores.Facts
        .OrderBy(fact => fact.On)
        .ThenBy(fact => fact.Quantity == 100 ? 0 : 1)
        .ThenByDescending(fact => fact.Kind.Name.Contains("出席", StringComparison.Ordinal))
        .ThenBy(fact => fact.Kind.Index)
        .Select(fact => fact.Quantity == 100 ? fact.Kind.Name : $"{fact.Kind.Name}×{new Scoring.Points(fact.Quantity)}"));

    private static DateOnly Day(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);
}
