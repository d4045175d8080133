using System.Globalization;
using Jifen.Cycle.AnnualResults;
using Jifen.Cycle.Scorecards;
using Jifen.Scoring.Schemes;

namespace Jifen.Web.Pages.AnnualResults;

/// <summary>名次 in words: whoever shares a place is told that he does.</summary>
internal static class PlaceText
{
    /// <summary>For a cell of a table: 3, or 并列3.</summary>
    public static string InTable(AnnualLine line, AnnualTable table, Scheme scheme) => line.Rank is not { } rank
        ? "不排"
        : string.Create(CultureInfo.InvariantCulture, $"{(IsTied(line, table, scheme) ? "并列" : "")}{rank}");

    /// <summary>In a sentence: 第3, or 并列第3.</summary>
    public static string Of(AnnualLine line, AnnualTable table, Scheme scheme) => line.Rank is not { } rank
        ? "不排名"
        : string.Create(CultureInfo.InvariantCulture, $"{(IsTied(line, table, scheme) ? "并列" : "")}第{rank}");

    /// <inheritdoc cref="Of(AnnualLine, AnnualTable, Scheme)"/>
    public static string Of(BranchScores scores, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{(IsTied(scores, index) ? "并列" : "")}第{scores.Totals.RankOf(index)}");

    /// <summary>Whether somebody else has the same place.</summary>
    public static bool IsTied(BranchScores scores, int index)
    {
        var category = scores.Roster.Members[index].Category;
        return Enumerable.Range(0, scores.Roster.Count).Any(other =>
            other != index
            && scores.Totals.RankOf(other) == scores.Totals.RankOf(index)
            && (!scores.Plan.Scheme.RankScope.ByCategory || scores.Roster.Members[other].Category == category));
    }

    private static bool IsTied(AnnualLine line, AnnualTable table, Scheme scheme) => table.Lines.Any(other =>
        other.Person != line.Person && other.Rank == line.Rank && (!scheme.RankScope.ByCategory || other.Category == line.Category));
}
