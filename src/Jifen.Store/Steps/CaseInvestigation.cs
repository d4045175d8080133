using Jifen.Cycle;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Rounds;
using Jifen.Store.Reads;

namespace Jifen.Store.Steps;

/// <summary>Who looks into an objection, and who does not.</summary>
public static class CaseInvestigation
{
    /// <summary>Who does not investigate a case: they recorded, reviewed, judged or signed what it is about (OB3).</summary>
    public static async Task<IReadOnlyList<PersonId>> HandlersAsync(DataScope scope, SchemesInForce schemes, CaseRow found, CancellationToken cancel = default)
    {
        var inForce = RoundKey.Read(found.Round) is { } key ? await schemes.OfAsync(scope, found.OrganizationId, key.Year, cancel) : null;
        var reviews = inForce?.Scheme.Steps.Where(step => step.Kind is StepKinds.Review or StepKinds.GroupEvaluation).Select(step => step.Name).ToList() ?? [];
        // A notice of a quarter rests on the reviews of its months.
        var rounds = inForce is null ? [] : YearPlan.Of(inForce.Plan).Rounds;
        var noticed = rounds.FirstOrDefault(round => round.Key.ToString() == found.Round);
        return await OfRoundsAsync(
            scope, found, reviews, noticed is null ? [] : [.. rounds.Where(noticed.Overlaps).Select(round => round.Key.ToString())], cancel);
    }

    /// <summary>Of the branch, with an account: who may look into it.</summary>
    /// <param name="handlers">who may not</param>
    /// <returns>empty: the superior does</returns>
    public static async Task<IReadOnlyList<PersonId>> InvestigatorsAsync(
        DataScope scope, CaseRow found, IReadOnlyList<PersonId> handlers, CancellationToken cancel = default)
    {
        var where = await Scopes.OfAsync(scope, found.OrganizationId, cancel);
        var candidates = await scope.QueryAsync<PersonId>(
            """
            select distinct t.person_id from office_term t
            where t.organization_id = @OrganizationId and t.from_on <= @Today and (t.to_on is null or t.to_on >= @Today) and has_account(t.person_id)
            """,
            new { found.OrganizationId, scope.Today },
            cancel);
        var investigators = new List<PersonId>();
        foreach (var candidate in candidates)
        {
            if (await Actors.LoadOfficesAsync(scope, candidate, cancel) is { } actor
                && Authority.Judge(Actions.OB3InvestigateObjection, actor, PendingSteps.TargetFor(candidate, where, null, found.ToCase().Concerned, handlers)).IsAllowed)
            {
                investigators.Add(candidate);
            }
        }

        return investigators;
    }

    /// <param name="reviews">names of the steps of the scheme that are signed</param>
    /// <param name="rounds">keys of the rounds in what was on notice: itself, those in it, those it lies in</param>
    private static async Task<IReadOnlyList<PersonId>> OfRoundsAsync(
        DataScope scope, CaseRow found, IReadOnlyCollection<string> reviews, IReadOnlyCollection<string> rounds, CancellationToken cancel)
    {
        var of = new { found.OrganizationId, found.PersonId, names = reviews.ToArray(), rounds = rounds.ToArray() };
        var signed = await scope.QueryAsync<PersonId>(
            """
            select unnest(array_remove(array[e.recorded_by, e.second_by], null))
            from round_step s join ledger_entry e on e.entry_id = s.entry_id
            where s.organization_id = @OrganizationId and s.step = any (@names) and s.ended_on is not null and s.round = any (@rounds)
            """,
            of,
            cancel);
        if (found.PersonId is not { } person)
        {
            return [.. signed.Distinct()];
        }

        if (found.Entries.Length > 0)
        {
            var entries = await Cases.EntriesAsync(scope, person, [.. found.Entries.Select(entry => new EntryId(entry))], cancel);
            return [.. signed.Concat(entries.SelectMany(entry => new[] { entry.RecordedBy, entry.SecondBy, entry.SignedBy }.OfType<PersonId>())).Distinct()];
        }

        // Of the result as a whole: whatever was found about this person.
        var judged = await scope.QueryAsync<PersonId>(
            """
            select s.state_by from declaration d join declaration_state s using (declaration_id)
            where d.organization_id = @OrganizationId and d.person_id = @PersonId and s.state in ('accepted', 'rejected') and s.round = any (@rounds) and s.state_by is not null
            union
            select m.reviewed_by from review_mark m where m.organization_id = @OrganizationId and m.person_id = @PersonId and m.round = any (@rounds)
            union
            select f.written_by from review_finding f where f.organization_id = @OrganizationId and f.person_id = @PersonId and f.round = any (@rounds)
            """,
            of,
            cancel);
        return [.. signed.Concat(judged).Distinct()];
    }
}
