using Jifen.Scoring;
using Jifen.Scoring.Schemes;
using Jifen.Scoring.Schemes.Forms;

namespace Jifen.Cycle.Gatherings;

/// <summary>What one attendance becomes by the scheme, shown before it is saved.</summary>
/// <param name="Text">in a few words: 迟到 −2, 计 2 学时</param>
/// <param name="Clause">null where no clause says so</param>
/// <param name="Moves">it takes points away (−1), gives some (+1), or neither: 0</param>
public sealed record AttendanceEffect(string Text, string? Clause, int Moves);

/// <summary>The consequences of attendance, read from 登记 and from the rules that price its facts. It computes no points.</summary>
public static class AttendanceMeaning
{
    /// <param name="scheme">null: no scheme is in force for the year of the gathering</param>
    /// <returns>empty: it moves no points</returns>
    public static IReadOnlyList<AttendanceEffect> Of(Scheme? scheme, GatheringKind kind, Attendance attendance, decimal? hours)
    {
        if (scheme is null)
        {
            return [];
        }

        var effects = new List<AttendanceEffect>();
        foreach (var recorded in scheme.DailyRecords.ForAttendance(kind, attendance))
        {
            var fact = scheme.FactKinds[recorded.FactKindIndex];
            if (fact.Unscored is not null || (recorded.CarriesHours && hours is null))
            {
                continue;
            }

            var rule = scheme.Rules.FirstOrDefault(rule => rule.Uses.Any(use => use.Kind == fact.Index && use.Use == FactUse.Prices));
            effects.Add(recorded.CarriesHours
                ? new AttendanceEffect($"计{hours:0.##}学时", ClauseOf(rule), 1)
                : EffectOf(fact, rule));
        }

        return effects;
    }

    private static AttendanceEffect EffectOf(FactKind fact, Rule? rule) => rule switch
    {
        PerOccurrence { Amount: { Amount: { IsLeftToBranch: true } } priced } =>
            new AttendanceEffect($"{fact.Name}（分值由支部定，还没有定）", ClauseOf(rule), priced.Sign),
        PerOccurrence { Amount: { Amount: { IsRange: false } } priced } =>
            new AttendanceEffect($"{fact.Name} {(priced.Sign < 0 ? "−" : "+")}{new Points(priced.Amount.Low)}", ClauseOf(rule), priced.Sign),
        null => new AttendanceEffect(fact.Name, null, 0),
        _ => new AttendanceEffect(fact.Name, ClauseOf(rule), rule.Amounts.Select(amount => amount.Sign).FirstOrDefault()),
    };

    private static string? ClauseOf(Rule? rule) => rule?.Head.Clauses is [.., var last] ? last : null;
}
