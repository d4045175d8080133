using Jifen.Cycle.Scorecards;
using Jifen.Scoring;
using Jifen.Scoring.Schemes;
using Xunit;

namespace Jifen.Tests.LiveScores;

/// <summary>What is missing, by when, what it costs, and where the year leads.</summary>
public sealed class OutlookTests
{
    [Fact]
    public void What_is_missing_comes_from_the_rules_of_the_scheme()
    {
        var scores = new Books().On(1).Studied(1, new DateOnly(2025, 3, 1), 25.5m).Reported(1, new DateOnly(2025, 3, 1)).Score(asOf: "2025-06-30");

        var shortages = Shortage.Of(scores, Books.Person(1));

        Assert.Equal(["学1 25.5学时 6.5学时 -3.5", "汇1 1次 3次 -3"], shortages.Select(one =>
            $"{one.Rule.Id} {one.Of(one.Had)} {one.Of(one.Missing)} {one.Costs}"));
        Assert.All(shortages, one => Assert.Equal(new DateOnly(2025, 12, 31), one.Until));
        // Half of the year is over: 15.8 hours and one report would be an even pace.
        Assert.Equal([false, false], shortages.Select(one => one.IsBehind));
        Assert.True(Shortage.Of(new Books().On(1).Score(asOf: "2025-06-30"), Books.Person(1))[0].IsBehind);
    }

    [Fact]
    public void Making_up_what_is_missing_leads_to_the_full_score()
    {
        var outlook = Assert.Single(Outlook.Of(new Books().On(1).Studied(1, new DateOnly(2025, 3, 1), 25.5m).Score(asOf: "2025-06-30")));

        Assert.Equal(new Points(92_50), outlook.Now);
        Assert.Equal(new Points(100_00), outlook.MadeUp);
        // 25.5 hours in half a year are more than enough; no report in half a year is none in a whole one.
        Assert.Equal(new Points(96_00), outlook.AtPace);
        Assert.Empty(outlook.Warnings);
    }

    [Fact]
    public void Who_cannot_reach_the_line_any_more_is_told_apart_from_who_only_has_to_hurry()
    {
        var books = new Books().On(1).On(2).On(3).Attended(3, new DateOnly(2025, 2, 1), GatheringKind.GroupStudy, Attendance.Present, 32);
        for (var month = 1; month <= 4; month++)
        {
            books.Fact(1, new DateOnly(2025, month, 1), "deduction-4");
            books.Reported(3, new DateOnly(2025, month, 1));
        }

        books.Fact(2, new DateOnly(2025, 5, 1), "deduction-4");
        var outlooks = Outlook.Of(books.Score(asOf: "2025-09-30"));

        // 72 points when all is made up; without hours and reports 56, which is the last place too.
        Assert.Equal(["用3 True", "用4 False", "用5 True"], Said(outlooks[0]));
        Assert.Equal(["用4 True"], Said(outlooks[1]));
        Assert.Empty(outlooks[2].Warnings);

        static IEnumerable<string> Said(PersonOutlook outlook) => outlook.Warnings.Select(warning => $"{warning.Outcome.Id} {warning.CanBeAverted}");
    }

    [Fact]
    public void Praise_is_no_warning()
    {
        var scheme = World.Scheme("jsit-2020");

        Assert.Equal(
            ["用3", "用4", "用5", "用6", "用7", "用8"],
            scheme.Outcomes.Where(outcome => Outlook.IsAdverse(scheme, outcome)).Select(outcome => outcome.Id));
    }

    [Fact]
    public void Months_not_paid_are_owed_and_the_running_one_is_still_open()
    {
        var scores = new Books().On(1)
            .Dues(1, 2025, 3, 10, 4, new DateOnly(2025, 3, 20))
            .Dues(1, 2025, 4, 10, 10, new DateOnly(2025, 5, 2))
            .Dues(1, 2025, 5, 10, 0, null)
            .Dues(1, 2025, 6, 10, 0, null)
            .Score(asOf: "2025-06-10");

        Assert.Equal(
            ["3 TooLittle 6", "5 Unpaid 10", "6 Open 10"],
            OwedDues.Of(scores, Books.Person(1)).Select(owed => $"{owed.Dues.Month.Month} {owed.Standing} {owed.Missing}"));
    }

    [Fact]
    public void The_distribution_counts_everybody_once_and_is_not_shown_of_four()
    {
        var scores = RandomBooks.Of(7, 40).Score();

        var bands = PointsDistribution.Of(scores);

        Assert.Equal(40, bands.Sum(band => band.People));
        Assert.All(bands.Zip(bands.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        Assert.Empty(PointsDistribution.Of(RandomBooks.Of(7, 4).Score()));
    }
}
