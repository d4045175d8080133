using Jifen.Cycle;
using Jifen.Cycle.Outcomes;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Rounds;
using Jifen.Scoring.Schemes;

namespace Jifen.Store.Reads;

/// <summary>What became of one consequence.</summary>
public sealed record OutcomeCase
{
    public required EntryId EntryId { get; init; }

    public required PersonId PersonId { get; init; }

    public required string Outcome { get; init; }

    public required string Body { get; init; }

    public required string Reason { get; init; }

    public required string State { get; init; }

    /// <summary>which of the things the document leaves the choice of; null where it says one thing</summary>
    public string? Alternative { get; init; }

    public required DateOnly ProposedOn { get; init; }

    public PersonId? AnsweredBy { get; init; }

    public DateOnly? AnsweredOn { get; init; }

    public string? Answer { get; init; }

    public OutcomeState StateOf => Words.Known<OutcomeState>(State);
}

/// <summary>One consequence the superior approved.</summary>
public sealed record ApprovedOutcome
{
    public required int Year { get; init; }

    public required PersonId PersonId { get; init; }

    public required string Outcome { get; init; }

    /// <inheritdoc cref="OutcomeCase.Alternative"/>
    public string? Alternative { get; init; }

    public required DateOnly AnsweredOn { get; init; }
}

/// <summary>Consequences of one branch that wait for the superior.</summary>
public sealed record WaitingOutcomes
{
    public required OrganizationId OrganizationId { get; init; }

    public required string OrganizationName { get; init; }

    public required int Year { get; init; }

    public required int Count { get; init; }

    /// <summary>the day of the one that has waited longest</summary>
    public required DateOnly Since { get; init; }
}

/// <summary>Consequences of a settled year.</summary>
public static class OutcomeCases
{
    /// <summary>Those that stand, and what was refused before.</summary>
    public static Task<IReadOnlyList<OutcomeCase>> OfAsync(DataScope scope, OrganizationId branch, int year, CancellationToken cancel = default) =>
        scope.QueryAsync<OutcomeCase>(
            """
            select entry_id, person_id, outcome, body, reason, state, alternative, proposed_on, answered_by, answered_on, answer
            from outcome_case where organization_id = @branch and year = @year and ended_at is null
            order by person_id, outcome, seq
            """,
            new { branch, year },
            cancel);

    /// <summary>Proposed and not answered, in every branch in sight; those that have waited longest first.</summary>
    public static Task<IReadOnlyList<WaitingOutcomes>> WaitingAsync(DataScope scope, CancellationToken cancel = default) =>
        scope.QueryAsync<WaitingOutcomes>(
            """
            select c.organization_id, coalesce(o.short_name, o.name) as organization_name, c.year, count(*)::int as count, min(c.proposed_on) as since
            from outcome_case c join organization o using (organization_id)
            where c.state = 'proposed' and c.ended_at is null
            group by c.organization_id, o.short_name, o.name, c.year
            order by since
            """,
            cancel: cancel);

    /// <summary>Of one person, approved by the superior since a day; the latest first.</summary>
    public static Task<IReadOnlyList<ApprovedOutcome>> ApprovedAsync(DataScope scope, OrganizationId branch, PersonId person, DateOnly since, CancellationToken cancel = default) =>
        scope.QueryAsync<ApprovedOutcome>(
            """
            select year, person_id, outcome, alternative, answered_on
            from outcome_case
            where organization_id = @branch and person_id = @person and state = 'approved' and ended_at is null and answered_on >= @since
            order by seq desc
            """,
            new { branch, person, since },
            cancel);

    /// <summary>How many consequences of others hold in a settled year that nobody has taken up or left; one that was refused above is open again.</summary>
    public static Task<int> UndecidedAsync(DataScope scope, OrganizationId branch, int year, PersonId without, CancellationToken cancel = default) =>
        scope.OneAsync<int>(
            """
            select count(*)::int
            from annual_result r
            left join grade_decision d on d.organization_id = r.organization_id and d.year = r.year and d.person_id = r.person_id and d.ended_at is null
            cross join unnest(coalesce(d.outcomes, r.outcomes)) as held (outcome)
            where r.organization_id = @branch and r.year = @year and r.ended_at is null and r.person_id <> @without
                and not exists (
                    select from outcome_case c
                    where c.organization_id = r.organization_id and c.year = r.year and c.person_id = r.person_id and c.outcome = held.outcome
                        and c.ended_at is null and c.state <> 'refused')
            """,
            new { branch, year, without },
            cancel);

