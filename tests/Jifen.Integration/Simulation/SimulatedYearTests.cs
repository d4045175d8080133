using System.Text;
using Dapper;
using Jifen.Cycle;
using Jifen.Cycle.Organizations;
using Jifen.Integration.World;
using Jifen.Scoring.Schemes;
using Jifen.Store;
using Jifen.Store.Ledgers;
using Jifen.Store.Reads;
using Jifen.Tests.Naive;
using Jifen.Tests.Scorecards;
using Xunit;

namespace Jifen.Integration.Simulation;

/// <summary>
/// Branch-years lived through the ledger and read back as the pages read them, against the naive scorer, which knows nothing of ledgers, views
/// or books. JIFEN_SIMULATED_YEARS asks for more of them.
/// </summary>
public sealed class SimulatedYearTests(Cluster cluster)
{
    private const int Usually = 3;
    private static readonly OrganizationId Committee = new(Id(1));
    private static readonly OrganizationId Neighbour = new(Id(2));
    private static readonly PersonId Officer = new(Id(3));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static int Years =>
        int.TryParse(Environment.GetEnvironmentVariable("JIFEN_SIMULATED_YEARS"), System.Globalization.CultureInfo.InvariantCulture, out var asked) ? asked : Usually;

    [Theory]
    [InlineData("jsit-2020")]
    [InlineData("wuxi-2020")]
    [InlineData("yxnu-2016")]
    [InlineData("district")]
    [InlineData("jsu-law-2017")]
    public async Task What_was_lived_through_the_ledger_is_scored_as_the_naive_scorer_scores_it(string id)
    {
        var (yaml, refinement) = (Read(id, $"{id}.scheme.yaml"), Read(id, "example.refinement.yaml"));
        var scheme = SchemeLoader.Load(
            new SchemeSource($"{id}.scheme.yaml", Encoding.UTF8.GetBytes(yaml)), new SchemeSource("example.refinement.yaml", Encoding.UTF8.GetBytes(refinement))).Value!;
        await using var database = await cluster.FreshAsync();
        await FoundAsync(database, scheme, yaml, refinement);
        var lived = new List<(SimulatedYear Year, LivedYear Life, OrganizationId Branch)>();
        for (var seed = 1UL; seed <= (ulong)Years; seed++)
        {
            var (year, branch) = (new SimulatedYear(seed, id, yaml, refinement), new OrganizationId(Id(1000 + (int)seed)));
            await using var connection = await database.Owner.OpenConnectionAsync(Cancel);
            await using var transaction = await connection.BeginTransactionAsync(Cancel);
            await Ledger.TakeAsync(connection, [Committee, Neighbour, branch], Cancel);
            var life = new LivedYear(connection, year, scheme, branch, Neighbour);
            await life.LiveAsync(Committee, Officer);
            await transaction.CommitAsync(Cancel);
            lived.Add((year, life, branch));
        }

        var scored = 0;
        foreach (var (year, life, branch) in lived)
        {
            scored += await CompareAsync(database, id, yaml, refinement, year, life, branch, "as lived");
        }

        // A branch of two may be exempt altogether; all of them are not.
        Assert.True(scored > lived.Count);

        await using (var connection = await database.Owner.OpenConnectionAsync(Cancel))
        {
            await connection.ExecuteAsync("select rebuild_views()");
        }

        foreach (var (year, life, branch) in lived)
        {
            await CompareAsync(database, id, yaml, refinement, year, life, branch, "after the views were built anew");
        }
    }

    /// <returns>how many had a sheet</returns>
    private static async Task<int> CompareAsync(
        Database database, string id, string yaml, string refinement, SimulatedYear year, LivedYear life, OrganizationId branch, string when)
    {
        await using var scope = await DataScope.OpenAsync(database.App, Officer, year.Looked, Cancel);
        var scores = (await new LiveScores(new SchemesInForce()).OfAsync(scope, branch, year.Year, year.Looked, Cancel))!.Scores;
        var naive = NaiveScorer.Score(yaml, refinement, year.Year, life.Members, life.Facts, life.Previous);

        var expected = ScoreLines.Of(naive, scores.Plan.Scheme).Order(StringComparer.Ordinal).ToList();
        var ours = ScoreLines.Of(scores.Plan.Scheme, scores.Roster, scores.Scorer, scores.Totals).ToDictionary(line => line.Split(' ')[0], StringComparer.Ordinal);
        var different = expected.Where(line => ours.GetValueOrDefault(line.Split(' ')[0], "is in no books –") is var own && own != line && !(line.EndsWith('–') && own.EndsWith('–')))
            .Select(line => $"naive {line}\nours  {ours.GetValueOrDefault(line.Split(' ')[0])}").ToList();
        Assert.True(different.Count == 0, $"{id}, seed {year.Seed}, {when}:\n{string.Join('\n', different)}");
        Assert.Empty(ours.Keys.Except(expected.Select(line => line.Split(' ')[0]), StringComparer.Ordinal));
        return expected.Count(line => !line.EndsWith('–'));
    }

    private static async Task FoundAsync(Database database, Scheme scheme, string yaml, string refinement)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        var began = CivilTime.At(new DateOnly(2018, 1, 2), new TimeOnly(9, 0));
        var first = new DateOnly(2018, 1, 1);
        await connection.ExecuteAsync("insert into person (person_id, number, name, registered_at) values (@id, 'N', '胡组织', @began)", new { id = Officer.Value, began });
        await connection.ExecuteAsync(
            """
            insert into scheme_version (fingerprint, scheme_id, scheme_name, scheme_text, refinement_text, kept_at)
            values (@Fingerprint, @Id, @Name, @yaml, @refinement, @began)
            """,
            new { scheme.Fingerprint, scheme.Id, scheme.Name, yaml, refinement, began });
        await Ledger.TakeAsync(connection, [Committee], Cancel);
        await Ledger.AppendAsync(
            connection,
            Committee,
            new EntryMaker(Officer, "organization-officer", new OperationId(Id(4)), began),
            [
                new Happening(new OrganizationFounded(Committee, null, OrganizationKind.PartyCommittee, "云川学院党委", "学院党委", false), On: first),
                new Happening(new OrganizationFounded(Neighbour, Committee, OrganizationKind.Branch, "邻近支部", "邻近支部", true), On: first),
                new Happening(new OfficeAssigned(new OfficeTermId(Id(5)), Office.OrganizationOfficer, null, false), Officer, first),
            ],
            Cancel);
        await transaction.CommitAsync(Cancel);
    }

    private static string Read(string id, string name) => File.ReadAllText(Path.Combine(Repository.Root, "schemes", id, name));

    private static Guid Id(int number) => new(number, 0x7002, 0x7000, [0x80, 0, 0, 0, 0, 0, 0, 1]);
}
