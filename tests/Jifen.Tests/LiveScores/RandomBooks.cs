using Jifen.Cycle.Records;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;

namespace Jifen.Tests.LiveScores;

/// <summary>A year of a branch, drawn from a seed: every kind of record, every attendance, some of it wrong.</summary>
internal static class RandomBooks
{
    private static readonly GatheringKind[] Kinds = [.. GatheringKinds.All];
    private static readonly Attendance[] Marks = [.. Attendances.All];

    public static Books Of(int seed, int people, int year = 2025)
    {
        var dice = new Random(seed);
        var books = new Books();
        for (var person = 1; person <= people; person++)
        {
            books.On(person, (Standing)dice.Next(3));
        }

        for (var gathering = 0; gathering < 30; gathering++)
        {
            var (on, kind, hours) = (Day(), Kinds[dice.Next(Kinds.Length)], dice.Next(2) == 0 ? (decimal?)null : dice.Next(1, 9) * 0.5m);
            for (var person = 1; person <= people; person++)
            {
                books.Attended(person, on, kind, dice.Next(4) > 0 ? Attendance.Present : Marks[dice.Next(Marks.Length)], hours);
            }
        }

        for (var person = 1; person <= people; person++)
        {
            for (var month = 1; month <= 12; month++)
            {
                books.Dues(person, year, month, 10, dice.Next(5) == 0 ? dice.Next(10) : 10, dice.Next(6) == 0 ? null : new DateOnly(year, month, 1).AddDays(dice.Next(40)));
            }

            for (var report = dice.Next(6); report > 0; report--)
            {
                books.Reported(person, Day());
            }

            if (dice.Next(3) == 0)
            {
                books.Studied(person, Day(), dice.Next(1, 40) * 0.25m);
            }

            if (dice.Next(3) == 0)
            {
                books.Fact(person, Day(), "commendation", level: "学校", content: $"表彰{dice.Next(3)}");
                books.Fact(person, Day(), "commendation", level: "无锡市", content: $"表彰{dice.Next(3)}");
            }

            if (dice.Next(4) == 0)
            {
                books.Fact(person, Day(), "badge-missing", quantity: dice.Next(1, 5));
                books.Fact(person, Day(), "deduction-6", (FactState)dice.Next(3), points: 5 + (dice.Next(11) * 0.5m));
                books.Fact(person, Day(), "of-no-scheme");
            }
        }

        return books;

        DateOnly Day() => new DateOnly(year, 1, 1).AddDays(dice.Next(365));
    }
}
