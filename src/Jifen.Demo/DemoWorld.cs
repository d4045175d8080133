using System.Text;
using Dapper;
using Jifen.Cycle;
using Jifen.Cycle.Accounts;
using Jifen.Cycle.Members;
using Jifen.Cycle.Organizations;
using Jifen.Cycle.Rounds;
using Jifen.Scoring.Schemes;
using Jifen.Scoring.Scorecards;
using Jifen.Store;
using Jifen.Store.Ledgers;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace Jifen.Demo;

/// <summary>Somebody one can sign in as in the demo college.</summary>
/// <param name="Login">login name</param>
/// <param name="Post">what the person is there</param>
public sealed record DemoLogin(string Login, PersonId Person, string Name, string Post, string Organization);

/// <summary>
/// 云川学院: one fictional college, about 420 people, last year and this year up to today. Every person and place is invented; the same day
/// gives the same world.
/// </summary>
public static class DemoWorld
{
    private const string College = DemoTree.Top;
    private const string OfficerName = "萧知远";
    private const string DisciplineName = "曹立平";

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
    /// <returns>who to sign in as; accounts are made by the caller</returns>
    /// <exception cref="InvalidOperationException">the database already has organizations</exception>
    public static async Task<IReadOnlyList<DemoLogin>> LoadAsync(
        Database database, TimeProvider clock, string schemesFolder, IProgress<string>? progress = null, CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        var today = CivilTime.DayOf(now);
        var firstYear = today.Year - 1;
        var began = CivilTime.At(new DateOnly(firstYear, 1, 2), new TimeOnly(9, 0));
        var schemes = DemoTree.All.Select(one => one.Scheme).OfType<string>().Distinct(StringComparer.Ordinal)
            .ToDictionary(id => id, id => Shipped(schemesFolder, id), StringComparer.Ordinal);
        var names = new DemoNames(new Random(DemoId.Seed("names")));
        var people = DemoTree.Branches.ToDictionary(branch => branch.Key, branch => DemoPeople.Of(branch, names, firstYear), StringComparer.Ordinal);
        await FoundAsync(database, schemes, people, began, firstYear, cancel);
        var done = 0;
        await Parallel.ForEachAsync(
            DemoTree.Branches,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancel },
            async (branch, stop) =>
            {
                var books = new DemoBooks(branch, people[branch.Key], Officer);
                books.Found(began);
                var scheme = schemes[DemoTree.SchemeOf(branch)].Scheme;
                books.Year(scheme, firstYear, new DateOnly(firstYear, 12, 31));
                books.Year(scheme, today.Year, today);
                books.Ahead(today);
                books.Rounds(YearPlan.Of(Plan.Compile(scheme, firstYear)), today);
                books.Rounds(YearPlan.Of(Plan.Compile(scheme, today.Year)), today);
                // Nothing is recorded before it has happened.
                await AppendAsync(database, branch.Id, books.Deeds.Where(deed => deed.Maker.At <= now).ToList(), stop);
                progress?.Report($"{branch.Name}（{Interlocked.Increment(ref done)}/{DemoTree.Branches.Count()}）");
            });
        progress?.Report("本期的初评、评定、公示");
        await new DemoYear(database, clock).PlayAsync(people, cancel);
        var logins = LoginsOf(people[ShownBranch]);
        await OpenAccountsAsync(database, logins, now, cancel);
        return logins;
    }

    /// <summary>Who one signs in as, in an installation that was filled before.</summary>
    public static IReadOnlyList<DemoLogin> Logins(int firstYear)
    {
        var names = new DemoNames(new Random(DemoId.Seed("names")));
        return LoginsOf(DemoTree.Branches.Select(branch => DemoPeople.Of(branch, names, firstYear)).First(people => people[0].Branch.Key == ShownBranch));
    }

    private static async Task OpenAccountsAsync(Database database, IReadOnlyList<DemoLogin> logins, DateTimeOffset at, CancellationToken cancel)
    {
        var hasher = new PasswordHasher<DemoLogin>();
        var maker = new EntryMaker(Officer, "organization-officer", new OperationId(DemoId.Of("accounts")), at);
        await using var connection = await database.Owner.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        foreach (var login in logins)
        {
            var home = IsOfCollege(login.Person) ? DemoTree.Of(College).Id : Organization(ShownBranch);
            await WriteAsync(connection, home, maker, cancel, new Happening(new AccountOpened(), login.Person));
            await connection.ExecuteAsync(
                """
                update account set login_name = @login, normalized_name = upper(normalize(@login, nfkc)), password_hash = @hash, credentials_set_at = @at
                where person_id = @person
                """,
                new { login = login.Login, hash = hasher.HashPassword(login, Password), at, person = login.Person.Value });
        }

        await transaction.CommitAsync(CancellationToken.None);
    }

    private static bool IsOfCollege(PersonId person) => person == Officer || person == Discipline;

    private static async Task FoundAsync(
        Database database,
        Dictionary<string, (Scheme Scheme, string Text, string Refinement)> schemes,
        Dictionary<string, IReadOnlyList<DemoPerson>> people,
        DateTimeOffset began,
        int firstYear,
        CancellationToken cancel)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (await connection.ExecuteScalarAsync<bool>("select exists (select from organization)"))
        {
            throw new InvalidOperationException("演示数据只能装进空的数据库：这里已经有党组织了。换一个 --data 目录");
        }

        await connection.ExecuteAsync(
            "insert into person (person_id, number, name, registered_at) values (@id, @number, @name, @began)",
            people.Values.SelectMany(one => one).Select(person => new { id = person.Id.Value, number = person.Number, name = person.Name, began })
                .Append(new { id = Officer.Value, number = "OFFICER-01", name = OfficerName, began })
                .Append(new { id = Discipline.Value, number = "OFFICER-02", name = DisciplineName, began }));
        await connection.ExecuteAsync(
            """
            insert into scheme_version (fingerprint, scheme_id, scheme_name, scheme_text, refinement_text, kept_at)
            values (@Fingerprint, @Id, @Name, @Text, @Refinement, @began)
            """,
            schemes.Values.Select(one => new { one.Scheme.Fingerprint, one.Scheme.Id, one.Scheme.Name, one.Text, one.Refinement, began }));
        var maker = new EntryMaker(Officer, "organization-officer", new OperationId(DemoId.Of("founding")), began);
        foreach (var one in DemoTree.All)
        {
            var above = one.Above is null ? null : DemoTree.Of(one.Above);
            // The first organization begins its own ledger; the others are founded in that of their superior.
            await WriteAsync(connection, above?.Id ?? one.Id, maker, cancel, new Happening(
                new OrganizationFounded(one.Id, above?.Id, one.Kind, one.Name, one.ShortName, one.Kind == OrganizationKind.Branch && one.Above == College),
                On: new DateOnly(firstYear, 1, 1)));
        }

        await WriteAsync(
            connection,
            DemoTree.Of(College).Id,
            maker,
            cancel,
            new Happening(new PersonRegistered(Officer, NameDigest.Of(Officer, OfficerName)), Officer),
            new Happening(Office(Cycle.Organizations.Office.OrganizationOfficer), Officer, new DateOnly(firstYear, 1, 1)),
            new Happening(Office(Cycle.Organizations.Office.Administrator), Officer, new DateOnly(firstYear, 1, 1)),
            new Happening(new PersonRegistered(Discipline, NameDigest.Of(Discipline, DisciplineName)), Discipline),
            new Happening(Office(Cycle.Organizations.Office.DisciplineOfficer), Discipline, new DateOnly(firstYear, 1, 1)));
        foreach (var one in DemoTree.All.Where(one => one.Scheme is not null))
        {
            var scheme = schemes[one.Scheme!].Scheme;
            foreach (var year in new[] { firstYear, firstYear + 1 })
            {
                await WriteAsync(connection, one.Id, maker with { Scheme = scheme.Fingerprint }, cancel, new Happening(
                    new SchemeAdopted(year, scheme.Id, scheme.Fingerprint), On: new DateOnly(firstYear, 1, 1)));
            }
        }

        await transaction.CommitAsync(CancellationToken.None);

        static OfficeAssigned Office(Office office) => new(new OfficeTermId(DemoId.Of($"term officer {office}")), office, null, false);
    }

    private static async Task WriteAsync(
        NpgsqlConnection connection, OrganizationId stream, EntryMaker maker, CancellationToken cancel, params IReadOnlyList<Happening> happenings)
    {
        await Ledger.TakeAsync(connection, [stream], cancel);
        await Ledger.AppendAsync(connection, stream, maker, happenings, cancel);
    }

    private static async Task AppendAsync(
        Database database, OrganizationId stream, IReadOnlyList<(EntryMaker Maker, Happening Happening)> deeds, CancellationToken cancel)
    {
        const int Portion = 2_000;
        await using var connection = await database.Owner.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await Ledger.TakeAsync(connection, [stream], cancel);
        foreach (var portion in deeds.Chunk(Portion))
        {
            await Ledger.AppendAsync(connection, stream, portion, cancel);
        }

        await transaction.CommitAsync(CancellationToken.None);
    }

    // With the example refinement, so that nothing is left open: invented figures, marked 示例.
    private static (Scheme Scheme, string Text, string Refinement) Shipped(string folder, string id)
    {
        byte[] Read(string name) => File.ReadAllBytes(Path.Combine(folder, id, name));
        var (text, refinement) = (Read($"{id}.scheme.yaml"), Read("example.refinement.yaml"));
        var loaded = SchemeLoader.Load(new SchemeSource($"{id}.scheme.yaml", text), new SchemeSource("example.refinement.yaml", refinement));
        var scheme = loaded.Value ?? throw new InvalidOperationException(string.Join('\n', loaded.Problems));
        return (scheme, Encoding.UTF8.GetString(text), Encoding.UTF8.GetString(refinement));
    }

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
