using Jifen.Cycle;
using Jifen.Cycle.Decisions;
using Jifen.Cycle.Exemptions;

namespace Jifen.Store.Reads;

/// <summary>An application as its pages show it, without case and reason.</summary>
public sealed record ApplicationRow
{
    public required ExemptionId ApplicationId { get; init; }

    public required PersonId PersonId { get; init; }

    public string? Name { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required string OrganizationName { get; init; }

    public required DateOnly FromOn { get; init; }

    public DateOnly? UntilOn { get; init; }

    public required DateOnly AppliedOn { get; init; }

    public bool? Reviewed { get; init; }

    public DateOnly? ReviewedOn { get; init; }

    public string? ReviewRemark { get; init; }

    public PersonId? VotedBy { get; init; }

    public DateOnly? VotedOn { get; init; }

    public int? Present { get; init; }

    public int? VotesFor { get; init; }

    public int? VotesAgainst { get; init; }

    public int? VotesAbstained { get; init; }

    public bool? Passed { get; init; }

    /// <summary>the meeting that voted, where it was run here</summary>
    public MeetingId? MeetingId { get; init; }

    public string? MeetingRound { get; init; }

    /// <summary>of that meeting: with a vote, and counted</summary>
    public int? Due { get; init; }

    public NoticeId? NoticeId { get; init; }

    public DateOnly? NoticeLastOn { get; init; }

    /// <summary>last day of the notice and of objecting to it</summary>
    public DateOnly? PublishedUntil { get; init; }

    public DateOnly? SettledOn { get; init; }

    public DateOnly? WithdrawnOn { get; init; }

    public Application ToApplication() => new(
        ApplicationId, PersonId, OrganizationId, FromOn, UntilOn, AppliedOn, Reviewed, Passed, PublishedUntil, SettledOn is not null, WithdrawnOn is not null);
}

/// <summary>Case, reason and proof: for the person and those who handle it.</summary>
public sealed record ApplicationReason
{
    public required string Kind { get; init; }

    public required string Reason { get; init; }

    public required Guid[] Evidence { get; init; }
}

/// <summary>免予积分: applications, as far as the person who asks may see them.</summary>
public static class ExemptionApplications
{
    private const string Select =
        """
        select a.application_id, a.person_id, p.name, a.organization_id, o.name as organization_name, a.from_on, a.until_on, a.applied_on, a.reviewed, a.reviewed_on,
            a.review_remark, a.voted_by, a.voted_on, a.present, a.votes_for, a.votes_against, a.votes_abstained, a.passed, v.meeting_id, t.round as meeting_round, v.due, n.notice_id, n.last_on as notice_last_on,
            coalesce(n.object_until, n.last_on) as published_until, a.settled_on, a.withdrawn_on
        from exemption_application a
        join organization o on o.organization_id = a.organization_id
        left join person p on p.person_id = a.person_id
        left join motion v on v.motion_id = a.application_id and v.state in ('passed', 'failed')
        left join meeting t on t.meeting_id = v.meeting_id
        left join notice n on n.exemption = a.application_id and n.published_on is not null and n.replaced_by is null
        """;

    public static Task<ApplicationRow?> OneAsync(DataScope scope, ExemptionId id, CancellationToken cancel = default) =>
        scope.OneAsync<ApplicationRow>($"{Select} where a.application_id = @id", new { id }, cancel);

    /// <summary>Those under way first, the latest before the others.</summary>
    public static Task<IReadOnlyList<ApplicationRow>> InSightAsync(DataScope scope, CancellationToken cancel = default) =>
        scope.QueryAsync<ApplicationRow>(
            $"{Select} order by a.settled_on is not null or a.withdrawn_on is not null or a.reviewed is false or a.passed is false, a.applied_on desc limit 200", cancel: cancel);

    /// <returns>null: out of sight</returns>
    public static Task<ApplicationReason?> ReasonAsync(DataScope scope, ExemptionId id, CancellationToken cancel = default) =>
        scope.OneAsync<ApplicationReason>("select kind, reason, evidence from exemption_reason where application_id = @id", new { id }, cancel);
}
