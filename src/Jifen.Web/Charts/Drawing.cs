using System.Globalization;

namespace Jifen.Web.Charts;

/// <summary>Numbers as SVG and people write them, and round steps for an axis.</summary>
internal static class Drawing
{
    /// <summary>A number of an attribute.</summary>
    public static string Of(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Widths and places along a chart are shares of its width: the drawing stretches, its text does not.</summary>
    public static string Percent(double share) => (share * 100).ToString("0.###", CultureInfo.InvariantCulture) + "%";

    public static string Text(decimal value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>About four steps of 1, 2 or 5 times a power of ten that hold all values.</summary>
    public static IReadOnlyList<decimal> Steps(decimal lowest, decimal highest)
    {
        var span = Math.Max((double)(highest - lowest), 1e-9);
        var power = Math.Pow(10, Math.Floor(Math.Log10(span / 4)));
        var step = (decimal)(power * ((span / 4 / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 }));
        var from = Math.Floor(lowest / step) * step;
        var steps = new List<decimal> { from };
        while (steps[^1] < highest)
        {
            steps.Add(steps[^1] + step);
        }

        return steps;
    }
}
