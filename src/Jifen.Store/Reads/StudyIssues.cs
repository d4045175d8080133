using Jifen.Cycle;
using Jifen.Cycle.Gatherings;
using Jifen.Cycle.Studies;

namespace Jifen.Store.Reads;

/// <summary>An issue of the schedule in the list.</summary>
public sealed record StudyIssueRow
{
    public required Guid StudyIssueId { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required string Publisher { get; init; }

    public required int Year { get; init; }

    public required int Number { get; init; }

    public required string Title { get; init; }

    public required string Organizer { get; init; }

    public string? Requirements { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }

    public required int Items { get; init; }

    public DateOnly? FirstOn { get; init; }

    public DateOnly? LastOn { get; init; }

    /// <summary>sessions held so far by the branch for which the list is read</summary>
    public required int Held { get; init; }

    /// <summary>When an item is due: its day, or the day of publication where that came later.</summary>
    public DateOnly DueOn(DateOnly heldOn) => CivilTime.DayOf(PublishedAt) is var published && published > heldOn ? published : heldOn;
}

/// <summary>One item of an issue.</summary>
public sealed record StudyItemRow
{
    public required Guid StudyItemId { get; init; }

    public required Guid StudyIssueId { get; init; }

    public required int Ordinal { get; init; }

    public int? Week { get; init; }

    public required DateOnly HeldOn { get; init; }

    public required string Theme { get; init; }

    public string? Purpose { get; init; }

    public string? Readings { get; init; }

    public string? Topic { get; init; }

    public decimal? Hours { get; init; }

    public StudyItem ToItem() => new(StudyItemId, Week, HeldOn, Theme, Purpose, Readings, Topic, Hours);
}

/// <summary>What a branch did about an item.</summary>
public sealed record StudyHeld
{
    public required OrganizationId OrganizationId { get; init; }

    public required Guid StudyItemId { get; init; }

    public required GatheringId GatheringId { get; init; }

    public required string State { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    public required int Expected { get; init; }

    public required int Attended { get; init; }

    public GatheringState StateOf => Words.Known<GatheringState>(State);
}

/// <summary>党员学习教育安排, as published above a branch or by an organization.</summary>
public static class StudyIssues
{
    private const string Columns =
        """
        select i.study_issue_id, i.organization_id, o.short_name as publisher, i.year, i.number, i.title, i.organizer, i.requirements, i.published_at,
            (select count(*)::int from study_item t where t.study_issue_id = i.study_issue_id) as items,
            (select min(t.held_on) from study_item t where t.study_issue_id = i.study_issue_id) as first_on,
            (select max(t.held_on) from study_item t where t.study_issue_id = i.study_issue_id) as last_on,
            (select count(distinct t.study_item_id)::int from study_item t join gathering g using (study_item_id)
             where t.study_issue_id = i.study_issue_id and g.organization_id = @home and g.state = 'held') as held
        from study_issue i join organization o using (organization_id)
        """;

    /// <summary>What is published for an organization, by it, or below it; the latest first.</summary>
    public static Task<IReadOnlyList<StudyIssueRow>> ListAsync(DataScope scope, OrganizationId home, CancellationToken cancel = default) =>
        scope.QueryAsync<StudyIssueRow>(
            Columns + """
             where exists (select from organization h where h.organization_id = @home and o.organization_id = any (h.ancestors)) or @home = any (o.ancestors)
            order by i.year desc, i.number desc, i.published_at desc
            """,
            new { home },
            cancel);

    public static Task<StudyIssueRow?> OneAsync(DataScope scope, OrganizationId home, Guid issue, CancellationToken cancel = default) =>
        scope.OneAsync<StudyIssueRow>(
            Columns + """
             where i.study_issue_id = @issue and (
                exists (select from organization h where h.organization_id = @home and o.organization_id = any (h.ancestors)) or @home = any (o.ancestors))
            """,
            new { home, issue },
            cancel);

    public static Task<IReadOnlyList<StudyItemRow>> ItemsAsync(DataScope scope, Guid issue, CancellationToken cancel = default) =>
        scope.QueryAsync<StudyItemRow>(
            """
            select study_item_id, study_issue_id, ordinal, week, held_on, theme, purpose, readings, topic, hours
            from study_item where study_issue_id = @issue order by ordinal
            """,
            new { issue },
            cancel);

    /// <summary>One item that is published for the organization; null when there is none.</summary>
    public static Task<StudyItemRow?> ItemForAsync(DataScope scope, OrganizationId branch, Guid item, CancellationToken cancel = default) =>
        scope.OneAsync<StudyItemRow>(
            """
            select t.study_item_id, t.study_issue_id, t.ordinal, t.week, t.held_on, t.theme, t.purpose, t.readings, t.topic, t.hours
            from study_item t join study_issue i using (study_issue_id)
            join organization b on b.organization_id = @branch and i.organization_id = any (b.ancestors)
            where t.study_item_id = @item
            """,
            new { branch, item },
            cancel);

    /// <summary>The numbers an organization has published in a year.</summary>
    public static Task<IReadOnlyList<int>> NumbersAsync(DataScope scope, OrganizationId publisher, int year, CancellationToken cancel = default) =>
        scope.QueryAsync<int>(
            "select number from study_issue where organization_id = @publisher and year = @year order by number", new { publisher, year }, cancel);

    /// <summary>The branches an issue is for, as far as they are in sight.</summary>
    public static Task<IReadOnlyList<OrganizationRow>> BranchesAsync(DataScope scope, OrganizationId publisher, CancellationToken cancel = default) =>
        scope.QueryAsync<OrganizationRow>(
            """
            select o.organization_id, o.superior_id, o.kind, o.name, o.short_name, o.is_direct, o.founded_on, o.dissolved_on, o.ancestors
            from organization o
            where o.kind = 'branch' and @publisher = any (o.ancestors) and o.dissolved_on is null
                and o.organization_id = any ((select visible_organizations())::uuid[])
            order by o.name collate "zh-x-icu"
            """,
            new { publisher },
            cancel);

    /// <summary>What the branches in sight did about the items of an issue; of several gatherings for one item the one that got furthest comes first.</summary>
    public static Task<IReadOnlyList<StudyHeld>> HeldAsync(DataScope scope, Guid issue, CancellationToken cancel = default) =>
        scope.QueryAsync<StudyHeld>(
            """
            select g.organization_id, g.study_item_id, g.gathering_id, g.state, g.starts_at,
                (select count(*)::int from gathering_expected e where e.gathering_id = g.gathering_id) as expected,
                (select count(*)::int from attendance a
                 where a.gathering_id = g.gathering_id and a.ended_at is null and a.attendance not in ('absent', 'excused')) as attended
            from gathering g join study_item t using (study_item_id)
            where t.study_issue_id = @issue and g.state <> 'cancelled'
                and g.organization_id = any ((select visible_organizations())::uuid[])
            order by (g.state = 'held') desc, g.starts_at
            """,
            new { issue },
            cancel);
}
