using System.Globalization;
using Jifen.Cycle.Records;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Scorecards;

/// <summary>Where a fact comes from.</summary>
public enum FactOrigin
{
    Attendance,
    Dues,
    ThoughtReport,
    OutsideStudy,
    Fact,
}

/// <summary>A fact as the scorer takes it, with the ledger entry it rests on.</summary>
/// <param name="Kind">index in <see cref="Scheme.FactKinds"/></param>
/// <param name="Quantity">hundredths</param>
/// <param name="Level">0 none, otherwise 1 + index in the kind's levels</param>
/// <param name="Amount">hundredths, or <see cref="FactSegment.NoAmount"/></param>
/// <param name="Sharers">how many members a joint fact names, 1 to 255</param>
/// <param name="What">what it is about, for people: the gathering, the month, the report</param>
public sealed record DerivedFact(
    EntryId Entry,
    PersonId Person,
    FactKind Kind,
    DateOnly On,
    long Quantity,
    int Level,
    int Amount,
    int Sharers,
    string? Content,
    FactOrigin Origin,
    string What)
{
    /// <summary>编号: begins with the entry, so that a line of the sheet leads back to it; one entry may give many people many facts.</summary>
    public string Id => FactIds.Of(Entry, Person, Kind);
}

/// <summary>编号 of derived facts.</summary>
public static class FactIds
{
    private const int EntryLength = 32;

    public static string Of(EntryId entry, PersonId person, FactKind kind) =>
        $"{entry.Value:N}-{person.Value:N}-{kind.Id}";

    /// <returns>the entry the fact rests on; null for an id that is none of ours</returns>
    public static EntryId? EntryOf(string? factId) =>
        factId is { Length: > EntryLength } && Guid.TryParseExact(factId[..EntryLength], "N", out var entry) ? new EntryId(entry) : null;
}

/// <summary>A record that moves no points, and why: it is listed, never lost.</summary>
/// <param name="Kind">name of the fact, or what was written when the scheme knows none such</param>
public sealed record UncountedRecord(EntryId Entry, PersonId Person, DateOnly On, string Kind, string? Content, string Why);

/// <summary>待定: a fact that waits for the body the scheme names.</summary>
public sealed record PendingRecord(EntryId Entry, PersonId Person, DateOnly On, FactKind Kind, string? Content);

/// <summary>
/// Daily records as facts of the scheme, by its block 登记. The same whatever the order of the records: nothing here looks at more than
/// one record, save that joint facts are counted.
/// </summary>
/// <param name="asOf">the day on which somebody looks: dues of a month that is not over are not late yet</param>
internal sealed class DerivedFacts(Scheme scheme, DateOnly asOf)
{
    private readonly FactCheck _check = new(scheme);
    private readonly Dictionary<string, FactKind> _kinds = scheme.FactKinds.ToDictionary(kind => kind.Id, StringComparer.Ordinal);

    public List<UncountedRecord> Uncounted { get; } = [];

    public List<PendingRecord> Pending { get; } = [];

    /// <param name="members">whom facts are wanted of; their profile limits what a fact may carry</param>
    public IEnumerable<DerivedFact> Of(BranchBooks books, IReadOnlyDictionary<PersonId, Member> members) =>
        books.Attendances.Where(one => members.ContainsKey(one.Person)).SelectMany(OfAttendance)
            .Concat(books.Dues.Where(one => members.ContainsKey(one.Person)).SelectMany(OfDues))
            .Concat(books.ThoughtReports.Where(one => members.ContainsKey(one.Person)).SelectMany(OfReport))
            .Concat(books.OutsideStudies.Where(one => members.ContainsKey(one.Person)).SelectMany(OfStudy))
            .Concat(OfFacts(books.Facts, members));

    private IEnumerable<DerivedFact> OfAttendance(BookedAttendance one)
    {
        foreach (var recorded in scheme.DailyRecords.ForAttendance(one.Kind, one.Attendance))
        {
            var kind = scheme.FactKinds[recorded.FactKindIndex];
            if (!recorded.CarriesHours)
            {
                yield return Plain(one.Entry, one.Person, kind, one.HeldOn, 100, FactOrigin.Attendance, one.Title, one.Title);
            }
            else if (one.Hours is { } hours)
            {
                yield return Plain(
                    one.Entry, one.Person, kind, one.HeldOn, kind.QuantityOfHours(Hundredths(hours)), FactOrigin.Attendance, one.Title, one.Title);
            }
        }
    }

