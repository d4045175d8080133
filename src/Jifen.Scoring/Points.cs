using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Jifen.Scoring;

/// <summary>
/// 积分: an exact decimal of two places, held as hundredths in 64 bits. Never a floating-point number; no operator rounds.
/// </summary>
/// <param name="Hundredths">the points times 100</param>
public readonly record struct Points(long Hundredths) : IComparable<Points>
{
    /// <summary>Bytes of the longest text of points.</summary>
    public const int Longest = 24;

    public static readonly Points Zero;

    public static Points operator +(Points left, Points right) => new(left.Hundredths + right.Hundredths);

    public static Points operator -(Points left, Points right) => new(left.Hundredths - right.Hundredths);

    public static Points operator -(Points value) => new(-value.Hundredths);

    public static bool operator <(Points left, Points right) => left.Hundredths < right.Hundredths;

    public static bool operator >(Points left, Points right) => left.Hundredths > right.Hundredths;

    public static bool operator <=(Points left, Points right) => left.Hundredths <= right.Hundredths;

    public static bool operator >=(Points left, Points right) => left.Hundredths >= right.Hundredths;

    public int CompareTo(Points other) => Hundredths.CompareTo(other.Hundredths);

    /// <summary>Reads <c>12</c>, <c>-0.5</c>, <c>94.25</c>; more than two places, exponents, signs of thousands are not points.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Points points)
    {
        points = default;
        if (text.Length is 0 or > 16
            || !decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        var hundredths = value * 100m;
        if (hundredths != decimal.Truncate(hundredths))
        {
            return false;
        }

        points = new Points((long)hundredths);
        return true;
    }

    /// <summary>Half away from zero, to the unit: the one rounding of the language (docs/scheme-language.md, section 4).</summary>
    /// <param name="numerator">in hundredths times <paramref name="denominator"/></param>
    /// <param name="denominator">positive</param>
    /// <param name="unit">记分单位 in hundredths, positive</param>
    /// <returns>hundredths, a multiple of <paramref name="unit"/></returns>
    public static long Round(Int128 numerator, Int128 denominator, long unit)
    {
        var step = denominator * unit;
        var magnitude = Int128.Abs(numerator);
        var units = ((magnitude * 2) + step) / (step * 2);
        var rounded = (long)(units * unit);
        return numerator < 0 ? -rounded : rounded;
    }

    /// <summary>The share <paramref name="part"/> ÷ <paramref name="whole"/> of some points, with the same rounding.</summary>
    /// <param name="hundredths">of which the share is wanted</param>
    /// <param name="whole">positive</param>
    /// <remarks>By itself: no method that touches 128 bits is compiled ahead, and those that ask for a share run for everybody.</remarks>
    /// <inheritdoc cref="Round"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static long Share(long hundredths, long part, long whole, long unit) => Round((Int128)hundredths * part, whole, unit);

    /// <summary>Without trailing zeros: <c>94.5</c>, <c>-2</c>, <c>0</c>.</summary>
    public override string ToString() => Format(Hundredths);

    internal static string Format(long hundredths)
    {
        Span<byte> text = stackalloc byte[Longest];
        return Encoding.UTF8.GetString(text[..Write(hundredths, text)]);
    }

    /// <summary>As <see cref="ToString"/>, in UTF-8.</summary>
    /// <param name="into">has room for <see cref="Longest"/> bytes</param>
    /// <returns>how many bytes were written</returns>
    public static int Write(long hundredths, Span<byte> into)
    {
        var at = 0;
        if (hundredths < 0)
        {
            into[at++] = (byte)'-';
            hundredths = -hundredths;
        }

        var (whole, rest) = Math.DivRem(hundredths, 100);
        if (whole is >= 0 and < 10)
        {
            // Most points have one digit.
            into[at++] = (byte)('0' + whole);
        }
        else
        {
            whole.TryFormat(into[at..], out var written, provider: CultureInfo.InvariantCulture);
            at += written;
        }

        if (rest != 0)
        {
            into[at++] = (byte)'.';
            into[at++] = (byte)('0' + (rest / 10));
            if (rest % 10 != 0)
            {
                into[at++] = (byte)('0' + (rest % 10));
            }
        }

        return at;
    }
}
