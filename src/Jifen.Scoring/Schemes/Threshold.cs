using System.Text.RegularExpressions;
using Jifen.Scoring.Schemes.Yaml;

namespace Jifen.Scoring.Schemes;

public enum ThresholdKind
{
    AtLeast,
    AtMost,
    Below,
    Above,
    Between,
    Exactly,
}

/// <summary>线: 90以上, 低于80, 60～70 … in the document's own words.</summary>
/// <param name="Low">in hundredths (of a point, a unit, or a percent)</param>
/// <param name="High">only for <see cref="ThresholdKind.Between"/></param>
public sealed partial record Threshold(ThresholdKind Kind, long Low, long High, bool IsPercent, string Text)
{
    /// <summary>The least value that holds.</summary>
    internal long Least { get; } = Kind switch
    {
        ThresholdKind.AtMost or ThresholdKind.Below => long.MinValue,
        ThresholdKind.Above => Low + 1,
        _ => Low,
    };

    /// <summary>The most that holds.</summary>
    internal long Most { get; } = Kind switch
    {
        ThresholdKind.AtLeast or ThresholdKind.Above => long.MaxValue,
        ThresholdKind.Below => Low - 1,
        ThresholdKind.Between => High,
        _ => Low,
    };

    public bool Holds(long value) => value >= Least && value <= Most;

    /// <summary>For a rate: <paramref name="part"/> ÷ <paramref name="whole"/> against percents, without dividing.</summary>
    /// <param name="whole">positive</param>
    public bool HoldsRate(long part, long whole) => Compare((Int128)part * 100_00, whole);

    public override string ToString() => Text;

    /// <param name="lowerWordExcludes">用语: 以上含以下不含, so that 60以下 means below 60</param>
    internal static Threshold? Read(Node node, string key, bool lowerWordExcludes, bool percent, bool exact, Problems problems)
    {
        if (node is Scalar scalar && Form().Match(scalar.Text) is { Success: true } match)
        {
            var isPercent = scalar.Text.Contains('%', StringComparison.Ordinal);
            if (isPercent == percent && Parse(match, lowerWordExcludes, isPercent, scalar.Text) is { } threshold
                && (exact || threshold.Kind != ThresholdKind.Exactly))
            {
                if (threshold.Kind == ThresholdKind.Between && threshold.Low > threshold.High)
                {
                    problems.Error(node, $"“{scalar.Text}”前一个数比后一个大", "小的写在前面");
                    return null;
                }

                return threshold;
            }
        }

        var example = percent ? "“95%以上”“低于80%”" : exact ? "“1”“3以上”“低于2”" : "“90以上”“60以下”“低于80”“超过80”“60～70”";
        problems.Error(node, $"“{key}”的线读不懂", $"写成 {example} 这样");
        return null;
    }

    private static Threshold? Parse(Match match, bool lowerWordExcludes, bool isPercent, string text)
    {
        if (!Fields.TryHundredths(match.Groups["low"].Value, out var low))
        {
            return null;
        }

        if (match.Groups["high"].Success)
        {
            return Fields.TryHundredths(match.Groups["high"].Value, out var high)
                ? new Threshold(ThresholdKind.Between, low, high, isPercent, text)
                : null;
        }

        ThresholdKind? kind = (match.Groups["before"].Value, match.Groups["after"].Value) switch
        {
            ("", "以上") => ThresholdKind.AtLeast,
            ("", "以下") => lowerWordExcludes ? ThresholdKind.Below : ThresholdKind.AtMost,
            ("低于" or "未达到" or "不满", "") => ThresholdKind.Below,
            ("超过", "") => ThresholdKind.Above,
            ("", "") => ThresholdKind.Exactly,
            _ => null,
        };
        return kind is { } known ? new Threshold(known, low, low, isPercent, text) : null;
    }

    private bool Compare(Int128 value, Int128 scale) => Kind switch
    {
        ThresholdKind.AtLeast => value >= Low * scale,
        ThresholdKind.AtMost => value <= Low * scale,
        ThresholdKind.Below => value < Low * scale,
        ThresholdKind.Above => value > Low * scale,
        ThresholdKind.Between => value >= Low * scale && value <= High * scale,
        ThresholdKind.Exactly => value == Low * scale,
    };

    [GeneratedRegex(
        @"^(?<before>低于|未达到|不满|超过)?(?<low>[0-9]+(\.[0-9]+)?)%?([～~—–-](?<high>[0-9]+(\.[0-9]+)?)%?)?(?<after>以上|以下)?$",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Form();
}