    private IEnumerable<DerivedFact> OfDues(BookedDues one)
    {
        var month = one.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        return DuesMonth.FactsOf(one, scheme.DailyRecords, asOf)
            .Select(fact => Plain(one.Entry, one.Person, scheme.FactKinds[fact.Kind], fact.On, 100, FactOrigin.Dues, month, $"{one.Month.Month}月党费"));
    }

    private IEnumerable<DerivedFact> OfReport(BookedReport one) => scheme.DailyRecords.ThoughtReport.Select(kind => Plain(
        one.Entry, one.Person, scheme.FactKinds[kind], one.ReceivedOn, 100, FactOrigin.ThoughtReport, one.Title, one.Title));

    private IEnumerable<DerivedFact> OfStudy(BookedStudy one) => scheme.DailyRecords.OutsideStudy.Select(kind => Plain(
        one.Entry,
        one.Person,
        scheme.FactKinds[kind],
        one.StudiedOn,
        scheme.FactKinds[kind].QuantityOfHours(Hundredths(one.Hours)),
        FactOrigin.OutsideStudy,
        one.Title,
        one.Title));

    private List<DerivedFact> OfFacts(IReadOnlyList<BookedFact> facts, IReadOnlyDictionary<PersonId, Member> members)
    {
        var sharers = facts.Where(one => one.State != FactState.Rejected)
            .GroupBy(one => (one.Operation, one.Kind))
            .ToDictionary(group => group.Key, group => Math.Min(byte.MaxValue, group.Count()));
        var derived = new List<DerivedFact>(facts.Count);
        foreach (var one in facts)
        {
            if (one.State == FactState.Rejected || !members.TryGetValue(one.Person, out var member))
            {
                continue;
            }

            if (!_kinds.TryGetValue(one.Kind, out var kind))
            {
                Uncounted.Add(new UncountedRecord(one.Entry, one.Person, one.HappenedOn, one.Kind, one.Content, "现行办法里没有这个事实"));
            }
            else if (one.State == FactState.Pending)
            {
                Pending.Add(new PendingRecord(one.Entry, one.Person, one.HappenedOn, kind, one.Content));
            }
            else
            {
                var level = one.Level is null ? 0 : kind.LevelIndex(one.Level);
                var amount = one.Points is { } points ? Hundredths(points) : FactSegment.NoAmount;
                var fault = one.Level is not null && level == 0
                    ? $"现行办法里没有“{one.Level}”这个级别"
                    : _check.Check(kind.Index, member, one.HappenedOn.DayNumber, Hundredths(one.Quantity), level, one.Content is { Length: > 0 }, amount)?.Cause;
                if (fault is null)
                {
                    derived.Add(new DerivedFact(
                        one.Entry,
                        one.Person,
                        kind,
                        one.HappenedOn,
                        Hundredths(one.Quantity),
                        level,
                        (int)amount,
                        kind.IsShared ? sharers[(one.Operation, one.Kind)] : 1,
                        one.Content,
                        FactOrigin.Fact,
                        one.Content ?? kind.Name));
                }
                else
                {
                    Uncounted.Add(new UncountedRecord(one.Entry, one.Person, one.HappenedOn, kind.Name, one.Content, fault));
                }
            }
        }

        return derived;
    }

    // Content is taken along only where the fact carries it: otherwise two papers of one title would be one matter.
    private static DerivedFact Plain(
        EntryId entry, PersonId person, FactKind kind, DateOnly on, long quantity, FactOrigin origin, string content, string what) => new(
        entry,
        person,
        kind,
        on,
        quantity,
        0,
        FactSegment.NoAmount,
        1,
        kind.Carries.HasFlag(Carried.Content) ? content : null,
        origin,
        what);

    private static long Hundredths(decimal value) => (long)(value * 100m);
}
