using System.Text;
using Dapper;
using Jifen.Cycle;
using Jifen.Cycle.Members;
using Jifen.Cycle.Organizations;
using Jifen.Cycle.Rounds;
using Jifen.Integration.World;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;
using Jifen.Store;
using Jifen.Store.Ledgers;
using Jifen.Store.Reads;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Jifen.Integration.Year;

/// <summary>One branch under a committee from the first day of a year, by any of the five documents, with everybody a year needs.</summary>
internal sealed class YearWorld : IAsyncDisposable
{
    private readonly List<(PersonId Person, Browser Browser)> _browsers = [];

    private YearWorld(TestSite site, MovableClock clock, Scheme scheme, int year)
    {
        Site = site;
        Clock = clock;
        Scheme = scheme;
        Year = year;
    }

    public static OrganizationId Committee { get; } = new(Id(1));

    public static OrganizationId Branch { get; } = new(Id(2));

    public static OrganizationId Other { get; } = new(Id(3));

    public static PersonId Secretary { get; } = new(Id(11));

    public static PersonId Deputy { get; } = new(Id(12));

    public static PersonId Recorder { get; } = new(Id(13));

    public static PersonId Committeeman { get; } = new(Id(14));

    public static PersonId Evaluator { get; } = new(Id(15));

    public static PersonId SecondEvaluator { get; } = new(Id(16));

    public static PersonId Good { get; } = new(Id(17));

    public static PersonId Poor { get; } = new(Id(18));

    public static PersonId Usual { get; } = new(Id(19));

    public static PersonId Probationary { get; } = new(Id(20));

    public static PersonId Activist { get; } = new(Id(21));

    public static PersonId Officer { get; } = new(Id(31));

    public static PersonId SecondOfficer { get; } = new(Id(32));

    private static readonly (PersonId Person, string Name, Office? Office, Standing Standing)[] Members =
    [
        (Secretary, "沈书记", Office.Secretary, Standing.Full), (Deputy, "傅书记", Office.DeputySecretary, Standing.Full), (Recorder, "陈记录", Office.Recorder, Standing.Full),
        (Committeeman, "孟支委", Office.CommitteeMember, Standing.Full), (Evaluator, "吴考评", Office.Evaluator, Standing.Full), (SecondEvaluator, "郑考评", Office.Evaluator, Standing.Full),
        (Good, "李文博", null, Standing.Full), (Poor, "周可欣", null, Standing.Full), (Usual, "何平", null, Standing.Full),
        (Probationary, "许新", null, Standing.Probationary), (Activist, "韦积极", null, Standing.Activist),
    ];

    public TestSite Site { get; }

    public MovableClock Clock { get; }

    public Scheme Scheme { get; }

    public int Year { get; }

    public DateOnly Today => Clock.Today();

    public static IEnumerable<PersonId> FullMembers => Members.Where(member => member.Standing == Standing.Full).Select(member => member.Person);

    public static string NameOf(PersonId person) => Members.First(member => member.Person == person).Name;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="adopted">the branch takes up the scheme on that day, and rounds that were over are not asked of it; null: with the year</param>
    public static async Task<YearWorld> StartAsync(Cluster cluster, string scheme, int year, DateOnly? adopted = null)
    {
        var clock = new MovableClock(CivilTime.At(adopted ?? new DateOnly(year, 1, 4), new TimeOnly(9, 0)));
        var site = await TestSite.StartAsync(cluster, clock);
        var (loaded, text, refinement) = Shipped(scheme);
        var world = new YearWorld(site, clock, loaded, year);
        await FoundAsync(site.Database, loaded, text, refinement, year, adopted);
        return world;
    }

    /// <summary>A browser of this person, who has a password: can be asked for a second signature. The same one each time.</summary>
    public async Task<Browser> AsAsync(PersonId person)
    {
        if (_browsers.Find(one => one.Person == person).Browser is { } known)
        {
            return known;
        }

        var account = await Site.AccountAsync(person);
        await using (var connection = await Site.Database.Owner.OpenConnectionAsync(Cancel))
        {
            await connection.ExecuteAsync(
                "update account set login_name = @login, normalized_name = @login, password_hash = 'never compared here' where account_id = @account",
                new { account, login = person.ToString() });
        }

        var browser = await Site.SignInAsync(person);
        _browsers.Add((person, browser));
        return browser;
    }

