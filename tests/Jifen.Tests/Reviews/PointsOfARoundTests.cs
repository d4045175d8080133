using Jifen.Cycle.Reviews;
using Jifen.Cycle.Rounds;
using Jifen.Cycle.Scorecards;
using Jifen.Tests.LiveScores;
using Jifen.Tests.Rounds;
using Xunit;

namespace Jifen.Tests.Reviews;

/// <summary>The table of points a review signs: the points as the round leaves them.</summary>
public sealed class PointsOfARoundTests
{
    private static readonly Round Third = YearPlanTests.PlanOf("jsit-2020", 2025).Find(RoundKey.Known("2025-q3"))!;

    [Fact]
    public void What_happened_after_the_round_is_not_in_its_points()
    {
        var books = new Books().On(1).Fact(1, new DateOnly(2025, 8, 12), "badge-missing").Fact(1, new DateOnly(2025, 10, 12), "badge-missing");
        var now = Scores(books);
        var round = RoundScores.Of(now, Third);
        Assert.Equal(50, round.Totals.TotalOf(0).Hundredths - now.Totals.TotalOf(0).Hundredths);
    }

    [Fact]
    public void Dues_not_paid_in_its_last_month_are_in_its_points_once_the_month_is_over()
    {
        var paid = RoundScores.Of(Scores(new Books().On(1).Dues(1, 2025, 9, 10, 10, new DateOnly(2025, 9, 5))), Third);
        var unpaid = RoundScores.Of(Scores(new Books().On(1).Dues(1, 2025, 9, 10, 0, null)), Third);
        Assert.True(unpaid.Totals.TotalOf(0) < paid.Totals.TotalOf(0));
    }

    [Fact]
    public void The_table_has_everybody_with_a_sheet_and_an_item_s_points_change_it()
    {
        var table = ReviewTable.Of(Third.Key, RoundScores.Of(Scores(new Books().On(1).On(2)), Third));
        var other = ReviewTable.Of(Third.Key, RoundScores.Of(Scores(new Books().On(1).On(2).Fact(2, new DateOnly(2025, 8, 12), "badge-missing")), Third));
        Assert.Equal(2, table.People.Count);
        Assert.NotEqual(table.People[1].Total, other.People[1].Total);
        Assert.All(table.People, person => Assert.NotEmpty(person.Items));
    }

    [Fact]
    public void Whoever_lost_points_in_the_round_stands_out_and_nobody_else()
    {
        var scores = RoundScores.Of(
            Scores(new Books().On(1).On(2).Fact(1, new DateOnly(2025, 8, 12), "badge-missing").Fact(2, new DateOnly(2025, 5, 12), "badge-missing")), Third);
        var before = RoundScores.Of(Scores(new Books().On(1).On(2).Fact(2, new DateOnly(2025, 5, 12), "badge-missing")), NotablePoints.Before(YearPlanTests.PlanOf("jsit-2020", 2025), Third)!);
        var notable = NotablePoints.Of(scores, before, Third);
        Assert.Contains("本期扣分", Assert.Single(notable[Books.Person(1)]), StringComparison.Ordinal);
        Assert.Empty(notable[Books.Person(2)]);
    }

    [Fact]
    public void A_total_that_moves_by_five_points_or_over_a_line_stands_out()
    {
        var clean = Scores(new Books().On(1));
        var fallen = Scores(new Books().On(1).Fact(1, new DateOnly(2025, 8, 12), "deduction-5"));
        var notable = NotablePoints.Of(RoundScores.Of(fallen, Third), RoundScores.Of(clean, Third), Third)[Books.Person(1)];
        Assert.Contains(notable, reason => reason.StartsWith("比上期少", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_whom_records_are_missing_that_others_have_the_review_is_told_once_and_points_do_not_move()
    {
        var books = new Books().On(1).On(2);
        for (var month = 5; month <= 9; month++)
        {
            books.Dues(2, 2025, month, 10, 10, new DateOnly(2025, month, 5));
            if (month < 7)
            {
                books.Dues(1, 2025, month, 10, 10, new DateOnly(2025, month, 5));
            }
        }

        var now = Scores(books);
        var third = RoundScores.Of(now, Third);
        var second = RoundScores.Of(now, NotablePoints.Before(YearPlanTests.PlanOf("jsit-2020", 2025), Third)!);
        var hint = Assert.Single(NotablePoints.Of(third, second, Third)[Books.Person(1)], reason => reason.Contains("请支部核实", StringComparison.Ordinal));
        Assert.Contains("2025年7月至9月连续3个月没有“党费缴纳”", hint, StringComparison.Ordinal);
        Assert.Empty(NotablePoints.Of(third, second, Third)[Books.Person(2)]);
        Assert.DoesNotContain(hint, NotablePoints.Of(third, third, Third)[Books.Person(1)]);
    }

    private static BranchScores Scores(Books books) => books.Score(asOf: "2025-10-20");
}
