using Jifen.Scoring;

namespace Jifen.Cycle.Scorecards;

/// <summary>How many totals lie in one band.</summary>
/// <param name="From">included</param>
/// <param name="To">not included</param>
public sealed record Band(Points From, Points To, int People);

/// <summary>分布: how the totals of a branch lie, without a name. Instead of a ranking for everybody to see.</summary>
public static class PointsDistribution
{
    /// <summary>Of fewer people no distribution is shown: it would show the people.</summary>
    public const int FewestPeople = 5;

    private const long Width = 5_00;
    private const int MostBands = 12;

    /// <summary>Bands of equal width without gaps, the lowest first; empty where there are too few people.</summary>
    public static IReadOnlyList<Band> Of(BranchScores scores)
    {
        var totals = Enumerable.Range(0, scores.People.Count)
            .Where(index => scores.People[index].Presence == Presence.OnRoll && scores.Totals.HasScorecard(index))
            .Select(index => scores.Totals.TotalOf(index).Hundredths)
            .ToList();
        if (totals.Count < FewestPeople)
        {
            return [];
        }

        var width = Width;
        while ((Floor(totals.Max(), width) - Floor(totals.Min(), width)) / width >= MostBands)
        {
            width *= 2;
        }

        var bands = new List<Band>();
        for (var from = Floor(totals.Min(), width); from <= totals.Max(); from += width)
        {
            bands.Add(new Band(new Points(from), new Points(from + width), totals.Count(total => Floor(total, width) == from)));
        }

        return bands;
    }

    private static long Floor(long value, long width) => (value >= 0 ? value / width : -((-value + width - 1) / width)) * width;
}