    /// <summary>Consequences of others that were approved since a day and for which no 帮教措施 was begun.</summary>
    public static Task<IReadOnlyList<ApprovedOutcome>> WithoutMeasureAsync(DataScope scope, OrganizationId branch, PersonId without, DateOnly since, CancellationToken cancel = default) =>
        scope.QueryAsync<ApprovedOutcome>(
            """
            select c.year, c.person_id, c.outcome, c.alternative, c.answered_on
            from outcome_case c
            where c.organization_id = @branch and c.state = 'approved' and c.ended_at is null and c.answered_on >= @since and c.person_id <> @without
                and not exists (select from help_measure m where m.organization_id = c.organization_id and m.person_id = c.person_id and m.year = c.year and m.outcome = c.outcome)
            order by c.year, c.person_id, c.outcome
            """,
            new { branch, without, since },
            cancel);

    /// <summary>The scheme that judged when a year was settled, whatever was adopted since; the one in force where it is out of sight.</summary>
    /// <returns>null when no scheme is in force</returns>
    public static async Task<Scheme?> SchemeAsync(DataScope scope, SchemesInForce schemes, OrganizationId branch, int year, CancellationToken cancel = default)
    {
        var settled = await scope.OneAsync<string>(
            "select scheme from annual_year where organization_id = @branch and year = @year and ended_at is null", new { branch, year }, cancel);
        return (settled is null ? null : await schemes.KeptAsync(scope, settled, cancel)) ?? (await schemes.OfAsync(scope, branch, year, cancel))?.Scheme;
    }

    /// <summary>What the consequences of a year rest on now.</summary>
    /// <returns>null when no scheme is in force</returns>
    public static async Task<OutcomeStandings?> StandingsAsync(DataScope scope, YearBoards boards, OrganizationId branch, int year, CancellationToken cancel = default)
    {
        if (await boards.OfAsync(scope, branch, year, cancel) is not { } known)
        {
            return null;
        }

        var settled = await SettledYears.OfAsync(scope, branch, year, cancel);
        // By the scheme that judged when it was settled, whatever was adopted since.
        var scheme = settled is null ? known.InForce.Scheme : await boards.Schemes.KeptAsync(scope, settled.Table.Scheme, cancel) ?? known.InForce.Scheme;
        return new OutcomeStandings(
            scheme, settled, known.Board.StageOf(RoundKey.OfYear(year)), await OpenCases.CountAsync(scope, branch, year, cancel), year, await OfAsync(scope, branch, year, cancel))
        {
            StillJudging = settled is null ? [] : [.. known.Board.StillJudging(settled.Step).Select(step => step.Name)],
        };
    }
}

/// <summary>Where the consequences of one year stand.</summary>
/// <param name="Scheme">by which it was settled</param>
/// <param name="Settled">null: it is not settled</param>
/// <param name="Cases">what became of them so far, in the order in which it happened</param>
public sealed record OutcomeStandings(Scheme Scheme, SettledYear? Settled, Stage Stage, int OpenCases, int Year, IReadOnlyList<OutcomeCase> Cases)
{
    /// <inheritdoc cref="OutcomeStanding.StillJudging"/>
    public IReadOnlyList<string> StillJudging { get; init; } = [];

    /// <summary>Why nothing may follow for anybody yet; null where it may.</summary>
    public Refusal? NotYet => OutcomeStanding.NotYet(Stage, StillJudging, OpenCases);

    public OutcomeStanding Of(HeldOutcome one) => new(
        Year,
        Scheme,
        Settled?.Table.LineOf(one.Person) is { } line ? Settled.OutcomesOf(line) : null,
        Stage,
        OpenCases,
        Settled?.IsLastYearSettled ?? false,
        Cases.LastOrDefault(known => known.PersonId == one.Person && known.Outcome == one.Outcome)?.StateOf)
    {
        StillJudging = StillJudging,
    };
}
