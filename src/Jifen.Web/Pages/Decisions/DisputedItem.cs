using Jifen.Cycle;
using Jifen.Cycle.Declarations;
using Jifen.Cycle.Rounds;
using Jifen.Store;
using Jifen.Store.Reads;
using Jifen.Web.Components;
using Jifen.Web.Pages.Feedback;

namespace Jifen.Web.Pages.Decisions;

/// <summary>Something of a round about which somebody was of another mind: the meeting is likely to speak of it.</summary>
/// <param name="Name">whose points</param>
internal sealed record DisputedItem(string Name, string Text, string Url)
{
    /// <summary>Declarations the review did not accept as they were, defences, objections that are not closed; as far as this person may see them.</summary>
    public static async Task<IReadOnlyList<DisputedItem>> OfAsync(DataScope scope, BranchYear year, OrganizationId branch, Round round, CancellationToken cancel)
    {
        var key = round.Key.ToString();
        var items = new List<DisputedItem>();
        items.AddRange(
            from row in await DeclarationBoard.OfBranchAsync(scope, branch, key, false, cancel)
            where row.StateOf == DeclarationState.Rejected || row.IsChanged == true
            let kind = year.InForce.Scheme.FactKinds.FirstOrDefault(kind => kind.Id == row.Kind)?.Name ?? row.Kind
            select new DisputedItem(row.Name, $"申报“{kind}”，{(row.IsChanged == true ? "初评改了" : "初评没有认定")}{(row.Reason is null ? "" : $"：{row.Reason}")}", $"/declarations/{row.DeclarationId}"));
        items.AddRange(
            from row in await FeedbackBoard.DefencesAsync(scope, branch, key, null, cancel)
            select new DisputedItem(row.Name, $"申辩：{row.Text ?? "（文字看不到）"}{(row.OutcomeOf is { } outcome ? $"——{outcome.Name()}" : "——还没有答复")}", $"/rounds/{key}/feedback"));
        items.AddRange(
            from row in await Cases.InSightAsync(scope, cancel)
            where row.OrganizationId == branch && row.AnsweredOn is null && (RoundKey.Read(row.Round)?.Year ?? round.Key.Year) == round.Key.Year
            select new DisputedItem(row.PersonName ?? "", $"{row.Number}，{DayText.Full(row.AnswerBy)}前答复", $"/objections/{row.CaseId}"));
        return items;
    }
}
