using Jifen.Cycle.Members;
using Jifen.Cycle.Organizations;
using Jifen.Cycle.Records;
using Jifen.Cycle.Scorecards;
using Jifen.Scoring;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;
using Jifen.Scoring.Scorecards;
using Xunit;

namespace Jifen.Tests.LiveScores;

/// <summary>Who is scored where, as of which day, and what is said about the rest of the year.</summary>
public sealed class BranchScoresTests
{
    private static readonly DateOnly June30 = new(2025, 6, 30);

    [Fact]
    public void Whoever_moved_between_branches_is_scored_once_where_he_is_now_with_what_both_recorded()
    {
        var moved = new Books().With(1,
        [
            new BookedAffiliation(Books.Elsewhere, new DateOnly(2020, 1, 1), June30, Arrival.OnRoll, Departure.Moved),
            new BookedAffiliation(Books.Here, June30.AddDays(1), null, Arrival.TransferredIn),
        ]).Attended(1, new DateOnly(2025, 3, 1), GatheringKind.ThemedPartyDay, Attendance.Late).Attended(1, new DateOnly(2025, 9, 1), GatheringKind.ThemedPartyDay, Attendance.Late);

        var scores = moved.Score();

        Assert.Equal(Presence.OnRoll, scores.People[0].Presence);
        Assert.Null(scores.People[0].Member.EnrolledFrom);
        Assert.Equal(new Points(-4_00), LifePoints(scores) - new Points(24_00));
        Assert.Equal(1, scores.Totals.RankOf(0));
    }

    [Fact]
    public void Whoever_left_for_another_branch_stands_apart_and_what_came_after_is_not_this_branchs_business()
    {
        var scores = new Books().On(2).With(1,
        [
            new BookedAffiliation(Books.Here, new DateOnly(2020, 1, 1), June30, Arrival.OnRoll, Departure.Moved, "第二支部"),
            new BookedAffiliation(Books.Elsewhere, June30.AddDays(1), null, Arrival.TransferredIn),
        ])
            .Attended(1, new DateOnly(2025, 3, 1), GatheringKind.ThemedPartyDay, Attendance.Late)
            .Attended(1, new DateOnly(2025, 9, 1), GatheringKind.ThemedPartyDay, Attendance.Late)
            .Fact(1, new DateOnly(2025, 9, 1), "help", FactState.Pending)
            .Score();

        var left = scores.PersonOf(Books.Person(1))!;
        Assert.Equal((Presence.Left, Departure.Moved, "第二支部", June30), (left.Presence, left.LeftBy!.Value, left.LeftTo, left.LeftOn!.Value));
        Assert.False(left.IsScoredHere);
        Assert.Equal(1, scores.CardOf(Books.Person(2)).RankedPeople);
        Assert.All(scores.Facts, fact => Assert.True(fact.On <= June30));
        Assert.Empty(scores.Pending);
    }

    [Fact]
    public void Before_the_transfer_the_old_branch_scored_him_like_anybody()
    {
        var scores = new Books().With(1,
        [
            new BookedAffiliation(Books.Here, new DateOnly(2020, 1, 1), June30, Arrival.OnRoll, Departure.Moved, "第二支部"),
        ]).Score(asOf: "2025-06-30");

        Assert.Equal(Presence.OnRoll, scores.People[0].Presence);
    }

    [Fact]
    public void A_newcomer_is_scored_from_the_day_he_came_and_an_exempt_member_has_no_sheet()
    {
        var scores = new Books()
            .With(1, [new BookedAffiliation(Books.Here, new DateOnly(2025, 9, 10), null, Arrival.TransferredIn)])
            .On(2, more: [new BookedPeriod(Aspect.Exemption, new DateOnly(2025, 2, 1), null, "年老卧床")])
            .Attended(1, new DateOnly(2025, 9, 1), GatheringKind.ThemedPartyDay, Attendance.Absent)
            .Score();

        Assert.Equal(new DateOnly(2025, 9, 10), scores.PersonOf(Books.Person(1))!.Member.EnrolledFrom);
        Assert.Equal(new Points(24_00), LifePoints(scores));
        Assert.False(scores.CardOf(Books.Person(2)).HasScorecard);
    }

