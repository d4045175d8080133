using System.Globalization;
using System.Text.RegularExpressions;
using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Rounds;

/// <summary>
/// Names a round of a cycle: 2025, 2025-h1, 2025-q3, 2025-t2, 2025-m07. Stands in addresses, tables and the ledger, so it must never
/// change once written.
/// </summary>
/// <param name="Year">of the cycle; for 学年 the year in which it begins</param>
/// <param name="Number">from 1, counted from the first day of the cycle; 1 for a year</param>
public readonly partial record struct RoundKey(int Year, Span Span, int Number)
{
    public static RoundKey OfYear(int year) => new(year, Span.Year, 1);

    /// <returns>null when the text is no key</returns>
    public static RoundKey? Read(string? text)
    {
        if (text is null || Key().Match(text) is not { Success: true } match)
        {
            return null;
        }

        var year = int.Parse(match.Groups["year"].ValueSpan, CultureInfo.InvariantCulture);
        if (!match.Groups["number"].Success)
        {
            return OfYear(year);
        }

        var number = int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
        var key = new RoundKey(year, SpanOf(match.Groups["span"].ValueSpan[0]), number);
        return key.ToString() == text && number > 0 ? key : null;
    }

    /// <exception cref="FormatException">the text is no key</exception>
    public static RoundKey Known(string text) => Read(text) ?? throw new FormatException($"“{text}” names no round");

    public override string ToString() => Span switch
    {
        Span.Year => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}"),
        Span.HalfYear => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}-h{Number}"),
        Span.Quarter => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}-q{Number}"),
        Span.Term => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}-t{Number}"),
        Span.Month => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}-m{Number:D2}"),
        Span.Day => throw new InvalidOperationException("no step is taken every day"),
    };

    private static Span SpanOf(char letter) => letter switch
    {
        'h' => Span.HalfYear,
        'q' => Span.Quarter,
        't' => Span.Term,
        _ => Span.Month,
    };

    [GeneratedRegex("^(?<year>[0-9]{4})(-(?<span>[hqtm])(?<number>[0-9]{1,2}))?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Key();
}
