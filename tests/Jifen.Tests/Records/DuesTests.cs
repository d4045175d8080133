using Jifen.Cycle;
using Jifen.Cycle.Records;
using Jifen.Cycle.Scorecards;
using Xunit;
using static Jifen.Tests.Records.Desk;

namespace Jifen.Tests.Records;

public sealed class DuesTests
{
    private static readonly Dictionary<(PersonId, DateOnly), StandingDues> Nothing = [];

    private static readonly DateOnly September = new(2025, 9, 1);

    [Fact]
    public void A_month_of_many_becomes_an_entry_each()
    {
        var ruling = Record(Paid(Li, 12), new DuesLine(Wang, September, 20.5m, 0, null)).Decide(Open, Nothing, Scheme.DailyRecords.Dues);

        Assert.Equal([new DuesRecorded(September, 12, 12, new DateOnly(2025, 9, 12)), new DuesRecorded(September, 20.5m, 0, null)], ruling.Happenings.Select(one => one.Event));
        Assert.Equal([new DateOnly(2025, 9, 12), new DateOnly(2025, 9, 30)], ruling.Happenings.Select(one => one.On!.Value));
        Assert.All(ruling.Happenings, one => Assert.Equal("三（一）4", one.Clause));
    }

    [Fact]
    public void Unpaid_in_the_running_month_is_of_today_and_not_in_the_future() =>
        Assert.Equal(Today, Record(new DuesLine(Li, October, 12, 0, null)).Decide(Open, Nothing, null).Happenings[0].On);

    [Fact]
    public void What_is_on_record_already_is_passed_over()
    {
        var standing = new Dictionary<(PersonId, DateOnly), StandingDues> { [(Li, September)] = new(Entry, 12, 12, new DateOnly(2025, 9, 12)) };

        Assert.Empty(Record(Paid(Li, 12)).Decide(Open, standing, null).Happenings);
        Assert.Equal(Wang, Assert.Single(Record(Paid(Li, 12), Paid(Wang, 5)).Decide(Open, standing, null).Happenings).About);
    }

    [Fact]
    public void Paying_later_is_an_ordinary_entry_and_anything_else_is_a_correction()
    {
        var standing = new Dictionary<(PersonId, DateOnly), StandingDues> { [(Li, September)] = new(Entry, 12, 0, null) };

        Assert.Single(Record(new DuesLine(Li, September, 12, 12, new DateOnly(2025, 10, 8))).Decide(Open, standing, null).Happenings);
        Assert.Equal([Fields.Paid], Faults(Record(new DuesLine(Li, September, 10, 10, new DateOnly(2025, 10, 8))).Decide(Open, standing, null)));
    }

