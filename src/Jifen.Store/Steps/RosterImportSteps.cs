using Jifen.Cycle;
using Jifen.Cycle.Members;
using Jifen.Cycle.Members.Rosters;
using Jifen.Cycle.Organizations;
using Jifen.Cycle.Permissions;
using Jifen.Store.Reads;

namespace Jifen.Store.Steps;

/// <summary>What is said once for an import.</summary>
/// <param name="Organization">a branch, or one above branches: then the column 支部 says which</param>
/// <param name="AsOf">changes hold from this day</param>
/// <param name="Ground">依据; null: the file</param>
public sealed record RosterImport(OrganizationId Organization, string FileName, DateOnly AsOf, Arrival Arrived, string? Ground)
{
    internal string GroundOrFile => string.IsNullOrWhiteSpace(Ground) ? "名册导入" : Ground;
}

/// <summary>Takes in a roster: planned line by line, entered all at once or not at all.</summary>
public sealed class RosterImportSteps(StepRunner steps, MemberSteps members, TimeProvider clock)
{
    /// <summary>What the import would do as things stand; enters nothing.</summary>
    /// <returns>null when there is no such organization</returns>
    public async Task<RosterPlan?> PlanAsync(
        DataScope scope, RosterImport import, IReadOnlyList<RosterLine> lines, ILookup<int, LineNote> unreadable, CancellationToken cancel = default)
    {
        if (await Organizations.OneAsync(scope, import.Organization, cancel) is not { } organization)
        {
            return null;
        }

        var branches = await BranchesAsync(scope, organization, cancel);
        var known = await KnownAsync(scope, branches, lines, cancel);
        var names = (await Organizations.AllAsync(scope, cancel)).ToDictionary(row => row.OrganizationId, row => row.Name);
        var now = clock.GetUtcNow();
        return RosterPlan.Of(
            lines,
            unreadable,
            branches,
            known,
            new RosterSettings(import.AsOf, import.Arrived, import.GroundOrFile, organization.KindOf == OrganizationKind.Branch ? organization.OrganizationId : null),
            scope.Today,
            id => names.GetValueOrDefault(id, "另一个支部"),
            (number, name) => PersonNames.New(number, name, now));
    }

    /// <summary>Enters it, if it still is what was previewed.</summary>
    /// <param name="previewed"><see cref="RosterPlan.Fingerprint"/> of the preview</param>
    public async Task<StepResult> ImportAsync(
        RosterImport import,
        IReadOnlyList<RosterLine> lines,
        ILookup<int, LineNote> unreadable,
        RosterPlan previewed,
        PersonId by,
        OperationId operation,
        CancellationToken cancel = default)
    {
        var seen = previewed.Fingerprint();
        var step = new Step(
            by,
            Actions.IM1ImportRoster,
            import.Organization,
            operation,
            new { import, seen },
            SummaryOf(previewed))
        {
            AlsoTakes = [.. previewed.Lines.SelectMany(line => line.Happenings).Select(happening => happening.Stream).OfType<OrganizationId>().Distinct()],
        };
        return await steps.TakeAsync(
            step,
            async context =>
            {
                if (await PlanAsync(context.Scope, import, lines, unreadable, cancel) is not { } plan)
                {
                    return new NoSuchOrganization();
                }

                if (plan.Fingerprint() != seen)
                {
                    return new RosterHasChanged();
                }

                var ruling = plan.Decide();
                return ruling is { IsRefused: false, Happenings.Count: 0 } ? new RosterChangesNothing() : ruling;
            },
            cancel);
    }

    private static string SummaryOf(RosterPlan plan) => "导入名册：" + string.Join('，', new[]
    {
        ("新增", plan.Count(LineOutcome.New)), ("重新列入", plan.Count(LineOutcome.Returns)), ("变更", plan.Count(LineOutcome.Changed)),
    }.Where(part => part.Item2 > 0).Select(part => $"{part.Item1} {part.Item2} 人"));

    private async Task<IReadOnlyList<RosterBranch>> BranchesAsync(DataScope scope, OrganizationRow organization, CancellationToken cancel)
    {
        var ids = await scope.QueryAsync<OrganizationId>(
            """
            select o.organization_id from organization o
            where @OrganizationId = any (o.ancestors) and o.kind = 'branch' and o.dissolved_on is null
                and o.organization_id = any ((select visible_organizations())::uuid[])
            """,
            new { organization.OrganizationId },
            cancel);
        var branches = new List<RosterBranch>();
        foreach (var (roll, shortName) in await MemberHistories.RollsAsync(scope, ids, cancel))
        {
            branches.Add(new RosterBranch(roll, shortName, await members.CategoriesAsync(scope, roll.Branch, cancel)));
        }

        return branches;
    }

    private static async Task<IReadOnlyList<KnownPerson>> KnownAsync(
        DataScope scope, IReadOnlyList<RosterBranch> branches, IReadOnlyList<RosterLine> lines, CancellationToken cancel)
    {
        var people = new Dictionary<PersonId, PersonRow>();
        foreach (var row in await scope.QueryAsync<PersonRow>(
            """
            select p.person_id, p.number, p.name, a.organization_id as branch, true as is_same_name
            from affiliation a join person p using (person_id)
            where a.to_on is null and a.organization_id = any (@ids)
            order by p.name collate "zh-x-icu"
            """,
            new { ids = branches.Select(branch => branch.Roll.Branch.Value).ToArray() },
            cancel))
        {
            people.Add(row.PersonId, row);
        }

        var numbered = lines.Where(line => line.Number is not null).ToList();
        foreach (var row in await scope.QueryAsync<PersonRow>(
            """
            select x.person_id, x.number, p.name, x.branch, x.is_same_name
            from people_by_number(@numbers, @names) x left join person p on x.is_visible and p.person_id = x.person_id
            """,
            new { numbers = numbered.ConvertAll(line => line.Number).ToArray(), names = numbered.ConvertAll(line => line.Name).ToArray() },
            cancel))
        {
            people.TryAdd(row.PersonId, row);
        }

        var histories = await MemberHistories.OfManyAsync(scope, people.Keys, cancel);
        return [.. people.Values.Select(row => new KnownPerson(
            row.PersonId, row.Number, row.Name, row.IsSameName, row.Branch, histories.GetValueOrDefault(row.PersonId)))];
    }

    private sealed record PersonRow
    {
        public required PersonId PersonId { get; init; }

        public string? Number { get; init; }

        public string? Name { get; init; }

        public OrganizationId? Branch { get; init; }

        public required bool IsSameName { get; init; }
    }
}
