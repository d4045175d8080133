using Jifen.Cycle;
using Jifen.Cycle.Rounds;

namespace Jifen.Store.Reads;

/// <summary>A step that was done and was opened again, by itself or with one it rests on.</summary>
public sealed record Reopening
{
    /// <summary>key of the round</summary>
    public required string Round { get; init; }

    public required string Step { get; init; }

    /// <summary>The step one wanted open: what rested on it went along.</summary>
    public required string RootRound { get; init; }

    /// <inheritdoc cref="RootRound"/>
    public required string RootStep { get; init; }

    public required string Reason { get; init; }

    public required DateOnly HappenedOn { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    public required PersonId RecordedBy { get; init; }

    /// <summary>who agreed to it</summary>
    public PersonId? SecondBy { get; init; }

    /// <summary>Everybody it names.</summary>
    public IEnumerable<PersonId> People => new[] { RecordedBy, SecondBy }.OfType<PersonId>();
}

/// <summary>What was opened again in a round, and why: whatever was taken before holds no more.</summary>
public static class Reopenings
{
    /// <summary>Of one round, in the order in which they happened.</summary>
    public static Task<IReadOnlyList<Reopening>> InRoundAsync(DataScope scope, OrganizationId branch, RoundKey round, CancellationToken cancel = default) =>
        // One request opens the last first: the step that was asked for is the last of its entries.
        scope.QueryAsync<Reopening>(
            """
            select e.body::jsonb ->> 'round' as round, e.body::jsonb ->> 'step' as step, e.body::jsonb ->> 'reason' as reason, e.happened_on, e.recorded_at,
                e.recorded_by, e.second_by, root.body::jsonb ->> 'round' as root_round, root.body::jsonb ->> 'step' as root_step
            from ledger_entry e
            join lateral (
                select r.body from ledger_entry r
                where r.operation_id = e.operation_id and r.stream_id = e.stream_id and r.kind = e.kind
                order by r.seq desc
                limit 1) as root on true
            where e.stream_id = @branch and e.kind = 'round-step-reopened' and e.body::jsonb ->> 'round' = @round
            order by e.seq
            """,
            new { branch, round = round.ToString() },
            cancel);
}