    [Fact]
    public void Standing_and_office_are_those_of_the_day_or_of_the_last_day_of_a_year_that_is_over()
    {
        var books = new Books().With(
            1,
            [new BookedAffiliation(Books.Here, new DateOnly(2024, 1, 1), null, Arrival.OnRoll)],
            [
                new BookedPeriod(Aspect.Standing, new DateOnly(2024, 1, 1), new DateOnly(2025, 6, 30), "probationary"),
                new BookedPeriod(Aspect.Standing, new DateOnly(2025, 7, 1), null, "full"),
            ],
            new BookedOffice(Office.Recorder, new DateOnly(2025, 1, 1), new DateOnly(2025, 12, 31)));

        Assert.Equal((Standing.Probationary, "记录员"), Of(books.Score(asOf: "2025-06-30")));
        Assert.Equal((Standing.Full, "记录员"), Of(books.Score(asOf: "2025-07-01")));
        Assert.Equal((Standing.Full, "记录员"), Of(books.Score(asOf: "2026-03-01")));

        static (Standing, string?) Of(BranchScores scores) => (scores.People[0].Member.Standing, scores.People[0].Member.Office);
    }

    [Fact]
    public void What_is_written_down_later_falls_on_the_day_it_happened()
    {
        // A scheme whose rounds are scored by themselves: the absence of April is of the first term, whenever it was entered.
        var scores = new Books().On(1, category: "教职工").Attended(1, new DateOnly(2025, 4, 2), GatheringKind.PartyLecture, Attendance.Absent).Score("jsu-law-2017");

        var line = Assert.Single(
            scores.CardOf(Books.Person(1)).Sections.SelectMany(section => section.Items).SelectMany(item => item.Lines), line => line.FactId is not null && line.Points < Points.Zero);
        Assert.Equal(new DateOnly(2025, 4, 2), line.Date);
    }

    [Fact]
    public void A_round_that_has_not_begun_gives_nobody_its_full_marks()
    {
        var books = new Books().On(1, category: "教职工").Attended(1, new DateOnly(2025, 4, 2), GatheringKind.PartyLecture, Attendance.Absent);

        var spring = books.Score("jsu-law-2017", "2025-05-01");
        var autumn = books.Score("jsu-law-2017", "2025-09-01");

        Assert.Equal(new DateOnly(2025, 7, 31), spring.People[0].Member.EnrolledTo);
        Assert.Null(books.Score("jsu-law-2017").People[0].Member.EnrolledTo);
        Assert.True(autumn.Totals.TotalOf(0) > spring.Totals.TotalOf(0));
    }

    [Fact]
    public void The_order_of_the_records_does_not_matter()
    {
        var random = RandomBooks.Of(20250628, people: 25);
        var plan = Plan.Compile(World.Scheme("jsit-2020"), 2025);
        var day = new DateOnly(2025, 11, 20);
        var first = Say(BranchScores.Of(plan, random.Build(), day));

        for (var seed = 1; seed <= 20; seed++)
        {
            Assert.Equal(first, Say(BranchScores.Of(plan, random.Shuffled(seed), day)));
        }
    }

    [Fact]
    public void Two_bad_years_running_need_the_first_one_to_have_been_here()
    {
        var bad = new Books().On(1).On(2);
        foreach (var month in Enumerable.Range(1, 5))
        {
            bad.Fact(1, new DateOnly(2024, month, 1), "deduction-5").Fact(1, new DateOnly(2025, month, 1), "deduction-5");
        }

        var before = bad.Score(year: 2024, asOf: "2025-12-31").Results();

        Assert.Contains("用6", Outcomes(bad.Score(previous: new PreviousYear(before))));
        Assert.DoesNotContain("用6", Outcomes(bad.Score()));

        static IEnumerable<string> Outcomes(BranchScores scores) => scores.CardOf(Books.Person(1)).Outcomes.Select(held => held.Outcome.Id);
    }

    private static Points LifePoints(BranchScores scores) =>
        scores.CardOf(Books.Person(1)).Sections.SelectMany(section => section.Items).Single(item => item.Id == "organizational-life").Points;

    private static string Say(BranchScores scores) => string.Join('\n', scores.People.Select(person =>
    {
        var card = scores.CardOf(person.Person);
        return $"{person.Member.Id} {card.Total} {card.Rank} {string.Join(';', card.Outcomes.Select(held => held.Outcome.Id))} "
            + string.Join('|', card.Sections.SelectMany(section => section.Items).SelectMany(item => item.Lines).Select(line => $"{line.FactId} {line.Points}"));
    }));
}
