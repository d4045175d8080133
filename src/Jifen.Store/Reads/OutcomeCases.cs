using Jifen.Cycle;
using Jifen.Cycle.Outcomes;
using Jifen.Cycle.Rounds;

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

    public required DateOnly ProposedOn { get; init; }

    public PersonId? AnsweredBy { get; init; }

    public DateOnly? AnsweredOn { get; init; }

    public string? Answer { get; init; }

    public OutcomeState StateOf => Words.Known<OutcomeState>(State);
}

/// <summary>Consequences of a settled year.</summary>
public static class OutcomeCases
{
    /// <summary>Those that stand, and what was refused before.</summary>
    public static Task<IReadOnlyList<OutcomeCase>> OfAsync(DataScope scope, OrganizationId branch, int year, CancellationToken cancel = default) =>
        scope.QueryAsync<OutcomeCase>(
            """
            select entry_id, person_id, outcome, body, reason, state, proposed_on, answered_by, answered_on, answer
            from outcome_case where organization_id = @branch and year = @year and ended_at is null
            order by person_id, outcome, seq
            """,
            new { branch, year },
            cancel);

    /// <summary>What a consequence rests on now.</summary>
    /// <returns>null when no scheme is in force</returns>
    public static async Task<OutcomeStanding?> StandingAsync(
        DataScope scope, YearBoards boards, OrganizationId branch, int year, PersonId about, string outcome, CancellationToken cancel = default)
    {
        if (await boards.OfAsync(scope, branch, year, cancel) is not { } known)
        {
            return null;
        }

        var settled = await SettledYears.OfAsync(scope, branch, year, cancel);
        // By the scheme that judged when it was settled, whatever was adopted since.
        var scheme = settled is null ? known.InForce.Scheme : await boards.Schemes.KeptAsync(scope, settled.Table.Scheme, cancel) ?? known.InForce.Scheme;
        var last = (await OfAsync(scope, branch, year, cancel)).LastOrDefault(one => one.PersonId == about && one.Outcome == outcome);
        return new OutcomeStanding(
            year,
            scheme,
            settled?.Table.LineOf(about)?.Outcomes,
            known.Board.StageOf(RoundKey.OfYear(year)),
            await OpenCases.CountAsync(scope, branch, year, cancel),
            settled?.IsLastYearSettled ?? false,
            last?.StateOf);
    }
}
