using Jifen.Cycle.Scorecards;
using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Records;

/// <summary>How dues stand and what that leads to, for grids and previews.</summary>
public static class DuesMeaning
{
    /// <param name="asOf">the day on which somebody looks</param>
    public static DuesStanding StandingOf(DuesLine line, DateOnly asOf) =>
        DuesMonth.StandingOf(new BookedDues(default, line.Person, line.Month, line.Due, line.Paid, line.PaidOn), asOf);

    /// <summary>In a word: 按时, 迟缴, 欠缴.</summary>
    public static string Name(this DuesStanding standing) => standing switch
    {
        DuesStanding.Open => "未到期",
        DuesStanding.OnTime => "按时",
        DuesStanding.PaidLate => "迟缴",
        DuesStanding.TooLittle => "未足额",
        DuesStanding.LateAndTooLittle => "迟缴未足额",
        DuesStanding.Unpaid => "未缴",
    };

    public static bool IsBreach(this DuesStanding standing) => standing is not (DuesStanding.Open or DuesStanding.OnTime);

    /// <summary>The facts the month becomes that move points, with what each comes to.</summary>
    public static IReadOnlyList<FactEffect> EffectsOf(Scheme scheme, DuesLine line, Profile? profile, DateOnly asOf) =>
        FactsOf(scheme, line, asOf)
            .SelectMany(kind => FactMeaning.Of(scheme, scheme.FactKinds[kind], profile, 100, null, null))
            .ToList();

    private static IEnumerable<int> FactsOf(Scheme scheme, DuesLine line, DateOnly asOf) => StandingOf(line, asOf) switch
    {
        DuesStanding.Open => [],
        DuesStanding.OnTime => scheme.DailyRecords.DuesOnTime,
        DuesStanding.Unpaid => scheme.DailyRecords.DuesLate,
        DuesStanding.PaidLate => scheme.DailyRecords.DuesLate.Concat(scheme.DailyRecords.DuesMadeGood),
        DuesStanding.TooLittle => scheme.DailyRecords.DuesShort,
        DuesStanding.LateAndTooLittle => scheme.DailyRecords.ForDues(isLate: true, isShort: true),
    };
}
