using Jifen.Scoring.Scorecards;

namespace Jifen.Documents.Annexes;

/// <summary>Writes the totals as csv: docs/CONTRACT, "Scoring without a server".</summary>
public static class TotalsCsv
{
    public static void Write(Stream stream, Scorer scorer, Totals totals, int threads = 1) =>
        throw new NotSupportedException($"{stream.CanWrite}{scorer.Roster.Count}{totals.Count}{threads}");
}
