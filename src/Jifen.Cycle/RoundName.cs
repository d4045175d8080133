using Jifen.Scoring.Schemes;

namespace Jifen.Cycle;

/// <summary>考评期 in words: named before something past is entered, so that it is seen where it will count.</summary>
public static class RoundName
{
    private const string Ordinals = "一二三四";

    /// <param name="scheme">null: none in force; rounds are quarters of the calendar year</param>
    /// <returns>2025年第三季度, 2025年9月, 2025—2026学年第一学期</returns>
    public static string Of(Scheme? scheme, DateOnly day) => Of(scheme, scheme?.RoundLength ?? Span.Quarter, day);

    /// <param name="span">how long the round is; not a day</param>
    /// <inheritdoc cref="Of(Scheme?, DateOnly)"/>
    public static string Of(Scheme? scheme, Span span, DateOnly day)
    {
        var year = YearOf(scheme, day);
        var named = scheme?.StartsInSeptember == true ? $"{year}—{year + 1}学年" : $"{year}年";
        var month = (scheme?.StartsInSeptember == true ? day.Month + 3 : day.Month - 1) % 12;
        return span switch
        {
            Span.Quarter => $"{named}第{Ordinals[month / 3]}季度",
            Span.HalfYear => named + (month < 6 ? "上半年" : "下半年"),
            Span.Term => named + TermOf(scheme!, day),
            Span.Year => named + (scheme?.StartsInSeptember == true ? "" : "度"),
            _ => $"{day.Year}年{day.Month}月",
        };
    }

    /// <summary>The year of the cycle in which a day lies, as schemes name it.</summary>
    public static int YearOf(Scheme? scheme, DateOnly day) =>
        scheme?.StartsInSeptember == true && day.Month < 9 ? day.Year - 1 : day.Year;

    private static string TermOf(Scheme scheme, DateOnly day)
    {
        // The term that began last, in the order of the cycle; before all of this calendar year's starts it is the one that began last year.
        var begun = scheme.TermStarts
            .Select((start, index) => (On: new DateOnly(day.Year, start.Month, start.Day), Index: index))
            .OrderBy(term => term.On)
            .ToList();
        var current = begun.LastOrDefault(term => term.On <= day, begun[^1]);
        return $"第{Ordinals[current.Index]}学期";
    }
}
