using Dapper;
using Jifen.Cycle;
using Jifen.Cycle.AnnualResults;
using Jifen.Cycle.Members;
using Jifen.Cycle.Organizations;
using Jifen.Cycle.Records;
using Jifen.Cycle.Scorecards;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;
using Jifen.Store.Ledgers;
using Jifen.Tests.Naive;
using Npgsql;
using Xunit;

namespace Jifen.Integration.Simulation;

/// <summary>Lives a simulated year: every change of a roll and every fact an entry of the ledger, on the day it was made.</summary>
internal sealed class LivedYear(NpgsqlConnection connection, SimulatedYear year, Scheme scheme, OrganizationId branch, OrganizationId neighbour)
{
    private static readonly TimeOnly Morning = new(9, 0);
    private readonly List<NaiveFact> _counted = [];
    private int _moment;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>What the naive scorer is given: the people as they stand at the end, the facts that hold.</summary>
    public IReadOnlyList<NaiveMember> Members => year.People.Select(person => person.Final with
    {
        Id = person.Person.ToString(),
        // Who has left stands apart from those who are ranked.
        Branch = person.Final.To is { } to && to < year.Last ? "转出" : person.Final.Branch,
    }).ToList();

    public IReadOnlyList<NaiveFact> Facts => _counted;

    public IReadOnlyDictionary<string, NaivePrevious> Previous => year.Previous.ToDictionary(
        one => year.People.First(person => person.Name == one.Key).Person.ToString(), one => one.Value, StringComparer.Ordinal);

    public async Task LiveAsync(OrganizationId committee, PersonId officer)
    {
        await connection.ExecuteAsync(
            "insert into person (person_id, number, name, registered_at) values (@id, @id::text, @Name, now())",
            year.People.Select(one => new { id = one.Person.Value, one.Name }));
        var founded = year.First.AddYears(-3);
        await WriteAsync(committee, officer, founded, new Happening(
            new OrganizationFounded(branch, committee, OrganizationKind.Branch, $"支部{year.Seed}", $"支部{year.Seed}", true), On: founded));
        await WriteAsync(branch, officer, year.First.AddDays(-1), new Happening(new SchemeAdopted(year.Year, scheme.Id, scheme.Fingerprint), On: year.First));
        foreach (var person in year.People)
        {
            await EnrolAsync(person, officer);
        }

        if (year.IsLastYearSettled)
        {
            await SettleLastYearAsync(officer);
        }

        await RecordAsync(officer);
    }

    private async Task EnrolAsync(SimulatedPerson person, PersonId officer)
    {
        var member = person.Final;
        var from = member.From ?? year.First.AddYears(-2);
        var at = person.CameFromNeighbour is null ? branch : neighbour;
        var standing = person.StandsOtherwiseFirst ? Standing.Activist : StandingOf(member);
        var category = person.IsElsewhereCategoryFirst && member.Category is not null ? scheme.Categories[^1] : member.Category;
        var arrived = member.From is null ? Arrival.OnRoll : Arrival.TransferredIn;
        await WriteAsync(at, officer, from, new Happening(new MemberAdmitted(arrived, standing, category, null, null), person.Person, from));
        if (person.CameFromNeighbour is { } came)
        {
            await WriteAsync(neighbour, officer, came, new Happening(new MemberLeft(Departure.Moved, null), person.Person, came.AddDays(-1)));
            await WriteAsync(branch, officer, came, new Happening(new MemberAdmitted(Arrival.TransferredIn, standing, category, null, null), person.Person, came));
        }

        // In force on the last of his days here at the latest.
        var until = member.To is { } to && to < year.Last ? to : year.Last;
        var changed = until < from ? from : until;
        List<Happening> turns = [];
        if (standing != StandingOf(member))
        {
            turns.Add(new Happening(new StandingChanged(StandingOf(member)), person.Person, changed));
        }

        if (category != member.Category)
        {
            turns.Add(new Happening(new CategoryChanged(member.Category!), person.Person, changed));
        }

        if (member.Office is { } office)
        {
            turns.Add(new Happening(new OfficeAssigned(new OfficeTermId(Guid.CreateVersion7()), OfficeOf(office), null, false), person.Person, from));
        }

        if (member.Exempt)
        {
            turns.Add(new Happening(new ExemptionGranted(null), person.Person, from));
        }

        if (member.To is { } last)
        {
            turns.Add(new Happening(new MemberLeft(LeftBy(person.Departs), null), person.Person, last));
        }
        else if (person.ChangesAfterwards)
        {
            // Of no account for the year that is over.
            turns.Add(new Happening(new StandingChanged(Standing.Activist), person.Person, year.Last.AddDays(5)));
            turns.Add(new Happening(new MemberLeft(Departure.TransferredOut, "别处"), person.Person, year.Last.AddDays(10)));
        }

        await WriteAsync(branch, officer, year.Last, [.. turns]);
        if (person.Departs == Departs.Moves)
        {
            var next = member.To!.Value.AddDays(1);
            await WriteAsync(neighbour, officer, next, new Happening(new MemberAdmitted(Arrival.TransferredIn, StandingOf(member), member.Category, null, null), person.Person, next));
        }
    }

