using Jifen.Cycle;
using Jifen.Cycle.Members;
using Jifen.Cycle.Organizations;

namespace Jifen.Store.Reads;

/// <summary>What steps about members decide on: where somebody was and is, and what was what when.</summary>
public static class MemberHistories
{
    /// <returns>what this person may see of it; empty for somebody nobody knew</returns>
    public static async Task<MemberHistory> OfAsync(DataScope scope, PersonId person, CancellationToken cancel = default) =>
        (await OfManyAsync(scope, [person], cancel)).GetValueOrDefault(person) ?? MemberHistory.Nothing(person);

    /// <summary>Of several people at once; those of whom nothing is visible are left out.</summary>
    public static async Task<IReadOnlyDictionary<PersonId, MemberHistory>> OfManyAsync(
        DataScope scope, IEnumerable<PersonId> people, CancellationToken cancel = default)
    {
        var ids = people.Select(person => person.Value).Distinct().ToArray();
        var stays = await scope.QueryAsync<StayRow>(
            """
            select person_id, organization_id, from_on, to_on, arrived, left_by from affiliation
            where person_id = any (@ids) order by person_id, from_on
            """,
            new { ids },
            cancel);
        var periods = await scope.QueryAsync<PeriodRow>(
            """
            select person_id, aspect, value, from_on, to_on from member_period
            where person_id = any (@ids) order by person_id, aspect, from_on
            """,
            new { ids },
            cancel);
        var staysOf = stays.ToLookup(row => row.PersonId, row => new Stay(
            row.OrganizationId,
            row.FromOn,
            row.ToOn,
            Words.Known<Arrival>(row.Arrived),
            row.LeftBy is null ? null : Words.Known<Departure>(row.LeftBy)));
        var periodsOf = periods.ToLookup(row => row.PersonId, row => new Period(Words.Known<Aspect>(row.Aspect), row.Value, row.FromOn, row.ToOn));
        return stays.Select(row => row.PersonId).Concat(periods.Select(row => row.PersonId)).Distinct()
            .ToDictionary(person => person, person => new MemberHistory(person, [.. staysOf[person]], [.. periodsOf[person]]));
    }

    /// <exception cref="InvalidOperationException">there is no such organization</exception>
    public static async Task<BranchRoll> RollAsync(DataScope scope, OrganizationId branch, CancellationToken cancel = default)
    {
        var rows = await RollsAsync(scope, [branch], cancel);
        return rows.Count == 1 ? rows[0].Roll : throw new InvalidOperationException($"there is no organization {branch}");
    }

    /// <summary>Branches with their Party groups and short names.</summary>
    internal static async Task<IReadOnlyList<(BranchRoll Roll, string ShortName)>> RollsAsync(
        DataScope scope, IEnumerable<OrganizationId> branches, CancellationToken cancel = default)
    {
        var rows = await scope.QueryAsync<RollRow>(
            """
            select o.organization_id, o.name, o.short_name, o.kind, o.dissolved_on,
                array(select g.name from (
                          select g.short_name as name from organization g
                          where g.superior_id = o.organization_id and g.kind = 'party-group' and g.dissolved_on is null
                          union
                          select m.value from affiliation a join member_period m on m.person_id = a.person_id and m.aspect = 'party-group'
                          where a.organization_id = o.organization_id and a.to_on is null and m.to_on is null) as g
                      order by g.name collate "zh-x-icu") as groups
            from organization o where o.organization_id = any (@ids)
            order by o.name collate "zh-x-icu"
            """,
            new { ids = branches.Select(branch => branch.Value).Distinct().ToArray() },
            cancel);
        return [.. rows.Select(row => (
            new BranchRoll(row.OrganizationId, row.Name, Words.Known<OrganizationKind>(row.Kind), row.DissolvedOn, row.Groups), row.ShortName))];
    }

    private sealed record StayRow
    {
        public required PersonId PersonId { get; init; }

        public required OrganizationId OrganizationId { get; init; }

        public required DateOnly FromOn { get; init; }

        public DateOnly? ToOn { get; init; }

        public required string Arrived { get; init; }

        public string? LeftBy { get; init; }
    }

    private sealed record PeriodRow
    {
        public required PersonId PersonId { get; init; }

        public required string Aspect { get; init; }

        public required string Value { get; init; }

        public required DateOnly FromOn { get; init; }

        public DateOnly? ToOn { get; init; }
    }

    private sealed record RollRow
    {
        public required OrganizationId OrganizationId { get; init; }

        public required string Name { get; init; }

        public required string ShortName { get; init; }

        public required string Kind { get; init; }

        public DateOnly? DissolvedOn { get; init; }

        public required string[] Groups { get; init; }
    }
}
