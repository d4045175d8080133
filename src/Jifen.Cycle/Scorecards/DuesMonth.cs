using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Scorecards;

/// <summary>How the dues of one month stand.</summary>
public enum DuesStanding
{
    /// <summary>The month is not over and not all is paid: nothing is wrong yet.</summary>
    Open,

    /// <summary>in full by the last day of the month</summary>
    OnTime,

    /// <summary>in full, after the last day of the month</summary>
    PaidLate,

    /// <summary>the month is over; less than due was paid in it</summary>
    TooLittle,

    /// <summary>the month is over; less than due was paid, and that after it</summary>
    LateAndTooLittle,

    /// <summary>the month is over and nothing was paid</summary>
    Unpaid,
}

/// <summary>党费 of one month, judged as of a day. The entry that holds is judged: who first paid a part and later the rest paid late.</summary>
public static class DuesMonth
{
    public static DateOnly LastDay(DateOnly month) => month.AddMonths(1).AddDays(-1);

    /// <param name="asOf">the day on which somebody looks</param>
    public static DuesStanding StandingOf(BookedDues dues, DateOnly asOf)
    {
        var last = LastDay(dues.Month);
        if (dues.Due == 0)
        {
            return DuesStanding.OnTime;
        }

        if (dues.PaidOn is not { } paidOn || dues.Paid == 0)
        {
            return asOf > last ? DuesStanding.Unpaid : DuesStanding.Open;
        }

        if (dues.Paid >= dues.Due)
        {
            return paidOn <= last ? DuesStanding.OnTime : DuesStanding.PaidLate;
        }

        return asOf <= last ? DuesStanding.Open : paidOn <= last ? DuesStanding.TooLittle : DuesStanding.LateAndTooLittle;
    }

    /// <summary>The facts of the month, each kind once. A breach is of the last day of the month, so that it falls into the month's round.</summary>
    /// <returns>kind (index in the scheme) and day</returns>
    internal static IEnumerable<(int Kind, DateOnly On)> FactsOf(BookedDues dues, DailyRecords rows, DateOnly asOf)
    {
        var last = LastDay(dues.Month);
        var standing = StandingOf(dues, asOf);
        return standing switch
        {
            DuesStanding.Open => [],
            // Paid ahead: it is the dues of its month all the same, and counts when the month begins.
            DuesStanding.OnTime => dues.Month > asOf ? [] : On(rows.DuesOnTime, Within(dues.PaidOn ?? dues.Month, dues.Month, last)),
            DuesStanding.Unpaid => On(rows.DuesLate, last),
            DuesStanding.PaidLate => On(rows.DuesLate, last).Concat(On(rows.DuesMadeGood, dues.PaidOn!.Value)),
            DuesStanding.TooLittle => On(rows.DuesShort, last),
            DuesStanding.LateAndTooLittle => On(rows.DuesLate.Union(rows.DuesShort), last),
        };
    }

    private static IEnumerable<(int, DateOnly)> On(IEnumerable<int> kinds, DateOnly day) => kinds.Select(kind => (kind, day));

    private static DateOnly Within(DateOnly day, DateOnly first, DateOnly last) => day < first ? first : day > last ? last : day;
}
