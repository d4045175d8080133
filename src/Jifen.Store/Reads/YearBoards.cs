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

    /// <summary>Of many branches at once; those without a scheme in force are left out.</summary>
    public async Task<IReadOnlyDictionary<OrganizationId, BranchYear>> OfAllAsync(
        DataScope scope, IEnumerable<OrganizationId> branches, int year, CancellationToken cancel = default) =>
        await ReadAsync(scope, await schemes.OfAllAsync(scope, branches, year, cancel), year, cancel);

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

    private async Task<BranchYear> ReadAsync(DataScope scope, OrganizationId branch, SchemeInForce inForce, CancellationToken cancel) =>
        (await ReadAsync(scope, new Dictionary<OrganizationId, SchemeInForce> { [branch] = inForce }, inForce.Year, cancel))[branch];

    private async Task<IReadOnlyDictionary<OrganizationId, BranchYear>> ReadAsync(
        DataScope scope, IReadOnlyDictionary<OrganizationId, SchemeInForce> inForce, int year, CancellationToken cancel)
    {
        var branches = inForce.Keys.Select(branch => branch.Value).ToArray();
        var marks = (await scope.QueryAsync<StepRow>(
            """
            select organization_id, round, step, begun_on, begun_by, ended_on, ended_by, digest, outcome, entry_id
            from round_step where organization_id = any (@branches) and left(round, 4) = @year
            """,
            new { branches, year = year.ToString("D4", System.Globalization.CultureInfo.InvariantCulture) },
            cancel)).ToLookup(row => row.OrganizationId, row => row.ToMark());
        // When a scheme was first adopted in the branch or above it: what was over by then was kept otherwise.
        var adoptedOn = (await scope.QueryAsync<AdoptionRow>(
            """
            select o.organization_id, min(s.first_adopted_on) as first_adopted_on
            from organization o join scheme_adoption s on s.organization_id = any (o.ancestors)
            where o.organization_id = any (@branches)
            group by o.organization_id
            """,
            new { branches },
            cancel)).ToDictionary(row => row.OrganizationId, row => row.FirstAdoptedOn);
        return inForce.ToDictionary(
            one => one.Key,
            one => new BranchYear(one.Value, new YearBoard(
                _plans.GetOrAdd((one.Value.Fingerprint, year), _ => YearPlan.Of(one.Value.Plan)), marks[one.Key], adoptedOn[one.Key], scope.Today)));
    }

    private sealed record AdoptionRow
    {
        public required OrganizationId OrganizationId { get; init; }

        public required DateOnly FirstAdoptedOn { get; init; }
    }

    private sealed record StepRow
    {
        public required OrganizationId OrganizationId { get; init; }

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
