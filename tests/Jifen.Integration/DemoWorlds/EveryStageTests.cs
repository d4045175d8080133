using Dapper;
using Jifen.Cycle;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Rounds;
using Jifen.Demo;
using Jifen.Integration.World;
using Jifen.Scoring.Schemes;
using Jifen.Store;
using Jifen.Store.Ledgers;
using Jifen.Store.Reads;
using Xunit;

namespace Jifen.Integration.DemoWorlds;

/// <summary>The demo college: on whatever day it is loaded, some branch of every scheme stands in every stage, and settled years recompute equal.</summary>
public sealed class EveryStageTests(Cluster cluster)
{
    private static readonly string[] Schemes = ["district", "jsit-2020", "jsu-law-2017", "wuxi-2020", "yxnu-2016"];

    [Fact]
    public async Task Every_scheme_has_a_branch_in_every_stage_and_settled_years_hold()
    {
        var today = new DateOnly(2026, 1, 10);
        await using var database = await LoadAsync(today);
        await HoldsAsync(database, today);
    }

    /// <summary>In the middle of a leap year also, with what happened on its 29 February: what the filings of the finished one have come to, that two signed each of them, and the views.</summary>
    [Fact]
    public async Task So_it_is_in_July_when_filings_stand_in_every_state_signed_by_two()
    {
        var cancel = TestContext.Current.CancellationToken;
        var today = new DateOnly(2028, 7, 2);
        await using var database = await LoadAsync(today);
        await HoldsAsync(database, today);
        await using var connection = await database.Owner.OpenConnectionAsync(cancel);
        var filings = (await connection.QueryAsync<(string State, Guid? SecondBy, string Scheme)>(
            """
            select f.state, f.second_by, s.scheme_id
            from filing f join organization o using (organization_id)
            cross join lateral (
                select v.scheme_id from scheme_adoption a
                join scheme_version v using (fingerprint)
                join organization above on above.organization_id = a.organization_id
                where a.organization_id = any (o.ancestors) and a.year = 2027 order by cardinality(above.ancestors) desc limit 1) s
            where f.round = '2027'
            """)).ToList();
        Assert.Equal(["accepted", "reopened", "returned", "submitted"], filings.Select(filing => filing.State).Distinct().Order(StringComparer.Ordinal));
        Assert.All(filings, filing => Assert.NotNull(filing.SecondBy));
        Assert.Equal(Schemes, filings.Where(filing => filing.State == "accepted").Select(filing => filing.Scheme).Distinct().Order(StringComparer.Ordinal));
        // Once, not for every day: all views are worked out again from the ledger.
        var ledger = await new LedgerVerifier(database, Path.GetTempPath()).RunAsync(withViews: true, cancel: cancel);
        Assert.Empty(ledger.Alterations);
    }

    private async Task<Database> LoadAsync(DateOnly today)
    {
        var database = await cluster.FreshAsync();
        await DemoWorld.LoadAsync(
            database, new MovableClock(CivilTime.At(today, new TimeOnly(9, 30))), Path.Combine(Repository.Root, "schemes"), cancel: TestContext.Current.CancellationToken);
        return database;
    }

    private static async Task HoldsAsync(Database database, DateOnly today)
    {
        var cancel = TestContext.Current.CancellationToken;
        var reached = await ReachedAsync(database, today, cancel);
        Assert.Equal(Schemes, reached.Keys.Select(scheme => scheme.Id).Order(StringComparer.Ordinal));
        var missing = reached.SelectMany(one => StagesOf(one.Key, today.Year).Except(one.Value).Select(stage => $"{one.Key.Id}: {stage.Name()}"));
        Assert.True(!missing.Any(), $"no branch is in {string.Join("; ", missing)}");

        var (years, alterations) = await new SettledVerifier(database).RunAsync(today, cancel);
        Assert.Empty(alterations);
        Assert.True(years > 20, $"only {years} years are settled");
        await InOrderAsync(database);
    }

    /// <summary>Stages in which rounds of a scheme stand over its branches, by scheme.</summary>
    private static async Task<Dictionary<Scheme, HashSet<Stage>>> ReachedAsync(Database database, DateOnly today, CancellationToken cancel)
    {
        var boards = new YearBoards(new SchemesInForce());
        var reached = new Dictionary<string, (Scheme Scheme, HashSet<Stage> Stages)>(StringComparer.Ordinal);
        await using var scope = await DataScope.OpenAsync(database.App, DemoWorld.Officer, today, cancel);
        foreach (var branch in await scope.QueryAsync<OrganizationId>("select organization_id from organization where kind = 'branch'", null, cancel))
        {
            for (var year = today.Year - 2; year <= today.Year; year++)
            {
                if (await boards.OfAsync(scope, branch, year, cancel) is { } one)
                {
                    var scheme = one.InForce.Scheme;
                    reached.TryAdd(scheme.Id, (scheme, []));
                    reached[scheme.Id].Stages.UnionWith(one.Board.Plan.Rounds.Where(round => round.First <= today).Select(round => one.Board.StageOf(round.Key)));
                }
            }
        }

        return reached.Values.ToDictionary(one => one.Scheme, one => one.Stages);
    }

    /// <summary>Every stage a round of the scheme passes through when its steps are taken one after the other.</summary>
    private static HashSet<Stage> StagesOf(Scheme scheme, int year)
    {
        var plan = YearPlan.Of(Scoring.Scorecards.Plan.Compile(scheme, year));
        var marks = new List<StepMark>();
        var last = plan.WholeYear.Last;
        var stages = new HashSet<Stage> { Stage.Recording };
        var open = plan.Steps.Where(step => !step.Step.IsWindow()).ToList();
        while (open.Find(step => step.After.All(before => before.Step.IsWindow() || marks.Exists(mark => mark.Round == before.Round.Key && mark.Step == before.Name))) is { } next)
        {
            open.Remove(next);
            if (next.Step.HasBeginning())
            {
                stages.Add(StageWith(Mark(next, null)));
            }

            marks.Add(Mark(next, last));
            stages.Add(StageWith());
        }

        Assert.Empty(open);
        return stages;

        StepMark Mark(PlannedStep step, DateOnly? ended) => new(step.Round.Key, step.Name, last, null, ended, null, new EntryId(Guid.CreateVersion7()), null, null);

        Stage StageWith(params StepMark[] more)
        {
            var mark = more.Length > 0 ? more[0] : marks[^1];
            return new YearBoard(plan, [.. marks, .. more], null, last.AddDays(60)).StageOf(mark.Round);
        }
    }

    /// <summary>Nothing stands in a ledger before what was recorded earlier.</summary>
    private static async Task InOrderAsync(Database database)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>(
            """
            select count(*)::int from (
                select recorded_at < lag(recorded_at) over (partition by stream_id order by seq) as is_earlier from ledger_entry) e
            where is_earlier
            """));
    }
}
