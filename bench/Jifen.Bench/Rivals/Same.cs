using Jifen.Scoring.Scorecards;

namespace Jifen.Bench.Rivals;

/// <summary>No time counts before the results are the same: every member, section by section.</summary>
internal static class Same
{
    public static SectionPoints Of(Totals totals, int member) => new(
        (int)totals.SectionOf(member, 0).Hundredths,
        (int)totals.SectionOf(member, 1).Hundredths,
        (int)totals.SectionOf(member, 2).Hundredths,
        (int)totals.TotalOf(member).Hundredths);

    /// <exception cref="InvalidOperationException">the first member on whom the two do not agree</exception>
    public static void Check(string rival, Totals ours, IReadOnlyList<SectionPoints> theirs, int firstMember = 0)
    {
        for (var i = 0; i < theirs.Count; i++)
        {
            var own = Of(ours, firstMember + i);
            if (own != theirs[i])
            {
                throw new InvalidOperationException($"{rival}: member {firstMember + i} has {theirs[i]}, ours is {own}");
            }
        }
    }

    public static void Check(Scorer scorer, Totals ours, HandYear theirs)
    {
        Check("hand-written loop", ours, theirs.Points);
        for (var m = 0; m < theirs.Ranks.Length; m++)
        {
            var held = scorer.Plan.Scheme.Outcomes.Where(outcome => ours.Holds(m, outcome.Index)).Aggregate(0, (bits, outcome) => bits | (1 << outcome.Index));
            if (ours.RankOf(m) != theirs.Ranks[m] || held != theirs.Outcomes[m])
            {
                throw new InvalidOperationException(
                    $"hand-written loop: member {m} has rank {theirs.Ranks[m]} and outcomes {theirs.Outcomes[m]:b}, ours are {ours.RankOf(m)} and {held:b}");
            }
        }
    }

    /// <exception cref="InvalidOperationException">the two files differ, and where</exception>
    public static void CheckFiles(string ours, string theirs)
    {
        if (File.ReadAllBytes(ours).AsSpan().SequenceEqual(File.ReadAllBytes(theirs)))
        {
            return;
        }

        var (own, other) = File.ReadLines(ours).Zip(File.ReadLines(theirs)).FirstOrDefault(rows => rows.First != rows.Second);
        throw new InvalidOperationException($"{theirs} is not {ours} byte for byte: {other}, ours is {own}");
    }
}