    private Task SettleLastYearAsync(PersonId officer)
    {
        var before = year.Year - 1;
        return WriteAsync(branch, officer, year.First.AddDays(9), [
            new Happening(new YearSettled(before, "汇总", scheme.Fingerprint, "0", year.First.AddDays(-1), false, year.Previous.Count)),
            .. year.Previous.Select(one => new Happening(
                new ResultSettled(before, one.Value.Total, [], null, 0, null, one.Value.Running, [.. one.Value.Outcomes.Order(StringComparer.Ordinal)], null),
                year.People.First(person => person.Name == one.Key).Person))]);
    }

    /// <summary>First what was entered, then what became of it.</summary>
    private async Task RecordAsync(PersonId officer)
    {
        var late = new List<Happening>();
        var tooLate = new List<Happening>();
        foreach (var stream in year.Facts.SelectMany(fact => EntriesOf(fact, officer)).GroupBy(entry => entry.Where).ToList())
        {
            var places = await Ledger.AppendAsync(connection, stream.Key, [.. stream.Select(entry => (entry.Maker, entry.Happening))], Cancel);
            foreach (var (entry, place) in stream.Zip(places))
            {
                if (entry.Fact.Fate == Fate.WithdrawnTooLate)
                {
                    tooLate.Add(new Happening(new EntryReversed("后来查明不实"), Corrects: place.Entry, Stream: stream.Key));
                }

                late.AddRange(BecomesOf(entry, place.Entry).Select(happened => happened with { Stream = stream.Key }));
                if (entry.Fact.Counts && !entry.IsWrong)
                {
                    _counted.Add(entry.Fact.What with
                    {
                        Id = FactIds.Of(place.Entry, entry.Person.Person, entry.Kind),
                        Member = entry.Person.Person.ToString(),
                        Fact = entry.Kind.Name,
                        Sharers = entry.Fact.Sharers.Count,
                    });
                }
            }
        }

        foreach (var (day, happenings) in new[] { (year.Looked, late), (year.Looked.AddDays(1), tooLate) })
        {
            foreach (var stream in happenings.GroupBy(one => one.Stream!.Value))
            {
                await WriteAsync(stream.Key, officer, day, [.. stream]);
            }
        }
    }

    /// <summary>One for each whom the fact names, in one step; where it was written wrong first, those before them.</summary>
    private IEnumerable<Entry> EntriesOf(SimulatedFact fact, PersonId officer)
    {
        var kind = scheme.FactKinds.First(kind => kind.Id == fact.What.Fact || kind.Name == fact.What.Fact);
        // Of several the one named first says in whose books it is.
        var where = fact.Sharers[0].CameFromNeighbour is { } came && fact.What.Date < came ? neighbour : branch;
        var waits = Bodies.Of(kind) is not null || fact.Fate is Fate.NotConfirmed or Fate.StillWaits;
        var entered = fact.What.Date.AddDays(fact.Delay) is var day && day < year.Looked ? day : year.Looked;
        foreach (var isWrong in fact.Fate == Fate.CorrectedOnce ? new[] { true, false } : [false])
        {
            var operation = new OperationId(Guid.CreateVersion7());
            foreach (var person in fact.Sharers)
            {
                yield return new Entry(fact, person, kind, where, isWrong, waits, Maker(officer, entered, operation), new Happening(
                    new FactRecorded(
                        kind.Id, fact.What.Quantity, fact.What.Level, fact.What.Content, fact.What.Amount, [], waits ? FactState.Pending : FactState.Counts),
                    person.Person,
                    isWrong ? fact.What.Date.AddDays(1) : fact.What.Date,
                    "模拟"));
            }
        }
    }

    private static IEnumerable<Happening> BecomesOf(Entry entry, EntryId id) => entry.Fact.Fate switch
    {
        _ when entry.IsWrong => [new Happening(new EntryReversed("日期写错"), Corrects: id)],
        Fate.StillWaits => [],
        Fate.NotConfirmed => [new Happening(new FactRejected(id, "查无实据"))],
        Fate.Withdrawn => [new Happening(new EntryReversed("重复登记"), Corrects: id)],
        _ => entry.Waits ? [new Happening(new FactConfirmed(id, "支委会"))] : [],
    };

    private Task<IReadOnlyList<EntryPlace>> WriteAsync(OrganizationId stream, PersonId by, DateOnly day, params IReadOnlyList<Happening> happenings) =>
        Ledger.AppendAsync(connection, stream, Maker(by, day, new OperationId(Guid.CreateVersion7())), happenings, Cancel);

    // A moment apart: entries of one day have their order by when they were made.
    private EntryMaker Maker(PersonId by, DateOnly day, OperationId operation) =>
        new(by, "organization-officer", operation, CivilTime.At(day, Morning).AddMilliseconds(_moment++));

    private static Standing StandingOf(NaiveMember member) => member.Standing switch
    {
        "正式党员" => Standing.Full,
        "预备党员" => Standing.Probationary,
        _ => Standing.Activist,
    };

    private static Office OfficeOf(string word) => word switch
    {
        "书记" => Office.Secretary,
        "副书记" => Office.DeputySecretary,
        "支委" => Office.CommitteeMember,
        "记录员" => Office.Recorder,
        "考评小组成员" => Office.Evaluator,
        _ => Office.GroupLeader,
    };

    private static Departure LeftBy(Departs departs) => departs switch
    {
        Departs.Moves => Departure.Moved,
        Departs.Outside => Departure.TransferredOut,
        _ => Departure.Left,
    };

    private sealed record Entry(
        SimulatedFact Fact, SimulatedPerson Person, FactKind Kind, OrganizationId Where, bool IsWrong, bool Waits, EntryMaker Maker, Happening Happening);
}