    /// <summary>Everybody who may be asked to sign has an account from the first day.</summary>
    public async Task OpenAccountsAsync()
    {
        foreach (var person in new[] { Secretary, Deputy, Committeeman, Recorder, Evaluator, SecondEvaluator, Officer, SecondOfficer })
        {
            await AsAsync(person);
        }
    }

    /// <summary>Sessions last a day: whoever comes back signs in anew.</summary>
    public void MoveTo(DateOnly day)
    {
        var then = CivilTime.At(day, new TimeOnly(9, 0));
        if (then <= Clock.GetUtcNow())
        {
            return;
        }

        Clock.Advance(then - Clock.GetUtcNow());
        foreach (var (_, browser) in _browsers)
        {
            browser.Dispose();
        }

        _browsers.Clear();
    }

    /// <summary>Where the year stands, as its own pages read it.</summary>
    public async Task<YearBoard> BoardAsync(int? year = null)
    {
        var boards = Site.Services.GetRequiredService<YearBoards>();
        await using var scope = await DataScope.OpenAsync(Site.Database.App, Secretary, Today, Cancel);
        return (await boards.OfAsync(scope, Branch, year ?? Year, Cancel))!.Board;
    }

    public async Task<T> OneAsync<T>(string sql, object? with = null)
    {
        await using var connection = await Site.Database.Owner.OpenConnectionAsync(Cancel);
        return (await connection.QuerySingleAsync<T>(sql, with))!;
    }

    public Task<int> CountAsync(string kind) => OneAsync<int>("select count(*)::int from ledger_entry where kind = @kind", new { kind });

    /// <summary>What lies in the books without a page of its own in this year: facts of before, people of a neighbouring branch.</summary>
    public Task EnterAsync(OrganizationId stream, PersonId by, string office, params Happening[] happenings) => Ledger.AppendAsync(
        Site.Database.Owner, stream, new EntryMaker(by, office, new OperationId(Guid.CreateVersion7()), Clock.GetUtcNow()), happenings, Cancel);

    /// <summary>More full members, on the roll since the first day of the year; the first may hold an office.</summary>
    public async Task AddAsync(OrganizationId branch, IReadOnlyList<(PersonId Person, string Name)> people, Office? officeOfTheFirst = null)
    {
        var first = new DateOnly(Year, 1, 1);
        await using (var connection = await Site.Database.Owner.OpenConnectionAsync(Cancel))
        {
            await connection.ExecuteAsync(
                "insert into person (person_id, number, name, registered_at) values (@id, @id::text, @Name, @at)",
                people.Select(one => new { id = one.Person.Value, one.Name, at = Clock.GetUtcNow() }));
        }

        await EnterAsync(branch, Officer, "organization-officer", [
            .. people.Select(one => new Happening(
                new MemberAdmitted(Arrival.OnRoll, Standing.Full, Scheme.Categories is [var category, ..] ? category : null, null, null), one.Person, first)),
            .. people.Take(officeOfTheFirst is null ? 0 : 1).Select(one => new Happening(
                new OfficeAssigned(new OfficeTermId(Guid.CreateVersion7()), officeOfTheFirst!.Value, null, false), one.Person, first))]);
    }

    /// <summary>What somebody came to in the settled year; null where this branch settled nothing of him.</summary>
    public async Task<decimal?> SettledAsync(PersonId person, OrganizationId? branch = null)
    {
        await using var connection = await Site.Database.Owner.OpenConnectionAsync(Cancel);
        return await connection.QuerySingleOrDefaultAsync<decimal?>(
            "select total from annual_result where organization_id = @branch and person_id = @person and year = @Year and ended_at is null",
            new { branch = (branch ?? Branch).Value, person = person.Value, Year });
    }

