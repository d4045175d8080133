using Jifen.Cycle;

namespace Jifen.Store.Reads;

/// <summary>The grade that was decided for somebody, and stands.</summary>
public sealed record DecidedGrade
{
    public required PersonId PersonId { get; init; }

    /// <summary>the grade the points propose</summary>
    public required string Proposed { get; init; }

    public required string Grade { get; init; }

    /// <summary>编号 of the 结果运用 that hold with the decided grade</summary>
    public required string[] Outcomes { get; init; }

    /// <summary>who decided</summary>
    public required string Body { get; init; }

    /// <summary>why it is another than the proposed one; null where it is the same</summary>
    public string? Reason { get; init; }

    public required DateOnly DecidedOn { get; init; }

    public bool IsOther => Grade != Proposed;
}

/// <summary>定等次: grades that were decided, as far as the person who asks may see them.</summary>
public static class GradeDecisions
{
    private const string Select = "select person_id, proposed, grade, outcomes, body, reason, decided_on from grade_decision";

    public static async Task<IReadOnlyDictionary<PersonId, DecidedGrade>> OfAsync(DataScope scope, OrganizationId branch, int year, CancellationToken cancel = default) =>
        (await scope.QueryAsync<DecidedGrade>($"{Select} where organization_id = @branch and year = @year and ended_at is null", new { branch, year }, cancel))
        .ToDictionary(one => one.PersonId);

    /// <summary>Of one person, in whichever branch the year was settled.</summary>
    /// <returns>null when none was decided</returns>
    public static Task<DecidedGrade?> OwnAsync(DataScope scope, PersonId person, int year, CancellationToken cancel = default) =>
        scope.OneAsync<DecidedGrade>(
            $"{Select} where person_id = @person and year = @year and ended_at is null order by decided_at desc limit 1", new { person, year }, cancel);
}
