using Jifen.Cycle;
using Jifen.Cycle.AnnualResults;
using Jifen.Scoring;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Scorecards;
using Jifen.Store.Ledgers;

namespace Jifen.Store.Reads;

/// <summary>A year that was settled: what stands, whatever is computed today.</summary>
/// <param name="Step">the 汇总 of 流程 by which it was settled</param>
/// <param name="Table">as far as the person who asks may see it</param>
public sealed record SettledYear(
    EntryId Entry, int Year, string Step, string Digest, DateOnly AsOf, DateOnly SettledOn, bool IsLastYearSettled, AnnualTable Table)
{
    /// <summary>Grades people decided (定等次), by person; empty where the scheme has no such step, or it is not done.</summary>
    public IReadOnlyDictionary<PersonId, DecidedGrade> Decided { get; init; } = new Dictionary<PersonId, DecidedGrade>();

    /// <summary>The grades alone, as the scorer takes them.</summary>
    public IReadOnlyDictionary<PersonId, string> DecidedGrades => Decided.ToDictionary(one => one.Key, one => one.Value.Grade);

    /// <summary>编号 of the 结果运用 that hold for somebody: by the decided grade where one was decided.</summary>
    public IReadOnlyList<string> OutcomesOf(AnnualLine line) => Decided.TryGetValue(line.Person, out var decided) ? decided.Outcomes : line.Outcomes;
}

/// <summary>How what is computed today compares with what was settled.</summary>
/// <param name="Altered">as of the day it was settled: there must be none, or the program or the data have changed under it</param>
/// <param name="Since">as of today: what corrections made since would change</param>
public sealed record SettledCheck(IReadOnlyList<AnnualDifference> Altered, IReadOnlyList<AnnualDifference> Since)
{
    public bool Holds => Altered.Count == 0;
}

/// <summary>Settled years and choices within quotas.</summary>
public static class SettledYears
{
    /// <returns>null when the year is not settled, or was opened again</returns>
    public static async Task<SettledYear?> OfAsync(DataScope scope, OrganizationId branch, int year, CancellationToken cancel = default)
    {
        var head = await scope.OneAsync<HeadRow>(
            """
            select entry_id, step, scheme, digest, as_of, settled_on, is_last_year_settled
            from annual_year where organization_id = @branch and year = @year and ended_at is null
            """,
            new { branch, year },
            cancel);
        if (head is null)
        {
            return null;
        }

        var rows = await scope.QueryAsync<ResultRow>(
            """
            select person_id, category, total, sections, rank, ranked, grade, running, outcomes
            from annual_result where organization_id = @branch and year = @year and ended_at is null order by person_id
            """,
            new { branch, year },
            cancel);
        return new SettledYear(
            head.EntryId,
            year,
            head.Step,
            head.Digest,
            head.AsOf,
            head.SettledOn,
            head.IsLastYearSettled,
            new AnnualTable(year, head.Scheme, rows.Select(row => row.ToLine()).OrderBy(line => line.Person.Value).ToList()))
        {
            Decided = await GradeDecisions.OfAsync(scope, branch, year, cancel),
        };
    }

    /// <summary>What a settled year came to for one person, in whichever branch.</summary>
    /// <returns>null when it is not settled, or he was not in it; without a decided grade, the settled one is the points' own</returns>
    public static async Task<(AnnualLine Line, DecidedGrade? Decided)?> OwnAsync(DataScope scope, PersonId person, int year, CancellationToken cancel = default) =>
        await scope.OneAsync<ResultRow>(
            """
            select person_id, category, total, sections, rank, ranked, grade, running, outcomes
            from annual_result where person_id = @person and year = @year and ended_at is null
            order by settled_at desc limit 1
            """,
            new { person, year },
            cancel) is { } row
            ? (row.ToLine(), await GradeDecisions.OwnAsync(scope, person, year, cancel))
            : null;

    /// <summary>Compares what was settled with what comes out today.</summary>
    public static async Task<SettledCheck> CheckAsync(
        DataScope scope, LiveScores live, OrganizationId branch, SettledYear settled, CancellationToken cancel = default)
    {
        var then = await live.OfAsync(scope, branch, settled.Year, settled.AsOf, cancel);
        var now = await live.OfAsync(scope, branch, settled.Year, scope.Today, cancel);
        return new SettledCheck([.. Compare(then, settled.Table), .. DecidedOtherwise(then, settled)], Compare(now, settled.Table));
    }

    /// <summary>What holds of the year before, for the people of a branch: settled here or in the branch they came from.</summary>
    /// <param name="year">the year before</param>
    /// <param name="inForce">outcomes count when they are those of this scheme</param>
    /// <param name="day">what was settled after it is not seen</param>
    internal static async Task<(IReadOnlyList<PreviousResult> Results, bool IsSettledHere)> PreviousAsync(
        DataScope scope, OrganizationId branch, SchemeInForce inForce, int year, DateOnly day, CancellationToken cancel)
    {
        var with = new { branch, since = inForce.CycleFirst, until = day, year, instant = EndOf(day), scheme = inForce.Scheme.Id };
        var rows = await scope.QueryAsync<PreviousRow>(
            "select person_id, total, outcomes, running from booked_results(@branch, @since, @until, @year, @instant, @scheme)", with, cancel);
        var isSettledHere = await scope.OneAsync<bool>("select has_settled(@branch, @year, @instant)", with, cancel);
        // Whoever moved during that year may have been settled nowhere or, by mistake, twice: then the first counts, and the check shows it.
        var results = rows.DistinctBy(row => row.PersonId)
            .Select(row => new PreviousResult(row.PersonId.ToString(), Of(row.Total), row.Outcomes, row.Running is { } running ? Of(running) : null))
            .ToList();
        return (results, isSettledHere);
    }

