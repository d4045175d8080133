using Jifen.Cycle;
using Jifen.Cycle.Members;
using Jifen.Cycle.Records;
using Jifen.Cycle.Scorecards;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;
using Jifen.Scoring.Scorecards;

namespace Jifen.Tests.LiveScores;

/// <summary>The books of an invented branch, written line by line.</summary>
internal sealed class Books
{
    public static readonly OrganizationId Here = new(new Guid("0198a000-0000-7000-8000-0000000000b1"));
    public static readonly OrganizationId Elsewhere = new(new Guid("0198a000-0000-7000-8000-0000000000b2"));

    private readonly List<BookedPerson> _people = [];
    private readonly List<BookedAttendance> _attendances = [];
    private readonly List<BookedDues> _dues = [];
    private readonly List<BookedReport> _reports = [];
    private readonly List<BookedStudy> _studies = [];
    private readonly List<BookedFact> _facts = [];
    private int _entries;

    public EntryId LastEntry { get; private set; }

    public static PersonId Person(int number) => new(new Guid($"0198a000-0000-7000-8000-{number:x12}"));

    public Books On(int person, Standing standing = Standing.Full, string? category = null, params BookedPeriod[] more) => With(
        person,
        [new BookedAffiliation(Here, new DateOnly(2020, 1, 1), null, Arrival.OnRoll)],
        [.. Periods(standing, category), .. more]);

    public Books With(int person, IReadOnlyList<BookedAffiliation> affiliations, IReadOnlyList<BookedPeriod>? periods = null, params BookedOffice[] offices)
    {
        _people.Add(new BookedPerson(Person(person), $"党员{person}", $"P{person:00}", person, affiliations, periods ?? Periods(Standing.Full, null), offices));
        return this;
    }

    public Books Attended(int person, DateOnly on, GatheringKind kind, Attendance attendance, decimal? hours = null)
    {
        _attendances.Add(new BookedAttendance(Next(), Person(person), new GatheringId(LastEntry.Value), kind, $"{on:M月d日}的活动", on, hours, attendance));
        return this;
    }

    public Books Dues(int person, int year, int month, decimal due, decimal paid, DateOnly? paidOn)
    {
        _dues.Add(new BookedDues(Next(), Person(person), new DateOnly(year, month, 1), due, paid, paidOn));
        return this;
    }

    public Books Reported(int person, DateOnly on)
    {
        _reports.Add(new BookedReport(Next(), Person(person), on, "思想汇报"));
        return this;
    }

    public Books Studied(int person, DateOnly on, decimal hours)
    {
        _studies.Add(new BookedStudy(Next(), Person(person), on, "在外培训", hours));
        return this;
    }

    public Books Fact(
        int person, DateOnly on, string kind, FactState state = FactState.Counts, string? level = null, string? content = null, decimal? points = null, decimal quantity = 1)
    {
        _facts.Add(new BookedFact(Next(), Person(person), kind, on, quantity, level, content, points, state, new OperationId(LastEntry.Value)));
        return this;
    }

    /// <summary>The same books with every list in another order.</summary>
    public BranchBooks Shuffled(int seed)
    {
        var dice = new Random(seed);
        var books = Build();
        return books with
        {
            People = Mixed(books.People),
            Attendances = Mixed(books.Attendances),
            Dues = Mixed(books.Dues),
            ThoughtReports = Mixed(books.ThoughtReports),
            OutsideStudies = Mixed(books.OutsideStudies),
            Facts = Mixed(books.Facts),
        };

        List<T> Mixed<T>(IReadOnlyList<T> list) => list.OrderBy(_ => dice.Next()).ToList();
    }

    public BranchBooks Build() => new(Here, "第一支部", _people, _attendances, _dues, _reports, _studies, _facts);

    public BranchScores Score(string scheme = "jsit-2020", string asOf = "2025-12-31", int year = 2025, PreviousYear? previous = null) =>
        BranchScores.Of(Plan.Compile(World.Scheme(scheme), year), Build(), DateOnly.Parse(asOf, System.Globalization.CultureInfo.InvariantCulture), previous);

    private static List<BookedPeriod> Periods(Standing standing, string? category)
    {
        var from = new DateOnly(2020, 1, 1);
        var periods = new List<BookedPeriod> { new(Aspect.Standing, from, null, Words.Of(standing)) };
        if (category is not null)
        {
            periods.Add(new BookedPeriod(Aspect.Category, from, null, category));
        }

        return periods;
    }

    private EntryId Next() => LastEntry = new EntryId(new Guid($"0198b000-0000-7000-8000-{++_entries:x12}"));
}
