namespace Jifen.Cycle.AnnualResults;

/// <summary>定分: the year's points of a branch are fixed. A <see cref="ResultSettled"/> for each person follows it in the ledger.</summary>
/// <param name="Step">name of the step of 流程 by which it was settled</param>
/// <param name="Scheme">fingerprint of the scheme that judged</param>
/// <param name="Digest">of the table, SHA-256 of its canonical form, lower-case hex</param>
/// <param name="AsOf">what was recorded after this day was not seen</param>
/// <param name="IsLastYearSettled">whether conditions over two years rest on a settled year</param>
public sealed record YearSettled(int Year, string Step, string Scheme, string Digest, DateOnly AsOf, bool IsLastYearSettled, int People) : IEvent;

/// <summary>What the year came to for one person: frozen, whatever is computed later.</summary>
/// <param name="Sections">in the order of the scheme</param>
/// <param name="Rank">null for who is not ranked</param>
/// <param name="Ranked">among how many</param>
/// <param name="Outcomes">编号 of the 结果运用 that hold</param>
public sealed record ResultSettled(
    int Year,
    decimal Total,
    IReadOnlyList<decimal> Sections,
    int? Rank,
    int Ranked,
    string? Grade,
    decimal? Running,
    IReadOnlyList<string> Outcomes,
    string? Category) : IEvent;

/// <summary>The settled year is open again: what was settled holds no more, and stays on record.</summary>
public sealed record YearReopened(int Year) : IEvent;

/// <summary>定等次: the grade a meeting or body decided for one person of a settled year.</summary>
/// <param name="Proposed">the grade the points propose</param>
/// <param name="Outcomes">编号 of the 结果运用 that hold with the decided grade</param>
/// <param name="Body">who decided: which meeting</param>
/// <param name="Reason">why it is another than the proposed one; null where it is the same</param>
public sealed record GradeDecided(int Year, string Proposed, string Grade, IReadOnlyList<string> Outcomes, string Body, string? Reason) : IEvent;

/// <summary>The grades of a year are open again: what was decided holds no more, and stays on record.</summary>
public sealed record GradesReopened(int Year) : IEvent;

/// <summary>More met a quota than it allows, and people chose.</summary>
/// <param name="What">编号 of the 结果运用, or the name of the grade</param>
/// <param name="TieRule">how a tie at the border of the quota was settled; null where there was none</param>
/// <param name="Body">who chose: which meeting</param>
public sealed record QuotaChosen(
    int Year, string What, string? Category, IReadOnlyList<PersonId> People, string Reason, string? TieRule, string Body) : IEvent;

/// <summary>The choice is taken back: it has to be made again before the year is settled.</summary>
public sealed record QuotaChoiceWithdrawn(int Year, string What, string? Category, string Reason) : IEvent;
