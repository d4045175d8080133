using Dapper;
using Jifen.Cycle;
using Jifen.Store;
using Jifen.Store.Reads;

namespace Jifen.Demo;

/// <summary>Somebody one can sign in as in the demo college.</summary>
/// <param name="Login">login name</param>
/// <param name="Post">what the person is there</param>
public sealed record DemoLogin(string Login, PersonId Person, string Name, string Post, string Organization);

/// <summary>
/// 云川学院: one fictional college, about 450 people, last year with its results and this year up to today. Every person and place is invented; the same day
/// gives the same world.
/// </summary>
public static class DemoWorld
{
    private const string College = DemoTree.Top;
    internal const string OfficerName = "萧知远";
    internal const string DisciplineName = "曹立平";

    /// <summary>The branch whose posts one signs in as.</summary>
    public const string ShownBranch = "info-1";

    /// <summary>Id of the organization with this key, as <c>info-1</c>.</summary>
    public static OrganizationId Organization(string key) => DemoTree.Of(key).Id;

    /// <summary>Id of the nth person of a branch, 0 the secretary, 1 the deputy, 2 the recorder, 3 a committee member, 9 a plain member.</summary>
    public static PersonId Person(string branch, int n) => new(DemoId.Of($"person {branch} {n}"));

    /// <summary>The organization officer of the college.</summary>
    public static PersonId Officer { get; } = new(DemoId.Of("person college officer"));

    /// <summary>The demo college is in this database already.</summary>
    public static async Task<bool> IsLoadedAsync(Database database, CancellationToken cancel = default)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(cancel);
        return await connection.ExecuteScalarAsync<bool>(
            "select exists (select from organization where organization_id = @id)", new { id = DemoTree.Of(College).Id.Value });
    }

    /// <summary>纪检员 of the college: the second person from outside a branch.</summary>
    public static PersonId Discipline { get; } = new(DemoId.Of("person college discipline"));

    /// <summary>The password of every demo login. There is no account with it outside the demo.</summary>
    public const string Password = "yunchuan-2026";

    /// <summary>Fills an empty, migrated database.</summary>
    /// <param name="schemesFolder">where the schemes that come with the program lie</param>
    /// <param name="progress">told what is being written, in Chinese</param>
    /// <returns>who to sign in as: the posts of the branch that is shown first; the posts of the others are signed in by the branch's short name before the post</returns>
    /// <exception cref="InvalidOperationException">the database already has organizations</exception>
    public static async Task<IReadOnlyList<DemoLogin>> LoadAsync(
        Database database, TimeProvider clock, string schemesFolder, IProgress<string>? progress = null, CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        var span = new DemoSpan(CivilTime.DayOf(now));
        var began = CivilTime.At(new DateOnly(span.Finished, 1, 2), new TimeOnly(9, 0));
        var schemes = DemoTree.All.Select(one => one.Scheme).OfType<string>().Distinct(StringComparer.Ordinal)
            .ToDictionary(id => id, id => DemoFounding.Shipped(schemesFolder, id), StringComparer.Ordinal);
        var names = new DemoNames(new Random(DemoId.Seed("names")));
        var people = DemoTree.Branches.ToDictionary(branch => branch.Key, branch => DemoPeople.Of(branch, names, span.Finished), StringComparer.Ordinal);
        await DemoFounding.FoundAsync(database, schemes, people, began, span, cancel);
        var accounts = new DemoAccounts(database);
        await accounts.OpenAsync(DemoTree.Of(College).Id, [("组织员", Officer), ("纪检员", Discipline)], began, cancel);
        var boards = new YearBoards(new SchemesInForce());
        // The largest first, so that none is still at work when the others are done.
        var lives = DemoTree.Branches.OrderByDescending(branch => branch.Members).ToList().AsParallel().AsOrdered().WithCancellation(cancel)
            .Select(branch => (Branch: branch, Life: new DemoLife(
                database, accounts, boards, span, branch, people[branch.Key], schemes[DemoTree.SchemeOf(branch)].Scheme, began, now)))
            .ToList();
        // Each waits for the database half of the time.
        var side = new ParallelOptions { MaxDegreeOfParallelism = 2 * Environment.ProcessorCount, CancellationToken = cancel };
        await Parallel.ForEachAsync(lives, side, async (one, stop) => await one.Life.BeginAsync(stop));
        // What the server would gather by itself on a system that has run for a while: without it every look at a branch reads the whole college.
        await using (var analyze = database.Owner.CreateCommand("analyze"))
        {
            await analyze.ExecuteNonQueryAsync(cancel);
        }

        var done = 0;
        await Parallel.ForEachAsync(lives, side, async (one, stop) =>
        {
            await one.Life.GoOnAsync(stop);
            progress?.Report($"{one.Branch.Name}（{Interlocked.Increment(ref done)}/{lives.Count}）");
        });
        var logins = LoginsOf(people[ShownBranch]);
        await accounts.OpenAsync(
            Organization(ShownBranch), [.. logins.Where(login => !IsOfCollege(login.Person)).Select(login => (login.Login, login.Person))], now, cancel);
        return logins;
    }

    /// <summary>Who one signs in as, in an installation that was filled before.</summary>
    public static IReadOnlyList<DemoLogin> Logins(int firstYear)
    {
        var names = new DemoNames(new Random(DemoId.Seed("names")));
        return LoginsOf(DemoTree.Branches.Select(branch => DemoPeople.Of(branch, names, firstYear)).First(people => people[0].Branch.Key == ShownBranch));
    }

    private static bool IsOfCollege(PersonId person) => person == Officer || person == Discipline;

    private static IReadOnlyList<DemoLogin> LoginsOf(IReadOnlyList<DemoPerson> people)
    {
        var branch = DemoTree.Of(ShownBranch).Name;
        DemoLogin Of(string login, int n, string post) => new(login, people[n].Id, people[n].Name, post, branch);
        return
        [
            Of("书记", 0, "书记"),
            Of("副书记", 1, "副书记"),
            Of("记录员", 2, "积分记录员"),
            Of("支委", 3, "支委"),
            Of("党员", 9, "党员"),
            Of("党员乙", 12, "党员，缺得多"),
            new DemoLogin("纪检员", Discipline, DisciplineName, "纪检员", DemoTree.Of(College).Name),
            new DemoLogin("组织员", Officer, OfficerName, "组织员、系统管理员", DemoTree.Of(College).Name),
        ];
    }
}
