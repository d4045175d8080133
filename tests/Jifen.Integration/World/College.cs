using Jifen.Cycle;
using Jifen.Cycle.Members;
using Jifen.Cycle.Organizations;
using Jifen.Scoring.Facts;
using Jifen.Store;
using Jifen.Store.Ledgers;
using Jifen.Store.Steps;
using Npgsql;
using Xunit;

namespace Jifen.Integration.World;

/// <summary>
/// 信息学院: a committee with an officer and an administrator, and one branch with secretary, deputy, recorder and two members without
/// office. Brought in as books from elsewhere are; nobody has an account yet.
/// </summary>
public sealed class College
{
    /// <summary>Everybody is on the roll, and in office, from this day.</summary>
    public static readonly DateOnly Began = new(2020, 1, 1);

    public OrganizationId Committee { get; } = new(Guid.CreateVersion7());

    public OrganizationId Branch { get; } = new(Guid.CreateVersion7());

    public PersonId Officer { get; private set; }

    public PersonId Administrator { get; private set; }

    public PersonId Secretary { get; private set; }

    public PersonId Deputy { get; private set; }

    public PersonId Recorder { get; private set; }

    public PersonId Member { get; private set; }

    public PersonId OtherMember { get; private set; }

    public static Task<College> FoundAsync(TestSite site) => FoundAsync(site.Database);

    public static async Task<College> FoundAsync(Database database)
    {
        var college = new College();
        await using var connection = await database.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await EnterAsync(connection, college.Committee, new OrganizationFounded(college.Committee, null, OrganizationKind.PartyCommittee, "中共信息学院委员会", "信息学院党委", false));
        await EnterAsync(connection, college.Branch, new OrganizationFounded(college.Branch, college.Committee, OrganizationKind.Branch, "信息学院第一党支部", "第一党支部", false));
        college.Officer = await college.PersonAsync(connection, college.Committee, "高敏", Office.OrganizationOfficer);
        college.Administrator = await college.PersonAsync(connection, college.Committee, "孟系", Office.Administrator);
        college.Secretary = await college.MemberAsync(connection, "史记", Office.Secretary);
        college.Deputy = await college.MemberAsync(connection, "傅书", Office.DeputySecretary);
        college.Recorder = await college.MemberAsync(connection, "纪录", Office.Recorder);
        college.Member = await college.MemberAsync(connection, "成元", null);
        college.OtherMember = await college.MemberAsync(connection, "程远", null);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        return college;
    }

    /// <summary>Gives or takes an office, as a step would enter it.</summary>
    public static async Task EnterAsync(Database database, OrganizationId stream, PersonId about, IEvent happened)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await AppendAsync(connection, stream, new Happening(happened, about), TimeProvider.System.GetUtcNow());
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
    }

    private async Task<PersonId> MemberAsync(NpgsqlConnection connection, string name, Office? office)
    {
        var person = await PersonAsync(connection, Branch, name, office);
        await EnterAsync(connection, Branch, new MemberAdmitted(Arrival.OnRoll, Standing.Full, null, null, null), person);
        return person;
    }

    private async Task<PersonId> PersonAsync(NpgsqlConnection connection, OrganizationId where, string name, Office? office)
    {
        var named = PersonNames.New(null, name, DateTimeOffset.UnixEpoch);
        await using var keep = new NpgsqlCommand("insert into person (person_id, name, name_salt, registered_at) values ($1, $2, $3, now())", connection)
        {
            Parameters = { new() { Value = named.Person.Value }, new() { Value = name }, new() { Value = named.Salt } },
        };
        await keep.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await EnterAsync(connection, where, new PersonRegistered(named.Person, named.Digest), named.Person);
        if (office is { } held)
        {
            await EnterAsync(connection, where, new OfficeAssigned(new OfficeTermId(Guid.CreateVersion7()), held, null, false), named.Person);
        }

        return named.Person;
    }

    private static Task EnterAsync(NpgsqlConnection connection, OrganizationId stream, IEvent happened, PersonId? about = null) =>
        AppendAsync(connection, stream, new Happening(happened, about, Began), CivilTime.At(Began, new TimeOnly(8, 0)));

    private static async Task AppendAsync(NpgsqlConnection connection, OrganizationId stream, Happening happening, DateTimeOffset at)
    {
        await Ledger.TakeAsync(connection, [stream], TestContext.Current.CancellationToken);
        var by = happening.About ?? new PersonId(Guid.CreateVersion7());
        await Ledger.AppendAsync(
            connection, stream, new EntryMaker(by, "import", new OperationId(Guid.CreateVersion7()), at), [happening], TestContext.Current.CancellationToken);
    }
}
