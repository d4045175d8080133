using Jifen.Bench.Live.Running;
using Jifen.Cycle;
using Jifen.Demo;
using Jifen.Store;

namespace Jifen.Bench.Live.World;

/// <summary>A college in which the system runs: who is there to sign in, and which branch is looked at.</summary>
/// <param name="Name">for the table</param>
/// <param name="Folder">data folder</param>
/// <param name="Members">plain members of branches of 40, with accounts</param>
/// <param name="Recorders">recorders of the same branches, with accounts, one for each</param>
internal sealed record Town(
    string Name, string Folder, RunningSystem System, Database Database, IReadOnlyList<DemoPerson> Members, IReadOnlyList<DemoPerson> Recorders) : IAsyncDisposable
{
    /// <summary>Gatherings to be saved, before the large branch has none left.</summary>
    public const int UncalledGatherings = 12;

    private IReadOnlyList<Visitor>? _members;

    /// <summary>null: the demo college</summary>
    public LargeCollege? Large { get; init; }

    public static async Task<Town> OfDemoAsync(Options options, DataPlace place)
    {
        using (await RunningSystem.StartAsync(options.Jifen, place.Folder, demo: true))
        {
            // Filled; what is measured has not filled it.
        }

        var database = await OpenAsync(place.Folder);
        var names = new DemoNames(new Random(DemoId.Seed("names")));
        var firstYear = TimeProvider.System.GetUtcNow().Year - 1;
        var people = DemoTree.Branches.ToDictionary(branch => branch, branch => DemoPeople.Of(branch, names, firstYear));
        // Those without a login of the demo.
        var members = people.Values.SelectMany(one => one.Skip(13)).Take(options.SignedIn).ToList();
        var recorders = people.Where(one => one.Key.Key != DemoWorld.ShownBranch).Select(one => one.Value[2]).ToList();
        await Logins.OpenAsync(database, DemoTree.Of(DemoTree.Top).Id, DemoWorld.Officer, [.. members, .. recorders]);
        var system = await RunningSystem.StartAsync(options.Jifen, place.Folder);
        return new Town($"demo college, {people.Values.Sum(one => one.Count)} people", place.Folder, system, database, members, recorders);
    }

    public static async Task<Town> OfLargeAsync(Options options, DataPlace place)
    {
        var now = TimeProvider.System.GetUtcNow();
        var college = new LargeCollege(options.Members, CivilTime.DayOf(now).Year - 1, options.Schemes);
        var database = await OpenAsync(place.Folder);
        await database.MigrateAsync();
        var isNew = !await college.IsLoadedAsync(database);
        if (isNew)
        {
            await college.LoadAsync(database, now, UncalledGatherings);
        }

        var branches = college.Branches.Take(options.SignedIn).ToList();
        var members = Enumerable.Range(0, options.SignedIn).Select(n => college.PersonOf(branches[n % branches.Count], 9 + (n / branches.Count))).ToList();
        var recorders = branches.Take(40).Select(branch => college.PersonOf(branch, 2)).ToList();
        if (isNew)
        {
            await Logins.OpenAsync(database, college.Large.Id, college.Officer, [.. members, .. recorders, college.PersonOf(college.Large, 2)]);
        }

        var system = await RunningSystem.StartAsync(options.Jifen, place.Folder);
        return new Town($"{options.Members} members", place.Folder, system, database, members, recorders) { Large = college };
    }

    /// <summary>The members, signed in once for all that is measured: it costs a tenth of a second of a processor each.</summary>
    public async Task<IReadOnlyList<Visitor>> MembersSignedInAsync() => _members ??= await SignInAsync(Members);

    public Task<Visitor> SignInAsync(DemoPerson person) => Visitor.SignInAsync(System.Address, person.Number, DemoWorld.Password);

    public async Task<IReadOnlyList<Visitor>> SignInAsync(IReadOnlyList<DemoPerson> people)
    {
        var visitors = new Visitor[people.Count];
        await Parallel.ForAsync(0, people.Count, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (n, _) => visitors[n] = await SignInAsync(people[n]));
        return visitors;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var visitor in _members ?? [])
        {
            visitor.Dispose();
        }

        await Database.DisposeAsync();
        System.Dispose();
    }

    private static Task<Database> OpenAsync(string folder) => Database.OpenAsync(new LocalDatabaseOptions { DataFolder = folder });
}
