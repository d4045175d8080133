using Jifen.Cycle.Scorecards;
using Jifen.Store.Reads;

namespace Jifen.Web.Pages.Notices;

/// <summary>What was put right since a notice of points was published: the reason for a corrected one.</summary>
internal static class NoticeChanges
{
    /// <param name="now">null: no scheme is in force</param>
    /// <returns>a sentence for each row that says something else now</returns>
    public static IReadOnlyList<string> Of(NoticeSheet sheet, BranchScores? now) => now is null ? [] :
    [
        .. from row in sheet.Content.Rows
           let person = row.Person ?? default
           where now.PersonOf(person) is not null
           let card = now.CardOf(person)
           where card.HasScorecard && card.Total.ToString() != row.Cells[^1]
           select $"{row.Name}：总分 {row.Cells[^1]} → {card.Total}",
    ];
}
