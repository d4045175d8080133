using Jifen.Cycle.Rounds;

namespace Jifen.Cycle.Scorecards;

/// <summary>The points as a round leaves them: what happened after its last day is not in them, whenever it was recorded.</summary>
public static class RoundScores
{
    public static BranchScores Of(BranchScores now, Round round)
    {
        if (now.Day <= round.Last)
        {
            return now;
        }

        var last = round.Last;
        var books = now.Books with
        {
            Attendances = [.. now.Books.Attendances.Where(one => one.HeldOn <= last)],
            Dues = [.. now.Books.Dues.Where(one => one.Month <= last)],
            ThoughtReports = [.. now.Books.ThoughtReports.Where(one => one.ReceivedOn <= last)],
            OutsideStudies = [.. now.Books.OutsideStudies.Where(one => one.StudiedOn <= last)],
            Facts = [.. now.Books.Facts.Where(one => one.HappenedOn <= last)],
        };
        return BranchScores.Of(now.Plan, books, last, now.Previous, judgedOn: now.Day);
    }
}