    /// <summary>Choices within quotas that stand at the end of a day.</summary>
    public static async Task<IReadOnlyList<QuotaChoice>> ChoicesAsync(
        DataScope scope, OrganizationId branch, int year, DateOnly day, CancellationToken cancel = default) =>
        (await scope.QueryAsync<ChoiceRow>(
            "select what, category, people from booked_choices(@branch, @year, @instant)", new { branch, year, instant = EndOf(day) }, cancel))
        .Select(row => new QuotaChoice(
            row.Category.Length == 0 ? null : row.Category, row.What, row.People.Select(person => new PersonId(person).ToString()).ToList()))
        .ToList();

    /// <summary>The choices themselves, with who chose and why.</summary>
    public static Task<IReadOnlyList<QuotaChoiceRow>> ChosenAsync(DataScope scope, OrganizationId branch, int year, CancellationToken cancel = default) =>
        scope.QueryAsync<QuotaChoiceRow>(
            """
            select what, category, people, reason, tie_rule, body, chosen_on
            from quota_choice where organization_id = @branch and year = @year and ended_at is null order by what, category
            """,
            new { branch, year },
            cancel);

    /// <summary>Years of a branch that are settled, the latest first.</summary>
    public static Task<IReadOnlyList<int>> YearsAsync(DataScope scope, OrganizationId branch, CancellationToken cancel = default) =>
        scope.QueryAsync<int>(
            "select year from annual_year where organization_id = @branch and ended_at is null order by year desc", new { branch }, cancel);

    /// <summary>SHA-256 of the canonical form of a table: what people signed, filed and compare.</summary>
    public static string DigestOf(AnnualTable table) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(CanonicalJson.OfValue(table))));

    // The first instant that is not of the day any more.
    private static DateTimeOffset EndOf(DateOnly day) => CivilTime.At(day.AddDays(1), TimeOnly.MinValue);

    private static IReadOnlyList<AnnualDifference> Compare(LiveYear? live, AnnualTable settled) => live is null
        ? []
        : AnnualTable.Of(live.Scores).DifferencesFrom(settled, live.InForce.Scheme.Sections.Select(section => section.Name).ToList());

    // What follows from the decided grades, worked out again.
    private static IEnumerable<AnnualDifference> DecidedOtherwise(LiveYear? then, SettledYear settled)
    {
        if (then is null || settled.Decided.Count == 0)
        {
            return [];
        }

        var (scorer, totals) = then.Scores.WithGrades(settled.DecidedGrades);
        var table = AnnualTable.Of(then.Scores, scorer, totals);
        return settled.Decided.Values
            .Select(decided => AnnualDifference.OfDecided(decided.PersonId, decided.Outcomes, table.LineOf(decided.PersonId)?.Outcomes ?? []))
            .OfType<AnnualDifference>();
    }

    private static Points Of(decimal value) => new((long)(value * 100));

    private sealed record HeadRow
    {
        public required EntryId EntryId { get; init; }

        public required string Step { get; init; }

        public required string Scheme { get; init; }

        public required string Digest { get; init; }

        public required DateOnly AsOf { get; init; }

        public required DateOnly SettledOn { get; init; }

        public required bool IsLastYearSettled { get; init; }
    }

    private sealed record ResultRow
    {
        public required PersonId PersonId { get; init; }

        public string? Category { get; init; }

        public required decimal Total { get; init; }

        public required decimal[] Sections { get; init; }

        public int? Rank { get; init; }

        public required int Ranked { get; init; }

        public string? Grade { get; init; }

        public decimal? Running { get; init; }

        public required string[] Outcomes { get; init; }

        public AnnualLine ToLine() => new(PersonId, Total, Sections, Rank, Ranked, Grade, Running, Outcomes, Category);
    }

    private sealed record PreviousRow
    {
        public required PersonId PersonId { get; init; }

        public required decimal Total { get; init; }

        public required string[] Outcomes { get; init; }

        public decimal? Running { get; init; }
    }

    private sealed record ChoiceRow
    {
        public required string What { get; init; }

        public required string Category { get; init; }

        public required Guid[] People { get; init; }
    }
}

/// <summary>名额取舍 that stands.</summary>
public sealed record QuotaChoiceRow
{
    public required string What { get; init; }

    /// <summary>empty when the quota is for the branch as a whole</summary>
    public required string Category { get; init; }

    public required Guid[] People { get; init; }

    public required string Reason { get; init; }

    public string? TieRule { get; init; }

    public required string Body { get; init; }

    public required DateOnly ChosenOn { get; init; }
}
