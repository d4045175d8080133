using Jifen.Cycle;
using Jifen.Cycle.Gatherings;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;

namespace Jifen.Store.Reads;

/// <summary>What the steps about a gathering decide on, and what its pages show of people.</summary>
public static class GatheringStates
{
    /// <summary>The gathering with the branch that holds it; null when there is none, or it is out of sight.</summary>
    public static async Task<(OrganizationId Organization, Gathering Gathering)?> OneAsync(
        DataScope scope, GatheringId gathering, CancellationToken cancel = default)
    {
        var row = await scope.OneAsync<GatheringRow>(
            """
            select g.gathering_id, g.organization_id, g.kind, g.title, g.starts_at, g.ends_at, g.place, g.hours, g.party_group, g.host,
                g.study_item_id, g.late_after_minutes, g.state, g.state_note,
                (select array_agg(e.person_id) from gathering_expected e where e.gathering_id = g.gathering_id) as expected
            from gathering g
            where g.gathering_id = @gathering
            """,
            new { gathering },
            cancel);
        return row is null ? null : (row.OrganizationId, row.ToGathering());
    }

    /// <summary>The roll as it stands: everybody expected or marked, and the others of the branch on that day.</summary>
    public static async Task<Roll> RollAsync(DataScope scope, OrganizationId organization, Gathering gathering, CancellationToken cancel = default)
    {
        var people = await GatheringPeople.OfAsync(scope, organization, gathering, cancel);
        var latest = await scope.OneAsync<Guid?>(
            """
            select a.entry_id
            from attendance a join ledger_entry l using (entry_id)
            where a.gathering_id = @Id
            order by l.seq desc
            limit 1
            """,
            new { gathering.Id },
            cancel);
        return new Roll(
            gathering,
            [.. people.Select(person => new RollLine(person.PersonId, person.Name, person.IsExpected, person.IsOnRoll, person.Mark))],
            latest is { } entry ? new EntryId(entry) : null);
    }

    /// <summary>Everybody on the branch's roll on a day, by name.</summary>
    public static async Task<IReadOnlyList<RollPerson>> OnRollAsync(
        DataScope scope, OrganizationId organization, DateOnly day, CancellationToken cancel = default)
    {
        var rows = await scope.QueryAsync<RollRow>(
            """
            select p.person_id, p.name,
                (select m.value from member_period m
                 where m.person_id = p.person_id and m.aspect = 'standing' and m.from_on <= @day and (m.to_on is null or m.to_on >= @day)
                 limit 1) as standing,
                (select m.value from member_period m
                 where m.person_id = p.person_id and m.aspect = 'party-group' and m.from_on <= @day and (m.to_on is null or m.to_on >= @day)
                 limit 1) as party_group,
                exists (
                    select from member_period m
                    where m.person_id = p.person_id and m.aspect in ('floating', 'exemption')
                        and m.from_on <= @day and (m.to_on is null or m.to_on >= @day)) as is_away,
                exists (
                    select from office_term t
                    where t.person_id = p.person_id and t.organization_id = @organization
                        and t.office in ('secretary', 'deputy-secretary', 'committee-member')
                        and t.from_on <= @day and (t.to_on is null or t.to_on >= @day)) as is_of_committee
            from affiliation a join person p using (person_id)
            where a.organization_id = @organization and a.from_on <= @day and (a.to_on is null or a.to_on >= @day)
            order by p.name collate "zh-x-icu", p.person_id
            """,
            new { organization, day },
            cancel);
        return [.. rows.Select(row => new RollPerson(
            row.PersonId,
            row.Name,
            row.Standing is { } standing ? Words.Known<Standing>(standing) : Standing.Full,
            row.PartyGroup,
            row.IsOfCommittee,
            row.IsAway))];
    }

    /// <summary>What a person asked; null: nothing.</summary>
    public static async Task<LeaveRequest?> LeaveAsync(
        DataScope scope, GatheringId gathering, PersonId person, CancellationToken cancel = default)
    {
        var row = await scope.OneAsync<LeaveRow>(
            "select person_id, reason, granted from leave_request where gathering_id = @gathering and person_id = @person",
            new { gathering, person },
            cancel);
        return row is null ? null : new LeaveRequest(row.PersonId, row.Reason, row.Granted);
    }

    /// <summary>Those for whom attendance is written down.</summary>
    public static async Task<IReadOnlySet<PersonId>> MarkedAsync(DataScope scope, GatheringId gathering, CancellationToken cancel = default) =>
        (await scope.QueryAsync<PersonId>(
            "select person_id from attendance where gathering_id = @gathering and ended_at is null", new { gathering }, cancel)).ToHashSet();

    internal sealed record GatheringRow
    {
        public required GatheringId GatheringId { get; init; }

        public required OrganizationId OrganizationId { get; init; }

        public required string Kind { get; init; }

        public required string Title { get; init; }

        public required DateTimeOffset StartsAt { get; init; }

        public DateTimeOffset? EndsAt { get; init; }

        public required string Place { get; init; }

        public decimal? Hours { get; init; }

        public string? PartyGroup { get; init; }

        public string? Host { get; init; }

        public Guid? StudyItemId { get; init; }

        public required int LateAfterMinutes { get; init; }

        public required string State { get; init; }

        public string? StateNote { get; init; }

        public Guid[]? Expected { get; init; }

        public Gathering ToGathering() => new(
            GatheringId,
            new GatheringPlan(
                GatheringKinds.Of(Kind) ?? GatheringKind.Other, Title, StartsAt, EndsAt, Place, Hours, PartyGroup, Host, StudyItemId, LateAfterMinutes),
            Words.Known<GatheringState>(State),
            [.. (Expected ?? []).Select(person => new PersonId(person))]);
    }

    private sealed record RollRow
    {
        public required PersonId PersonId { get; init; }

        public required string Name { get; init; }

        public string? Standing { get; init; }

        public string? PartyGroup { get; init; }

        public required bool IsAway { get; init; }

        public required bool IsOfCommittee { get; init; }
    }

    private sealed record LeaveRow
    {
        public required PersonId PersonId { get; init; }

        public required string Reason { get; init; }

        public bool? Granted { get; init; }
    }
}
