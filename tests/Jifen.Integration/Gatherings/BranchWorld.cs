using System.Text;
using Dapper;
using Jifen.Cycle;
using Jifen.Cycle.Members;
using Jifen.Cycle.Organizations;
using Jifen.Integration.World;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;
using Jifen.Store.Ledgers;
using Xunit;

namespace Jifen.Integration.Gatherings;

/// <summary>
/// 信息系第一支部 on a Thursday afternoon in September 2025, under 校党委, beside 信息系第二支部, with the college's scheme; written into the ledger
/// as its founders would have. The clock stands at 15:30 until it is moved.
/// </summary>
internal sealed class BranchWorld : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2025, 9, 18, 15, 30, 0, CivilTime.Offset);

    private static readonly DateOnly Founded = new(2025, 1, 1);

    private readonly List<Happening> _branch = [];
    private readonly List<Happening> _second = [];

    private BranchWorld(TestSite site, MovableClock clock) => (Site, Clock) = (site, clock);

    public TestSite Site { get; }

    public MovableClock Clock { get; }

    public static OrganizationId College { get; } = new(Guid.CreateVersion7());

    public static OrganizationId Branch { get; } = new(Guid.CreateVersion7());

    public static OrganizationId SecondBranch { get; } = new(Guid.CreateVersion7());

    /// <summary>李明, secretary</summary>
    public static PersonId Secretary { get; } = Id();

    /// <summary>赵强, deputy secretary</summary>
    public static PersonId Deputy { get; } = Id();

    /// <summary>王芳, recorder</summary>
    public static PersonId Recorder { get; } = Id();

    /// <summary>周丽, recorder as well</summary>
    public static PersonId SecondRecorder { get; } = Id();

    /// <summary>钱静, a plain member</summary>
    public static PersonId Member { get; } = Id();

    /// <summary>孙伟, a plain member</summary>
    public static PersonId Another { get; } = Id();

    /// <summary>吴晓, activist</summary>
    public static PersonId Activist { get; } = Id();

    /// <summary>郑华, recorder of the second branch</summary>
    public static PersonId Stranger { get; } = Id();

    /// <summary>萧远, organization officer of the college</summary>
    public static PersonId Officer { get; } = Id();

    /// <param name="more">so many more members of the branch: 党员01 …</param>
    public static async Task<BranchWorld> StartAsync(Cluster cluster, int more = 0)
    {
        var clock = new MovableClock(Now.ToUniversalTime());
        var world = new BranchWorld(await TestSite.StartAsync(cluster, clock), clock);
        var cancel = TestContext.Current.CancellationToken;
        await using var connection = await world.Site.Database.Owner.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var people = new List<(PersonId Person, string Name)>
        {
            world.Join(Secretary, "李明", Office.Secretary), world.Join(Deputy, "赵强", Office.DeputySecretary),
            world.Join(Recorder, "王芳", Office.Recorder), world.Join(SecondRecorder, "周丽", Office.Recorder),
            world.Join(Member, "钱静", null), world.Join(Another, "孙伟", null),
            world.Join(Activist, "吴晓", null, Standing.Activist),
            world.Join(Stranger, "郑华", Office.Recorder, branch: world._second),
            (Officer, "萧远"),
        };
        people.AddRange(Enumerable.Range(1, more).Select(number => world.Join(More(number), $"党员{number:00}", null)));
        await connection.ExecuteAsync(
            "insert into person (person_id, number, name, registered_at) values (@id, @number, @name, @at)",
            people.Select((person, index) => new { id = person.Person.Value, number = $"A{index:000}", name = person.Name, at = Now }));
        var scheme = await KeepSchemeAsync(connection);
        await WriteAsync(College, [
            new Happening(new OrganizationFounded(College, null, OrganizationKind.PartyCommittee, "云川学院党委", "校党委", false), On: Founded),
            new Happening(new OrganizationFounded(Branch, College, OrganizationKind.Branch, "信息系第一支部", "信一", true), On: Founded),
            new Happening(new OrganizationFounded(SecondBranch, College, OrganizationKind.Branch, "信息系第二支部", "信二", true), On: Founded),
            new Happening(new OfficeAssigned(new OfficeTermId(Guid.CreateVersion7()), Office.OrganizationOfficer, null, false), Officer, Founded),
            new Happening(new SchemeAdopted(2025, scheme.Id, scheme.Fingerprint), On: Founded),
        ]);
        await WriteAsync(Branch, world._branch);
        await WriteAsync(SecondBranch, world._second);
        await transaction.CommitAsync(cancel);
        return world;

        async Task WriteAsync(OrganizationId stream, IReadOnlyList<Happening> happenings)
        {
            await Ledger.TakeAsync(connection, [stream], cancel);
            await Ledger.AppendAsync(
                connection, stream, new EntryMaker(Officer, "organization-officer", new OperationId(Guid.CreateVersion7()), Now.AddDays(-200)), happenings, cancel);
        }
    }

    /// <summary>党员01 …</summary>
    public static PersonId More(int number) => new(new Guid(7000 + number, 0, 0, new byte[8]));

    public Task<Browser> SignInAsync(PersonId person) => Site.SignInAsync(person);

    /// <summary>A members' meeting of this afternoon, 14:30 to 16:30, two hours of study, called for all members; planned by the secretary.</summary>
    /// <returns>its address: /gatherings/…</returns>
    public async Task<string> MeetingAsync(string starts = "14:30", string day = "2025-09-18", string kind = "themed-party-day")
    {
        using var secretary = await SignInAsync(Secretary);
        var form = await secretary.GetAsync($"/gatherings/new?kind={kind}");
        (string, string)[] fields =
            [("title", "九月主题党日"), ("day", day), ("starts", starts), ("ends", "17:30"), ("place", "三楼会议室"), ("hours", "2"), ("seen", day)];
        var page = await secretary.SubmitAsync(form, "form[data-action=plan-gathering]", fields);
        Assert.True(page.Path.StartsWith("/gatherings/", StringComparison.Ordinal) && page.Path.Contains("done=", StringComparison.Ordinal), page.Text);
        return $"/gatherings/{page.Path.Split('/')[2].Split('?')[0]}";
    }

    /// <summary>What holds now: name and attendance.</summary>
    public async Task<IReadOnlyDictionary<string, string>> AttendanceAsync(string gathering) =>
        (await QueryAsync<(string Name, string Attendance)>(
            "select p.name, a.attendance from attendance a join person p using (person_id) where a.gathering_id = @id and a.ended_at is null",
            new { id = IdOf(gathering) })).ToDictionary(row => row.Name, row => row.Attendance);

    public async Task<int> EntriesAsync(string kind) => (await QueryAsync<int>("select count(*)::int from ledger_entry where kind = @kind", new { kind }))[0];

    public static Guid IdOf(string gathering) => Guid.Parse(gathering.Split('/')[2]);

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? with = null)
    {
        await using var connection = await Site.Database.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        return (await connection.QueryAsync<T>(sql, with)).AsList();
    }

    public ValueTask DisposeAsync() => Site.DisposeAsync();

    private static PersonId Id() => new(Guid.CreateVersion7());

    private (PersonId, string) Join(PersonId person, string name, Office? office, Standing standing = Standing.Full, List<Happening>? branch = null)
    {
        branch ??= _branch;
        branch.Add(new Happening(new PersonRegistered(person, NameDigest.Of(person, name)), person));
        branch.Add(new Happening(new MemberAdmitted(Arrival.OnRoll, standing, null, null, null), person, Founded));
        if (office is { } held)
        {
            branch.Add(new Happening(new OfficeAssigned(new OfficeTermId(Guid.CreateVersion7()), held, null, false), person, Founded));
        }

        return (person, name);
    }

    private static async Task<Scheme> KeepSchemeAsync(System.Data.Common.DbConnection connection)
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Jifen.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        byte[] Read(string name) => File.ReadAllBytes(Path.Combine(folder, "schemes", "jsit-2020", name));
        var (text, refinement) = (Read("jsit-2020.scheme.yaml"), Read("example.refinement.yaml"));
        var scheme = SchemeLoader.Load(new SchemeSource("jsit-2020.scheme.yaml", text), new SchemeSource("example.refinement.yaml", refinement)).Value!;
        await connection.ExecuteAsync(
            """
            insert into scheme_version (fingerprint, scheme_id, scheme_name, scheme_text, refinement_text, kept_at)
            values (@Fingerprint, @Id, @Name, @text, @refinement, @Now)
            """,
            new { scheme.Fingerprint, scheme.Id, scheme.Name, text = Encoding.UTF8.GetString(text), refinement = Encoding.UTF8.GetString(refinement), Now });
        return scheme;
    }
}