    /// <summary>Everything that waits for a second person is confirmed by whoever may.</summary>
    public async Task ConfirmAllAsync()
    {
        foreach (var person in new[] { Committeeman, Deputy, Secretary, SecondEvaluator, Evaluator, Officer, SecondOfficer })
        {
            var browser = await AsAsync(person);
            for (var page = await browser.GetAsync("/confirmations"); page.Document.QuerySelector("button[data-action=confirm-step]:not([disabled])") is not null;)
            {
                // Whoever is shown a step and may not sign it is told so; somebody after him may.
                if ((int)(await browser.SubmitAsync(page, "button[data-action=confirm-step]")).Status >= 400)
                {
                    break;
                }

                page = await browser.GetAsync("/confirmations");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, browser) in _browsers)
        {
            browser.Dispose();
        }

        await Site.DisposeAsync();
    }

    /// <summary>Somebody besides those who hold the offices, from 40 on.</summary>
    public static PersonId Another(int number) => new(Id(number));

    private static Guid Id(int number) => new(number, 0x7001, 0x7000, [0x80, 0, 0, 0, 0, 0, 0, (byte)number]);

    private static async Task FoundAsync(Database database, Scheme scheme, string text, string refinement, int year, DateOnly? adopted)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        var began = CivilTime.At(new DateOnly(year, 1, 1), new TimeOnly(9, 0));
        await connection.ExecuteAsync(
            "insert into person (person_id, number, name, registered_at) values (@id, @number, @name, @began)",
            Members.Select(member => (member.Person, member.Name)).Append((Officer, "胡组织")).Append((SecondOfficer, "曹组织"))
                .Select((one, i) => new { id = one.Item1.Value, number = $"N{i:000}", name = one.Item2, began }));
        await connection.ExecuteAsync(
            """
            insert into scheme_version (fingerprint, scheme_id, scheme_name, scheme_text, refinement_text, kept_at)
            values (@Fingerprint, @Id, @Name, @text, @refinement, @began)
            """,
            new { scheme.Fingerprint, scheme.Id, scheme.Name, text, refinement, began });
        var maker = new EntryMaker(Officer, "organization-officer", new OperationId(Guid.CreateVersion7()), began);
        var first = new DateOnly(year, 1, 1);
        await WriteAsync(
            Committee,
            new Happening(new OrganizationFounded(Committee, null, OrganizationKind.PartyCommittee, "云川学院党委", "学院党委", false), On: first),
            new Happening(new OrganizationFounded(Branch, Committee, OrganizationKind.Branch, "软件教工支部", "软件支部", true), On: first),
            new Happening(new OrganizationFounded(Other, Committee, OrganizationKind.Branch, "机电教工支部", "机电支部", true), On: first),
            new Happening(new SchemeAdopted(year, scheme.Id, scheme.Fingerprint), On: adopted ?? first),
            InOffice(Officer, Office.OrganizationOfficer),
            InOffice(SecondOfficer, Office.OrganizationOfficer));
        await WriteAsync(
            Branch,
            [.. Members.Select(member => new Happening(
                new MemberAdmitted(Arrival.OnRoll, member.Standing, scheme.Categories is [var category, ..] ? category : null, null, null), member.Person, first)),
             .. Members.Where(member => member.Office is not null).Select(member => InOffice(member.Person, member.Office!.Value))]);
        await transaction.CommitAsync(Cancel);

        Happening InOffice(PersonId person, Office office) => new(new OfficeAssigned(new OfficeTermId(Guid.CreateVersion7()), office, null, false), person, first);

        async Task WriteAsync(OrganizationId stream, params Happening[] happenings)
        {
            await Ledger.TakeAsync(connection, [stream], Cancel);
            await Ledger.AppendAsync(connection, stream, maker, happenings, Cancel);
        }
    }

    // The readings of the shipped files are 暂行: a year is settled only by confirmed ones, which the walk confirms through the pages.
    private static (Scheme Scheme, string Text, string Refinement) Shipped(string id)
    {
        byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Repository.Root, "schemes", id, name));
        var (text, refinement) = (Read($"{id}.scheme.yaml"), Read("example.refinement.yaml"));
        var loaded = SchemeLoader.Load(new SchemeSource($"{id}.scheme.yaml", text), new SchemeSource("example.refinement.yaml", refinement));
        return (loaded.Value!, Encoding.UTF8.GetString(text), Encoding.UTF8.GetString(refinement));
    }
}
