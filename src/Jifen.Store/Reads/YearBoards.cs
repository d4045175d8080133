using System.Collections.Concurrent;
using Jifen.Cycle;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Rounds;

namespace Jifen.Store.Reads;

/// <summary>A branch's year with the scheme that lays it out.</summary>
public sealed record BranchYear(SchemeInForce InForce, YearBoard Board);

/// <summary>Where the steps of a branch's year stand.</summary>
public sealed class YearBoards(SchemesInForce schemes)
{
    // What a scheme asks for in a year never changes: kept for the life of the program.
    private readonly ConcurrentDictionary<(string Fingerprint, int Year), YearPlan> _plans = new();

    public SchemesInForce Schemes => schemes;

    /// <param name="year">of the cycle</param>
    /// <returns>null when no scheme is in force</returns>
    public async Task<BranchYear?> OfAsync(DataScope scope, OrganizationId branch, int year, CancellationToken cancel = default) =>
        await schemes.OfAsync(scope, branch, year, cancel) is { } inForce ? await ReadAsync(scope, branch, inForce, cancel) : null;

    /// <summary>The cycle in which the day lies.</summary>
    /// <inheritdoc cref="OfAsync"/>
    public async Task<BranchYear?> OnAsync(DataScope scope, OrganizationId branch, DateOnly day, CancellationToken cancel = default) =>
        await schemes.OnAsync(scope, branch, day, cancel) is { } inForce ? await ReadAsync(scope, branch, inForce, cancel) : null;

    /// <summary>How far the round has come in which a day lies; what is recorded of the day depends on it.</summary>
    public async Task<Stage> StageOnAsync(DataScope scope, OrganizationId branch, DateOnly day, CancellationToken cancel = default) =>
        (await OnAsync(scope, branch, day, cancel))?.Board.StageOn(day) ?? Stage.Recording;

    /// <summary>The furthest of several days.</summary>
    public async Task<Stage> StageOnAsync(DataScope scope, OrganizationId branch, IEnumerable<DateOnly> days, CancellationToken cancel = default)
    {
        var furthest = Stage.Recording;
        foreach (var day in days.Distinct())
        {
            var stage = await StageOnAsync(scope, branch, day, cancel);
            furthest = stage > furthest ? stage : furthest;
        }

        return furthest;
    }

    private async Task<BranchYear> ReadAsync(DataScope scope, OrganizationId branch, SchemeInForce inForce, CancellationToken cancel)
    {
        var plan = _plans.GetOrAdd((inForce.Fingerprint, inForce.Year), _ => YearPlan.Of(inForce.Plan));
        var rows = await scope.QueryAsync<StepRow>(
            """
            select round, step, begun_on, begun_by, ended_on, ended_by, digest, outcome, entry_id
            from round_step where organization_id = @branch and left(round, 4) = @year
            """,
            new { branch, year = plan.Year.ToString("D4", System.Globalization.CultureInfo.InvariantCulture) },
            cancel);
        // By whom a scheme was adopted first, in the branch or above it: what was over by then was kept otherwise.
        var adoptedOn = await scope.OneAsync<DateOnly?>(
            """
            select min(e.happened_on) from organization o join ledger_entry e on e.stream_id = any (o.ancestors) and e.kind = 'scheme-adopted'
            where o.organization_id = @branch
            """,
            new { branch },
            cancel);
        return new BranchYear(inForce, new YearBoard(plan, rows.Select(row => row.ToMark()), adoptedOn, scope.Today));
    }

    private sealed record StepRow
    {
        public required string Round { get; init; }

        public required string Step { get; init; }

        public DateOnly? BegunOn { get; init; }

        public PersonId? BegunBy { get; init; }

        public DateOnly? EndedOn { get; init; }

        public PersonId? EndedBy { get; init; }

        public string? Digest { get; init; }

        public string? Outcome { get; init; }

        public required EntryId EntryId { get; init; }

        public StepMark ToMark() => new(RoundKey.Known(Round), Step, BegunOn, BegunBy, EndedOn, EndedBy, EntryId, Digest, Outcome);
    }
}
