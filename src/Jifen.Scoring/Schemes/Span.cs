namespace Jifen.Scoring.Schemes;

/// <summary>A stretch of the cycle: 日 月 季度 半年 学期 年, counted from the first day of the cycle.</summary>
public enum Span
{
    Day,
    Month,
    Quarter,
    HalfYear,
    Term,
    Year,
}

public static class SpanNames
{
    internal static readonly string[] All = ["日", "月", "季度", "半年", "学期", "年"];

    public static string Name(this Span span) => All[(int)span];

    internal static Span Of(string name) => (Span)Array.IndexOf(All, name);
}

/// <summary>限额: in each span at most so many points, or so many times.</summary>
/// <param name="Points">at most, hundredths; null when <paramref name="Times"/> is given</param>
/// <param name="Times">at most so many times; null when <paramref name="Points"/> is given</param>
public sealed record Limit(Span Every, long? Points, int? Times)
{
    public override string ToString() =>
        Times is { } times ? $"每{Every.Name()}至多{times}次" : $"每{Every.Name()}至多{Scoring.Points.Format(Points!.Value)}分";
}
