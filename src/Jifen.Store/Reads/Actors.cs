using Dapper;
using Jifen.Cycle;
using Jifen.Cycle.Organizations;
using Jifen.Scoring.Facts;

namespace Jifen.Store.Reads;

/// <summary>Who somebody is at this moment: branch, standing, posts. Read anew for every request, so that what is taken away is gone at once.</summary>
public static class Actors
{
    private const string PostsSql =
        """
        select t.office_term_id as term, t.office, t.organization_id as organization, o.kind, o.name as organization_name, t.is_acting
        from office_term t join organization o using (organization_id)
        where t.person_id = @person and t.from_on <= @today and (t.to_on is null or t.to_on >= @today) and o.dissolved_on is null
        order by array_length(o.ancestors, 1) desc, t.from_on
        """;

    /// <returns>null when there is no such person</returns>
    public static async Task<Actor?> LoadAsync(DataScope scope, PersonId person, CancellationToken cancel = default)
    {
        await using var batch = await scope.Connection.QueryMultipleAsync(new CommandDefinition(
            """
            select p.name,
                (select a.organization_id from affiliation a
                 where a.person_id = p.person_id and a.from_on <= @today and (a.to_on is null or a.to_on >= @today)
                 order by a.from_on desc limit 1) as branch,
                (select o.name from affiliation a join organization o using (organization_id)
                 where a.person_id = p.person_id and a.from_on <= @today and (a.to_on is null or a.to_on >= @today)
                 order by a.from_on desc limit 1) as branch_name,
                (select m.value from member_period m
                 where m.person_id = p.person_id and m.aspect = 'standing' and m.from_on <= @today and (m.to_on is null or m.to_on >= @today)
                 limit 1) as standing
            from person p where p.person_id = @person;
            """ + PostsSql,
            new { person = person.Value, today = scope.Today },
            cancellationToken: cancel));
        if (await batch.ReadSingleOrDefaultAsync<PersonRow>() is not { } row)
        {
            return null;
        }

        return ActorOf(person, row, await batch.ReadAsync<PostRow>());
    }

    private static Actor ActorOf(PersonId person, PersonRow row, IEnumerable<PostRow> terms)
    {
        var held = terms.ToList();
        var posts = held
            .Select(post => new Post(
                new OfficeTermId(post.Term),
                Words.Known<Office>(post.Office),
                new OrganizationId(post.Organization),
                Words.Known<OrganizationKind>(post.Kind),
                post.IsActing))
            .ToList();
        var branch = row.Branch is { } id ? new OrganizationId(id) : (OrganizationId?)null;
        return new Actor(person, row.Name, branch, branch is null || row.Standing is null ? null : Words.Known<Standing>(row.Standing), posts)
        {
            HomeName = held is [var first, ..] ? first.OrganizationName : row.BranchName ?? "",
        };
    }

    /// <summary>Somebody's offices and branch, without the name: for judging a person who may be out of sight.</summary>
    public static async Task<Actor?> LoadOfficesAsync(DataScope scope, PersonId person, CancellationToken cancel = default)
    {
        var row = await scope.OneAsync<PersonRow>(
            "select '' as name, w.branch, null as branch_name, w.standing from whereabouts(@person) w", new { person }, cancel);
        return row is null ? null : ActorOf(person, row, await scope.QueryAsync<PostRow>(PostsSql, new { person = person.Value, today = scope.Today }, cancel));
    }

    private sealed record PersonRow
    {
        public required string Name { get; init; }

        public Guid? Branch { get; init; }

        public string? BranchName { get; init; }

        public string? Standing { get; init; }
    }

    private sealed record PostRow
    {
        public required Guid Term { get; init; }

        public required string Office { get; init; }

        public required Guid Organization { get; init; }

        public required string Kind { get; init; }

        public required string OrganizationName { get; init; }

        public required bool IsActing { get; init; }
    }
}
