using System.Net.Http.Headers;
using System.Text;
using AngleSharp.Html.Dom;
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
using Xunit;

namespace Jifen.Integration.Records;

/// <summary>Two branches under one committee on 20 October 2025, by the scheme of the college; the site over them.</summary>
internal sealed class RecordsWorld : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = CivilTime.At(new DateOnly(2025, 10, 20), new TimeOnly(10, 0)).ToUniversalTime();

    public static readonly OrganizationId Committee = new(Id(1));
    public static readonly OrganizationId Branch = new(Id(2));
    public static readonly OrganizationId Other = new(Id(3));

    public static readonly PersonId Secretary = new(Id(11));
    public static readonly PersonId Recorder = new(Id(12));
    public static readonly PersonId Committeeman = new(Id(13));
    public static readonly PersonId Member = new(Id(14));
    public static readonly PersonId Second = new(Id(15));
    public static readonly PersonId Stranger = new(Id(16));
    public static readonly PersonId OtherRecorder = new(Id(17));
    public static readonly PersonId Officer = new(Id(18));

    private static readonly (PersonId Person, string Name, OrganizationId Branch)[] People =
    [
        (Secretary, "沈书记", Branch), (Recorder, "陈记录", Branch), (Committeeman, "孟支委", Branch), (Member, "李文博", Branch), (Second, "周可欣", Branch),
        (Stranger, "顾外人", Other), (OtherRecorder, "钱记录", Other),
    ];

    private RecordsWorld(TestSite site) => Site = site;

    public TestSite Site { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<RecordsWorld> StartAsync(Cluster cluster)
    {
        var site = await TestSite.StartAsync(cluster, new MovableClock(Now));
        var world = new RecordsWorld(site);
        await FoundAsync(site.Database);
        return world;
    }

    public Task<Browser> AsAsync(PersonId person) => Site.SignInAsync(person);

    /// <summary>One value of a query that no right binds.</summary>
    public async Task<T> OneAsync<T>(string sql, object? with = null)
    {
        await using var connection = await Site.Database.Owner.OpenConnectionAsync(Cancel);
        return (await connection.QuerySingleAsync<T>(sql, with))!;
    }

    /// <summary>A statement that no right binds.</summary>
    public async Task DoAsync(string sql, object? with = null)
    {
        await using var connection = await Site.Database.Owner.OpenConnectionAsync(Cancel);
        await connection.ExecuteAsync(sql, with);
    }

    public Task<int> CountAsync(string kind) => OneAsync<int>("select count(*)::int from ledger_entry where kind = @kind", new { kind });

    /// <summary>The smallest files that are what they say.</summary>
    public static byte[] Pdf { get; } = [.. "%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"u8];

    /// <inheritdoc cref="Pdf"/>
    public static byte[] Png { get; } = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R'];

    /// <summary>Sends a form with files, as browsers send it.</summary>
    public static async Task<Page> UploadAsync(
        Browser browser, Page page, string selector, IReadOnlyList<(string Field, string Name, string Type, byte[] Bytes)> files, params (string Name, string Value)[] fields)
    {
        var found = page.Document.QuerySelector(selector) ?? throw new InvalidOperationException($"{page.Path} has no {selector}:\n{page.Text}");
        var form = found as IHtmlFormElement ?? (IHtmlFormElement)found.Closest("form")!;
        using var content = new MultipartFormDataContent();
        var typed = fields.Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, value) in ValuesOf(form).Where(value => !typed.Contains(value.Name)).Concat(fields))
        {
            content.Add(new StringContent(value, Encoding.UTF8), name);
        }

        if (found is IHtmlButtonElement { Name: { Length: > 0 } pressed } button)
        {
            content.Add(new StringContent(button.Value, Encoding.UTF8), pressed);
        }

        foreach (var (field, name, type, bytes) in files)
        {
            var part = new ByteArrayContent(bytes);
            part.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            part.Headers.TryAddWithoutValidation(
                "Content-Disposition", $"form-data; name=\"{field}\"; filename=\"{name}\"; filename*=UTF-8''{Uri.EscapeDataString(name)}");
            content.Add(part);
        }

        var answer = await browser.Http.PostAsync(page.Path, content, Cancel);
        if (answer.Headers.Location is { } next)
        {
            return await browser.GetAsync(new Uri(answer.RequestMessage!.RequestUri!, next).PathAndQuery);
        }

        var html = await answer.Content.ReadAsStringAsync(Cancel);
        return new Page(answer.StatusCode, page.Path, new AngleSharp.Html.Parser.HtmlParser().ParseDocument(html), answer);
    }

    /// <summary>Records a fact through the pages: preview, then save.</summary>
    public static async Task<Page> RecordAsync(Browser browser, string fact, PersonId person, string on, params (string Name, string Value)[] more)
    {
        var form = await browser.GetAsync($"/records/new?fact={fact}");
        var preview = await browser.SubmitAsync(
            form, "button[data-action=preview-fact]", [("person", person.ToString()), ("on", on), ("ground", "支委当天检查"), .. more]);
        return preview.Document.QuerySelector("button[data-action=record-fact]") is null
            ? preview
            : await browser.SubmitAsync(preview, "button[data-action=record-fact]");
    }

    /// <summary>Somebody who can sign in by himself: only then a step waits for his confirmation.</summary>
    public async Task<Browser> WithPasswordAsync(PersonId person)
    {
        var browser = await AsAsync(person);
        await OneAsync<int>("with set_it as (update account set login_name = person_id::text, normalized_name = person_id::text, password_hash = 'never compared here' where person_id = @person returning 1) select count(*)::int from set_it", new { person });
        return browser;
    }

    /// <summary>Ends a step of the year as its own page would: for tests of what comes after it.</summary>
    public Task EndAsync(string round, string step) => EnterAsync(new RoundStepEnded(round, step, null, null));

    /// <summary>Entered today by the secretary, past the pages.</summary>
    public Task EnterAsync(IEvent happened, PersonId? about = null) => Ledger.AppendAsync(
        Site.Database.Owner,
        Branch,
        new EntryMaker(Secretary, "secretary", new OperationId(Guid.CreateVersion7()), Site.Clock.GetUtcNow()),
        [new Happening(happened, about, Site.Clock.Today())],
        Cancel);

    /// <summary>Entered today by the secretary in one step, past the pages.</summary>
    public Task EnterTogetherAsync(params IEvent[] happened) => Ledger.AppendAsync(
        Site.Database.Owner,
        Branch,
        new EntryMaker(Secretary, "secretary", new OperationId(Guid.CreateVersion7()), Site.Clock.GetUtcNow()),
        [.. happened.Select(one => new Happening(one, null, Site.Clock.Today()))],
        Cancel);

    /// <summary>The branch adopts another of the schemes that ship, with its example refinement.</summary>
    public async Task AdoptAsync(int year, string id)
    {
        var (scheme, text, refinement) = Shipped(id);
        await DoAsync(
            "insert into scheme_version (fingerprint, scheme_id, scheme_name, scheme_text, refinement_text, kept_at) values (@Fingerprint, @Id, @Name, @text, @refinement, now())",
            new { scheme.Fingerprint, scheme.Id, scheme.Name, text, refinement });
        await Ledger.AppendAsync(
            Site.Database.Owner,
            Branch,
            new EntryMaker(Officer, "organization-officer", new OperationId(Guid.CreateVersion7()), Site.Clock.GetUtcNow()),
            [new Happening(new SchemeAdopted(year, scheme.Id, scheme.Fingerprint), On: new DateOnly(year, 1, 1))],
            Cancel);
    }

    public async ValueTask DisposeAsync() => await Site.DisposeAsync();

    private static IEnumerable<(string Name, string Value)> ValuesOf(IHtmlFormElement form) => form.Elements.SelectMany(element => element switch
    {
        IHtmlInputElement { Name.Length: > 0, IsDisabled: false } input when input.Type is not ("checkbox" or "radio" or "submit" or "file") || input.IsChecked =>
            [(input.Name, input.Value)],
        IHtmlTextAreaElement { Name.Length: > 0, IsDisabled: false } area => [(area.Name, area.Value)],
        IHtmlSelectElement { Name.Length: > 0, IsDisabled: false } select => new[] { (select.Name, select.Value ?? "") },
        _ => [],
    });

    private static Guid Id(int number) => new(number, 0x7000, 0x7000, [0x80, 0, 0, 0, 0, 0, 0, (byte)number]);

    /// <summary>The two branches with their people, in an empty, migrated database.</summary>
    public static async Task FoundAsync(Database database)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        var began = CivilTime.At(new DateOnly(2024, 1, 2), new TimeOnly(9, 0));
        await connection.ExecuteAsync(
            "insert into person (person_id, number, name, registered_at) values (@id, @number, @name, @began)",
            People.Append((Officer, "胡组织", Committee)).Select((one, i) => new { id = one.Item1.Value, number = $"N{i:000}", name = one.Item2, began }));
        var (scheme, text, refinement) = Shipped();
        await connection.ExecuteAsync(
            """
            insert into scheme_version (fingerprint, scheme_id, scheme_name, scheme_text, refinement_text, kept_at)
            values (@Fingerprint, @Id, @Name, @text, @refinement, @began)
            """,
            new { scheme.Fingerprint, scheme.Id, scheme.Name, text, refinement, began });
        var maker = new EntryMaker(Officer, "organization-officer", new OperationId(Guid.CreateVersion7()), began);
        var first = new DateOnly(2024, 1, 1);
        async Task WriteAsync(OrganizationId stream, params Happening[] happenings)
        {
            await Ledger.TakeAsync(connection, [stream], Cancel);
            await Ledger.AppendAsync(connection, stream, maker, happenings, Cancel);
        }

        await WriteAsync(
            Committee,
            new Happening(new OrganizationFounded(Committee, null, OrganizationKind.PartyCommittee, "云川学院党委", "学院党委", false), On: first),
            new Happening(new OrganizationFounded(Branch, Committee, OrganizationKind.Branch, "软件教工支部", "软件支部", true), On: first),
            new Happening(new OrganizationFounded(Other, Committee, OrganizationKind.Branch, "机电教工支部", "机电支部", true), On: first),
            new Happening(new SchemeAdopted(2024, scheme.Id, scheme.Fingerprint), On: first),
            Office(Officer, Cycle.Organizations.Office.OrganizationOfficer, first));
        foreach (var branch in People.GroupBy(one => one.Branch))
        {
            await WriteAsync(branch.Key, [.. branch.Select(one => new Happening(
                new MemberAdmitted(Arrival.OnRoll, Standing.Full, null, null, null), one.Person, first))]);
        }

        await WriteAsync(
            Branch,
            Office(Secretary, Cycle.Organizations.Office.Secretary, first),
            Office(Recorder, Cycle.Organizations.Office.Recorder, first),
            Office(Committeeman, Cycle.Organizations.Office.CommitteeMember, first));
        await WriteAsync(Other, Office(OtherRecorder, Cycle.Organizations.Office.Recorder, first));
        await transaction.CommitAsync(Cancel);

        static Happening Office(PersonId person, Office office, DateOnly on) =>
            new(new OfficeAssigned(new OfficeTermId(Guid.CreateVersion7()), office, null, false), person, on);
    }

    private static (Scheme Scheme, string Text, string Refinement) Shipped(string id = "jsit-2020")
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Jifen.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("the tests do not lie inside the repository");
        }

        byte[] Read(string name) => File.ReadAllBytes(Path.Combine(folder.FullName, "schemes", id, name));
        var (text, refinement) = (Read($"{id}.scheme.yaml"), Read("example.refinement.yaml"));
        var loaded = SchemeLoader.Load(new SchemeSource($"{id}.scheme.yaml", text), new SchemeSource("example.refinement.yaml", refinement));
        return (loaded.Value!, Encoding.UTF8.GetString(text), Encoding.UTF8.GetString(refinement));
    }
}
