using System.Text;
using Dapper;
using Jifen.Cycle;
using Jifen.Cycle.Gatherings;
using Jifen.Cycle.Members;
using Jifen.Cycle.Organizations;
using Jifen.Demo;
using Jifen.Scoring.Schemes;
using Jifen.Store;
using Jifen.Store.Ledgers;

namespace Jifen.Bench.Live.World;

/// <summary>
/// The demo college grown to any size: branches of 40 with the same books, and one of 1,000, all under one committee with jsit-2020. Two
/// years of records, so that last year is there to be asked for.
/// </summary>
internal sealed class LargeCollege
{
    public const int MembersOfLargeBranch = 1_000;
    private const int MembersOfBranch = 40;

    private readonly DemoOrganization _college = new("large", null, OrganizationKind.PartyCommittee, "中共云川大学委员会", "大学党委", Scheme: "jsit-2020");
    private readonly Dictionary<DemoOrganization, IReadOnlyList<DemoPerson>> _people = [];

    private readonly string _schemeText;
    private readonly string _refinementText;

    public LargeCollege(int members, int firstYear, string schemesFolder)
    {
        byte[] Read(string name) => File.ReadAllBytes(Path.Combine(schemesFolder, _college.Scheme!, name));
        var (text, refinement) = (Read($"{_college.Scheme}.scheme.yaml"), Read("example.refinement.yaml"));
        Scheme = SchemeLoader.Load(new SchemeSource("scheme.yaml", text), new SchemeSource("refinement.yaml", refinement)).Value!;
        (_schemeText, _refinementText) = (Encoding.UTF8.GetString(text), Encoding.UTF8.GetString(refinement));
        var names = new DemoNames(new Random(DemoId.Seed("large")));
        Large = new DemoOrganization("large-all", _college.Key, OrganizationKind.Branch, "云川大学第一支部", "第一支部", MembersOfLargeBranch);
        Branches = Enumerable.Range(2, (members - MembersOfLargeBranch) / MembersOfBranch)
            .Select(n => new DemoOrganization($"large-{n}", _college.Key, OrganizationKind.Branch, $"云川大学第{n}支部", $"第{n}支部", MembersOfBranch))
            .ToList();
        foreach (var branch in Branches.Append(Large))
        {
            _people.Add(branch, DemoPeople.Of(branch, names, firstYear));
        }

        FirstYear = firstYear;
    }

    public int FirstYear { get; }

    public Scheme Scheme { get; }

    public DemoOrganization Large { get; }

    /// <summary>Those of 40.</summary>
    public IReadOnlyList<DemoOrganization> Branches { get; }

    public IEnumerable<DemoOrganization> All => Branches.Append(Large);

    public PersonId Officer { get; } = new(DemoId.Of("person large officer"));

    public DemoPerson PersonOf(DemoOrganization branch, int n) => _people[branch][n];

    /// <summary>Gatherings of the large branch that are over and not rolled.</summary>
    public static GatheringId Uncalled(int n) => new(DemoId.Of($"large uncalled {n}"));

    public async Task<bool> IsLoadedAsync(Database database)
    {
        await using var ask = database.Owner.CreateCommand("select exists (select from organization where organization_id = $1)");
        ask.Parameters.Add(new() { Value = _college.Id.Value });
        return await ask.ExecuteScalarAsync() is true;
    }

    public async Task LoadAsync(Database database, DateTimeOffset now, int uncalled)
    {
        var began = CivilTime.At(new DateOnly(FirstYear, 1, 2), new TimeOnly(9, 0));
        await FoundAsync(database, began);
        var today = CivilTime.DayOf(now);
        await Parallel.ForEachAsync(
            All.OrderByDescending(branch => branch.Members),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            async (branch, stop) =>
            {
                var books = new DemoBooks(branch, _people[branch], Officer);
                books.Found(began);
                books.Year(Scheme, FirstYear, new DateOnly(FirstYear, 12, 31));
                books.Year(Scheme, today.Year, today);
                books.Ahead(today);
                var deeds = books.Deeds.Where(deed => deed.Maker.At <= now).ToList();
                await Ledger.AppendAsync(database.Owner, branch.Id, branch == Large ? [.. deeds, .. Uncalled(branch, uncalled, now)] : deeds, stop);
            });
        await using var analyze = database.Owner.CreateCommand("analyze");
        await analyze.ExecuteNonQueryAsync();
    }

    private IEnumerable<(EntryMaker Maker, Happening Happening)> Uncalled(DemoOrganization branch, int count, DateTimeOffset now)
    {
        var people = _people[branch].Select(person => person.Id).ToList();
        for (var n = 0; n < count; n++)
        {
            var maker = new EntryMaker(people[0], "secretary", new OperationId(DemoId.Of($"large uncalled operation {n}")), now.AddDays(-3));
            var starts = now.AddDays(-2).AddMinutes(n);
            yield return (maker, new Happening(new GatheringPlanned(
                Uncalled(n), GatheringKind.CommonPartyDay, $"统一活动日（{n}）", starts, starts.AddHours(1), "大礼堂", 1m, null, null, null, GatheringPlan.UsualLateAfterMinutes)));
            yield return (maker, new Happening(new GatheringCalled(Uncalled(n), people)));
        }
    }

    private async Task FoundAsync(Database database, DateTimeOffset began)
    {
        await using var connection = await database.Owner.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(
            """
            insert into person (person_id, number, name, registered_at)
            select *, @began from unnest(@ids, @numbers, @names)
            """,
            new
            {
                began,
                ids = _people.Values.SelectMany(one => one).Select(person => person.Id.Value).Append(Officer.Value).ToArray(),
                numbers = _people.Values.SelectMany(one => one).Select(person => person.Number).Append("LARGE-OFFICER").ToArray(),
                names = _people.Values.SelectMany(one => one).Select(person => person.Name).Append("萧知远").ToArray(),
            });
        await connection.ExecuteAsync(
            """
            insert into scheme_version (fingerprint, scheme_id, scheme_name, scheme_text, refinement_text, kept_at)
            values (@Fingerprint, @Id, @Name, @text, @refinement, @began)
            """,
            new { Scheme.Fingerprint, Scheme.Id, Scheme.Name, text = _schemeText, refinement = _refinementText, began });
        var maker = new EntryMaker(Officer, "organization-officer", new OperationId(DemoId.Of("large founding")), began, Scheme: Scheme.Fingerprint);
        var first = new DateOnly(FirstYear, 1, 1);
        List<Happening> deeds =
        [
            new(new OrganizationFounded(_college.Id, null, _college.Kind, _college.Name, _college.ShortName, false), On: first),
            new(new PersonRegistered(Officer, NameDigest.Of(Officer, "萧知远")), Officer),
            new(new OfficeAssigned(new OfficeTermId(DemoId.Of("large officer term")), Office.OrganizationOfficer, null, false), Officer, first),
            .. All.Select(branch => new Happening(
                new OrganizationFounded(branch.Id, _college.Id, branch.Kind, branch.Name, branch.ShortName, true), On: first)),
            new(new SchemeAdopted(FirstYear, Scheme.Id, Scheme.Fingerprint), On: first),
            new(new SchemeAdopted(FirstYear + 1, Scheme.Id, Scheme.Fingerprint), On: first),
        ];
        await Ledger.TakeAsync(connection, [_college.Id], default);
        await Ledger.AppendAsync(connection, _college.Id, maker, deeds, default);
        await transaction.CommitAsync();
    }
}
