namespace Jifen.Scoring.Schemes;

/// <summary>
/// 登记: which facts of the scheme the recorder's plain daily records become. It moves no points: it only spares writing the same thing
/// twice. Facts are given by their index in <see cref="Scheme.FactKinds"/>; each is a counted fact of quantity 1 unless it carries hours.
/// </summary>
/// <param name="Gatherings">活动; each kind of gathering stands in one row at most, one that stands in none becomes nothing</param>
/// <param name="Dues">党费: one record a month and member</param>
/// <param name="ThoughtReports">思想汇报: one fact a report</param>
/// <param name="OutsideStudies">在外学习: study elsewhere, with proof; the quantity is its hours</param>
/// <param name="IsLeftToBranch">支部定, and no refinement has filled it yet</param>
/// <param name="Place">of the block; of the file when there is no block</param>
public sealed record DailyRecords(
    IReadOnlyList<AttendanceRow> Gatherings, DuesRow? Dues, RecordedMatter? ThoughtReports, RecordedMatter? OutsideStudies, bool IsLeftToBranch, Place Place)
{
    /// <summary>Nothing becomes a fact by itself.</summary>
    public bool IsEmpty => Gatherings.Count == 0 && Dues is null && ThoughtReports is null && OutsideStudies is null;

    /// <summary>Each a fact of quantity 1 for the month.</summary>
    public IReadOnlyList<int> DuesOnTime => Dues?.OnTime ?? [];

    public IReadOnlyList<int> DuesLate => Dues?.Late ?? [];

    public IReadOnlyList<int> DuesShort => Dues?.TooLittle ?? [];

    /// <summary>What paying the arrears of a month adds; the facts of the month itself stay.</summary>
    public IReadOnlyList<int> DuesMadeGood => Dues?.MadeGood ?? [];

    public IReadOnlyList<int> ThoughtReport => ThoughtReports?.Facts ?? [];

    /// <summary>The quantity is the hours, in the unit of the fact: <see cref="FactKind.QuantityOfHours"/>.</summary>
    public IReadOnlyList<int> OutsideStudy => OutsideStudies?.Facts ?? [];

    /// <summary>The facts of one month's dues; a month both late and short becomes the facts of both, each once.</summary>
    public IReadOnlyList<int> ForDues(bool isLate, bool isShort) => (isLate, isShort) switch
    {
        (true, true) => DuesLate.Union(DuesShort).ToList(),
        (true, false) => DuesLate,
        (false, true) => DuesShort,
        (false, false) => DuesOnTime,
    };

    /// <returns>the row in which the kind of gathering stands; null when the scheme records nothing of it</returns>
    public AttendanceRow? Row(GatheringKind kind)
    {
        foreach (var row in Gatherings)
        {
            foreach (var written in row.Kinds)
            {
                if (written == kind)
                {
                    return row;
                }
            }
        }

        return null;
    }

    /// <summary>The facts of one person's attendance at one gathering. Those that carry hours are left out when none were noted.</summary>
    public IReadOnlyList<RecordedFact> ForAttendance(GatheringKind kind, Attendance attendance) => Row(kind)?.FactsOf(attendance) ?? [];
}

/// <param name="FactKindIndex">in <see cref="Scheme.FactKinds"/></param>
/// <param name="CarriesHours">the quantity is the study hours noted with the gathering (<see cref="FactKind.QuantityOfHours"/>); otherwise it is 1</param>
public sealed record RecordedFact(int FactKindIndex, bool CarriesHours);

/// <summary>A row of 登记 for some kinds of gathering.</summary>
/// <param name="Facts">for every <see cref="Attendance"/>, in the order of these</param>
public sealed record AttendanceRow(
    GatheringKind[] Kinds,
    IReadOnlyList<IReadOnlyList<RecordedFact>> Facts,
    IReadOnlyList<string> Clauses,
    string? Reading,
    Place Place)
{
    /// <returns>empty where the scheme says 不记</returns>
    public IReadOnlyList<RecordedFact> FactsOf(Attendance attendance) => Facts[(int)attendance];
}

/// <summary>党费. A fact that carries content carries the month it is about, as 2025-03: so that paying later finds what it mends (整改).</summary>
/// <param name="OnTime">按时: in time and in full</param>
/// <param name="Late">未按时</param>
/// <param name="TooLittle">未足额</param>
/// <param name="MadeGood">补缴</param>
public sealed record DuesRow(
    IReadOnlyList<int> OnTime,
    IReadOnlyList<int> Late,
    IReadOnlyList<int> TooLittle,
    IReadOnlyList<int> MadeGood,
    IReadOnlyList<string> Clauses,
    string? Reading,
    Place Place);

/// <summary>A row of 登记 that knows no more than that the matter happened: 思想汇报, 在外学习.</summary>
public sealed record RecordedMatter(IReadOnlyList<int> Facts, IReadOnlyList<string> Clauses, string? Reading, Place Place);
