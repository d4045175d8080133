using Jifen.Cycle;
using Jifen.Cycle.Evaluations;
using Jifen.Cycle.Permissions;

namespace Jifen.Store.Reads;

/// <summary>监票人 of paper ballots, before any are given out.</summary>
public static class PaperTellers
{
    /// <param name="concerned">whom the vote is about: they do not count it (MT3)</param>
    public static async Task<TellersOfPaper> OfAsync(DataScope scope, OrganizationId branch, IReadOnlyCollection<PersonId> concerned, CancellationToken cancel = default)
    {
        var where = await Scopes.OfAsync(scope, branch, cancel);
        var roll = await GatheringStates.OnRollAsync(scope, branch, scope.Today, cancel);
        var rows = (await scope.QueryAsync<AccountRow>(
            """
            select p.id as person, has_account(p.id) as has_account,
                exists (select from office_term t where t.person_id = p.id and t.from_on <= @Today and (t.to_on is null or t.to_on >= @Today)) as holds_office
            from unnest(@people) p (id)
            """,
            new { scope.Today, people = roll.Select(person => person.Person.Value).ToArray() },
            cancel)).ToDictionary(row => row.Person);
        var (ready, without) = (new List<string>(), new List<string>());
        foreach (var person in roll.Where(person => !concerned.Contains(person.Person)))
        {
            var row = rows[person.Person];
            // Only of those who hold an office it has to be looked up what they are here.
            var actor = row.HoldsOffice ? await Actors.LoadOfficesAsync(scope, person.Person, cancel) : new Actor(person.Person, person.Name, branch, person.Standing, []);
            if (Authority.Judge(Actions.MT3ConfirmCount, actor, Target.Of(where, Stage.Meeting)).IsAllowed)
            {
                (row.HasAccount ? ready : without).Add(person.Name);
            }
        }

        return new TellersOfPaper(ready, without);
    }

    private sealed record AccountRow
    {
        public required PersonId Person { get; init; }

        public required bool HasAccount { get; init; }

        public required bool HoldsOffice { get; init; }
    }
}
