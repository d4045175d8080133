using System.Text;
using AngleSharp.Html.Parser;
using Dapper;
using Jifen.Cycle;
using Jifen.Cycle.Members;
using Jifen.Cycle.Organizations;
using Jifen.Integration.World;
using Jifen.Scoring.Facts;
using Jifen.Store;
using Jifen.Store.Ledgers;
using Jifen.Store.Steps;
using Xunit;

namespace Jifen.Integration.People;

/// <summary>The college with a second branch and a second officer, on 15 June 2025; the site over it.</summary>
internal sealed class PeopleWorld : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = CivilTime.At(new DateOnly(2025, 6, 15), new TimeOnly(10, 0));

    private PeopleWorld(TestSite site, College college) => (Site, College) = (site, college);

    public TestSite Site { get; }

    public College College { get; }

    public OrganizationId SecondBranch { get; } = new(Guid.CreateVersion7());

    /// <summary>书记 of the second branch</summary>
    public PersonId Stranger { get; private set; }

    /// <summary>a member of the second branch</summary>
    public PersonId StrangeMember { get; private set; }

    /// <summary>another 组织员 of the committee</summary>
    public PersonId SecondOfficer { get; private set; }

    /// <summary>纪检 of the committee: grants the posts above branches too</summary>
    public PersonId Auditor { get; private set; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<PeopleWorld> StartAsync(Cluster cluster)
    {
        var site = await TestSite.StartAsync(cluster, new MovableClock(Now));
        var world = new PeopleWorld(site, await College.FoundAsync(site));
        await using var connection = await site.Database.Owner.OpenConnectionAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        var began = CivilTime.At(College.Began, new TimeOnly(8, 0));
        var maker = new EntryMaker(world.College.Officer, "import", new OperationId(Guid.CreateVersion7()), began);
        async Task<PersonId> PersonAsync(string name, OrganizationId where, Office? office, bool isMember)
        {
            var named = PersonNames.New(null, name, began);
            await connection.ExecuteAsync(
                "insert into person (person_id, name, name_salt, registered_at) values (@id, @name, @salt, @began)",
                new { id = named.Person.Value, name, salt = named.Salt, began });
            var happenings = new List<Happening> { new(new PersonRegistered(named.Person, named.Digest), named.Person, College.Began) };
            if (isMember)
            {
                happenings.Add(new Happening(new MemberAdmitted(Arrival.OnRoll, Standing.Full, null, null, null), named.Person, College.Began));
            }

            if (office is { } held)
            {
                happenings.Add(new Happening(new OfficeAssigned(new OfficeTermId(Guid.CreateVersion7()), held, null, false), named.Person, College.Began));
            }

            await Ledger.TakeAsync(connection, [where], Cancel);
            await Ledger.AppendAsync(connection, where, maker, happenings, Cancel);
            return named.Person;
        }

        await Ledger.TakeAsync(connection, [world.College.Committee], Cancel);
        await Ledger.AppendAsync(
            connection,
            world.College.Committee,
            maker,
            [new Happening(new OrganizationFounded(world.SecondBranch, world.College.Committee, OrganizationKind.Branch, "信息学院第二党支部", "第二党支部", true), On: College.Began)],
            Cancel);
        world.Stranger = await PersonAsync("贾二", world.SecondBranch, Office.Secretary, isMember: true);
        world.StrangeMember = await PersonAsync("贾三", world.SecondBranch, null, isMember: true);
        world.SecondOfficer = await PersonAsync("高远", world.College.Committee, Office.OrganizationOfficer, isMember: false);
        world.Auditor = await PersonAsync("纪检", world.College.Committee, Office.DisciplineOfficer, isMember: false);
        await transaction.CommitAsync(Cancel);
        return world;
    }

    /// <summary>A browser of somebody who is not yet asked to confirm anything: signed in, without a password of his own.</summary>
    public Task<Browser> AsAsync(PersonId person) => Site.SignInAsync(person);

    /// <summary>A browser of somebody who can be asked for a second signature: has login name and password.</summary>
    public async Task<Browser> AsSignatoryAsync(PersonId person)
    {
        var account = await Site.AccountAsync(person);
        await using var connection = await Site.Database.Owner.OpenConnectionAsync(Cancel);
        await connection.ExecuteAsync(
            "update account set login_name = @login, normalized_name = @login, password_hash = 'never compared here' where account_id = @account",
            new { account, login = person.ToString() });
        return await Site.SignInAsync(person);
    }

    /// <summary>One value of a query that no right binds.</summary>
    public async Task<T> OneAsync<T>(string sql, object? with = null)
    {
        await using var connection = await Site.Database.Owner.OpenConnectionAsync(Cancel);
        return (await connection.QuerySingleAsync<T>(sql, with))!;
    }

    public Task<int> CountAsync(string kind) => OneAsync<int>("select count(*)::int from ledger_entry where kind = @kind", new { kind });

    /// <summary>What the database itself shows to somebody, through the app's own role.</summary>
    public async Task<IReadOnlyList<T>> SeenByAsync<T>(PersonId person, string sql, object? with = null)
    {
        await using var scope = await DataScope.OpenAsync(Site.Database.App, person, CivilTime.DayOf(Now), Cancel);
        return await scope.QueryAsync<T>(sql, with, Cancel);
    }

    /// <summary>Chooses a file on the page of the import and sends it.</summary>
    public static async Task<Page> UploadAsync(Browser browser, string page, string csv, params (string Name, string Value)[] fields)
    {
        var form = await browser.GetAsync(page);
        using var content = new MultipartFormDataContent();
        foreach (var input in form.Document.QuerySelectorAll("form[data-action=upload-roster] input[type=hidden], form[data-action=upload-roster] input[type=date], form[data-action=upload-roster] input[type=radio][checked]"))
        {
            var name = input.GetAttribute("name")!;
            if (!fields.Any(field => field.Name == name))
            {
                content.Add(new StringContent(input.GetAttribute("value") ?? ""), name);
            }
        }

        foreach (var (name, value) in fields)
        {
            content.Add(new StringContent(value), name);
        }

        content.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(csv)), "file", "roster.csv");
        var answer = await browser.Http.PostAsync(page, content, Cancel);
        if (answer.Headers.Location is { } next)
        {
            return await browser.GetAsync(next.IsAbsoluteUri ? next.PathAndQuery : next.ToString());
        }

        return new Page(answer.StatusCode, page, new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Cancel)), answer);
    }

    public async ValueTask DisposeAsync() => await Site.DisposeAsync();
}
