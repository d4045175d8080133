using Jifen.Cycle;
using Jifen.Scoring.Facts;

namespace Jifen.Store.Reads;

/// <summary>One line of the roster of /members.</summary>
public sealed record RollRow
{
    public required PersonId PersonId { get; init; }

    public string? Number { get; init; }

    public required string Name { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required string BranchName { get; init; }

    public required DateOnly FromOn { get; init; }

    /// <summary>known already: the last day on this roll</summary>
    public DateOnly? ToOn { get; init; }

    public string? Standing { get; init; }

    public string? Category { get; init; }

    public string? PartyGroup { get; init; }

    /// <summary>the place, while away</summary>
    public string? Floating { get; init; }

    public required bool IsExempt { get; init; }

    /// <summary>words of the posts held that day, in the branch</summary>
    public required string[] Offices { get; init; }

    public Standing? StandingOf => Words.Read<Standing>(Standing ?? "");
}

/// <summary>名册: who is on the roll on a day.</summary>
public static class MemberRoll
{
    /// <param name="organization">a branch, or all branches below</param>
    /// <param name="day">any day; not only today</param>
    public static Task<IReadOnlyList<RollRow>> OnAsync(DataScope scope, OrganizationId organization, DateOnly day, CancellationToken cancel = default) =>
        scope.QueryAsync<RollRow>(
            """
            select a.person_id, p.number, p.name, a.organization_id, o.short_name as branch_name, a.from_on, a.to_on,
                m.standing, m.category, m.party_group, m.floating, coalesce(m.is_exempt, false) as is_exempt,
                array(select t.office from office_term t
                      where t.person_id = a.person_id and t.organization_id = a.organization_id
                          and t.from_on <= @day and (t.to_on is null or t.to_on >= @day) order by t.from_on) as offices
            from organization o
            join affiliation a using (organization_id)
            join person p using (person_id)
            left join (
                select person_id,
                    max(value) filter (where aspect = 'standing') as standing,
                    max(value) filter (where aspect = 'category') as category,
                    max(value) filter (where aspect = 'party-group') as party_group,
                    max(value) filter (where aspect = 'floating') as floating,
                    bool_or(aspect = 'exemption') as is_exempt
                from member_period
                where from_on <= @day and (to_on is null or to_on >= @day)
                group by person_id) m on m.person_id = a.person_id
            where @organization = any (o.ancestors) and a.organization_id = any ((select visible_organizations())::uuid[])
                and a.from_on <= @day and (a.to_on is null or a.to_on >= @day)
            order by o.name collate "zh-x-icu", p.name collate "zh-x-icu", p.number
            """,
            new { organization, day },
            cancel);
}
