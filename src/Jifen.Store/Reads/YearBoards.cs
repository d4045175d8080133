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

    /// <summary>Both cycles somebody may still have to work on: the one before, where one was kept, and the one that runs.</summary>
    /// <returns>the earlier first; empty when no scheme is in force</returns>
    public async Task<IReadOnlyList<BranchYear>> RunningAsync(DataScope scope, OrganizationId branch, CancellationToken cancel = default)
    {
        if (await OnAsync(scope, branch, scope.Today, cancel) is not { } now)
        {
            return [];
        }

        return await OnAsync(scope, branch, now.InForce.CycleFirst.AddDays(-1), cancel) is { } before ? [before, now] : [now];
    }

    /// <summary>The board of the year to which a round belongs.</summary>
    /// <returns>null when no scheme is in force</returns>
    public async Task<YearBoard?> BoardAsync(DataScope scope, OrganizationId branch, RoundKey round, CancellationToken cancel = default) =>
        (await OfAsync(scope, branch, round.Year, cancel))?.Board;

    /// <summary>How far a round has come; it has not begun to be judged where no scheme is in force.</summary>
    public async Task<Stage> StageOfAsync(DataScope scope, OrganizationId branch, RoundKey round, CancellationToken cancel = default) =>
        (await BoardAsync(scope, branch, round, cancel))?.StageOf(round) ?? Stage.Recording;

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
        // When a scheme was first adopted in the branch or above it: what was over by then was kept otherwise.
        var adoptedOn = await scope.OneAsync<DateOnly?>(
            """
            select min(s.first_adopted_on) from organization o join scheme_adoption s on s.organization_id = any (o.ancestors)
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
