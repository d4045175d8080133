using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Jifen.Tests.Naive;

/// <summary>An exact quotient, because averages and shares must be rounded once and from the true value (section 4).</summary>
internal readonly record struct Fraction(BigInteger Numerator, BigInteger Denominator)
{
    private const decimal FourPlaces = 10000m;

    public static Fraction Zero => new(0, 1);

    public static Fraction operator +(Fraction left, Fraction right) =>
        new((left.Numerator * right.Denominator) + (right.Numerator * left.Denominator), left.Denominator * right.Denominator);

    public static Fraction operator *(Fraction left, Fraction right) =>
        new(left.Numerator * right.Numerator, left.Denominator * right.Denominator);

    public static Fraction operator /(Fraction left, Fraction right) =>
        new(left.Numerator * right.Denominator * right.Numerator.Sign, left.Denominator * BigInteger.Abs(right.Numerator));

    /// <summary>Exact for everything a scheme or a fact can write: points have two places, a percentage of them four.</summary>
    public static Fraction Of(decimal value)
    {
        var scaled = value * FourPlaces * FourPlaces;
        return scaled == decimal.Truncate(scaled)
            ? new(new BigInteger(scaled), new BigInteger(FourPlaces * FourPlaces))
            : throw new ArgumentOutOfRangeException(nameof(value), value, "more than eight places");
    }

    /// <summary>四舍五入 away from zero to a multiple of the unit.</summary>
    public decimal RoundTo(decimal unit)
    {
        var steps = this / Of(unit);
        var magnitude = ((2 * BigInteger.Abs(steps.Numerator)) + steps.Denominator) / (2 * steps.Denominator);
        return (decimal)magnitude * steps.Numerator.Sign * unit;
    }
}

/// <summary>The small notations of the scheme file: numbers, percentages, ranges, roundings.</summary>
internal static partial class NaiveNumbers
{
    public static decimal Decimal(string text) => decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);

    public static int Integer(string text) => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    public static bool IsNumber(string text) => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out _);

    /// <summary>“25%” → 0.25.</summary>
    public static decimal Percent(string text) => Decimal(text.TrimEnd('%')) / 100m;

    /// <summary>The number in front of a unit: “30天”, “18个月”, “2人”.</summary>
    public static int Leading(string text) => Integer(LeadingDigits().Match(text).Value);

    /// <summary>“5~10” with either tilde; null when the text is no range.</summary>
    public static (decimal Low, decimal High)? Range(string text)
    {
        // Asked of every text a fact could carry: most have no tilde.
        if (text.AsSpan().IndexOfAny('~', '～') < 0)
        {
            return null;
        }

        var match = RangePattern().Match(text);
        return match.Success ? (Decimal(match.Groups["low"].Value), Decimal(match.Groups["high"].Value)) : null;
    }

    /// <summary>份数 (section 4): the rest of the division goes up with 进一 and is dropped with 舍去.</summary>
    public static decimal Shares(decimal amount, decimal per, string rest) =>
        rest == "进一" ? Math.Ceiling(amount / per) : Math.Floor(amount / per);

    /// <summary>“5%” of n, or “2人” as written (2.6, 2.7).</summary>
    public static int HeadCount(string text, int people, string rounding)
    {
        if (!text.EndsWith('%'))
        {
            return Leading(text);
        }

        var exact = Percent(text) * people;
        return (int)(rounding == "进一" ? Math.Ceiling(exact) : Math.Floor(exact));
    }

    [GeneratedRegex("^[0-9]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LeadingDigits();

    [GeneratedRegex("^(?<low>-?[0-9.]+)\\s*[~～]\\s*(?<high>-?[0-9.]+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RangePattern();
}

/// <summary>A line in the words of the document (2.5): “90以上”, “低于80”, “60～70”, or a bare number that must be met exactly.</summary>
internal sealed record Threshold(decimal? Low, bool LowIn, decimal? High, bool HighIn)
{
    private static readonly string[] Below = ["低于", "未达到", "不满"];

    public static Threshold Parse(string text, bool belowIncludesNumber)
    {
        var plain = text.Replace("%", "", StringComparison.Ordinal).Trim();
        if (NaiveNumbers.Range(plain) is var (low, high))
        {
            return new(low, true, high, true);
        }

        if (plain.EndsWith("以上", StringComparison.Ordinal))
        {
            return new(NaiveNumbers.Decimal(plain[..^2]), true, null, false);
        }

        if (plain.EndsWith("以下", StringComparison.Ordinal))
        {
            return new(null, false, NaiveNumbers.Decimal(plain[..^2]), belowIncludesNumber);
        }

        if (plain.StartsWith("超过", StringComparison.Ordinal))
        {
            return new(NaiveNumbers.Decimal(plain[2..]), false, null, false);
        }

        if (Below.FirstOrDefault(word => plain.StartsWith(word, StringComparison.Ordinal)) is { } below)
        {
            return new(null, false, NaiveNumbers.Decimal(plain[below.Length..]), false);
        }

        var exact = NaiveNumbers.Decimal(plain);
        return new(exact, true, exact, true);
    }

    public bool Holds(decimal value) => HoldsRatio(value, 1m, 1m);

    /// <summary>Compares part ÷ whole with percent lines by multiplying, so that no quotient is ever cut short.</summary>
    public bool HoldsPercent(decimal part, decimal whole) => HoldsRatio(part, whole, 100m);

    private bool HoldsRatio(decimal part, decimal whole, decimal scale)
    {
        var value = part * scale;
        var aboveLow = Low is not { } low || value > low * whole || (LowIn && value == low * whole);
        var belowHigh = High is not { } high || value < high * whole || (HighIn && value == high * whole);
        return aboveLow && belowHigh;
    }
}