    [Theory]
    [InlineData(12, 12, null, Fields.PaidOn)]
    [InlineData(12, 12, "2025-10-21", Fields.PaidOn)]
    [InlineData(12, 12, "2024-08-31", Fields.PaidOn)]
    [InlineData(12, 0, "2025-09-12", Fields.Paid)]
    [InlineData(-1, 0, null, Fields.Due)]
    [InlineData(12.345, 0, null, Fields.Due)]
    [InlineData(12, 100000, "2025-09-12", Fields.Paid)]
    public void A_line_that_cannot_be_right_is_refused_at_its_field(double due, double paid, string? paidOn, string field)
    {
        var line = new DuesLine(
            Li, September, (decimal)due, (decimal)paid, paidOn is null ? null : DateOnly.Parse(paidOn, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal([field], Faults(Record(line).Decide(Open, Nothing, null)));
    }

    [Fact]
    public void One_wrong_line_keeps_all_back_and_says_which()
    {
        var refusal = Assert.IsType<InputIsWrong>(Record(Paid(Li, 12), Paid(Stranger, 12), Paid(Li, 13)).Decide(Open, Nothing, null).Refusal);

        Assert.Equal([1, 2], refusal.Faults.Select(fault => fault.Row));
    }

    [Fact]
    public void A_month_before_the_roll_or_of_a_closed_cycle_is_refused()
    {
        Assert.Equal([Fields.Month], Faults(Record(new DuesLine(Newcomer, new DateOnly(2025, 8, 1), 1, 0, null)).Decide(Open, Nothing, null)));
        Assert.False(Record(new DuesLine(Newcomer, September, 1, 0, null)).Decide(Open, Nothing, null).IsRefused);
        Assert.Equal([Fields.Month], Faults(Record(new DuesLine(Li, new DateOnly(2023, 12, 1), 1, 0, null)).Decide(Open, Nothing, null)));
        Assert.Equal([Fields.Month], Faults(Record(new DuesLine(Li, new DateOnly(2026, 11, 1), 1, 0, null)).Decide(Open, Nothing, null)));
    }

    [Fact]
    public void The_recorder_does_not_record_his_own() => Assert.Equal(NotHis, Record(Paid(Li, 12), Paid(Zhao, 12)).Decide(OfZhao, Nothing, null).Refusal);

    [Fact]
    public void Late_and_short_have_their_consequence_by_the_scheme()
    {
        var late = new DuesLine(Li, September, 12, 12, new DateOnly(2025, 10, 3));

        Assert.Equal(DuesStanding.PaidLate, DuesMeaning.StandingOf(late, Today));
        Assert.Equal("-2", Assert.Single(DuesMeaning.EffectsOf(Scheme, late, null, Today)).Points.ToString());
        Assert.Empty(DuesMeaning.EffectsOf(Scheme, Paid(Li, 12), null, Today));
        Assert.Equal("-2", Assert.Single(DuesMeaning.EffectsOf(Scheme, Paid(Li, 12) with { Due = 20 }, null, Today)).Points.ToString());
    }

    [Fact]
    public void A_list_is_matched_by_number_or_by_a_name_only_one_has()
    {
        var list = DuesList.Of(
            [Row(1, "20150001", null), Row(2, null, "王芳"), Row(3, "999", null), Row(4, null, "王方"), Row(5, "20150004", "王芳")], Open, Nothing);

        Assert.Equal([DuesRowFate.New, DuesRowFate.New, DuesRowFate.Wrong, DuesRowFate.Wrong, DuesRowFate.Wrong], list.Lines.Select(line => line.Fate));
        Assert.True(list.HasFaults);
        Assert.Contains("周可欣", list.Lines[4].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_leaves_out_what_somebody_else_keeps_and_what_is_known()
    {
        var standing = new Dictionary<(PersonId, DateOnly), StandingDues> { [(Wang, September)] = new(Entry, 12, 12, new DateOnly(2025, 9, 12)) };
        var list = DuesList.Of([Row(1, "20150001", null), Row(2, "20150002", null), Row(3, "20150003", null)], OfZhao, standing);

        Assert.Equal([DuesRowFate.New, DuesRowFate.Known, DuesRowFate.NotYours], list.Lines.Select(line => line.Fate));
        Assert.False(list.HasFaults);
        Assert.Equal(Li, Assert.Single(list.ToRecord).Person);
    }

    [Fact]
    public void What_the_list_lets_pass_the_step_takes()
    {
        var list = DuesList.Of([Row(1, "20150001", null), Row(2, "20150002", null)], Open, Nothing);

        Assert.Equal(2, new RecordDues(list.ToRecord, null).Decide(Open, Nothing, null).Happenings.Count);
    }

    private static DuesListRow Row(int line, string? number, string? name) =>
        new($"第{line}行", number, name, September, 12, 12, new DateOnly(2025, 9, 12));

    private static DuesLine Paid(PersonId person, decimal amount) => new(person, September, amount, amount, new DateOnly(2025, 9, 12));

    private static RecordDues Record(params IReadOnlyList<DuesLine> lines) => new(lines, "台账");
}
