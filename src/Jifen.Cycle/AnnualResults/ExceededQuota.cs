using Jifen.Cycle.Scorecards;
using Jifen.Scoring;
using Jifen.Scoring.Schemes;
using Jifen.Scoring.Scorecards;

namespace Jifen.Cycle.AnnualResults;

/// <summary>A quota that stops the settling of the year (名额，超出：停): more people meet it than it allows, and the product never cuts.</summary>
/// <param name="What">编号 of the 结果运用, or the name of the grade</param>
/// <param name="Qualifying">who meets it, the highest total first</param>
public sealed record ExceededQuota(
    string What, string? Category, string Text, int Allowed, IReadOnlyList<(PersonId Person, Points Total)> Qualifying, IReadOnlyList<string> Clauses)
{
    /// <summary>Those with one total on both sides of the border: nothing in the points tells them apart.</summary>
    public IReadOnlyList<PersonId> TiedAtBorder =>
        Allowed == 0 || Allowed >= Qualifying.Count || Qualifying[Allowed - 1].Total != Qualifying[Allowed].Total
            ? []
            : Qualifying.Where(one => one.Total == Qualifying[Allowed].Total).Select(one => one.Person).ToList();

    public static IReadOnlyList<ExceededQuota> Of(BranchScores scores) => Of(scores, scores.Totals);

    /// <param name="totals">of the same people, with grades that were decided</param>
    public static IReadOnlyList<ExceededQuota> Of(BranchScores scores, Totals totals) => totals.Findings
        .Where(finding => finding.Excess == QuotaExcess.Stop)
        .Select(finding => new ExceededQuota(
            finding.What,
            finding.Category,
            finding.Text,
            finding.Allowed,
            finding.Members
                .Select(member => (scores.People[member].Person, Total: totals.TotalOf(member)))
                .OrderByDescending(one => one.Total)
                .ThenBy(one => one.Person.Value)
                .ToList(),
            finding.Clauses))
        .ToList();
}
