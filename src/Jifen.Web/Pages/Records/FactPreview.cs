using Jifen.Cycle;
using Jifen.Cycle.Records;
using Jifen.Cycle.Scorecards;
using Jifen.Scoring.Schemes;
using Jifen.Store;
using Jifen.Store.Reads;

namespace Jifen.Web.Pages.Records;

/// <summary>What a fact would do to one person, worked out before it is saved.</summary>
/// <param name="Before">total now; null where the person has no sheet</param>
/// <param name="After">total with the fact, caps and limits included</param>
/// <param name="Same">facts of the same kind and day that are on record already</param>
internal sealed record FactPreviewLine(PersonId Person, string Name, IReadOnlyList<FactEffect> Effects, Scoring.Points? Before, Scoring.Points? After, int Same);

/// <summary>Scores the branch with the facts of a form as if they were recorded: nothing is written.</summary>
internal static class FactPreview
{
    /// <param name="replaced">the entry that would be reversed in the same step; null for none</param>
    public static async Task<IReadOnlyList<FactPreviewLine>> OfAsync(
        LiveScores live,
        DataScope scope,
        OrganizationId branch,
        SchemeInForce inForce,
        RecordFact command,
        IReadOnlyDictionary<PersonId, RecordPerson> people,
        EntryId? replaced,
        CancellationToken cancel)
    {
        var kind = inForce.Scheme.FactKinds.First(candidate => candidate.Id == command.Kind);
        var year = await live.OfAsync(scope, branch, inForce.Year, scope.Today, cancel);
        var with = year is null ? null : WhatIf.With(year.Scores, command, replaced);
        return command.People.Distinct().Where(people.ContainsKey).Select(person => new FactPreviewLine(
            person,
            people[person].Name,
            FactMeaning.Of(inForce.Scheme, kind, Profile.Of(people[person].Profile), (long)((command.Quantity ?? 1) * 100), command.Level, (long?)(command.Points * 100)),
            TotalOf(year?.Scores, person),
            TotalOf(with, person),
            year?.Scores.Books.Facts.Count(fact => fact.Person == person && fact.Kind == command.Kind && fact.HappenedOn == command.On
                && fact.State != FactState.Rejected && fact.Entry != replaced) ?? 0)).ToList();
    }

    private static Scoring.Points? TotalOf(BranchScores? scores, PersonId person) =>
        scores is not null && scores.IndexOf(person) is >= 0 and var index && scores.Totals.HasScorecard(index) ? scores.Totals.TotalOf(index) : null;
}
