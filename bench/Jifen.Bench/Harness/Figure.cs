using System.Globalization;

namespace Jifen.Bench.Harness;

/// <summary>One row of the table.</summary>
/// <param name="Ours">what we came to, with its unit</param>
/// <param name="Beside">what was run beside it, and what that came to; empty when nothing was</param>
/// <param name="Ratio">median over the pairs, with the spread; empty when nothing was run beside it</param>
/// <param name="Aim">empty when the figure is only told</param>
/// <param name="IsMet">null when there is no aim</param>
internal sealed record Figure(string Name, string Ours, string Beside, string Ratio, string Aim, bool? IsMet)
{
    /// <param name="slowest">how many times as long as the other we may take</param>
    public static Figure Within(string name, Pairs pairs, string ours, string beside, double slowest)
    {
        var times = 1 / pairs.Ratio;
        return new Figure(
            name,
            ours,
            beside,
            Text($"{times:F2} × its time ({1 / pairs.Ratios.Max():F2}–{1 / pairs.Ratios.Min():F2})"),
            Text($"≤ {slowest:0.##} ×"),
            times <= slowest);
    }

    /// <param name="fastest">how many times as fast as the other we must be</param>
    public static Figure Ahead(string name, Pairs pairs, string ours, string beside, double fastest) => new(
        name,
        ours,
        beside,
        Text($"{pairs.Ratio:0.##} × as fast ({pairs.Ratios.Min():0.##}–{pairs.Ratios.Max():0.##})"),
        fastest == 1 ? "ahead" : Text($"≥ {fastest:0.##} ×"),
        pairs.Ratio >= fastest);

    /// <summary>A comparison without an aim.</summary>
    public static Figure Beside(string name, Pairs pairs, string ours, string beside) =>
        Ahead(name, pairs, ours, beside, 0) with { Aim = "", IsMet = null };

    public static Figure AtLeast(string name, double value, double aim, string unit) =>
        new(name, Text($"{value:0.##} {unit}"), "", "", Text($"≥ {aim:0.##} {unit}"), value >= aim);

    public static Figure AtMost(string name, double value, double aim, string unit) =>
        new(name, Text($"{value:0.##} {unit}"), "", "", Text($"≤ {aim:0.##} {unit}"), value <= aim);

    public static Figure Told(string name, string ours) => new(name, ours, "", "", "", null);

    public static string Rate(double facts, double seconds) => Text($"{facts / seconds / 1e6:0.0} M facts/s");

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    public string ToMarkdown() => $"| {Name} | {Ours} | {Beside} | {Ratio} | {Aim} | {IsMet switch { true => "met", false => "**missed**", null => "" }} |";
}
