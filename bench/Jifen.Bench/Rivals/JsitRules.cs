using Jifen.Bench.Generation;

namespace Jifen.Bench.Rivals;

/// <summary>The figures of jsit-2020 and its example refinement, in hundredths, over the sums of one member.</summary>
internal static class JsitRules
{
    /// <param name="sums">Σ 数量 by kind, hundredths</param>
    /// <param name="commended">points of the highest commendation of each content</param>
    /// <param name="chosen">points of 减分情形6, chosen one by one, positive</param>
    public static SectionPoints Points(ReadOnlySpan<int> sums, int commended, int chosen)
    {
        var study = Floor0(1200 - (50 * Portions(3200 - Of(sums, JsitKind.GroupStudy))) - (5 * Of(sums, JsitKind.ImproperSpeech)));
        var points = Of(sums, JsitKind.GraveSpeech) > 0 ? 0 : study;
        points += Floor0(1200 - (2 * Of(sums, JsitKind.MeetingAbsent)));
        points += Floor0(2400 - (2 * (Of(sums, JsitKind.LifeLate) + Of(sums, JsitKind.LifeLeftEarly) + Of(sums, JsitKind.LifeAbsent))));
        points += Floor0(1200 - (2 * (Of(sums, JsitKind.DuesLate) + Of(sums, JsitKind.DuesShort))));
        points += Floor0(400 - (100 * Portions(400 - Of(sums, JsitKind.ThoughtReport))));
        points += Floor0(1200 - (Of(sums, JsitKind.BadgeMissing) / 2) - (2 * Of(sums, JsitKind.Complaint)));
        points += Floor0(1200 - Of(sums, JsitKind.LeaveRule) - (2 * Of(sums, JsitKind.Disobey)) - (5 * Of(sums, JsitKind.EightPoints)));
        points += 1200;
        var gained = Of(sums, JsitKind.Courage) + Of(sums, JsitKind.Emergency) + Of(sums, JsitKind.Help) + Of(sums, JsitKind.Proposal);
        var bonus = Math.Min(1000, (2 * gained) + commended);
        var fives = Of(sums, JsitKind.Deduction1) + Of(sums, JsitKind.Deduction2) + Of(sums, JsitKind.Deduction3);
        var deduction = -(5 * fives) - (7 * Of(sums, JsitKind.Deduction4)) - (10 * Of(sums, JsitKind.Deduction5)) - chosen;
        return new SectionPoints(points, bonus, deduction, Floor0(points + bonus + deduction));
    }

    private static int Of(ReadOnlySpan<int> sums, JsitKind kind) => sums[(int)kind];

    // 零头进一: begun portions of one whole.
    private static int Portions(int missing) => missing <= 0 ? 0 : (missing + 99) / 100;

    private static int Floor0(int points) => Math.Max(0, points);
}
